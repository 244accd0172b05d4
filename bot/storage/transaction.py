# SPDX-License-Identifier: MIT
"""What a store function holds in its hands: statements of one transaction, answered with plain lists."""

import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any, Concatenate, ParamSpec, TypeVar

from bot.kit.database import Transaction
from bot.storage.errors import LostTransactionError, StorageError
from bot.storage.script import CONTROL

P = ParamSpec("P")
R = TypeVar("R")


class SqliteTransaction:
    """One unit of work; it lives on the database's thread, only for as long as its function runs."""

    __slots__ = ("_callbacks", "_connection", "now")

    def __init__(self, connection: sqlite3.Connection, now: datetime, callbacks: list[Callable[[], None]]) -> None:
        self._connection = connection
        self._callbacks = callbacks
        self.now = now

    def run(self, sql: str, *params: Any) -> int:
        """Run one statement; return how many rows it changed."""
        return self._cursor(sql, params).rowcount

    def many(self, sql: str, rows: Sequence[Sequence[Any]]) -> int:
        """Run one statement for each row; return how many rows were changed."""
        self._check(sql)
        return self._connection.executemany(sql, rows).rowcount

    def insert(self, sql: str, *params: Any) -> int:
        """Run one INSERT that surely adds a row; return the new row's id."""
        cursor = self._cursor(sql, params)
        if cursor.lastrowid is None or cursor.rowcount == 0:
            raise StorageError(f"This statement added no row, so there is no id to return: {sql}")
        return cursor.lastrowid

    def all(self, sql: str, *params: Any) -> list[sqlite3.Row]:
        """Return every row of a query (or of a RETURNING clause)."""
        return self._cursor(sql, params).fetchall()

    def one(self, sql: str, *params: Any) -> sqlite3.Row | None:
        """Return the first row of a query, or None."""
        cursor = self._cursor(sql, params)
        row: sqlite3.Row | None = cursor.fetchone()
        # A cursor left half read would keep its statement, and with it the transaction, open.
        cursor.close()
        return row

    def value(self, sql: str, *params: Any) -> Any:
        """Return the first column of the first row, or None."""
        row = self.one(sql, *params)
        return None if row is None else row[0]

    def after_commit(self, callback: Callable[[], None]) -> None:
        """Call `callback` on the event loop once this unit of work is committed; never when it is taken back."""
        self._callbacks.append(callback)

    def rehearse(self, function: Callable[Concatenate[Transaction, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a function and take back all that it did: for showing what would happen."""
        self._check("")
        self._connection.execute("SAVEPOINT rehearsal")
        callbacks = len(self._callbacks)
        try:
            return function(self, *args, **kwargs)
        finally:
            del self._callbacks[callbacks:]
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK TO rehearsal")
                self._connection.execute("RELEASE rehearsal")

    def _cursor(self, sql: str, params: Sequence[Any]) -> sqlite3.Cursor:
        self._check(sql)
        return self._connection.execute(sql, params)

    def _check(self, sql: str) -> None:
        # After a full disk SQLite may have left the transaction; a statement run now would be committed on its own.
        if not self._connection.in_transaction:
            raise LostTransactionError("The transaction is lost; the store function should not have gone on.")
        _refuse_control(sql)


@lru_cache(maxsize=2048)
def _refuse_control(sql: str) -> None:
    word = sql.split(None, 1)[0].rstrip(";").upper() if sql.strip() else ""
    if word in CONTROL:
        raise StorageError(f"A store function may not run {word}: the database begins and commits for it.")
