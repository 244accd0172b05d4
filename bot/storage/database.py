# SPDX-License-Identifier: MIT
"""The database as the rest of the bot sees it: store functions in, results out after COMMIT."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import Concatenate, ParamSpec, Self, TypeVar

from bot.kit.database import Transaction
from bot.kit.moment import Clock
from bot.storage.adapter import DatabaseThread
from bot.storage.backup import copy_database
from bot.storage.connect import BUSY_TIMEOUT, connect, connect_memory, connect_reader
from bot.storage.errors import ClosedDatabaseError, translated
from bot.storage.foreign import DataVersion, OurTurn
from bot.storage.group import Work, run_reading, run_together
from bot.storage.lane import Lane
from bot.storage.lock import RunningLock
from bot.storage.migrate import Migration, apply, pending

P = ParamSpec("P")
R = TypeVar("R")

log = logging.getLogger(__name__)

DOUBT_SECONDS = 1.0
"""How long a foreign change may stay unnoticed when it fell together with one of our own."""


class SqliteDatabase:
    """Implements `bot.kit.database.Database`; see there for what a store function may rely on.

    Open it with `open` or `in_memory`, and close it: `async with await SqliteDatabase.open(path, clock) as db`.
    """

    def __init__(self, writer: DatabaseThread, reader: DatabaseThread, clock: Clock, path: Path | None) -> None:
        self.path = path
        self._clock = clock
        self._writer = writer
        self._reader = reader
        name = path or "in memory"
        self._writes = Lane(writer, self._run_writes, name, self._noticed)
        self._reads = Lane(reader, self._run_reads, name, self._noticed)
        self._writer_version = DataVersion()
        self._reader_version = DataVersion()
        self._our_turn = OurTurn()
        self._in_doubt = False
        self._doubt: asyncio.TimerHandle | None = None
        self._listeners: list[Callable[[], None]] = []
        self._lock: RunningLock | None = None
        self._closed = False
        self._new = False

    @classmethod
    async def open(
        cls,
        path: Path,
        clock: Clock,
        *,
        create: bool = False,
        sole: bool = False,
        busy_timeout: float = BUSY_TIMEOUT,
    ) -> Self:
        """Open a database file. `create` makes a missing one; `sole` refuses to be the second bot on it."""
        new = _is_new(path)
        lock = RunningLock(path) if sole and path.parent.is_dir() else None
        if lock:
            lock.take()
        opened: list[DatabaseThread] = []
        try:
            for connector in (
                partial(connect, path, create=create, busy_timeout=busy_timeout),
                partial(connect_reader, path, busy_timeout=busy_timeout),
            ):
                thread = DatabaseThread(connector)
                await thread.open()
                opened.append(thread)
        except BaseException:
            for thread in opened:
                await thread.close()
            if lock:
                lock.release()
            raise
        db = cls(opened[0], opened[1], clock, path)
        db._lock, db._new = lock, new
        await opened[0].call(db._writer_version.changed)
        await opened[1].call(db._reader_version.changed)
        return db

    @classmethod
    async def in_memory(cls, clock: Clock) -> Self:
        """Open an empty database without a file: one connection reads and writes."""
        thread = DatabaseThread(connect_memory)
        await thread.open()
        return cls(thread, thread, clock, None)

    async def write(self, function: Callable[Concatenate[Transaction, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a store function in a transaction and return its result after COMMIT."""
        self._check_open()
        result: R = await self._writes.submit(function, args, kwargs)
        return result

    async def read(self, function: Callable[Concatenate[Transaction, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a store function that only reads, beside the writer; writing in it raises ReadOnlyDatabaseError."""
        self._check_open()
        result: R = await self._reads.submit(function, args, kwargs)
        return result

    async def exclusive(
        self,
        function: Callable[Concatenate[sqlite3.Connection, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Run a function over the writer's bare connection, between two transactions: for migrations."""
        self._check_open()
        try:
            return await self._writer.call(self._run_alone, lambda bare: function(bare, *args, **kwargs))
        except sqlite3.Error as error:
            raise translated(error, self.path or "in memory") from error

    async def pending(self, migrations: Sequence[Migration]) -> tuple[Migration, ...]:
        """Return the migrations still to be applied; raises MigrationError when the database does not fit this code."""
        return await self.exclusive(pending, migrations)

    async def migrate(self, migrations: Sequence[Migration]) -> tuple[Migration, ...]:
        """Apply what is pending, after a backup of the file unless it is new, and return it; raises MigrationError."""
        return await self.exclusive(apply, migrations, self._clock, backup_of=None if self._new else self.path)

    def on_foreign_change(self, listener: Callable[[], None]) -> None:
        """Call `listener` on the event loop when another process has written to the database."""
        self._listeners.append(listener)

    async def backup(self, target: Path) -> Path:
        """Write a checked copy while everything goes on; raises StorageError when that fails."""
        self._check_open()
        if self.path is None:
            return await self._writer.call(copy_database, target)
        return await asyncio.to_thread(_copy_file, self.path, target)

    async def checkpoint(self) -> None:
        """Move the write-ahead log into the file and empty it, so that deleted words are gone from both."""
        await self.exclusive(lambda connection: connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall())

    async def drained(self) -> None:
        """Wait until nothing is read or written."""
        await self._writes.drained()
        await self._reads.drained()

    async def close(self) -> None:
        """Finish what waits, then close; calling it twice does no harm."""
        if self._closed:
            return
        self._closed = True
        if self._doubt:
            self._doubt.cancel()
        await self.drained()
        if self._reader is not self._writer:
            await self._reader.close()
        with suppress(sqlite3.Error):
            await self._writer.call(lambda connection: connection.execute("PRAGMA optimize").fetchall())
        await self._writer.close()
        if self._lock:
            self._lock.release()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def _check_open(self) -> None:
        if self._closed:
            raise ClosedDatabaseError("The database is closed.")

    def _run_writes(self, connection: sqlite3.Connection, group: Sequence[Work]) -> bool:
        """On the writer's thread; returns whether another process has written."""
        foreign = self.path is not None and self._writer_version.changed(connection)
        with self._our_turn:
            run_together(connection, group, self._clock)
        return foreign

    def _run_alone(self, connection: sqlite3.Connection, work: Callable[[sqlite3.Connection], R]) -> R:
        """On the writer's thread."""
        with self._our_turn:
            return work(connection)

    def _run_reads(self, connection: sqlite3.Connection, group: Sequence[Work]) -> bool:
        """On the reader's thread; returns whether another process has surely written."""
        if self.path is None:
            connection.execute("PRAGMA query_only = ON")
            run_reading(connection, group, self._clock)
            connection.execute("PRAGMA query_only = OFF")
            return False
        run_reading(connection, group, self._clock)
        changed = self._reader_version.changed(connection)
        ours = self._our_turn.since_last_look()
        self._in_doubt = self._in_doubt or (changed and ours)
        return changed and not ours

    def _noticed(self, foreign: bool) -> None:
        if foreign:
            self._in_doubt = False
            log.info("Another process changed the database; caches are read anew.")
            for listener in self._listeners:
                try:
                    listener()
                except Exception:
                    log.exception("A cache could not be refreshed.")
        elif self._in_doubt and self._doubt is None and not self._closed:
            # The reader cannot tell our commit from another's, the writer can; asking it each time would cost a hop.
            self._doubt = asyncio.get_running_loop().call_later(DOUBT_SECONDS, self._resolve_doubt)

    def _resolve_doubt(self) -> None:
        self._doubt = None
        self._in_doubt = False
        if not self._closed:
            self._writer.call(self._writer_version.changed).add_done_callback(
                lambda look: self._noticed(not look.cancelled() and not look.exception() and look.result()),
            )


def _is_new(path: Path) -> bool:
    return not path.exists() or path.stat().st_size == 0


def _copy_file(path: Path, target: Path) -> Path:
    with closing(connect_reader(path)) as source:
        return copy_database(source, target)
