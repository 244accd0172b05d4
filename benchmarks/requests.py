# SPDX-License-Identifier: MIT
"""List, search, claim and duplicate check among 1,000 and 100,000 requests: how the time grows.

Titles are drawn from 30,000 words as rare and as frequent as in real text (Zipf), seven words each.
"""

import asyncio
import gc
import random
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from itertools import accumulate
from pathlib import Path

from benchmarks.rows import Row
from bot.core.clock import SystemClock
from bot.core.outbox.poster import OutboxPoster
from bot.core.ranks import KnownLevels
from bot.kit import Level, to_stamp
from bot.kit.database import Transaction
from bot.kit.people import HomeKind
from bot.storage import homes, numbers, people
from bot.storage.database import SqliteDatabase
from bot.storage.migrate import all_migrations
from cogs.requests import store, store_lists, store_words
from cogs.requests.duplicates import duplicates
from cogs.requests.identifiers import Identifier, Scheme
from cogs.requests.model import Actor
from cogs.requests.news import News
from cogs.requests.service import Service

SIZES = (1_000, 100_000)
ROUNDS = 200
WORDS = 30_000
OPEN_SHARE = 20  # one request in so many is open, as after years of use


class Titles:
    """Draws titles."""

    def __init__(self, seed: int = 1) -> None:
        self.random = random.Random(seed)
        letters = "abcdefghijklmnopqrstuvwxyz"
        self.words = ["".join(self.random.choices(letters, k=self.random.randint(3, 11))) for _ in range(WORDS)]
        self.weights = list(accumulate(1 / (rank + 2.7) for rank in range(WORDS)))

    def __call__(self) -> str:
        return " ".join(self.random.choices(self.words, cum_weights=self.weights, k=7))


def fill(tx: Transaction, actor: Actor, count: int, titles: list[str]) -> None:
    """Write many requests at once, as `Service.open` would one by one."""
    now = to_stamp(tx.now)
    asker = actor.person_id
    states = ["open" if number % OPEN_SHARE == 0 else "fulfilled" for number in range(count)]
    tx.many(
        """INSERT INTO requests (id, community_id, home_id, state, kind, title, person_id, month, asker_no, opened_at,
           active_at, closed_at, carded_at) VALUES (?, ?, ?, ?, 'book', ?, ?, '2026-11', 1, ?, ?, ?, ?)""",
        [
            (
                n + 1,
                actor.community_id,
                actor.home_id,
                states[n],
                titles[n],
                asker,
                now,
                now,
                _closed(states[n], now),
                now,
            )
            for n in range(count)
        ],
    )
    tx.many(
        """INSERT INTO numbers (given_by, community_id, home_id, kind, number, row_id, current)
           VALUES (?, ?, ?, 'request', ?, ?, 1)""",
        [(actor.community_id, actor.community_id, actor.home_id, n + 1, n + 1) for n in range(count)],
    )
    tx.many(
        """INSERT INTO request_identifiers (request_id, community_id, home_id, scheme, value, position)
           VALUES (?, ?, ?, 'doi', ?, 0)""",
        [(n + 1, actor.community_id, actor.home_id, f"10.1000/{n}") for n in range(count)],
    )
    words = [
        (actor.community_id, word, n + 1, actor.home_id)
        for n in range(count)
        for word in store_words.indexed(titles[n])
    ]
    tx.many(
        "INSERT INTO request_words (community_id, word, request_id, home_id, typed) VALUES (?, ?, ?, ?, 1)",
        sorted(words),
    )


def _closed(state: str, now: int) -> int | None:
    return None if state == "open" else now


async def median_us(
    act: Callable[[int], Awaitable[object]], after: Callable[[int], Awaitable[object]] | None = None
) -> float:
    """Return the median time of a call, in microseconds; what comes `after` it is not measured."""
    gc.collect()
    took = []
    for number in range(ROUNDS):
        start = time.perf_counter()
        await act(number)
        took.append(time.perf_counter() - start)
        if after is not None:
            await after(number)
    return statistics.median(took) * 1e6


async def measure(size: int) -> dict[str, float]:
    """Return what each thing takes at a size, in microseconds."""
    draw = Titles()
    titles = [draw() for _ in range(size)]
    with tempfile.TemporaryDirectory() as folder:
        db = await SqliteDatabase.open(Path(folder) / "requests.db", SystemClock(), create=True)
        await db.migrate([step for step in all_migrations() if step.owner in {"core", "requests"}])
        home = await db.write(homes.arrive, "memory", "1", "Library", HomeKind.SERVER)
        ana = await db.write(people.recognise, "memory", "ana", "Ana")
        lib = await db.write(people.recognise, "memory", "lib", "Lib")
        actor = Actor(home.community_id, home.id, ana.id)
        await db.write(fill, actor, size, titles)
        service = Service(numbers, News(OutboxPoster(lambda: None)), lambda *_: None, KnownLevels())
        librarian = Actor(home.community_id, home.id, lib.id, Level.LIBRARIAN)
        community, page = home.community_id, store_lists.Filter()
        opens = [number + 1 for number in range(0, size, OPEN_SHARE)]
        pairs = [titles[(7 * n) % size].split()[3:5] for n in range(ROUNDS)]

        async def claim(number: int) -> None:
            request_id = opens[number % len(opens)]
            await db.write(service.claim, librarian, request_id)

        async def release(number: int) -> None:
            await db.write(service.release, librarian, opens[number % len(opens)])

        def doi(number: int) -> list[Identifier]:
            return [Identifier(Scheme.DOI, f"10.1000/{(13 * number) % size}", 0, 0, "")]

        found = {
            "list": await median_us(lambda _: db.read(store_lists.page, community, page, None)),
            "search": await median_us(lambda n: db.read(store_words.search, community, " ".join(pairs[n]), 20)),
            "duplicate by identifier": await median_us(lambda n: db.read(duplicates, community, "", doi(n))),
            "duplicate by title": await median_us(
                lambda n: db.read(duplicates, community, titles[(11 * n) % size] + " vol", [])
            ),
            "claim": await median_us(claim, release),
        }
        assert await db.read(duplicates, community, titles[0], []), "a title is found again"
        assert await db.read(store.get, community, 1)
        await db.close()
        found["bytes"] = (Path(folder) / "requests.db").stat().st_size / size
    return found


def run() -> list[Row]:
    """Measure and return the rows."""
    small, large = (asyncio.run(measure(size)) for size in SIZES)
    rows = []
    for name, few in small.items():
        many = large[name]
        if name == "bytes":
            rows.append(Row("bytes of the database for each request", f"{few:.0f}, then {many:.0f}"))
            continue
        growth = many / few
        rows.append(
            Row(
                f"{name}: 1,000 → 100,000 requests",
                f"{few:.0f} → {many:.0f} µs, ×{growth:.1f}",
                "≤ ×10",
                growth <= 10,
            )
        )
    return rows
