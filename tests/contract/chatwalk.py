# SPDX-License-Identifier: MIT
"""A moderator's walk on a chat as its users see it: Zoe moderates, every message that she sees is kept."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import discord as library
from contractdiscord import DiscordHarness
from contractmatrix import MatrixHarness
from contractplay import Harness, Sight
from discordplay import Server

from bot.core.finding import find_sources, import_cog
from tests.platforms.matrix.homeserver import Homeserver
from tests.platforms.matrix.matrixplay import Bot

COGS = ("setup", "settings", "help", "status", "requests", "events", "privacy")
WHO = "Zoe"


@dataclass
class Walk:
    """What Zoe does on a chat, and all that she was shown."""

    chat: Harness
    seen: list[str] = field(default_factory=list)

    async def types(self, line: str, who: str = WHO) -> str:
        return self._keep(f"/{line}", await self.chat.types(who, line))

    async def presses(self, label: str, who: str = WHO) -> str:
        return self._keep(f"[{label}]", await self.chat.presses(who, label))

    async def answers(self, who: str = WHO, **values: Any) -> str:
        return self._keep(f"{values}", await self.chat.answers(who, values))

    async def confirms(self, *, yes: bool = True) -> str:
        return self._keep(f"yes: {yes}", await self.chat.confirms(WHO, yes=yes))

    def _keep(self, done: str, sights: list[Sight]) -> str:
        said = "\n".join(sight.text for sight in sights)
        buttons = [label for sight in sights for label in sight.buttons]
        fields = [name for sight in sights for name in sight.fields]
        self.seen.append(f"> {done}\n{said}\n  buttons: {buttons}\n  asked: {fields}")
        return said


@asynccontextmanager
async def on_discord(folder: Path, cogs: tuple[str, ...] = COGS) -> AsyncIterator[tuple[Walk, Mapping[str, Any]]]:
    """Open a server in which Zoe may manage it, with a second channel and a role for hosts."""
    server = Server(folder, cogs)
    await server.open()
    try:
        chat = DiscordHarness(server)
        managers = server.guild.create_role("Managers", permissions=library.Permissions(manage_guild=True))
        hosts = server.guild.create_role("Hosts")
        chat.people[WHO] = server.member(WHO, roles=(managers,))
        news = server.guild.create_text_channel("news")
        await server.settle()
        yield Walk(chat), {"librarians": [server.librarians], "hosts": [hosts], "news": [news]}
    finally:
        await server.close()


@asynccontextmanager
async def on_matrix(folder: Path, cogs: tuple[str, ...] = COGS) -> AsyncIterator[tuple[Walk, Mapping[str, Any]]]:
    """Open a room that Zoe made."""
    async with Homeserver() as server:
        sources = find_sources()
        chat = MatrixHarness(Bot(folder, server, tuple(import_cog(sources[name]) for name in cogs)))
        await chat.open()
        try:
            yield Walk(chat), {"librarians": "25", "hosts": "power:10", "news": None}
        finally:
            await chat.bot.close()
