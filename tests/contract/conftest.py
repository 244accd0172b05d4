# SPDX-License-Identifier: MIT
"""Every test of the suite runs once on each platform."""

import pytest
from contractplay import HARNESSES


@pytest.fixture(params=list(HARNESSES))
async def chat(request, tmp_path):
    async with HARNESSES[request.param](tmp_path) as harness:
        yield harness
