# SPDX-License-Identifier: MIT
"""What can go wrong with the database, each with what to do about it.

StorageError                  the root; the message is meant for whoever runs the bot
├── MissingDatabaseError      there is no database at that path
├── BusyDatabaseError         another process holds the write lock for too long
├── DatabaseInUseError        another bot runs on this database
├── ReadOnlyDatabaseError     the file or its folder may not be written
├── FullDiskError             there is no space left; nothing of the transaction was kept
├── CorruptDatabaseError      this is no database, or a damaged one
├── ClosedDatabaseError       the database was closed, or is not open yet
├── LostTransactionError      SQLite gave the transaction up while a store function went on
└── MigrationError            a migration cannot be applied
    ├── NewerDatabaseError    the database was written by a newer Refdesk
    └── ChangedMigrationError an applied migration was edited afterwards
"""

import sqlite3
from pathlib import Path

from bot.kit.errors import RefdeskError


class StorageError(RefdeskError):
    """The root of the database's errors."""


class MissingDatabaseError(StorageError):
    """There is no database at that path."""


class BusyDatabaseError(StorageError):
    """Another process holds the write lock for longer than the busy timeout."""


class DatabaseInUseError(StorageError):
    """Another bot runs on this database."""


class ReadOnlyDatabaseError(StorageError):
    """The database may not be written."""


class FullDiskError(StorageError):
    """There is no space left; nothing of the transaction was kept."""


class CorruptDatabaseError(StorageError):
    """The file is no database, or a damaged one."""


class ClosedDatabaseError(StorageError):
    """The database was closed, or is not open yet."""


class LostTransactionError(StorageError):
    """SQLite gave the transaction up, and the store function went on regardless."""


class MigrationError(StorageError):
    """A migration cannot be applied."""


class NewerDatabaseError(MigrationError):
    """The database was written by a newer Refdesk."""


class ChangedMigrationError(MigrationError):
    """An applied migration was edited afterwards."""


_BY_CODE: dict[int, tuple[type[StorageError], str]] = {
    sqlite3.SQLITE_BUSY: (
        BusyDatabaseError,
        "The database {path} is busy: another program holds its write lock. Close that program, or try again.",
    ),
    sqlite3.SQLITE_LOCKED: (
        BusyDatabaseError,
        "The database {path} is locked by this very process. Try again.",
    ),
    sqlite3.SQLITE_READONLY: (
        ReadOnlyDatabaseError,
        "The database {path} is read-only: let the bot's user write the file and the folder that it is in.",
    ),
    sqlite3.SQLITE_FULL: (
        FullDiskError,
        "There is no space left for the database {path}; nothing of this change was kept. Free some space on its disk.",
    ),
    sqlite3.SQLITE_CORRUPT: (
        CorruptDatabaseError,
        "The database {path} is damaged. Stop the bot, set the file aside and put the latest backup in its place.",
    ),
    sqlite3.SQLITE_NOTADB: (
        CorruptDatabaseError,
        "The file {path} is no SQLite database. Set another path, or put a backup in its place.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        MissingDatabaseError,
        "The database {path} cannot be opened: see that its folder exists and that the bot's user may enter it.",
    ),
    sqlite3.SQLITE_IOERR: (
        StorageError,
        "The disk failed while the database {path} was used ({error}); nothing of it was kept. Check the disk.",
    ),
}

LOSING_CODES = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM, sqlite3.SQLITE_INTERRUPT})
"""Errors after which SQLite may have rolled the entire transaction back: https://www.sqlite.org/lang_transaction.html"""


def primary_code(error: BaseException) -> int | None:
    """Return SQLite's primary result code of an error, or None when it came from elsewhere."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


def translated(error: BaseException, path: Path | str) -> BaseException:
    """Return the error to raise instead: one that says what to do, or the same one where nothing better is known."""
    found = _BY_CODE.get(primary_code(error) or 0)
    if found is None:
        return error
    kind, message = found
    better = kind(message.format(path=path, error=error))
    better.__cause__ = error
    return better
