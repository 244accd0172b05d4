# SPDX-License-Identifier: MIT
"""What a store may ask of the database: plain functions over a transaction, each run in one hop.

A store function takes a `Transaction` first and is run by `await db.write(function, ...)` or `await db.read(function,
...)`. Its result is returned after COMMIT. Waiting writers share one commit, and none sees another's half-done work;
where one of them fails or the commit is lost, the others may be run again: so a store function is re-runnable, has no
effect outside the database, and changes rows, never the schema.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from sqlite3 import Row
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


class Transaction(Protocol):
    """One unit of work on the database's own thread."""

    @property
    def now(self) -> datetime:
        """The moment at which this unit of work began, aware, in UTC."""

    def run(self, sql: str, *params: Any) -> int:
        """Run one statement; return how many rows it changed."""

    def many(self, sql: str, rows: Sequence[Sequence[Any]]) -> int:
        """Run one statement for each row; return how many rows were changed."""

    def insert(self, sql: str, *params: Any) -> int:
        """Run one INSERT; return the new row's id."""

    def all(self, sql: str, *params: Any) -> list[Row]:
        """Return every row of a query (or of a RETURNING clause)."""

    def one(self, sql: str, *params: Any) -> Row | None:
        """Return the first row of a query, or None."""

    def value(self, sql: str, *params: Any) -> Any:
        """Return the first column of the first row, or None."""

    def after_commit(self, callback: Callable[[], None]) -> None:
        """Call `callback` on the event loop once this unit of work is committed; never when it is taken back."""


class Database(Protocol):
    """Runs store functions; see the module for the contract."""

    async def write(self, function: Callable[Concatenate[Transaction, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a store function in a transaction and return its result after COMMIT."""

    async def read(self, function: Callable[Concatenate[Transaction, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
        """Run a store function that only reads, beside the writer."""
