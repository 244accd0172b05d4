# SPDX-License-Identifier: MIT
"""A backup is put in the database's place: checked before, never under a running bot, nothing lost."""

import shutil
import sqlite3
from contextlib import closing

import pytest
from cliplay import refdesk

from bot.storage.lock import RunningLock


def people(path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT count(*) FROM people").fetchone()[0]


@pytest.fixture
def backup(database, here):
    target = here / "copies" / "one.db"
    target.parent.mkdir()
    assert refdesk("backup", target, "--database", database).exit_code == 0
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("DELETE FROM people")
        connection.commit()
    return target


def test_a_backup_is_restored_and_what_was_there_is_kept(backup, database, here):
    result = refdesk("restore", backup, "--database", database, "--yes")
    assert result.exit_code == 0, result.output
    assert people(database) == people(backup) > 0
    (kept,) = here.glob("refdesk.db.*.replaced")
    assert people(kept) == 0
    assert not list(here.glob("*.restoring"))


def test_it_asks_first_and_a_no_changes_nothing(backup, database):
    result = refdesk("restore", backup, "--database", database, typed="n\n")
    assert result.exit_code == 1
    assert people(database) == 0


@pytest.mark.parametrize("answer", [["--yes"], []])
def test_it_is_refused_over_a_running_bot_before_anything_is_asked(backup, database, answer):
    lock = RunningLock(database)
    lock.take()
    try:
        result = refdesk("restore", backup, "--database", database, *answer)
    finally:
        lock.release()
    assert result.exit_code == 4
    assert "[y/N]" not in result.output
    assert "Another Refdesk is running" in result.output
    assert people(database) == 0


def test_it_makes_a_database_where_there_was_none(backup, here):
    result = refdesk("restore", backup, "--database", here / "new.db", "--yes")
    assert result.exit_code == 0, result.output
    assert people(here / "new.db") > 0


def damaged(backup, here):
    path = here / "damaged.db"
    shutil.copy(backup, path)
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(b"\xff" * 20_000)
    return path


def no_database(backup, here):
    path = here / "letter.db"
    path.write_text("Dear librarian, " * 100)
    return path


def a_stranger(backup, here):
    path = here / "other.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE x (y)")
    return path


def of_the_future(backup, here):
    path = here / "future.db"
    shutil.copy(backup, path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO schema_migrations VALUES ('core', 999, 'x', 'x', 0)")
        connection.commit()
    return path


@pytest.mark.parametrize(
    "make", [damaged, no_database, a_stranger, of_the_future, lambda backup, here: here / "none.db"]
)
def test_what_cannot_be_used_changes_nothing(backup, database, here, make):
    before = database.read_bytes()
    bad = make(backup, here)
    assert refdesk("restore", bad, "--check", "--database", database).exit_code == 4
    result = refdesk("restore", bad, "--database", database, "--yes")
    assert result.exit_code == 4, result.output
    assert database.read_bytes() == before
    assert not list(here.glob("*.replaced"))


def test_the_database_itself_is_no_backup(backup, database):
    assert "is the database itself" in refdesk("restore", database, "--database", database, "--yes").output
    assert people(database) == 0


@pytest.fixture
def identity(here):
    """The bot's identity on Matrix, beside keys of its device."""
    folder = here / "data" / "matrix"
    folder.mkdir(parents=True)
    for name in ("cross-signing.json", "login.json", "keys_refdesk.db"):
        (folder / name).write_text(name)
    return folder / "cross-signing.json"


def test_the_identity_on_matrix_is_copied_and_the_keys_of_the_device_are_not(database, here, identity):
    (here / "copies").mkdir()
    result = refdesk("backup", here / "copies" / "one.db", "--database", database)
    assert result.exit_code == 0, result.output
    assert {file.name for file in (here / "copies").iterdir()} == {"one.db", "one.cross-signing.json"}
    copy = here / "copies" / "one.cross-signing.json"
    assert copy.read_text() == "cross-signing.json"
    assert copy.stat().st_mode & 0o777 == 0o600
    assert "Keep it private" in result.output


def test_a_lost_identity_is_put_back(database, here, identity):
    assert refdesk("backup", here / "one.db", "--database", database).exit_code == 0
    shutil.rmtree(identity.parent)
    result = refdesk("restore", here / "one.db", "--database", database, "--yes")
    assert result.exit_code == 0, result.output
    assert [file.name for file in identity.parent.iterdir()] == ["cross-signing.json"]
    assert identity.read_text() == "cross-signing.json"
    assert identity.stat().st_mode & 0o777 == 0o600
    assert identity.parent.stat().st_mode & 0o777 == 0o700


def test_an_identity_that_is_there_is_left_alone(database, here, identity):
    assert refdesk("backup", here / "one.db", "--database", database).exit_code == 0
    identity.write_text("newer")
    result = refdesk("restore", here / "one.db", "--database", database, "--yes")
    assert result.exit_code == 0, result.output
    assert identity.read_text() == "newer"
    assert "identity on Matrix" not in result.output
