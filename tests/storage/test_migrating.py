# SPDX-License-Identifier: MIT
"""Migrations: applied once and entirely, or not at all."""

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from storageplay import NOON

from bot.core.clock import ManualClock
from bot.storage.connect import connect, connect_memory
from bot.storage.database import SqliteDatabase
from bot.storage.errors import ChangedMigrationError, FullDiskError, MigrationError, NewerDatabaseError
from bot.storage.migrate import Migration, all_migrations, apply, migrations_of, pending, sql

FIRST = (
    "CREATE TABLE facts (id INTEGER PRIMARY KEY, fact TEXT NOT NULL) STRICT;\nINSERT INTO facts (fact) VALUES ('a;b');"
)
SECOND = "CREATE TABLE notes (id INTEGER PRIMARY KEY, fact_id INTEGER NOT NULL REFERENCES facts (id)) STRICT;"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "0001_facts.sql").write_text(FIRST)
    (folder / "0002_notes.sql").write_text(SECOND)
    return folder


@pytest.fixture
def memory():
    connection = connect_memory()
    yield connection
    connection.close()


def tables(connection: sqlite3.Connection) -> set[str]:
    return {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


def labels(migrations: tuple[Migration, ...]) -> list[str]:
    return [migration.label for migration in migrations]


def test_pending_ones_are_applied_in_order_and_once(memory, folder: Path, clock: ManualClock):
    migrations = migrations_of("library", folder)
    assert labels(pending(memory, migrations)) == ["library/0001_facts", "library/0002_notes"]
    assert labels(apply(memory, migrations, clock)) == ["library/0001_facts", "library/0002_notes"]
    assert pending(memory, migrations) == apply(memory, migrations, clock) == ()
    assert memory.execute("SELECT fact FROM facts").fetchall()[0][0] == "a;b"
    history = [tuple(row) for row in memory.execute("SELECT owner, number, name FROM schema_migrations")]
    assert history == [("library", 1, "facts"), ("library", 2, "notes")]
    assert memory.execute("PRAGMA foreign_keys").fetchone()[0] == 1


def test_looking_changes_nothing(memory, folder: Path):
    pending(memory, migrations_of("library", folder))
    assert tables(memory) == set()


def test_a_failing_one_leaves_nothing_and_those_before_it_stay(memory, folder: Path, clock: ManualClock):
    (folder / "0002_notes.sql").write_text(
        f"{SECOND}\nINSERT INTO facts (fact) VALUES ('c');\nINSERT INTO nowhere VALUES (1);"
    )
    with pytest.raises(
        MigrationError, match=r"library/0002_notes failed .*no such table: nowhere\nINSERT INTO nowhere"
    ):
        apply(memory, migrations_of("library", folder), clock)
    assert tables(memory) == {"facts", "schema_migrations"}
    assert memory.execute("SELECT count(*) FROM facts").fetchone()[0] == 1
    assert not memory.in_transaction
    (folder / "0002_notes.sql").write_text(SECOND)
    assert labels(apply(memory, migrations_of("library", folder), clock)) == ["library/0002_notes"]


def test_a_full_disk_is_told_in_plain_words_and_leaves_nothing(memory, folder: Path, clock: ManualClock):
    migrations = migrations_of("library", folder)
    apply(memory, migrations[:1], clock)
    memory.execute(f"PRAGMA max_page_count = {memory.execute('PRAGMA page_count').fetchone()[0]}")
    with pytest.raises(FullDiskError, match="Free some space"):
        apply(memory, migrations, clock)
    assert "notes" not in tables(memory)


def test_one_that_leaves_rows_pointing_to_nothing_is_taken_back(memory, folder: Path, clock: ManualClock):
    (folder / "0003_orphan.sql").write_text("INSERT INTO notes (fact_id) VALUES (999);")
    with pytest.raises(MigrationError, match="leaves rows in notes that point to nothing"):
        apply(memory, migrations_of("library", folder), clock)
    assert memory.execute("SELECT count(*) FROM notes").fetchone()[0] == 0


def test_a_table_can_be_rebuilt_though_others_point_to_it(memory, folder: Path, clock: ManualClock):
    (folder / "0003_rebuild.sql").write_text(
        "INSERT INTO notes (fact_id) SELECT id FROM facts;"
        "CREATE TABLE new_facts (id INTEGER PRIMARY KEY, fact TEXT NOT NULL, proof TEXT) STRICT;"
        "INSERT INTO new_facts (id, fact) SELECT id, fact FROM facts; DROP TABLE facts;"
        "ALTER TABLE new_facts RENAME TO facts;",
    )
    apply(memory, migrations_of("library", folder), clock)
    assert [tuple(row) for row in memory.execute("SELECT fact, proof FROM notes JOIN facts ON facts.id = fact_id")] == [
        ("a;b", None)
    ]


def test_a_database_newer_than_the_code_is_refused(memory, folder: Path, clock: ManualClock):
    apply(memory, migrations_of("library", folder), clock)
    (folder / "0002_notes.sql").unlink()
    with pytest.raises(NewerDatabaseError, match=r"library/0002 unknown here.*Update Refdesk"):
        apply(memory, migrations_of("library", folder), clock)


def test_an_edited_one_is_refused(memory, folder: Path, clock: ManualClock):
    apply(memory, migrations_of("library", folder), clock)
    (folder / "0001_facts.sql").write_text(FIRST.replace("a;b", "changed"))
    with pytest.raises(ChangedMigrationError, match="0001_facts was edited"):
        pending(memory, migrations_of("library", folder))


def test_line_ends_are_no_edit(memory, folder: Path, clock: ManualClock):
    apply(memory, migrations_of("library", folder), clock)
    (folder / "0001_facts.sql").write_bytes(FIRST.replace("\n", "\r\n").encode())
    assert pending(memory, migrations_of("library", folder)) == ()


def test_an_owner_who_is_not_there_any_more_is_no_reason_to_refuse(memory, folder: Path, clock: ManualClock):
    apply(memory, migrations_of("library", folder), clock)
    assert pending(memory, [Migration("other", 1, "first", "CREATE TABLE a (b);")])[0].owner == "other"


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("0003_more.txt.sql", SECOND, "must be named like"),
        ("3_more.sql", SECOND, "must be named like"),
        ("0004_more.sql", SECOND, "must be numbered 1, 2, 3"),
        ("0003_more.sql", "CREATE TABLE a (b)", 'does not end with ";"'),
        ("0003_more.sql", "CREATE TABLE a (b); COMMIT;", "may not say COMMIT"),
        ("0003_more.sql", "-- why not\npragma foreign_keys = off;", "may not say PRAGMA"),
    ],
)
def test_a_badly_formed_one_is_refused_before_anything_is_done(folder: Path, name: str, text: str, message: str):
    (folder / name).write_text(text)
    with pytest.raises(MigrationError, match=message):
        migrations_of("library", folder)


