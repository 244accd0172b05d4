# SPDX-License-Identifier: MIT
"""Every test of the suite runs once on each platform."""

import pytest
from contractdiscord import discord
from contractmatrix import matrix
from contractplay import HARNESSES

ALL = {**HARNESSES, "discord": discord, "matrix": matrix}


@pytest.fixture(params=list(ALL))
async def chat(request, tmp_path):
    async with ALL[request.param](tmp_path) as harness:
        yield harness
