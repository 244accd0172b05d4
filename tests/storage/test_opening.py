# SPDX-License-Identifier: MIT
"""Opening, refusing to open, copying and closing a database, and noticing others who write to it."""

import asyncio
import os
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.core.clock import ManualClock
from bot.kit.database import Transaction
from bot.storage.database import SqliteDatabase
from bot.storage.errors import (
    BusyDatabaseError,
    CorruptDatabaseError,
    DatabaseInUseError,
    MissingDatabaseError,
    ReadOnlyDatabaseError,
    StorageError,
)


def add(tx: Transaction, fact: str) -> int:
    return tx.insert("INSERT INTO facts (fact) VALUES (?)", fact)


def count(tx: Transaction) -> int:
    return tx.value("SELECT count(*) FROM facts")


async def test_it_is_durable_and_strict(facts: SqliteDatabase, path: Path):
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "busy_timeout": 5000}

    def pragmas(connection: sqlite3.Connection) -> dict:
        return {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted}

    assert await facts.exclusive(pragmas) == wanted
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.with_name("refdesk.db-wal").stat().st_mode) == 0o600


async def test_a_missing_database_is_not_made_by_mistake(path: Path, clock: ManualClock):
    with pytest.raises(MissingDatabaseError, match="refdesk migrate"):
        await SqliteDatabase.open(path, clock)
    assert not path.exists()


@pytest.mark.parametrize("sole", [False, True])
async def test_a_missing_folder_is_named(tmp_path: Path, clock: ManualClock, sole: bool):
    with pytest.raises(MissingDatabaseError, match=r"The folder .*nowhere.* does not exist"):
        await SqliteDatabase.open(tmp_path / "nowhere" / "refdesk.db", clock, create=True, sole=sole)


@pytest.mark.parametrize("text", ["This is a letter, no database. " * 200, "SQLite format 3\0" + "damaged" * 1000])
async def test_a_file_that_is_no_database_is_named_and_left_alone(path: Path, clock: ManualClock, text: str):
    path.write_text(text)
    with pytest.raises(CorruptDatabaseError, match="backup in its place"):
        await SqliteDatabase.open(path, clock, sole=True)
    assert path.read_text() == text
    path.unlink()
    async with await SqliteDatabase.open(path, clock, create=True, sole=True) as db:
        assert await db.read(lambda tx: tx.value("SELECT 1")) == 1


async def test_damage_that_shows_later_is_named(path: Path, clock: ManualClock):
    async with await SqliteDatabase.open(path, clock, create=True) as db:
        await db.write(lambda tx: tx.run("CREATE TABLE facts (id INTEGER PRIMARY KEY, fact TEXT)"))
        await db.write(lambda tx: tx.many("INSERT INTO facts (fact) VALUES (?)", [("x" * 500,)] * 200))
    pages = bytearray(path.read_bytes())
    pages[4096 * 2 :] = b"\xff" * (len(pages) - 4096 * 2)
    path.write_bytes(pages)
    async with await SqliteDatabase.open(path, clock) as db:
        with pytest.raises(CorruptDatabaseError, match="put the latest backup"):
            await db.read(lambda tx: tx.all("SELECT * FROM facts"))
        with pytest.raises(CorruptDatabaseError, match="is damaged"):
            await db.backup(path.with_name("copy.db"))
        assert not list(path.parent.glob("copy*"))


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for root")
async def test_a_file_without_permission_to_write_is_named(path: Path, clock: ManualClock):
    sqlite3.connect(path).close()
    path.touch()
    path.chmod(0o400)
    with pytest.raises(ReadOnlyDatabaseError):
        await SqliteDatabase.open(path, clock)


async def test_a_database_that_another_program_keeps_for_itself_is_named(path: Path, clock: ManualClock):
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("CREATE TABLE facts (fact)")
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(BusyDatabaseError, match="Close that program"):
            await SqliteDatabase.open(path, clock, busy_timeout=0)


async def test_only_one_bot_runs_on_a_database(path: Path, clock: ManualClock):
    async with await SqliteDatabase.open(path, clock, create=True, sole=True):
        with pytest.raises(DatabaseInUseError, match="Stop it first"):
            await SqliteDatabase.open(path, clock, sole=True)
        async with await SqliteDatabase.open(path, clock) as tool:
            assert await tool.read(lambda tx: tx.value("SELECT 1")) == 1
    async with await SqliteDatabase.open(path, clock, sole=True) as db:
        assert await db.read(lambda tx: tx.value("SELECT 1")) == 1


