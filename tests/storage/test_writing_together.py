# SPDX-License-Identifier: MIT
"""The contract of `write` and `read`: see bot.kit.database."""

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import pytest

from bot.core.clock import ManualClock
from bot.kit.database import Transaction
from bot.storage.database import SqliteDatabase
from bot.storage.errors import (
    BusyDatabaseError,
    ClosedDatabaseError,
    FullDiskError,
    LostTransactionError,
    ReadOnlyDatabaseError,
    StorageError,
)

PAGE = 4096


def add(tx: Transaction, fact: str) -> int:
    return tx.insert("INSERT INTO facts (fact) VALUES (?)", fact)


def count(tx: Transaction) -> int:
    return tx.value("SELECT count(*) FROM facts")


def seen_by_others(path: Path) -> int:
    with closing(sqlite3.connect(path)) as other:
        return other.execute("SELECT count(*) FROM facts").fetchone()[0]


def commits() -> tuple[list[str], Callable[[str], None]]:
    """Return a list, and what writes into it the statements that begin and end transactions."""
    heard: list[str] = []

    def listen(statement: str) -> None:
        if statement.split(maxsplit=1)[0] in {"BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE"}:
            heard.append(statement)

    return heard, listen


async def test_twenty_that_wait_share_one_commit(facts: SqliteDatabase):
    heard, listen = commits()
    await facts.exclusive(lambda connection: connection.set_trace_callback(listen))
    ids = await asyncio.gather(*(facts.write(add, f"fact {number}") for number in range(20)))
    assert ids == list(range(1, 21))
    assert heard == ["BEGIN IMMEDIATE", "COMMIT"]


async def test_hundreds_that_wait_go_in_several_groups(facts: SqliteDatabase):
    heard, listen = commits()
    await facts.exclusive(lambda connection: connection.set_trace_callback(listen))
    await asyncio.gather(*(facts.write(add, f"fact {number}") for number in range(600)))
    assert heard.count("COMMIT") == 3
    assert await facts.read(count) == 600


async def test_a_result_is_returned_only_when_others_can_see_it(facts: SqliteDatabase, path: Path):
    async def write(number: int) -> int:
        await facts.write(add, f"fact {number}")
        return seen_by_others(path)

    assert await asyncio.gather(*(write(number) for number in range(20))) == [20] * 20


async def test_a_failing_function_is_taken_back_alone_and_raises_to_its_own_caller(facts: SqliteDatabase):
    def half(tx: Transaction) -> None:
        add(tx, "half")
        raise ValueError("the rest is missing")

    results = await asyncio.gather(
        facts.write(add, "before"), facts.write(half), facts.write(add, "after"), return_exceptions=True
    )
    assert [type(result) for result in results] == [int, ValueError, int]
    assert await facts.read(lambda tx: [row["fact"] for row in tx.all("SELECT fact FROM facts ORDER BY id")]) == [
        "before",
        "after",
    ]


async def test_one_that_fails_with_its_work_half_done_is_taken_back_and_the_others_are_kept_once(facts: SqliteDatabase):
    """Those that share its transaction are run again, and tell of their commit once."""
    told: list[str] = []
    runs: list[str] = []

    def add_and_tell(tx: Transaction, fact: str) -> None:
        runs.append(fact)
        tx.after_commit(lambda: told.append(fact))
        add(tx, fact)
        if fact == "half":
            raise ValueError("the rest is missing")

    results = await asyncio.gather(
        *(facts.write(add_and_tell, fact) for fact in ("one", "half", "two")), return_exceptions=True
    )
    assert [type(result) for result in results] == [type(None), ValueError, type(None)]
    assert runs == ["one", "half", "one", "half", "two"]
    assert told == ["one", "two"]
    assert await facts.read(count) == 2


async def test_one_that_fails_before_it_has_changed_anything_costs_the_others_nothing(facts: SqliteDatabase):
    runs: list[str] = []

    def add_unless_odd(tx: Transaction, fact: str) -> None:
        runs.append(fact)
        count(tx)
        if fact == "odd":
            raise ValueError("nothing was done yet")
        add(tx, fact)

    heard, listen = commits()
    await facts.exclusive(lambda connection: connection.set_trace_callback(listen))
    results = await asyncio.gather(
        *(facts.write(add_unless_odd, fact) for fact in ("one", "odd", "two")), return_exceptions=True
    )
    assert [type(result) for result in results] == [type(None), ValueError, type(None)]
    assert runs == ["one", "odd", "two"]
    assert heard == ["BEGIN IMMEDIATE", "COMMIT"]


