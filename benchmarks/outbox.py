# SPDX-License-Identifier: MIT
"""1,000 posts through Discord's limits, on a virtual clock: run `python -m benchmarks outbox`.

The simulated platform refuses what exceeds 50 requests in any second, or 5 in any 5 seconds in one channel, and
answers after 150 ms. Beside the outbox runs a bare paced bot, which keeps nothing: the difference is what durability
costs. Goals: each post exactly once, none refused, 21 virtual seconds at most.
"""

import asyncio
import time
from collections import Counter, defaultdict, deque
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.rows import Row
from bot.core.alarm import sleep_until
from bot.core.clock import ManualClock
from bot.core.courier import Parcel, Retry
from bot.core.health import HealthBoard
from bot.core.i18n.catalogs import Catalogs
from bot.core.outbox import Outbox
from bot.core.outbox.pacing import SHARE
from bot.kit.people import HomeKind, Place
from bot.kit.reply import Button, Field, Reply
from bot.kit.text import t
from bot.storage import homes, places, slots
from bot.storage.database import SqliteDatabase
from bot.storage.migrate import all_migrations, apply

POSTS = 1000
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
LATENCY = timedelta(milliseconds=150)
CATALOGS = Catalogs.load()
REPLY = Reply(
    t("{title} begins {at}.", title="Edit-a-thon", at=NOON + timedelta(days=7)),
    title=t("Edit-a-thon: {name}", name="Women of science"),
    fields=(Field(t("Where"), "National Library"), Field(t("Language"), "hr")),
    buttons=(Button(t("I am coming"), "events.attend", event_id=17),),
)


class Discord:
    """Takes posts as Discord does: 50 a second for the bot, 5 in 5 seconds for a channel."""

    pace = 50.0
    place_pace = 1.0
    memory = 300.0

    def __init__(self, clock: ManualClock) -> None:
        self.clock = clock
        self.arrived: Counter[str] = Counter()
        self.refused = 0
        self.last_at = clock.now()
        self._all: deque[datetime] = deque()
        self._channels: defaultdict[str, deque[datetime]] = defaultdict(deque)

    async def post(self, place: Place, parcel: Parcel) -> str:
        now = self.clock.now()
        full = _full(self._all, now, 50, 1) or _full(self._channels[place.channel_id], now, 5, 5)
        if full:
            self.refused += 1
            raise Retry("429", after=full)
        self._all.append(now)
        self._channels[place.channel_id].append(now)
        parcel.voice.plain(parcel.reply.text)
        await sleep_until(self.clock, now + LATENCY)
        self.arrived[parcel.marker] += 1
        self.last_at = self.clock.now()
        return parcel.marker

    async def tell(self, identity: Any, parcel: Parcel) -> str:
        raise NotImplementedError

    async def edit(self, where: Any, message_id: str, parcel: Parcel) -> None:
        raise NotImplementedError

    async def find(self, where: Any, marker: str) -> str | None:
        raise NotImplementedError


def _full(window: deque[datetime], now: datetime, limit: int, seconds: float) -> float:
    """Return for how long a window is full; 0 when it has room."""
    span = timedelta(seconds=seconds)
    while window and now - window[0] >= span:
        window.popleft()
    return (window[0] + span - now).total_seconds() if len(window) >= limit else 0.0