HOLD_AND_DIE = """
import asyncio, os, signal, sys
from pathlib import Path
from bot.core.clock import SystemClock
from bot.storage.database import SqliteDatabase

async def main():
    await SqliteDatabase.open(Path(sys.argv[1]), SystemClock(), create=True, sole=True)
    print("held", flush=True)
    sys.stdin.readline()
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""


@pytest.mark.slow
async def test_a_killed_bot_holds_nothing(path: Path, clock: ManualClock):
    other = subprocess.Popen(
        [sys.executable, "-c", HOLD_AND_DIE, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with other:
        assert other.stdout.readline() == "held\n"
        with pytest.raises(DatabaseInUseError):
            await SqliteDatabase.open(path, clock, sole=True)
        other.communicate("die\n")
    async with await SqliteDatabase.open(path, clock, sole=True) as db:
        assert await db.read(lambda tx: tx.value("SELECT 1")) == 1


async def test_a_backup_is_one_checked_file(facts: SqliteDatabase, path: Path):
    await facts.write(add, "kept")
    target = await facts.backup(path.with_name("copy.db"))
    await facts.write(add, "too late")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    with closing(sqlite3.connect(target)) as copy:
        assert copy.execute("SELECT fact FROM facts").fetchall() == [("kept",)]
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    assert [file.name for file in path.parent.glob("copy*")] == ["copy.db"]


async def test_a_backup_never_overwrites(facts: SqliteDatabase, path: Path):
    target = path.with_name("copy.db")
    target.write_text("precious")
    with pytest.raises(StorageError, match="another name"):
        await facts.backup(target)
    assert target.read_text() == "precious"


async def test_a_backup_to_nowhere_says_so(facts: SqliteDatabase, path: Path):
    with pytest.raises(StorageError, match="could not be written: No such file"):
        await facts.backup(path.with_name("nowhere") / "copy.db")


async def test_a_database_in_memory_can_be_kept(clock: ManualClock, path: Path):
    async with await SqliteDatabase.in_memory(clock) as db:
        await db.write(lambda tx: tx.run("CREATE TABLE facts (id INTEGER PRIMARY KEY, fact TEXT)"))
        await db.write(add, "kept")
        await db.backup(path)
    async with await SqliteDatabase.open(path, clock) as db:
        assert await db.read(count) == 1


async def test_what_was_deleted_is_gone_from_the_files(facts: SqliteDatabase, path: Path):
    secret = "the-secret-of-the-archive" * 10
    await facts.write(add, secret)
    await facts.checkpoint()
    assert secret.encode() in path.read_bytes()
    await facts.write(lambda tx: tx.run("DELETE FROM facts"))
    await facts.checkpoint()
    assert secret[:25].encode() not in path.read_bytes()
    assert path.with_name("refdesk.db-wal").stat().st_size == 0


def write_from_outside(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("INSERT INTO facts (fact) VALUES (hex(randomblob(8)))")


@pytest.mark.parametrize("way", ["read", "write"])
async def test_another_process_that_writes_is_noticed_at_the_next_hop(facts: SqliteDatabase, path: Path, way: str):
    noticed = []
    facts.on_foreign_change(lambda: noticed.append(way))
    use = facts.read if way == "read" else facts.write
    await use(count)
    await facts.read(count)
    assert noticed == []
    write_from_outside(path)
    assert await use(count) == 1
    assert noticed == [way]
    await use(count)
    assert noticed == [way]


async def test_what_the_bot_writes_itself_is_nothing_foreign(facts: SqliteDatabase):
    noticed = []
    facts.on_foreign_change(lambda: noticed.append(True))
    for number in range(5):
        await facts.write(add, str(number))
        await facts.read(count)
    await facts.checkpoint()
    await facts.read(count)
    assert noticed == []


@pytest.mark.parametrize("way", ["write", "migration"])
async def test_what_the_bot_commits_after_the_reader_looked_is_nothing_foreign(facts: SqliteDatabase, way: str):
    noticed, begun, looked = [], threading.Event(), threading.Event()
    facts.on_foreign_change(lambda: noticed.append(way))

    def late(run: Callable[[str], object]) -> None:
        begun.set()
        assert looked.wait(60)
        run("INSERT INTO facts (fact) VALUES ('late')")

    writing = asyncio.ensure_future(
        facts.write(lambda tx: late(tx.run)) if way == "write" else facts.exclusive(lambda bare: late(bare.execute))
    )
    assert await asyncio.to_thread(begun.wait, 60)
    assert await facts.read(count) == 0
    looked.set()
    await writing
    assert await facts.read(count) == 1
    assert noticed == []


async def test_a_foreign_change_that_falls_together_with_our_own_is_noticed_soon(
    facts: SqliteDatabase, path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("bot.storage.database.DOUBT_SECONDS", 0)
    noticed = asyncio.Event()
    facts.on_foreign_change(noticed.set)
    await facts.read(count)
    await facts.write(add, "ours")
    write_from_outside(path)
    await facts.read(count)
    await asyncio.wait_for(noticed.wait(), 60)
    assert noticed.is_set()


async def test_a_cache_that_cannot_be_refreshed_stops_nothing(
    facts: SqliteDatabase, path: Path, caplog: pytest.LogCaptureFixture
):
    facts.on_foreign_change(lambda: 1 // 0)
    await facts.read(count)
    write_from_outside(path)
    assert await facts.read(count) == 1
    assert await facts.read(count) == 1
    assert "ZeroDivisionError" in caplog.text
