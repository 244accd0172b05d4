# SPDX-License-Identifier: MIT
"""An event announced in 1,000 places under Discord's limits, with its calendar file; and the calendar's own work.

Run `python -m benchmarks events`. Beside it runs the bare paced bot of `benchmarks/outbox.py`, which keeps nothing.
Goals: each card exactly once, none refused, 21 virtual seconds at most.
"""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.outbox import CATALOGS, NOON, POSTS, Discord, Result, Watched, by_bare_bot, drive, result
from benchmarks.rows import Row
from bot.core.clock import ManualClock
from bot.core.health import HealthBoard
from bot.core.outbox import Outbox
from bot.kit import Level
from bot.kit.people import HomeKind
from bot.storage import homes, numbers, people, places, slots
from bot.storage.database import SqliteDatabase
from bot.storage.migrate import all_migrations, apply
from cogs.events.calendar import calendar
from cogs.events.model import Actor, Content, Event, Frequency, Repeat, Timing
from cogs.events.news import SLOT, News
from cogs.events.recurrence import occurrences
from cogs.events.service import Service
from cogs.events.settings import EventSettings
from cogs.events.when import Asker, LocalTime, read_time

TIMES = 5
CONTENT = Content(
    "Women of science", "We write about scientists. Sources lie ready.", "National Library", language="hr"
)
TIMING = Timing(LocalTime(datetime(2026, 6, 5, 18), "Europe/Zagreb"), 180)  # noqa: DTZ001


def furnish(tx: Any, places_: int) -> Actor:
    """Make a community with so many channels for announcements."""
    home = homes.arrive(tx, "discord", "1", "Library", HomeKind.SERVER)
    person = people.recognise(tx, "discord", "7", "Ana")
    for number in range(places_):
        room = places.ensure(tx, "discord", str(number), None, f"room {number}", home_id=home.id)
        slots.assign(tx, home.community_id, SLOT, room.id)
    return Actor(home.community_id, home.id, person.id, Level.MODERATOR)


async def announced() -> Result:
    """Announce an event in 1,000 channels, from the transaction to the last card."""
    clock = ManualClock(NOON)
    discord = Discord(clock)
    with TemporaryDirectory() as folder:
        async with await SqliteDatabase.open(Path(folder) / "refdesk.db", clock, create=True) as bare:
            await bare.exclusive(apply, [e for e in all_migrations() if e.owner in {"core", "events"}], clock)
            db = Watched(bare)
            outbox = Outbox(db, clock, CATALOGS.voice, HealthBoard(clock), random=Random(1))  # type: ignore[arg-type]
            actor = await bare.write(furnish, POSTS)
            await outbox.open("discord", discord)
            service = Service(numbers, outbox.poster, News(outbox.poster), lambda *_: None)
            event = await bare.write(service.create, actor, CONTENT, TIMING, "bench@refdesk")
            before = time.process_time()
            queued = asyncio.ensure_future(db.write(service.publish, actor, event.id, EventSettings()))
            await drive(clock, lambda: len(discord.arrived) == POSTS, db.idle.wait)
            await queued
            cpu = time.process_time() - before
            await outbox.close()
    return result(cpu, discord)


def timed(work: Callable[[], object], rounds: int) -> float:
    """Return the median time of a piece of work, in milliseconds."""
    spent = []
    for _ in range(rounds):
        before = time.perf_counter()
        work()
        spent.append(time.perf_counter() - before)
    return median(spent) * 1000


def event_of(number: int) -> Event:
    """Return an event as the database gives it."""
    start = TIMING.when.at
    return Event(number, number, 1, 1, "published", CONTENT, TIMING, None, start, start, f"{number}@refdesk")  # type: ignore[arg-type]


def run(times: int = TIMES) -> list[Row]:
    """Measure announcing, and what reading and writing calendars takes."""
    bare = [asyncio.run(by_bare_bot(POSTS)) for _ in range(times)]
    cards = [asyncio.run(announced()) for _ in range(times)]
    last = cards[-1]
    asker = Asker(NOON, "Europe/Madrid", "es")
    read_time("15 de enero a las 18:00", asker)
    daily = Timing(TIMING.when, repeat=Repeat(Frequency.DAILY, times=400))
    hundred = [event_of(number) for number in range(100)]
    exact = last.once == POSTS and not last.refused
    return [
        Row("bare paced bot, 1,000 channels", f"{median(e.cpu for e in bare) / POSTS * 1e6:.0f} µs CPU a post"),
        Row(
            "an event's card in 1,000 channels",
            f"{last.once} once, {last.refused} × 429",
            "1000 once, none refused",
            exact,
        ),
        Row("", f"{last.virtual:.1f} s", "≤ 21 s", last.virtual <= 21),
        Row("", f"{median(e.cpu for e in cards) / POSTS * 1e6:.0f} µs CPU a post"),
        Row(
            "reading “15 de enero a las 18:00”",
            f"{timed(lambda: read_time('15 de enero a las 18:00', asker), 50):.1f} ms",
        ),
        Row("working out a daily series of 400", f"{timed(lambda: occurrences.__wrapped__(daily), 20):.1f} ms"),
        Row("writing a calendar file of one event", f"{timed(lambda: calendar(hundred[:1]), 20):.1f} ms"),
        Row("writing a calendar of 100 events", f"{timed(lambda: calendar(hundred), 5):.0f} ms"),
    ]