def test_an_owner_is_a_plain_word(folder: Path):
    with pytest.raises(MigrationError, match="lower-case word"):
        migrations_of("'; DROP TABLE people; --", folder)


def test_the_printed_script_does_what_applying_does(memory, folder: Path, clock: ManualClock):
    migrations = migrations_of("library", folder)
    with closing(connect_memory()) as by_hand:
        by_hand.executescript(sql(migrations, clock.now()))
        apply(memory, migrations, clock)
        assert list(by_hand.iterdump()) == list(memory.iterdump())
    assert sql((), clock.now()) == ""


async def test_the_file_is_copied_first_and_three_copies_are_kept(path: Path, folder: Path, clock: ManualClock):
    async with await SqliteDatabase.open(path, clock, create=True) as db:
        assert labels(await db.migrate(migrations_of("library", folder)))
        assert list(path.parent.glob("*.backup")) == [], "a new file needs no copy"
        await db.migrate(migrations_of("library", folder))
        assert list(path.parent.glob("*.backup")) == [], "nor does a file to which nothing is done"
        await db.migrate([Migration("another", 1, "first", "CREATE TABLE others (a INTEGER) STRICT;")])
        assert list(path.parent.glob("*.backup")) == [], "it is still new when a further owner comes"
    async with await SqliteDatabase.open(path, clock) as db:
        for number in range(3, 8):
            (folder / f"{number:04}_more.sql").write_text(f"CREATE TABLE more_{number} (a INTEGER) STRICT;")
            clock.move(timedelta(days=1))
            await db.migrate(migrations_of("library", folder))
    copies = sorted(path.parent.glob("*.backup"))
    assert [copy.name[:19] for copy in copies] == ["refdesk.db.20260504", "refdesk.db.20260505", "refdesk.db.20260506"]
    with closing(sqlite3.connect(copies[-1])) as copy:
        assert "more_6" in tables(copy)
        assert "more_7" not in tables(copy)


