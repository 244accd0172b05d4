# SPDX-License-Identifier: MIT
"""The bot on the homeserver in this process, with people who act there and what they see."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.app import App
from bot.config import Config
from bot.core.clock import ManualClock
from bot.kit import Cog, State
from bot.platforms.matrix import MatrixPlatform, RoomBook, Setup, Surroundings, migrations
from bot.platforms.matrix.wire import Wire
from bot.testing.world import sources_of
from tests.platforms.matrix.homeserver import Homeserver

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
PATIENCE = 60.0


def around(app: App, *, greets: bool = False) -> Surroundings:
    return Surroundings(
        db=app.db,
        clock=app.clock,
        catalogs=app.catalogs,
        registry=app.registry,
        book=RoomBook(app.db, app.settings),
        migrate=lambda: app.db.migrate(migrations()),
        poster=app.outbox.poster if greets else None,
    )


@dataclass
class Bot:
    """The bot on a homeserver; open and close it as often as a test wants."""

    folder: Path
    server: Homeserver
    cogs: tuple[type[Cog], ...]
    clock: ManualClock = field(default_factory=lambda: ManualClock(NOW))
    setup: Callable[[Setup], Setup] = lambda setup: setup
    greets: bool = False
    app: App = field(init=False)
    platform: MatrixPlatform = field(init=False)
    asking: int = field(init=False, default=0)
    """How many requests of the bot are on their way or wait for an answer."""

    @property
    def user_id(self) -> str:
        return self.server.user("Refdesk")

    async def open(self) -> None:
        self.server.acked[self.user_id] = -1
        self.app = await App.open(
            Config(database=self.folder / "refdesk.db", models=False, _env_file=None),
            clock=self.clock,
            platforms=[self._build],
            cogs=frozenset({cog.name for cog in self.cogs}),
            sources=sources_of(self.cogs),
        )

    def _build(self, app: App) -> MatrixPlatform:
        setup = Setup(
            homeserver=self.server.url,
            user_id=self.user_id,
            password=SecretStr(self.server.accounts[self.user_id].password),
            folder=self.folder / "matrix",
            pace=1000.0,
            encryption=False,
        )
        self.platform = MatrixPlatform(self.setup(setup), around(app, greets=self.greets), app.health)
        self._count_requests(self.platform._wire)
        return self.platform

    def _count_requests(self, wire: Wire) -> None:
        send = wire._send

        async def counted(*args: Any) -> bytes:
            self.asking += 1
            try:
                return await send(*args)
            finally:
                self.asking -= 1

        wire._send = counted

    async def close(self) -> None:
        await self.app.close()

    async def restart(self) -> None:
        await self.close()
        await self.open()

    async def settle(self) -> None:
        """Wait until the bot has dealt with everything that happened, what it did itself included."""
        async with asyncio.timeout(PATIENCE):
            while True:
                position = self.server.awaited(self.user_id)
                await self.server.until(lambda at=position: self.server.acked[self.user_id] >= at)
                await self.platform.session.settled()
                await self.app.settled()
                if position == self.server.awaited(self.user_id):
                    return

    async def passes(self, happened: Callable[[], Any], near: timedelta = timedelta(hours=1)) -> None:
        """Let time pass, as fast as the bot can follow, until something has happened; only to moments that are near."""
        async with asyncio.timeout(PATIENCE):
            while not happened():
                await self.clock_turns(near=near)

    async def clock_turns(self, hours: float = 0, near: timedelta = timedelta(hours=1)) -> None:
        """Move the clock to where the bot waits for it, once nothing else is under way."""
        await self._rests()
        next_at = self.clock.next_at
        if hours or (next_at is not None and next_at - self.clock.now() < near):
            self.clock.set(max(next_at or NOW, self.clock.now() + timedelta(hours=hours)))
        await self._rests()

    async def _rests(self) -> None:
        """Wait until the bot waits for nothing but the clock, or for a homeserver that does not answer."""
        calm = 0
        while calm < 20:
            calm = calm + 1 if self.asking <= self.server.kept_waiting(self.user_id) else 0
            await self.app.db.drained()
            await asyncio.sleep(0)

    async def crash(self) -> None:
        """End as a killed process does: nothing more is said or written, and nobody is told."""
        await self.platform.tasks.cancel_all()
        await self.app.close()

    @property
    def idle(self) -> bool:
        """Whether the bot is at nothing."""
        return self.platform.session.lanes._idle.is_set()

    def health(self) -> State:
        """How the platform says it does."""
        found = [each for each in self.app.health.snapshot().components if each.name == "matrix"]
        return found[0].state if found else State.OK

    async def said(self, room_id: str, after: int = 0) -> list[dict[str, Any]]:
        """What the bot has said in a room so far, without its edits."""
        await self.settle()
        found = self.server.from_(room_id, self.user_id)
        return [e for e in found if "m.new_content" not in e["content"]][after:]

    async def enter(self, *members: str, **room: Any) -> str:
        """Make a room of some people, invite the bot, and wait until it is in."""
        creator, *others = (self.server.user(name) for name in members)
        room_id = await self.server.room(creator, self.user_id, **room)
        for other in others:
            await self.server.member(room_id, other, other, "join")
        await self.settle()
        return room_id
