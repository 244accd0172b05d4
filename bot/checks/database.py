# SPDX-License-Identifier: MIT
"""Checks the database without changing it: opens, is whole, fits this version, has room to grow."""

import os
import shutil
import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing
from pathlib import Path

from bot.checks.finding import Finding, bad, doubtful, good
from bot.core.steps import every_step
from bot.storage.backup import check_integrity
from bot.storage.connect import connect_reader
from bot.storage.errors import DatabaseInUseError, NewerDatabaseError, StorageError, translated
from bot.storage.filesystem import network_file_system
from bot.storage.lock import RunningLock
from bot.storage.migrate import pending

BUSY_SECONDS = 1.0
LITTLE_BYTES = 200_000_000
"""Free space below which the operator is warned."""

NO_BYTES = 20_000_000
"""Free space below which the next backup or write may well fail."""


def check_database(path: Path, unused: Collection[str] = ()) -> Iterator[Finding]:
    """Look at the file, and at the disk that it is on; what is `unused` (chats, cogs) need not be migrated."""
    if not path.exists():
        yield from _check_absent(path)
        return
    if path.is_dir():
        yield bad(f"The database {path} is a folder.", "Set REFDESK_DATABASE to a file in it.")
        return
    try:
        with closing(connect_reader(path, busy_timeout=BUSY_SECONDS)) as connection:
            yield from _check_inside(connection, path, unused)
    except (StorageError, sqlite3.Error) as error:
        yield bad(str(translated(error, path)))
    else:
        yield from _check_file(path)
    yield from _check_disk(path)


def _check_absent(path: Path) -> Iterator[Finding]:
    folder = path.parent if path.parent.is_dir() else path.parent.parent
    if not folder.is_dir():
        yield bad(f"The folder {path.parent} of the database does not exist.", "Make it, or set REFDESK_DATABASE.")
    elif not os.access(folder, os.W_OK | os.X_OK):
        yield bad(f"The folder {folder} cannot be written.", "Let the bot's user write it, or set REFDESK_DATABASE.")
    else:
        yield doubtful(f"There is no database at {path} yet.", '"refdesk run" and "refdesk migrate" make it.')
        yield from _check_disk(folder)


def _check_inside(connection: sqlite3.Connection, path: Path, unused: Collection[str]) -> Iterator[Finding]:
    check_integrity(connection, path)
    log = path.with_name(f"{path.name}-wal")
    size = (path.stat().st_size + (log.stat().st_size if log.exists() else 0)) / 1e6
    yield good(f"The database {path} is whole ({size:.1f} MB).")
    try:
        steps = [step for step in pending(connection, every_step()) if step.owner not in unused]
    except NewerDatabaseError as error:
        yield bad(str(error))
    else:
        if steps:
            names = ", ".join(step.label for step in steps)
            yield doubtful(f"Migrations to be applied: {names}.", '"refdesk run" or "refdesk migrate" applies them.')
        else:
            yield good("The database has the form that this version needs.")


def _check_file(path: Path) -> Iterator[Finding]:
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        yield bad(f"The database {path} is read-only.", "Let the bot's user write the file and the folder it is in.")
        return
    lock = RunningLock(path)
    try:
        lock.take()
    except DatabaseInUseError:
        yield good("A bot is running on it.")
    else:
        lock.release()
        yield good("No bot is running on it.")


def _check_disk(path: Path) -> Iterator[Finding]:
    if kind := network_file_system(path):
        yield bad(
            f"{path} is on a network file system ({kind}), which may damage the database.",
            "Put it on a local disk: set REFDESK_DATABASE.",
        )
    free = shutil.disk_usage(path).free
    size = path.stat().st_size if path.is_file() else 0
    said = f"The disk has {free / 1e9:.1f} GB left."
    if free < NO_BYTES + size:
        yield bad(said, "Free some space: a backup would not fit any more.")
    elif free < LITTLE_BYTES + 4 * size:
        yield doubtful(said, "Free some space: backups need as much again as the database.")
    else:
        yield good(said)
