# SPDX-License-Identifier: MIT
"""A cog with jobs of every kind, and a scheduler that runs them on a clock that the test moves."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Annotated

from bot.core.clock import ManualClock
from bot.core.health import HealthBoard
from bot.core.scheduler import Scheduler
from bot.core.settings import SettingsBook
from bot.kit.arg import Arg
from bot.kit.cog import Cog, Manifest
from bot.kit.job import Late, at, daily, every
from bot.kit.people import Community, HomeKind
from bot.storage import communities, homes
from bot.storage.database import SqliteDatabase
from bot.storage.migrate import all_migrations, apply

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Choices:
    hour: Annotated[str, Arg("When to send the digest")] = "07:00"


class Garden(Cog):
    """A cog whose jobs write down when they ran."""

    name = "garden"
    manifest = Manifest("Gardening.", "Nothing.", {})
    settings = Choices

    def __init__(self, clock: ManualClock) -> None:
        self.clock = clock
        self.ran: list[tuple[str, int, datetime]] = []
        self.payloads: list[dict] = []
        self.gate: asyncio.Event | None = None
        self.error: BaseException | None = None

    async def _do(self, what: str, community: Community) -> None:
        self.ran.append((what, community.id, self.clock.now()))
        if self.gate is not None:
            await self.gate.wait()
        if self.error is not None:
            raise self.error

    @every(HOUR)
    async def water(self, community: Community) -> None:
        await self._do("water", community)

    @every(HOUR, late=Late.RUN)
    async def weed(self, community: Community) -> None:
        await self._do("weed", community)

    @daily("02:30")
    async def greet(self, community: Community) -> None:
        await self._do("greet", community)

    @daily("09:00", setting="hour", late=Late.SKIP)
    async def digest(self, community: Community) -> None:
        await self._do("digest", community)

    @at()
    async def remind(self, community: Community, payload: dict) -> None:
        self.payloads.append(dict(payload))
        await self._do("remind", community)

    @at(late=Late.SKIP)
    async def whisper(self, community: Community, payload: dict) -> None:
        await self._do("whisper", community)

    def times(self, what: str) -> list[str]:
        return [moment.strftime("%d %H:%M") for name, _, moment in self.ran if name == what]


class Bench:
    """A scheduler on a database of its own."""

    def __init__(self, db: SqliteDatabase, clock: ManualClock) -> None:
        self.db, self.clock = db, clock
        self.health = HealthBoard(clock)
        self.settings = SettingsBook(db)
        self.scheduler = Scheduler(db, clock, self.settings, self.health)
        self.garden = Garden(clock)

    async def move(self, by: timedelta) -> None:
        """Let time pass, each waiter at its own moment."""
        end = self.clock.now() + by
        await self.scheduler.settled()
        while (next_at := self.clock.next_at) is not None and next_at <= end:
            self.clock.set(next_at)
            await self.scheduler.settled()
        self.clock.set(end)
        await self.scheduler.settled()

    async def jump(self, to: datetime) -> None:
        self.clock.set(to)
        self.scheduler._alarm.ring()
        await self.scheduler.settled()

    async def community(self, name: str, zone: str = "UTC") -> int:
        def store(tx):
            home = homes.arrive(tx, "memory", name, name, HomeKind.SERVER)
            return communities.change(tx, home.community_id, zone=zone).id

        return await self.db.write(store)

    async def set(self, handler, community_id: int, key: str, due_at: datetime, payload=None) -> None:
        await self.db.write(self.scheduler.timers.set, handler, community_id, key, due_at, payload)

    async def runs(self) -> list[tuple[str, str, str]]:
        return [tuple(row) for row in await self.db.read(
            lambda tx: tx.all("SELECT job, slot, state FROM timer_runs ORDER BY id"))]  # fmt: skip


@asynccontextmanager
async def bench_on(path: Path, clock: ManualClock, *, register: bool = True) -> AsyncIterator[Bench]:
    fresh = not path.exists()
    async with await SqliteDatabase.open(path, clock, create=True) as db:
        if fresh:
            await db.exclusive(apply, [each for each in all_migrations() if each.owner == "core"], clock)
        bench = Bench(db, clock)
        await bench.community("first")
        await bench.scheduler.start()
        if register:
            await bench.scheduler.register(bench.garden)
        try:
            yield bench
        finally:
            await bench.scheduler.stop()
