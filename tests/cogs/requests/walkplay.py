# SPDX-License-Identifier: MIT
"""The bot on a simulated Discord and on a homeserver at once, over one database, with what people see on both.

`DiscordPerson` and `MatrixPerson` act as their clients let them; everything they see is what went over the wire.
"""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import contractdiscord
import simcord
from contractmatrix import MatrixHarness
from contractplay import Sight
from discordplay import Server

from bot.app import App
from bot.config import Config
from bot.kit import Fetched, Level, Unavailable
from bot.storage import communities, homes, levels, people
from bot.testing.outside import FakeOutside
from bot.testing.world import sources_of
from tests.platforms.matrix.homeserver import Homeserver
from tests.platforms.matrix.matrixplay import Bot

__all__ = ["Discord", "Fetched", "Matrix", "Unavailable", "Walk", "walk"]

COGS = ("requests", "settings", "faq")
NAMES = {"Ana": Level.MEMBER, "Ben": Level.MEMBER, "Lib": Level.LIBRARIAN, "Mod": Level.MODERATOR}


class WalkServer(Server):
    """A simulated Discord whose bot is on Matrix too."""

    bot: Bot
    outside: FakeOutside

    async def _open_app(self) -> None:
        self.bot.server.acked[self.bot.user_id] = -1
        self.app = self.bot.app = await App.open(
            Config(database=self.folder / "refdesk.db", models=False, _env_file=None),
            clock=self.clock,
            platforms=[self._build, self.bot._build],
            cogs=frozenset(COGS),
            sources=sources_of(()),
            http=self.outside,
        )

    async def settle(self) -> None:
        for _ in range(3):
            await super().settle()
            await self.bot.settle()


class Discord(contractdiscord.DiscordHarness):
    """Discord's side: a server with a channel "main" and one for librarians."""

    def __init__(self, server: WalkServer) -> None:
        self.server = server
        moderators = server.guild.create_role("Moderators", permissions=_moderating())
        self.people = {
            name: server.member(
                name, librarian=level is Level.LIBRARIAN, roles=(moderators,) if level is Level.MODERATOR else ()
            )
            for name, level in NAMES.items()
        }
        self.desk = server.guild.create_text_channel("desk")
        self.modals = {}

    async def types_at(self, channel: Any, who: str, line: str) -> list[Sight]:
        """Type a command in another channel."""
        before, self.server.channel = self.server.channel, channel
        try:
            return await self.types(who, line)
        finally:
            self.server.channel = before

    def in_channel(self, channel: Any) -> list[Sight]:
        """What the bot has in a channel now."""
        found = self.server.env.backend.messages.get(channel.id, {}).values()
        own = self.server.env.backend.bot_user.id
        return [self.sight(m, frozenset()) for m in found if m.author_id == own and not m.is_ephemeral]

    async def presses_privately(self, who: str, label: str) -> list[Sight]:
        """Press a button of what the bot told somebody in private."""
        before = self.snapshot(who)
        channel = self.server.env.backend.get_dm_channel(self.people[who].id)
        last = [m for m in self.server.env.backend.messages[channel.id].values() if m.components][-1]
        shown = simcord.results.ResponseMessage(self.server.env, last)
        result = await self.people[who].user.click(shown, label=label)
        return await self.sights(who, before, result)

    def told(self, who: str) -> list[Sight]:
        """What the bot told somebody in private."""
        found = self.server.env.backend.get_dm_channel(self.people[who].id)
        return self.in_channel(found) if found else []


class Matrix(MatrixHarness):
    """Matrix's side: a room in which Zoe may do everything, and one for librarians."""

    async def open(self) -> None:
        self.room = await self.bot.enter("Zoe", *NAMES, name="Reading room")
        for name, level in NAMES.items():
            await self.app.db.write(_grant, self.room, self.account(name), level)
        self.app.refresh()

    def in_room(self, room_id: str) -> list[Sight]:
        """What the bot has in a room now."""
        return [self.sight(room_id, event) for event in self.messages(room_id)]

    def events(self, room_id: str) -> list[dict[str, Any]]:
        """The bot's messages in a room, as they went out."""
        return self.messages(room_id)

    def private(self, who: str) -> str | None:
        """The room for two of somebody and the bot."""
        rooms = [room for room, user in self.platform.rooms.direct.items() if user == self.user(who)]
        return rooms[-1] if rooms else None

    def told(self, who: str) -> list[Sight]:
        """What the bot told somebody in private."""
        room = self.private(who)
        return self.in_room(room) if room else []


class Walk:
    """Both sides, and the time between them."""

    def __init__(self, server: WalkServer, discord: Discord, matrix: Matrix) -> None:
        self.server, self.discord, self.matrix = server, discord, matrix
        self.outside = server.outside

    @property
    def app(self) -> Any:
        return self.server.app

    async def settle(self) -> None:
        await self.server.settle()

    async def passes(self, **by: float) -> None:
        """Let time pass: at each moment at which something is due the bot does it."""
        target = self.server.clock.now() + timedelta(**by)
        await self.settle()
        while (next_at := self.server.clock.next_at) is not None and next_at <= target:
            self.server.clock.set(next_at)
            await self.settle()
        self.server.clock.set(target)
        await self.settle()

    async def link(self) -> None:
        """Let the room join the server's community."""
        [sight, *_] = await self.discord.types("Mod", "settings link")
        code = next(word for word in sight.text.replace("`", " ").split() if _is_code(word))
        await self.matrix.types("Mod", f"settings link {code}")
        await self.matrix.confirms("Mod", yes=True)
        await self.discord.types("Mod", f"settings link {code}")
        await self.discord.confirms("Mod", yes=True)
        # What was granted by name in the room's own community does not hold in the other one.
        await self.app.db.write(_grant, self.matrix.room, self.matrix.account("Lib"), Level.LIBRARIAN)
        self.app.refresh()
        await self.settle()


def _is_code(word: str) -> bool:
    return "-" in word and word.replace("-", "").isalnum() and word.upper() == word


def _moderating() -> Any:
    import discord

    return discord.Permissions(manage_guild=True, manage_messages=True, view_channel=True, send_messages=True)


def _grant(tx: Any, room_id: str, account: Any, level: Level) -> None:
    home = homes.find(tx, "matrix", room_id)
    person = people.recognise(tx, "matrix", account.external_id, account.name)
    levels.set_person_level(tx, communities.existing(tx, home.community_id).id, person.id, level, None)


@asynccontextmanager
async def walk(folder: Path) -> AsyncIterator[Walk]:
    """Open both."""
    async with Homeserver() as homeserver:
        server = WalkServer(folder, COGS)
        server.outside = FakeOutside()
        server.bot = Bot(folder, homeserver, (), server.clock)
        await server.open()
        try:
            matrix = Matrix(server.bot)
            await matrix.open()
            yield Walk(server, Discord(server), matrix)
        finally:
            await server.close()


def quoted(sights: list[Sight]) -> str:
    """What was seen, for a look at it."""
    return json.dumps([sight.text for sight in sights], ensure_ascii=False, indent=1)


Values = Mapping[str, str]
