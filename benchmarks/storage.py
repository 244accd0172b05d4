# SPDX-License-Identifier: MIT
"""Three statements in a transaction, twenty waiting: the bot's database beside bare aiosqlite, in the same run.

The machine's speed swings, so the two take short turns and the median of the ratios within each turn is what counts.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import aiosqlite

from benchmarks.rows import Row
from bot.core.clock import SystemClock
from bot.kit.database import Transaction
from bot.storage.database import SqliteDatabase

WAITING = 20
GOAL_US = 100
WARM_UP = 600
SCHEMA = "CREATE TABLE IF NOT EXISTS requests (id INTEGER PRIMARY KEY, title TEXT NOT NULL, claims INTEGER NOT NULL)"
INSERT = "INSERT INTO requests (title, claims) VALUES (?, 0)"
UPDATE = "UPDATE requests SET claims = claims + 1 WHERE id = ?"
SELECT = "SELECT title, claims FROM requests WHERE id = ?"


def three(tx: Transaction, title: str) -> tuple[str, int]:
    """Run the transaction as a store function."""
    row_id = tx.insert(INSERT, title)
    tx.run(UPDATE, row_id)
    row = tx.one(SELECT, row_id)
    assert row is not None
    return row[0], row[1]


async def ours(db: SqliteDatabase, rounds: int) -> float:
    """Return seconds per transaction with twenty waiting at any time."""

    async def worker() -> None:
        for _ in range(rounds):
            assert await db.write(three, "Zagreb fair, 1921") == ("Zagreb fair, 1921", 1)

    return await _timed(worker, rounds)


async def bare(connection: aiosqlite.Connection, rounds: int) -> float:
    """Return seconds per transaction, statement by statement, behind the lock that a shared connection needs."""
    lock = asyncio.Lock()

    async def worker() -> None:
        for _ in range(rounds):
            async with lock:
                await connection.execute("BEGIN IMMEDIATE")
                cursor = await connection.execute(INSERT, ("Zagreb fair, 1921",))
                row_id = cursor.lastrowid
                await connection.execute(UPDATE, (row_id,))
                rows = await connection.execute_fetchall(SELECT, (row_id,))
                assert tuple(next(iter(rows))) == ("Zagreb fair, 1921", 1)
                await connection.commit()

    return await _timed(worker, rounds)


async def _timed(worker: Callable[[], Awaitable[None]], rounds: int) -> float:
    start = time.perf_counter()
    await asyncio.gather(*(worker() for _ in range(WAITING)))
    return (time.perf_counter() - start) / (rounds * WAITING)


async def compare(turns: int = 15, rounds: int = 20) -> dict[str, float]:
    """Return microseconds per transaction of both and the median of their ratios."""
    with tempfile.TemporaryDirectory() as folder:
        async with (
            await SqliteDatabase.open(Path(folder) / "ours.db", SystemClock(), create=True) as db,
            aiosqlite.connect(Path(folder) / "bare.db", isolation_level=None) as connection,
        ):
            await db.write(lambda tx: tx.run(SCHEMA))
            for statement in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", SCHEMA):
                await connection.execute_fetchall(statement)
            # Until it is reused, the write-ahead log grows, and making a file longer costs more than writing into it.
            await _alone(db, WARM_UP)
            await bare(connection, WARM_UP // WAITING)
            pairs = [(await ours(db, rounds), await bare(connection, rounds)) for _ in range(turns)]
            alone = [await _alone(db, 200) for _ in range(3)]
            reads = [await _reads(db, 400) for _ in range(3)]
    return {
        "ours_us": statistics.median(mine for mine, _ in pairs) * 1e6,
        "aiosqlite_us": statistics.median(theirs for _, theirs in pairs) * 1e6,
        "ratio": statistics.median(mine / theirs for mine, theirs in pairs),
        "one_at_a_time_us": min(alone) * 1e6,
        "read_one_at_a_time_us": min(reads) * 1e6,
    }


async def _alone(db: SqliteDatabase, times: int) -> float:
    start = time.perf_counter()
    for _ in range(times):
        await db.write(three, "Zagreb fair, 1921")
    return (time.perf_counter() - start) / times


async def _reads(db: SqliteDatabase, times: int) -> float:
    start = time.perf_counter()
    for number in range(times):
        await db.read(lambda tx, row_id: tx.one(SELECT, row_id), number + 1)
    return (time.perf_counter() - start) / times


def run() -> list[Row]:
    """Measure and return the rows."""
    found = asyncio.run(compare())
    ours_us = found["ours_us"]
    return [
        Row("transaction of three, 20 waiting, FULL", f"{ours_us:.0f} µs", "≤ 100 µs", ours_us <= GOAL_US),
        Row("the same with bare aiosqlite, statement by statement", f"{found['aiosqlite_us']:.0f} µs"),
        Row("ratio of the two within each turn (median)", f"{found['ratio']:.2f}"),
        Row("one transaction of three at a time", f"{found['one_at_a_time_us']:.0f} µs"),
        Row("one read at a time", f"{found['read_one_at_a_time_us']:.0f} µs"),
    ]