async def test_a_function_that_fails_alone_leaves_nothing(facts: SqliteDatabase):
    def half(tx: Transaction) -> None:
        add(tx, "half")
        raise ValueError

    with pytest.raises(ValueError):
        await facts.write(half)
    assert await facts.read(count) == 0


async def test_an_error_within_a_function_may_be_caught_there(facts: SqliteDatabase):
    def add_unless_known(tx: Transaction, fact: str) -> bool:
        try:
            add(tx, fact)
        except sqlite3.IntegrityError:
            return False
        return True

    assert await asyncio.gather(*(facts.write(add_unless_known, fact) for fact in "aba")) == [True, True, False]


async def test_when_the_disk_is_full_each_function_is_run_again_alone(facts: SqliteDatabase, path: Path):
    """SQLite rolls the shared transaction back entirely, released savepoints too; those that fit are kept."""
    runs: list[str] = []

    def add_counted(tx: Transaction, fact: str) -> None:
        runs.append(fact[:3])
        add(tx, fact)

    pages = await facts.exclusive(lambda connection: connection.execute("PRAGMA page_count").fetchone()[0])
    await facts.exclusive(lambda connection: connection.execute(f"PRAGMA max_page_count = {pages + 4}").fetchone())
    big = "big" + "x" * PAGE * 20
    results = await asyncio.gather(
        facts.write(add_counted, "one"),
        facts.write(add_counted, big),
        facts.write(add_counted, "two"),
        return_exceptions=True,
    )
    assert [type(result) for result in results] == [type(None), FullDiskError, type(None)]
    assert "Free some space" in str(results[1])
    assert runs == ["one", "big", "one", "big", "two"]
    assert seen_by_others(path) == 2


async def test_who_finds_the_disk_full_is_run_again_alone_though_sqlite_kept_the_transaction(facts: SqliteDatabase):
    """Which errors roll everything back, SQLite leaves open: https://www.sqlite.org/lang_transaction.html"""
    runs: list[str] = []

    def full_when_shared(tx: Transaction) -> int:
        runs.append("full")
        if len(runs) == 1:
            error = sqlite3.OperationalError("database or disk is full")
            error.sqlite_errorcode = sqlite3.SQLITE_FULL
            raise error
        return add(tx, "fits alone")

    results = await asyncio.gather(facts.write(full_when_shared), facts.write(add, "other"))
    assert (results, runs) == ([1, 2], ["full", "full"])


async def test_when_the_commit_itself_fails_each_function_is_run_again_alone(facts: SqliteDatabase):
    """A foreign key that is checked only at the end lets the COMMIT fail for everybody."""
    await facts.write(
        lambda tx: tx.run(
            "CREATE TABLE notes (fact_id INTEGER REFERENCES facts (id) DEFERRABLE INITIALLY DEFERRED) STRICT",
        ),
    )
    results = await asyncio.gather(
        facts.write(add, "kept"),
        facts.write(lambda tx: tx.run("INSERT INTO notes VALUES (999)")),
        return_exceptions=True,
    )
    assert results[0] == 1
    assert isinstance(results[1], sqlite3.IntegrityError)
    assert await facts.read(count) == 1


async def test_a_function_that_hides_a_lost_transaction_writes_nothing_more(facts: SqliteDatabase):
    def stubborn(tx: Transaction) -> None:
        add(tx, "first")
        try:
            tx.run("INSERT OR ROLLBACK INTO facts (fact) VALUES ('first')")
        except sqlite3.IntegrityError:
            add(tx, "second")

    with pytest.raises(LostTransactionError):
        await facts.write(stubborn)
    assert await facts.read(count) == 0


async def test_a_function_that_hides_a_lost_transaction_and_stops_is_told(facts: SqliteDatabase):
    def quiet(tx: Transaction) -> str:
        add(tx, "first")
        with suppress(sqlite3.IntegrityError):
            tx.run("INSERT OR ROLLBACK INTO facts (fact) VALUES ('first')")
        return "all is well"

    results = await asyncio.gather(facts.write(quiet), facts.write(add, "other"), return_exceptions=True)
    assert isinstance(results[0], LostTransactionError)
    assert isinstance(results[1], int)