async def test_a_running_bot_may_be_migrated_beside(path: Path, folder: Path, clock: ManualClock):
    async with (
        await SqliteDatabase.open(path, clock, create=True) as bot,
        await SqliteDatabase.open(path, clock) as tool,
    ):
        await tool.migrate(migrations_of("library", folder))
        assert await bot.read(lambda tx: tx.value("SELECT count(*) FROM facts")) == 1
        assert await bot.pending(migrations_of("library", folder)) == ()


def test_two_that_migrate_at_once_do_it_once(path: Path, folder: Path, clock: ManualClock):
    """The other process is quicker, between our look and our BEGIN."""
    migrations = migrations_of("library", folder)

    class Quicker(ManualClock):
        def now(self):
            with closing(connect(path)) as other:
                apply(other, migrations, clock)
            return super().now()

    with closing(connect(path, create=True)) as connection:
        assert apply(connection, migrations, Quicker(NOON)) == ()
        assert connection.execute("SELECT count(*) FROM facts").fetchone()[0] == 1


def test_refdesks_own_migrations_apply(memory, clock: ManualClock):
    migrations = all_migrations()
    assert migrations[0].label == "core/0001_people_and_homes"
    apply(memory, migrations, clock)
    assert {"people", "homes", "outbox", "timers", "audit"} <= tables(memory)
    assert memory.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert memory.execute("PRAGMA foreign_key_check").fetchall() == []


KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from bot.core.clock import ManualClock
from bot.storage.connect import connect, connect_memory
from bot.storage.migrate import apply, migrations_of

connection, rehearsal = connect(Path(sys.argv[1])), connect_memory()
connection.backup(rehearsal)
steps = 0

def count():
    global steps
    steps += 1
    if steps == fatal:
        os.kill(os.getpid(), signal.SIGKILL)

def migrate(connection):
    connection.set_progress_handler(count, 1)
    apply(connection, migrations_of("library", Path(sys.argv[2])), ManualClock(datetime(2026, 5, 1, tzinfo=UTC)))

fatal = 0
migrate(rehearsal)
fatal, steps = int(steps * float(sys.argv[3])), 0
migrate(connection)
print("finished")
"""


@pytest.mark.slow
@pytest.mark.parametrize("part", [0.1, 0.25, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.97])
def test_being_killed_midway_loses_nothing_and_doubles_nothing(
    path: Path, folder: Path, clock: ManualClock, part: float
):
    """Killed from within, after a part of the steps of SQLite's machine; at the next start the rest is done."""
    with closing(connect(path, create=True)) as connection:
        apply(connection, migrations_of("library", folder)[:1], clock)
        connection.execute(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50) "
            "INSERT INTO facts (fact) SELECT i FROM n"
        )
    (folder / "0003_double.sql").write_text(
        "INSERT INTO facts (fact) SELECT fact FROM facts; CREATE TABLE third (a INTEGER);"
    )
    run = subprocess.run(
        [sys.executable, "-c", KILLED, str(path), str(folder), str(part)], capture_output=True, text=True, check=False
    )
    assert run.returncode == -signal.SIGKILL, run.stderr or run.stdout
    with closing(connect(path)) as connection:
        done = connection.execute("SELECT max(number) FROM schema_migrations").fetchone()[0]
        assert tables(connection) - {"schema_migrations"} == set(["facts", "notes", "third"][:done])
        assert connection.execute("SELECT count(*) FROM facts").fetchone()[0] == (102 if done == 3 else 51)
        apply(connection, migrations_of("library", folder), clock)
        assert connection.execute("SELECT count(*) FROM facts").fetchone()[0] == 102
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
