# SPDX-License-Identifier: MIT
"""What is done after a commit, and only then."""

import asyncio
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.clock import ManualClock
from bot.storage.database import SqliteDatabase

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
async def db(tmp_path: Path):
    async with await SqliteDatabase.open(tmp_path / "test.db", ManualClock(NOON), create=True) as db:
        await db.write(lambda tx: tx.run("CREATE TABLE facts (fact TEXT UNIQUE)"))
        yield db


async def test_it_happens_on_the_event_loop_after_the_commit_and_before_the_caller_goes_on(db: SqliteDatabase):
    heard = []

    def store(tx):
        tx.run("INSERT INTO facts VALUES ('a')")
        tx.after_commit(lambda: heard.append(threading.current_thread()))

    await db.write(store)
    assert heard == [threading.current_thread()]


async def test_it_does_not_happen_when_the_function_fails(db: SqliteDatabase):
    heard = []

    def store(tx, fact):
        tx.after_commit(lambda: heard.append(fact))
        tx.run("INSERT INTO facts VALUES (?)", fact)

    results = await asyncio.gather(*(db.write(store, fact) for fact in "aab"), return_exceptions=True)
    assert [type(result).__name__ for result in results] == ["NoneType", "IntegrityError", "NoneType"]
    assert heard == ["a", "b"]


async def test_it_happens_once_when_the_function_is_run_again(db: SqliteDatabase):
    """The second function loses the shared transaction; each is then run alone."""
    heard = []

    def store(tx, fact):
        tx.run("INSERT INTO facts VALUES (?)", fact)
        tx.after_commit(lambda: heard.append(fact))

    def lose(tx):
        tx.after_commit(lambda: heard.append("lost"))
        tx.run("INSERT OR ROLLBACK INTO facts VALUES ('a')")

    results = await asyncio.gather(db.write(store, "a"), db.write(lose), db.write(store, "b"), return_exceptions=True)
    assert (results[0], results[2]) == (None, None)
    assert isinstance(results[1], Exception)
    assert heard == ["a", "b"]
    assert await db.read(lambda tx: tx.value("SELECT count(*) FROM facts")) == 2


async def test_what_was_only_rehearsed_does_not_happen(db: SqliteDatabase):
    heard = []

    def store(tx):
        tx.rehearse(lambda inner: inner.after_commit(lambda: heard.append("rehearsed")))
        tx.after_commit(lambda: heard.append("real"))

    await db.write(store)
    assert heard == ["real"]


async def test_a_caller_that_goes_away_takes_nothing_of_it_along(db: SqliteDatabase):
    heard = asyncio.Event()
    running = threading.Event()

    def store(tx):
        tx.run("INSERT INTO facts VALUES ('a')")
        tx.after_commit(heard.set)
        running.set()

    write = asyncio.ensure_future(db.write(store))
    await asyncio.to_thread(running.wait, 5)
    write.cancel()
    await asyncio.wait_for(heard.wait(), 60)
    assert await db.read(lambda tx: tx.value("SELECT count(*) FROM facts")) == 1


async def test_a_failing_callback_is_logged_and_harms_nobody(db: SqliteDatabase, caplog: pytest.LogCaptureFixture):
    await db.write(lambda tx: tx.after_commit(lambda: 1 // 0))
    assert "ZeroDivisionError" in caplog.text
