# SPDX-License-Identifier: MIT
"""One bot on Discord and on Matrix at once: Zoe moderates a server there and a room here."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import discord as library
from chatwalk import COGS, WHO, Walk
from contractdiscord import DiscordHarness
from contractmatrix import MatrixHarness
from discordplay import Server

from bot.app import App
from bot.config import Config
from bot.testing.world import sources_of
from tests.platforms.matrix.homeserver import Homeserver
from tests.platforms.matrix.matrixplay import Bot


@dataclass
class Both(Server):
    """A simulated Discord whose bot is also on a homeserver."""

    matrix: Bot = field(init=False)

    async def _open_app(self) -> None:
        self.matrix.server.acked[self.matrix.user_id] = -1
        self.app = await App.open(
            Config(database=self.folder / "refdesk.db", models=False, _env_file=None),
            clock=self.clock,
            platforms=[self._build, self.matrix._build],
            cogs=frozenset(self.cogs),
            sources=sources_of(self.cogs),
        )
        self.matrix.app = self.app


@asynccontextmanager
async def on_both(folder: Path) -> AsyncIterator[tuple[Walk, Walk]]:
    """Open a server and a room, each with Zoe, Ana and Lib; return Zoe's walk there and here."""
    async with Homeserver() as homeserver:
        both = Both(folder, COGS)
        both.matrix = Bot(folder, homeserver, ())
        both.matrix.clock = both.clock
        await both.open()
        try:
            there, here = DiscordHarness(both), MatrixHarness(both.matrix)
            managers = both.guild.create_role("Managers", permissions=library.Permissions(manage_guild=True))
            there.people[WHO] = both.member(WHO, roles=(managers,))
            here.room = await both.matrix.enter(WHO, "Ana", "Lib")
            await both.settle()
            yield Walk(there), Walk(here)
        finally:
            await both.close()
