# SPDX-License-Identifier: MIT
"""Runs what waits in one transaction, and again more carefully where one function would spoil it for the others.

First without a savepoint: beginning and releasing one takes longer than most functions do, and each statement hands
the interpreter to another thread and back. A function that fails before it has changed anything does no harm. Where
one fails later, all are run again with a savepoint each; where the transaction is lost, each is run again alone.
"""

import sqlite3
from asyncio import Future
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from bot.kit.moment import Clock
from bot.storage.errors import LOSING_CODES, LostTransactionError, StorageError, primary_code
from bot.storage.transaction import SqliteTransaction


class Work:
    """A store function that waits, and what came of it."""

    __slots__ = ("args", "callbacks", "error", "function", "future", "kwargs", "result")

    def __init__(
        self,
        function: Callable[..., Any],
        args: Sequence[Any],
        kwargs: Mapping[str, Any],
        future: Future[Any],
    ) -> None:
        self.function = function
        self.args = args
        self.kwargs = kwargs
        self.future = future
        self.result: Any = None
        self.error: BaseException | None = None
        self.callbacks: list[Callable[[], None]] = []

    def run(self, connection: sqlite3.Connection, clock: Clock) -> None:
        """Run the function and keep its result or its error."""
        self.error = None
        self.callbacks = []
        try:
            transaction = SqliteTransaction(connection, clock.now(), self.callbacks)
            self.result = self.function(transaction, *self.args, **self.kwargs)
        except BaseException as error:  # noqa: BLE001  # whatever it is, it is its caller's
            self.fail(error)

    def fail(self, error: BaseException) -> None:
        """Keep an error instead of a result."""
        self.result = None
        self.error = error


class Lost(Exception):
    """The shared transaction is gone: a signal within this module, never raised to anybody."""


class Spoilt(Exception):
    """Something is half done in the shared transaction: a signal within this module, never raised to anybody."""


def run_together(connection: sqlite3.Connection, group: Sequence[Work], clock: Clock) -> None:
    """Run functions that write: one COMMIT for all of them; if that is lost, one for each."""
    group = [work for work in group if not work.future.cancelled()]
    if len(group) == 1:
        _run_alone(connection, group[0], clock)
    elif group:
        try:
            _run_shared(connection, group, clock)
        except Lost:
            for work in group:
                _run_alone(connection, work, clock)


def _run_shared(connection: sqlite3.Connection, group: Sequence[Work], clock: Clock) -> None:
    try:
        _run_in_one(connection, group, lambda work: _run_openly(connection, work, clock))
    except Spoilt:
        _run_in_one(connection, group, lambda work: _run_apart(connection, work, clock))


def run_reading(connection: sqlite3.Connection, group: Sequence[Work], clock: Clock) -> None:
    """Run functions that only read, all on one snapshot."""
    group = [work for work in group if not work.future.cancelled()]
    if not group or not _begun(connection, "BEGIN", group):
        return
    try:
        for work in group:
            work.run(connection, clock)
            if work.error is not None and primary_code(work.error) == sqlite3.SQLITE_READONLY:
                work.fail(
                    StorageError(f"{work.function} was given to read(), so it may not write; give it to write().")
                )
    finally:
        _rollback(connection)


def _run_in_one(connection: sqlite3.Connection, group: Sequence[Work], run: Callable[[Work], None]) -> None:
    if not _begun(connection, "BEGIN IMMEDIATE", group):
        return
    try:
        for work in group:
            run(work)
        connection.execute("COMMIT")
    except Spoilt:
        _rollback(connection)
        raise
    except (sqlite3.Error, Lost) as error:
        _rollback(connection)
        raise Lost from error


def _run_openly(connection: sqlite3.Connection, work: Work, clock: Clock) -> None:
    changes = connection.total_changes
    work.run(connection, clock)
    _check_whole(connection, work)
    if work.error is not None and connection.total_changes != changes:
        raise Spoilt


def _run_apart(connection: sqlite3.Connection, work: Work, clock: Clock) -> None:
    connection.execute("SAVEPOINT work")
    work.run(connection, clock)
    _check_whole(connection, work)
    if work.error is not None:
        connection.execute("ROLLBACK TO work")
    connection.execute("RELEASE work")


def _check_whole(connection: sqlite3.Connection, work: Work) -> None:
    if not connection.in_transaction or (work.error and primary_code(work.error) in LOSING_CODES):
        raise Lost


def _run_alone(connection: sqlite3.Connection, work: Work, clock: Clock) -> None:
    if not _begun(connection, "BEGIN IMMEDIATE", [work]):
        return
    work.run(connection, clock)
    if work.error is None and not connection.in_transaction:
        work.fail(LostTransactionError("SQLite gave the transaction up and the store function hid the error."))
    if work.error is None:
        try:
            connection.execute("COMMIT")
        except sqlite3.Error as error:
            work.fail(error)
    _rollback(connection)


def _begun(connection: sqlite3.Connection, statement: str, group: Sequence[Work]) -> bool:
    try:
        connection.execute(statement)
    except sqlite3.Error as error:
        for work in group:
            work.fail(error)
        return False
    return True


def _rollback(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        connection.execute("ROLLBACK")
