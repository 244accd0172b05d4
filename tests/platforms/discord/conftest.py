# SPDX-License-Identifier: MIT
"""A simulated Discord, and one on this machine, each with the sample cog."""

import sys
from pathlib import Path

import pytest

for folder in ("contract", "servers"):
    sys.path.insert(0, str(Path(__file__).parents[2] / folder))


@pytest.fixture
async def server(tmp_path):
    from contractcog import Sample
    from discordplay import discord_server

    async with discord_server(tmp_path, Sample) as opened:
        yield opened


@pytest.fixture
async def bot(tmp_path, monkeypatch):
    from contractcog import Sample
    from discord_loopback import Loopback
    from loopbackplay import connected

    async with connected(tmp_path, monkeypatch, Loopback(), Sample) as opened:
        yield opened
