# SPDX-License-Identifier: MIT
"""Databases that are missing, old, new, busy, read-only, damaged or in use: one line each, and nothing is harmed."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from cliplay import refdesk

from bot.cli.exits import Exit
from bot.storage.lock import RunningLock


@contextmanager
def connected(path: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        yield connection


def tables(path: Path) -> set[str]:
    with connected(path) as connection:
        return {row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}


def test_migrating_makes_a_database_once(here):
    dry = refdesk("migrate", "--dry-run")
    assert (dry.exit_code, (here / "data").exists()) == (0, False)
    first, second = refdesk("migrate"), refdesk("migrate")
    assert "✓ core/0001_people_and_homes" in first.output
    assert "data/refdesk.db was up to date" in second.output
    assert {"people", "homes", "faq_entries", "schema_migrations"} <= tables(Path("data/refdesk.db"))


def test_the_printed_sql_does_what_migrating_does(here):
    script = refdesk("migrate", "--sql").output
    with connected(Path("by-hand.db")) as connection:
        connection.executescript(script)
    assert refdesk("migrate").exit_code == 0
    assert tables(Path("by-hand.db")) == tables(Path("data/refdesk.db"))
    assert refdesk("migrate", "--sql").output == ""


def test_a_folder_that_lies_too_deep_is_not_made(here):
    ended = refdesk("migrate", "--database", "mnt/disk/refdesk.db")
    assert ended.exit_code == Exit.DATABASE
    assert "does not exist" in ended.stderr
    assert not Path("mnt").exists()


def test_a_second_bot_is_refused(database):
    lock = RunningLock(database)
    lock.take()
    try:
        ended = refdesk("migrate", "--database", database)
        checked = refdesk("check", "--database", database)
    finally:
        lock.release()
    assert ended.exit_code == Exit.DATABASE
    assert "Another Refdesk is running" in ended.stderr
    assert "✓ A bot is running on it." in checked.output


def test_a_database_from_the_future_is_left_alone(database):
    with connected(database) as connection:
        connection.execute("INSERT INTO schema_migrations VALUES ('core', 9999, 'later', 'x', 1)")
    before = database.read_bytes()
    for command in (["migrate"], ["ask", "Who are you?"], ["faq", "export", "x.csv"], ["migrate", "--dry-run"]):
        ended = refdesk(*command, "--database", database)
        assert (ended.exit_code, "newer Refdesk (core/9999" in ended.stderr) == (Exit.DATABASE, True)
    checked = refdesk("check", "--database", database)
    assert checked.exit_code == Exit.FAILED
    assert "✗ The database was written by a newer Refdesk" in checked.output
    assert database.read_bytes() == before


def test_an_old_database_is_sent_to_be_migrated(here):
    with connected(Path("old.db")) as connection:
        connection.execute("CREATE TABLE facts (id INTEGER)")
    ended = refdesk("ask", "Who are you?", "--database", "old.db")
    assert (ended.exit_code, 'Run "refdesk migrate" first' in ended.stderr) == (Exit.DATABASE, True)
    assert "! Migrations to be applied: core/0001" in refdesk("check", "--database", "old.db").output


@pytest.mark.parametrize("content", [b"This is a letter. " * 300, b"SQLite format 3\0" + b"damaged" * 900])
def test_what_is_no_database_is_named_and_left_alone(here, content):
    path = here / "letter.db"
    path.write_bytes(content)
    for command in (["migrate"], ["backup", "copy.db"], ["faq", "export", "x.csv"]):
        ended = refdesk(*command, "--database", path)
        assert ended.exit_code == Exit.DATABASE
        assert "letter.db" in ended.stderr
        assert ended.stderr.count("\n") == 1
    assert "✗" in refdesk("check", "--database", path).output
    assert path.read_bytes() == content
    assert not Path("copy.db").exists()


def test_damage_inside_is_found_by_a_check(database):
    size = database.stat().st_size
    with database.open("r+b") as file:
        file.seek(size // 2)
        file.write(b"\xa5" * 20_000)
    ended = refdesk("check", "--database", database)
    assert ended.exit_code == Exit.FAILED
    assert any(line.startswith("✗") and "damaged" in line for line in ended.output.splitlines())


def test_a_locked_database_is_named_with_what_to_do(database, monkeypatch):
    monkeypatch.setattr("bot.checks.database.BUSY_SECONDS", 0.01)
    with connected(database) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        checked = refdesk("check", "--database", database)
    assert any(line.startswith("✗") and "another program" in line for line in checked.output.splitlines())


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_read_only_database_is_named(database):
    database.chmod(0o400)
    database.parent.chmod(0o500)
    try:
        ended = refdesk("migrate", "--database", database)
    finally:
        database.parent.chmod(0o700)
    assert ended.exit_code == Exit.DATABASE
    assert "let the bot's user write" in ended.stderr
