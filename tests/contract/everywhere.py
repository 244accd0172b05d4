# SPDX-License-Identifier: MIT
"""One bot on every platform at once, on one clock and one database: a room on each, all of one community."""

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from contractmatrix import MatrixHarness
from discordplay import PatientEnv, _do_not_connect, around, shown

from bot.app import App
from bot.config import Config
from bot.core.clock import ManualClock
from bot.kit import HomeKind, Level
from bot.platforms.console.platform import ConsolePlatform, Setup
from bot.platforms.console.voices import Voices
from bot.platforms.discord.platform import DiscordPlatform
from bot.platforms.memory import MemoryPlatform
from bot.storage import codes, homes, levels, linking, people, places, slots
from bot.testing.outside import FakeOutside
from tests.platforms.matrix.homeserver import Homeserver
from tests.platforms.matrix.matrixplay import Bot

NOON = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)
NO_MARK = 100


@dataclass
class Everywhere:
    """The bot and its rooms; `heard` is what was posted in each, with its time, in order; edits do not count."""

    folder: Path
    server: Homeserver
    clock: ManualClock = field(default_factory=lambda: ManualClock(NOON))
    outside: FakeOutside = field(default_factory=FakeOutside)
    heard: dict[str, list[tuple[datetime, str]]] = field(default_factory=dict)

    async def open(self) -> None:
        self.bot = Bot(self.folder, self.server, (), self.clock)
        self.server.acked[self.bot.user_id] = -1
        self.app = await App.open(
            Config(database=self.folder / "refdesk.db", models=False, _env_file=None),
            clock=self.clock,
            platforms=[self._memory, self._console, self._discord, self._matrix],
            cogs=frozenset({"events", "settings"}),
            http=self.outside,
        )
        self.bot.app = self.app
        self.env = PatientEnv(self.discord.client)
        await self.env.start()
        self.guild = self.env.create_guild("Library")
        self.channel = self.guild.create_text_channel("main")
        self.room = await self.bot.enter("Zoe", "Ana")
        await self.settle()
        await self.app.db.write(self._furnish)
        self.app.refresh()
        await self.settle()

    def _memory(self, app: App) -> Any:
        del app
        self.memory = MemoryPlatform()
        return self.memory

    def _console(self, app: App) -> Any:
        source, target = io.StringIO(), io.StringIO()
        self.console = ConsolePlatform(Voices(app.catalogs, app.clock), Setup(), source=source, target=target)
        return self.console

    def _discord(self, app: App) -> Any:
        self.discord = DiscordPlatform(around(app), "token", connect=_do_not_connect)
        return self.discord

    def _matrix(self, app: App) -> Any:
        return self.bot._build(app)

    def _furnish(self, tx: Any) -> None:
        """Link the rooms of all platforms into the community of the server on Discord."""
        first = homes.find(tx, "discord", str(self.guild.id))
        boss = people.recognise(tx, "discord", "1", "Boss")
        zone = "UPDATE communities SET zone = 'Europe/Madrid' WHERE id = ?"
        for platform, channel in (
            ("discord", str(self.channel.id)),
            ("matrix", self.room),
            ("memory", "hall"),
            ("console", "main"),
        ):
            home = first if platform == "discord" else homes.find(tx, platform, channel)
            home = home or homes.arrive(tx, platform, f"home of {channel}", platform, HomeKind.SERVER)
            if home.id != first.id:
                linking.join(tx, codes.issue_home_code(tx, first.id, boss.id), home.id, boss.id)
            place = places.ensure(tx, platform, channel, name="main", home_id=home.id)
            slots.assign(tx, first.community_id, "announcements", place.id)
        tx.run(zone, first.community_id)
        levels.set_person_level(tx, first.community_id, boss.id, Level.OWNER, None)
        self.community_id, self.home_id, self.person_id = first.community_id, first.id, boss.id

    async def settle(self) -> None:
        """Wait until everything is done that can be before the clock moves, and note what was posted."""
        await self.env.settle()
        await self.app.settled()
        await self.bot.settle()
        await self.env.settle()
        await self.app.settled()
        for platform, posts in self._posts().items():
            heard = self.heard.setdefault(platform, [])
            heard += [(self.clock.now(), words) for words in posts[len(heard) :]]

    async def until(self, moment: datetime) -> None:
        """Let the clock jump to a moment, and the posts of that moment go out at their pace."""
        self.clock.set(moment)
        await self.settle()
        for _ in range(3):
            self.clock.set(self.clock.now() + timedelta(seconds=2))
            await self.settle()

    def _posts(self) -> dict[str, list[str]]:
        backend = self.env.backend
        own = [m for m in backend.messages.get(self.channel.id, {}).values() if m.components]
        harness = MatrixHarness(self.bot)
        matrix = [event for event in harness.messages(self.room) if "filename" not in event["content"]]
        arrived = [each for each in self.console.desk.arrivals.values() if each.place.channel_id == "main"]
        return {
            "memory": [said.sheet.plain for said in self.memory.rooms if said.channel_id == "hall" and said.marker],
            "console": ["\n".join(self.console.render(each.reply, each.voice)) for each in arrived],
            "discord": [shown(m.components) for m in own if m.components[0]["id"] >= NO_MARK],
            "matrix": [harness.present(self.room, event)["body"] for event in matrix if _posted(event)],
        }

    async def close(self) -> None:
        await self.app.close()
        await self.env.shutdown()
        self.env.raise_errors()


def _posted(event: dict[str, Any]) -> bool:
    from bot.platforms.matrix.content import MARKER

    return MARKER in event["content"]


@asynccontextmanager
async def everywhere(folder: Path) -> AsyncIterator[Everywhere]:
    async with Homeserver() as server:
        world = Everywhere(folder, server)
        await world.open()
        try:
            yield world
        finally:
            await world.close()
