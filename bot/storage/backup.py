# SPDX-License-Identifier: MIT
"""Copies a database while it is in use, and trusts the copy only after it was checked."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.storage.errors import CorruptDatabaseError, StorageError, translated


def copy_database(source: sqlite3.Connection, target: Path) -> Path:
    """Write a checked copy as one file; raises StorageError and leaves nothing when that fails."""
    if target.exists():
        raise StorageError(f"{target} exists already. Choose another name for the backup.")
    partial = target.with_name(f"{target.name}.partial")
    try:
        partial.unlink(missing_ok=True)
        os.close(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with closing(sqlite3.connect(partial, isolation_level=None)) as copy:
            source.backup(copy)
            # Without this the copy would still claim a write-ahead log, and opening it would need a writable folder.
            copy.execute("PRAGMA journal_mode = DELETE").fetchall()
            check_integrity(copy, partial)
        _keep(partial, target)
    except (OSError, sqlite3.Error) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise StorageError(f"The backup {target} could not be written: {reason}.") from translated(error, target)
    finally:
        partial.unlink(missing_ok=True)
    return target


def check_integrity(connection: sqlite3.Connection, path: Path | str) -> None:
    """Read every page and index; raises CorruptDatabaseError with the first findings."""
    findings = [row[0] for row in connection.execute("PRAGMA integrity_check(5)")]
    if findings != ["ok"]:
        raise CorruptDatabaseError(f"{path} is damaged: {'; '.join(findings)}. Use an older backup.")


def _keep(partial: Path, target: Path) -> None:
    descriptor = os.open(partial, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    partial.replace(target)
