# SPDX-License-Identifier: MIT
"""Brings a database to the present form: numbered SQL files for each owner, each applied once and entirely.

A migration's transaction stands in the text that is run ("BEGIN IMMEDIATE; ...; COMMIT;"), so `refdesk migrate --sql`
prints what happens. Foreign keys are not enforced meanwhile, since SQLite rebuilds a table by dropping it; they are
checked before the COMMIT (https://www.sqlite.org/lang_altertable.html#otheralter).
"""

import hashlib
import importlib.resources
import logging
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from importlib.resources.abc import Traversable
from pathlib import Path

from bot.kit.moment import Clock, to_stamp
from bot.storage.backup import copy_database
from bot.storage.errors import ChangedMigrationError, MigrationError, NewerDatabaseError, StorageError, translated
from bot.storage.script import CONTROL, first_word, split

log = logging.getLogger(__name__)

KEPT_BACKUPS = 3

HISTORY = """CREATE TABLE IF NOT EXISTS schema_migrations (
    owner TEXT NOT NULL,
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    checksum TEXT NOT NULL,
    applied_at INTEGER NOT NULL,
    PRIMARY KEY (owner, number)
) STRICT"""

_FILE_NAME = re.compile(r"(\d{4})_([a-z0-9_]+)\.sql")


@dataclass(frozen=True, slots=True)
class Migration:
    """One numbered step of one owner ("core", or a cog's name)."""

    owner: str
    number: int
    name: str
    text: str

    @property
    def checksum(self) -> str:
        """What tells whether the file was edited; line ends do not count."""
        return hashlib.sha256(self.text.replace("\r\n", "\n").encode()).hexdigest()

    @property
    def label(self) -> str:
        """How messages name this step."""
        return f"{self.owner}/{self.number:04}_{self.name}"

    def script(self, now: datetime) -> str:
        """Return the text that is run: the step and its entry in the history, in one transaction."""
        return (
            f"BEGIN IMMEDIATE;\n{self.text.strip()}\n"
            "INSERT INTO schema_migrations (owner, number, name, checksum, applied_at)\n"
            f"VALUES ('{self.owner}', {self.number}, '{self.name}', '{self.checksum}', {to_stamp(now)});\n"
            "PRAGMA foreign_key_check;\nCOMMIT;\n"
        )


def all_migrations(root: Traversable | None = None) -> tuple[Migration, ...]:
    """Read the migrations of every owner in a folder (Refdesk's own, unless told), the core's first."""
    root = root or importlib.resources.files("migrations")
    owners = sorted(
        (folder for folder in root.iterdir() if folder.is_dir() and not folder.name.startswith(("_", "."))),
        key=lambda folder: (folder.name != "core", folder.name),
    )
    return tuple(migration for folder in owners for migration in migrations_of(folder.name, folder))


def migrations_of(owner: str, folder: Traversable) -> tuple[Migration, ...]:
    """Read one owner's migrations; raises MigrationError when a file is not well named or formed."""
    if not re.fullmatch(r"[a-z][a-z0-9_]*", owner):
        raise MigrationError(f'The owner "{owner}" of migrations must be a lower-case word.')
    found = sorted(
        (_read(owner, file) for file in folder.iterdir() if file.name.endswith(".sql")),
        key=lambda migration: migration.number,
    )
    numbers = [migration.number for migration in found]
    if numbers != list(range(1, len(found) + 1)):
        raise MigrationError(f"The migrations of {owner} must be numbered 1, 2, 3 …, but are numbered {numbers}.")
    return tuple(found)


def pending(connection: sqlite3.Connection, migrations: Sequence[Migration]) -> tuple[Migration, ...]:
    """Return what is still to be applied; raises MigrationError when the database does not fit this code."""
    applied = _applied(connection)
    known = {(migration.owner, migration.number) for migration in migrations}
    owners = {migration.owner for migration in migrations}
    newer = sorted(key for key in applied if key[0] in owners and key not in known)
    if newer:
        listed = ", ".join(f"{owner}/{number:04}" for owner, number in newer)
        raise NewerDatabaseError(
            f"The database was written by a newer Refdesk ({listed} unknown here). Update Refdesk or restore a backup.",
        )
    for migration in migrations:
        checksum = applied.get((migration.owner, migration.number), migration.checksum)
        if checksum != migration.checksum:
            raise ChangedMigrationError(
                f"{migration.label} was edited after it had been applied. Restore the file and write a new migration.",
            )
    return tuple(migration for migration in migrations if (migration.owner, migration.number) not in applied)


