# SPDX-License-Identifier: MIT
"""The one place that reaches into aiosqlite: whole functions on its thread, instead of single statements."""

import asyncio
import sqlite3
from collections.abc import Callable
from functools import partial
from typing import Concatenate, ParamSpec, TypeVar

import aiosqlite

P = ParamSpec("P")
R = TypeVar("R")


class DatabaseThread:
    """One SQLite connection with the thread that aiosqlite keeps for it.

    aiosqlite 0.22 queues pairs of a future and a function; putting a pair there ourselves costs one hop for a whole
    transaction. Its version is pinned for that reason.
    """

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        self._connection = aiosqlite.Connection(connector, iter_chunk_size=64)
        # A start-up that fails elsewhere must not leave the process hanging on this thread.
        self._connection._thread.daemon = True  # noqa: SLF001

    async def open(self) -> None:
        """Start the thread and open the connection there; raises what the connector raises."""
        try:
            await self._connection
        except BaseException:
            # The thread has one more word for this loop; it must not come after the loop is closed.
            await asyncio.to_thread(self._connection._thread.join)  # noqa: SLF001
            raise

    def call(
        self,
        function: Callable[Concatenate[sqlite3.Connection, P], R],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> asyncio.Future[R]:
        """Run a function over the connection on its thread, after all that was called before it."""
        future: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        connection = self._connection._conn  # noqa: SLF001
        self._connection._tx.put_nowait((future, partial(function, connection, *args, **kwargs)))  # noqa: SLF001
        return future

    async def close(self) -> None:
        """Close the connection after all that was called before, and end the thread."""
        await self._connection.close()