async def test_what_is_queued_is_dropped_when_its_caller_goes_and_what_runs_is_not(facts: SqliteDatabase):
    running, go_on = threading.Event(), threading.Event()

    def slow(tx: Transaction) -> None:
        running.set()
        go_on.wait(5)
        add(tx, "slow")

    first = asyncio.ensure_future(facts.write(slow))
    await asyncio.to_thread(running.wait, 5)
    queued = [asyncio.ensure_future(facts.write(add, f"queued {number}")) for number in range(3)]
    await asyncio.sleep(0)
    first.cancel()
    queued[1].cancel()
    go_on.set()
    results = await asyncio.gather(first, *queued, return_exceptions=True)
    assert [type(result) for result in results] == [asyncio.CancelledError, int, asyncio.CancelledError, int]
    facts_kept = await facts.read(lambda tx: [row[0] for row in tx.all("SELECT fact FROM facts ORDER BY id")])
    assert facts_kept == ["slow", "queued 0", "queued 2"]


async def test_the_whole_transaction_is_one_hop_on_the_databases_thread(facts: SqliteDatabase):
    threads = await asyncio.gather(*(facts.write(lambda tx: threading.get_ident()) for _ in range(3)))
    assert len(set(threads)) == 1
    assert threads[0] != threading.get_ident()


async def test_foreign_keys_are_enforced_at_once(facts: SqliteDatabase):
    def orphan(tx: Transaction) -> str:
        tx.run("CREATE TABLE notes (fact_id INTEGER NOT NULL REFERENCES facts (id)) STRICT")
        with pytest.raises(sqlite3.IntegrityError):
            tx.run("INSERT INTO notes VALUES (999)")
        return "refused within the function"

    assert await facts.write(orphan) == "refused within the function"


@pytest.mark.parametrize(
    "sql", ["COMMIT", "begin", " ROLLBACK;", "SAVEPOINT mine", "PRAGMA foreign_keys = OFF", "VACUUM"]
)
async def test_a_store_function_cannot_end_the_transaction(facts: SqliteDatabase, sql: str):
    def meddle(tx: Transaction) -> None:
        add(tx, "fact")
        tx.run(sql)

    with pytest.raises(StorageError, match="begins and commits"):
        await facts.write(meddle)
    assert await facts.read(count) == 0


async def test_no_cursor_is_left_half_read(facts: SqliteDatabase):
    """A half-read cursor of the reader would hold back the write-ahead log for ever."""
    await facts.write(lambda tx: tx.many("INSERT INTO facts (fact) VALUES (?)", [(str(n),) for n in range(100)]))
    assert (await facts.read(lambda tx: tx.one("SELECT fact FROM facts ORDER BY id")))["fact"] == "0"
    busy = await facts.exclusive(lambda connection: connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])
    assert busy == 0


async def test_the_transactions_answers(facts: SqliteDatabase, clock: ManualClock):
    def everything(tx: Transaction) -> tuple:
        return (
            tx.insert("INSERT INTO facts (fact) VALUES ('a')"),
            tx.many("INSERT INTO facts (fact) VALUES (?)", [("b",), ("c",)]),
            tx.run("UPDATE facts SET fact = fact || '!'"),
            [row["fact"] for row in tx.all("DELETE FROM facts WHERE id > 1 RETURNING fact")],
            tx.one("SELECT fact FROM facts")["fact"],
            tx.one("SELECT fact FROM facts WHERE id = 99"),
            tx.value("SELECT count(*) FROM facts"),
            tx.value("SELECT fact FROM facts WHERE id = 99"),
            tx.now,
        )

    assert await facts.write(everything) == (1, 2, 3, ["b!", "c!"], "a!", None, 1, None, clock.now())


async def test_an_insert_that_adds_nothing_has_no_id(facts: SqliteDatabase):
    await facts.write(add, "a")
    with pytest.raises(StorageError, match="added no row"):
        await facts.write(lambda tx: tx.insert("INSERT INTO facts (fact) VALUES ('a') ON CONFLICT DO NOTHING"))


