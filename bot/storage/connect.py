# SPDX-License-Identifier: MIT
"""Opens connections as Refdesk wants them: durable, checked, and with what was deleted really gone."""

import os
import sqlite3
from pathlib import Path

from bot.storage.errors import MissingDatabaseError, StorageError, translated

BUSY_TIMEOUT = 5.0
"""Seconds to wait for another process' write lock."""

CACHED_STATEMENTS = 512


def connect(path: Path, *, create: bool = False, busy_timeout: float = BUSY_TIMEOUT) -> sqlite3.Connection:
    """Open the writer's connection; raises StorageError with what to do."""
    if create:
        _create(path)
    elif not path.exists():
        raise MissingDatabaseError(
            f'There is no database at {path}. Create it with "refdesk migrate", or set the right path.',
        )
    return _opened(f"{path.absolute().as_uri()}?mode=rw", path, busy_timeout, reading=False)


def connect_reader(path: Path, *, busy_timeout: float = BUSY_TIMEOUT) -> sqlite3.Connection:
    """Open a connection that refuses to write."""
    return _opened(f"{path.absolute().as_uri()}?mode=rw", path, busy_timeout, reading=True)


def connect_memory() -> sqlite3.Connection:
    """Open a database that lives only in memory, for tests and trials."""
    connection = sqlite3.connect(":memory:", isolation_level=None, cached_statements=CACHED_STATEMENTS)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def _create(path: Path) -> None:
    try:
        # SQLite gives the -wal and -shm files the same permissions: nobody else may read what people wrote.
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except FileNotFoundError as error:
        raise MissingDatabaseError(
            f"The folder {path.parent} of the database does not exist. Create it first."
        ) from error
    except OSError as error:
        raise StorageError(f"The database {path} cannot be created: {error.strerror}.") from error


def _opened(address: str, path: Path, busy_timeout: float, *, reading: bool) -> sqlite3.Connection:
    connection: sqlite3.Connection | None = None
    try:
        connection = sqlite3.connect(
            address,
            uri=True,
            timeout=busy_timeout,
            isolation_level=None,
            cached_statements=CACHED_STATEMENTS,
        )
        connection.row_factory = sqlite3.Row
        _prepare(connection, path, reading=reading)
    except BaseException as error:
        if connection is not None:
            connection.close()
        raise translated(error, path) from error
    return connection


def _prepare(connection: sqlite3.Connection, path: Path, *, reading: bool) -> None:
    mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    if mode != "wal":
        raise StorageError(f"The database {path} cannot keep a write-ahead log there; put it on a local disk.")
    for pragma in (
        "synchronous = FULL",
        "foreign_keys = ON",
        "secure_delete = ON",
        "temp_store = MEMORY",
        "journal_size_limit = 67108864",
        f"query_only = {'ON' if reading else 'OFF'}",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()