def apply(
    connection: sqlite3.Connection,
    migrations: Sequence[Migration],
    clock: Clock,
    *,
    backup_of: Path | None = None,
) -> tuple[Migration, ...]:
    """Apply what is pending and return it; `backup_of` names the file that is copied first, unless it is new.

    Raises MigrationError; the step that failed has left nothing, those before it stay. Not each step waits for the
    disk: a power cut may take the last ones back, whole, which are then applied again; and whatever is written after
    them takes them along (https://www.sqlite.org/pragma.html#pragma_synchronous).
    """
    steps = pending(connection, migrations)
    if steps and backup_of and _applied(connection):
        _backup(connection, backup_of, clock.now())
    if not steps:
        return ()
    with _set(connection, "foreign_keys", "OFF"), _set(connection, "synchronous", "NORMAL"):
        connection.execute(HISTORY)
        return tuple(step for step in steps if _apply(connection, step, clock.now()))


def sql(migrations: Iterable[Migration], now: datetime) -> str:
    """Return the script that `apply` would run."""
    steps = list(migrations)
    if not steps:
        return ""
    head = f"PRAGMA foreign_keys = OFF;\n{HISTORY};\n"
    return "\n".join([head, *(f"-- {step.label}\n{step.script(now)}" for step in steps)])


@contextmanager
def _set(connection: sqlite3.Connection, pragma: str, value: str) -> Iterator[None]:
    """Let a connection work otherwise for a while."""
    before = connection.execute(f"PRAGMA {pragma}").fetchone()[0]
    connection.execute(f"PRAGMA {pragma} = {value}")
    try:
        yield
    finally:
        connection.execute(f"PRAGMA {pragma} = {before}")


def _read(owner: str, file: Traversable) -> Migration:
    matched = _FILE_NAME.fullmatch(file.name)
    if not matched:
        raise MigrationError(f'The migration {owner}/{file.name} must be named like "0001_first_tables.sql".')
    migration = Migration(owner, int(matched[1]), matched[2], file.read_text(encoding="utf-8"))
    try:
        statements = split(migration.text)
    except ValueError as error:
        raise MigrationError(f"{migration.label}: {error}") from error
    for word in map(first_word, statements):
        if word in CONTROL:
            raise MigrationError(f"{migration.label} may not say {word}: every migration runs in one transaction.")
    return migration


def _applied(connection: sqlite3.Connection) -> dict[tuple[str, int], str]:
    found = connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'schema_migrations'").fetchone()
    if not found:
        return {}
    rows = connection.execute("SELECT owner, number, checksum FROM schema_migrations").fetchall()
    return {(row[0], row[1]): row[2] for row in rows}


def _path_of(connection: sqlite3.Connection) -> str:
    return str(connection.execute("PRAGMA database_list").fetchone()[2])


def _apply(connection: sqlite3.Connection, migration: Migration, now: datetime) -> bool:
    """Run one step; False when another process was quicker."""
    statement = ""
    try:
        for statement in split(migration.script(now)):
            rows = connection.execute(statement).fetchall()
            word = first_word(statement)
            if word == "BEGIN" and (migration.owner, migration.number) in _applied(connection):
                return False
            if word == "PRAGMA" and rows:
                tables = ", ".join(sorted({row[0] for row in rows}))
                raise MigrationError(f"{migration.label} leaves rows in {tables} that point to nothing.")
    except sqlite3.Error as error:
        known = translated(error, _path_of(connection))
        if isinstance(known, StorageError):
            raise known from error
        raise MigrationError(f"{migration.label} failed and left nothing behind: {error}\n{statement}") from error
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    log.info("Applied the migration %s.", migration.label)
    return True


def _backup(connection: sqlite3.Connection, path: Path, now: datetime) -> None:
    target = path.with_name(f"{path.name}.{now:%Y%m%dT%H%M%S%f}.backup")
    copy_database(connection, target)
    log.info("Copied the database to %s before migrating it.", target)
    for old in sorted(path.parent.glob(f"{path.name}.*.backup"))[:-KEPT_BACKUPS]:
        old.unlink()