class Watched:
    """A database that knows whether somebody waits for it."""

    def __init__(self, db: SqliteDatabase) -> None:
        self._db = db
        self._waiting = 0
        self.idle = asyncio.Event()
        self.idle.set()

    async def write(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        self._waiting += 1
        self.idle.clear()
        try:
            return await self._db.write(function, *args, **kwargs)
        finally:
            self._waiting -= 1
            if not self._waiting:
                self.idle.set()


async def drive(clock: ManualClock, done: Callable[[], bool], idle: Callable[[], Awaitable[Any]]) -> None:
    """Move the clock to the next moment that somebody waits for, whenever nothing else is to be done."""
    while not done():
        for _ in range(8):
            await asyncio.sleep(0)
            await idle()
        if clock.next_at is not None:
            clock.set(clock.next_at)


@dataclass(frozen=True)
class Result:
    cpu: float
    virtual: float
    once: int
    refused: int


async def by_outbox(channels: int, *, one_by_one: bool) -> Result:
    clock = ManualClock(NOON)
    discord = Discord(clock)
    with TemporaryDirectory() as folder:
        async with await SqliteDatabase.open(Path(folder) / "refdesk.db", clock, create=True) as bare:
            await bare.exclusive(apply, [each for each in all_migrations() if each.owner == "core"], clock)
            db = Watched(bare)
            outbox = Outbox(db, clock, CATALOGS.voice, HealthBoard(clock), random=Random(1))  # type: ignore[arg-type]
            community_id, rooms = await bare.write(furnish, channels)
            await outbox.open("discord", discord)
            before = time.process_time()
            poster = outbox.poster
            if one_by_one:
                queue = [db.write(poster.post, community_id, rooms[n % channels], f"k{n}", REPLY) for n in range(POSTS)]
                queued: asyncio.Future[Any] = asyncio.gather(*queue)
            else:

                def announce(tx: Any) -> None:
                    for number in range(POSTS // channels):
                        poster.announce(tx, community_id, "events", f"event:{number}", REPLY)

                queued = asyncio.ensure_future(db.write(announce))
            await drive(clock, lambda: len(discord.arrived) == POSTS, db.idle.wait)
            await queued
            cpu = time.process_time() - before
            await outbox.close()
            sent = await bare.read(lambda tx: tx.value("SELECT count(*) FROM outbox WHERE state = 'sent'"))
            assert sent == POSTS, sent
    return result(cpu, discord)


def furnish(tx: Any, channels: int) -> tuple[int, list[int]]:
    home = homes.arrive(tx, "discord", "1", "Library", HomeKind.SERVER)
    rooms = [places.ensure(tx, "discord", str(n), None, f"room {n}", home_id=home.id).id for n in range(channels)]
    for room in rooms:
        slots.assign(tx, home.community_id, "events", room)
    return home.community_id, rooms


async def by_bare_bot(channels: int) -> Result:
    """A loop that sends at the same pace, and remembers nothing."""
    clock = ManualClock(NOON)
    discord = Discord(clock)
    rooms = [Place(n, "discord", str(n), home_id=1) for n in range(channels)]
    gap = timedelta(seconds=1 / (SHARE * discord.pace))

    async def run() -> None:
        async with asyncio.TaskGroup() as group:
            for number in range(POSTS):
                voice = CATALOGS.voice("en", "UTC", clock.now())
                group.create_task(discord.post(rooms[number % channels], Parcel(str(number), REPLY, voice)))
                await sleep_until(clock, clock.now() + gap)

    before = time.process_time()
    task = asyncio.ensure_future(run())
    await drive(clock, lambda: len(discord.arrived) == POSTS, lambda: asyncio.sleep(0))
    clock.move(gap)
    await task
    return result(time.process_time() - before, discord)


def result(cpu: float, discord: Discord) -> Result:
    once = sum(1 for times in discord.arrived.values() if times == 1)
    return Result(cpu, (discord.last_at - NOON).total_seconds(), once, discord.refused)


def run(times: int = 5) -> list[Row]:
    """Run every case in turn, several times, and compare with the goals."""
    bare = "bare paced bot, 1,000 channels"
    cases: dict[str, Callable[[], Coroutine[Any, Any, Result]]] = {
        bare: lambda: by_bare_bot(1000),
        "outbox, one announcement to 1,000 channels": lambda: by_outbox(1000, one_by_one=False),
        "outbox, 5 announcements to 200 channels": lambda: by_outbox(200, one_by_one=False),
        "outbox, 1,000 transactions, 200 channels": lambda: by_outbox(200, one_by_one=True),
    }
    results: dict[str, list[Result]] = {name: [] for name in cases}
    for _ in range(times):
        for name, case in cases.items():
            results[name].append(asyncio.run(case()))
    cpu = {name: median(each.cpu for each in done) / POSTS * 1e6 for name, done in results.items()}
    rows = [Row(bare, f"{cpu.pop(bare):.0f} µs CPU a post")]
    for name, spent in cpu.items():
        last = results[name][-1]
        exact = last.once == POSTS and not last.refused
        rows += [
            Row(name, f"{last.once} once, {last.refused} × 429", "1000 once, none refused", exact),
            Row("", f"{last.virtual:.1f} s", "≤ 21 s", last.virtual <= 21),
            Row("", f"{spent:.0f} µs CPU a post"),
        ]
    return rows
