# SPDX-License-Identifier: MIT
"""A simulated Discord with the sample cog for each test."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "contract"))

from discordplay import discord_server


@pytest.fixture
async def server(tmp_path):
    from contractcog import Sample

    async with discord_server(tmp_path, Sample) as opened:
        yield opened