async def test_reading_sees_what_was_written_before_it(facts: SqliteDatabase):
    for number in range(5):
        await facts.write(add, str(number))
        assert await facts.read(count) == number + 1


async def test_reading_goes_on_while_a_writer_is_busy(facts: SqliteDatabase):
    running, go_on = threading.Event(), threading.Event()

    def slow(tx: Transaction) -> None:
        add(tx, "slow")
        running.set()
        go_on.wait(5)

    write = asyncio.ensure_future(facts.write(slow))
    await asyncio.to_thread(running.wait, 5)
    assert await facts.read(count) == 0
    go_on.set()
    await write
    assert await facts.read(count) == 1


async def test_those_that_read_together_see_the_same_and_fail_alone(facts: SqliteDatabase):
    await facts.write(add, "a")
    results = await asyncio.gather(
        facts.read(count), facts.read(lambda tx: 1 // 0), facts.read(count), return_exceptions=True
    )
    assert (results[0], results[2]) == (1, 1)
    assert isinstance(results[1], ZeroDivisionError)


@pytest.mark.parametrize("in_memory", [False, True])
async def test_reading_cannot_write(facts: SqliteDatabase, clock: ManualClock, in_memory: bool):
    db = facts
    if in_memory:
        db = await SqliteDatabase.in_memory(clock)
        await db.write(lambda tx: tx.run("CREATE TABLE facts (id INTEGER PRIMARY KEY, fact TEXT)"))
    with pytest.raises(StorageError, match=r"give it to write\(\)"):
        await db.read(add, "sneaked in")
    assert await db.read(count) == 0
    assert await db.write(add, "properly") == 1
    if in_memory:
        await db.close()


async def test_a_database_in_memory_keeps_the_same_contract(clock: ManualClock):
    async with await SqliteDatabase.in_memory(clock) as db:
        await db.write(lambda tx: tx.run("CREATE TABLE facts (id INTEGER PRIMARY KEY, fact TEXT UNIQUE)"))
        results = await asyncio.gather(*(db.write(add, fact) for fact in "aab"), return_exceptions=True)
        assert [type(result) for result in results] == [int, sqlite3.IntegrityError, int]
        assert await db.read(count) == 2


async def test_stop_iteration_reaches_the_caller_as_an_error(facts: SqliteDatabase):
    with pytest.raises(RuntimeError, match="StopIteration"):
        await facts.write(lambda tx: next(iter(())))
    assert await facts.write(add, "still working") == 1


async def test_closing_finishes_what_waits_and_then_refuses(path: Path, clock: ManualClock):
    db = await SqliteDatabase.open(path, clock, create=True)
    await db.write(lambda tx: tx.run("CREATE TABLE facts (id INTEGER PRIMARY KEY, fact TEXT UNIQUE)"))
    writes = [asyncio.ensure_future(db.write(add, str(number))) for number in range(30)]
    await asyncio.sleep(0)
    await db.close()
    await db.close()
    assert await asyncio.gather(*writes) == list(range(1, 31))
    assert seen_by_others(path) == 30
    for use in (db.write(add, "late"), db.read(count), db.backup(path.with_suffix(".copy"))):
        with pytest.raises(ClosedDatabaseError):
            await use


async def test_another_programs_lock_is_named(path: Path, clock: ManualClock):
    async with await SqliteDatabase.open(path, clock, create=True, busy_timeout=0) as db:
        await db.write(lambda tx: tx.run("CREATE TABLE facts (id INTEGER PRIMARY KEY, fact TEXT UNIQUE)"))
        with closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            results = await asyncio.gather(db.write(add, "a"), db.write(add, "b"), return_exceptions=True)
            assert [type(result) for result in results] == [BusyDatabaseError] * 2
            assert "try again" in str(results[0])
            assert await db.read(count) == 0
            other.execute("ROLLBACK")
        assert await db.write(add, "a") == 1


async def test_a_read_only_database_is_named(facts: SqliteDatabase, path: Path):
    await facts.exclusive(lambda connection: connection.execute("PRAGMA query_only = ON"))
    with pytest.raises(ReadOnlyDatabaseError, match="let the bot's user write"):
        await facts.write(add, "a")
