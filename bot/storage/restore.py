# SPDX-License-Identifier: MIT
"""Puts a backup in the database's place: checked first, never under a running bot, and nothing is thrown away."""

import sqlite3
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from bot.kit.moment import Clock
from bot.storage.backup import check_integrity, copy_database
from bot.storage.errors import CorruptDatabaseError, MissingDatabaseError, StorageError, translated
from bot.storage.lock import RunningLock
from bot.storage.migrate import Migration, pending

_BESIDE = ("-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did: where the database that was there has been kept, and what is still to be migrated."""

    kept: Path | None
    steps: tuple[Migration, ...]


def check_backup(backup: Path, migrations: Sequence[Migration]) -> tuple[Migration, ...]:
    """Read a backup as a whole; return what is to be migrated. Raises StorageError when it must not be used."""
    if not backup.is_file():
        raise MissingDatabaseError(f"There is no backup at {backup}.")
    try:
        # Immutable: nothing is written beside a backup, which may lie where nothing can be written.
        address = f"{backup.absolute().as_uri()}?mode=ro{'' if _has_log(backup) else '&immutable=1'}"
        with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection:
            connection.row_factory = sqlite3.Row
            check_integrity(connection, backup)
            if not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'schema_migrations'").fetchone():
                raise CorruptDatabaseError(f"{backup} is no database of Refdesk.")
            return pending(connection, migrations)
    except sqlite3.Error as error:
        raise translated(error, backup) from error


def check_idle(target: Path) -> None:
    """Raise DatabaseInUseError where a bot runs on a database, before anybody is asked anything."""
    lock = RunningLock(target)
    lock.take()
    lock.release()


def restore(backup: Path, target: Path, migrations: Sequence[Migration], clock: Clock) -> Restored:
    """Put a copy of a backup at `target`; raises StorageError, and changes nothing, when that must not be."""
    steps = check_backup(backup, migrations)
    if target.exists() and backup.samefile(target):
        raise StorageError(f"{backup} is the database itself. Name a backup.")
    lock = RunningLock(target)
    lock.take()
    try:
        fresh = target.with_name(f"{target.name}.restoring")
        fresh.unlink(missing_ok=True)
        with closing(
            sqlite3.connect(f"{backup.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None)
        ) as source:
            copy_database(source, fresh)
        kept = _set_aside(target, clock) if target.exists() else None
        fresh.replace(target)
    finally:
        lock.release()
    return Restored(kept, steps)


def _has_log(backup: Path) -> bool:
    return backup.with_name(f"{backup.name}-wal").exists()


def _set_aside(target: Path, clock: Clock) -> Path:
    """Rename the present database, its write-ahead log included, and return its new name."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(target, isolation_level=None)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    kept = target.with_name(f"{target.name}.{clock.now():%Y%m%dT%H%M%S%f}Z.replaced")
    target.rename(kept)
    for suffix in _BESIDE:
        beside = target.with_name(f"{target.name}{suffix}")
        if beside.exists():
            beside.rename(kept.with_name(f"{kept.name}{suffix}"))
    return kept
