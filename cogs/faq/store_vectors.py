# SPDX-License-Identifier: MIT
"""Sentence vectors in the database, shared by all communities and reached from the thread that builds an index."""

import asyncio
import threading
from collections.abc import Mapping, Sequence

from bot.kit import Database, Transaction

_AT_ONCE = 500
_PATIENCE = 60.0


class Stopped(Exception):
    """The index is no longer wanted."""


def vectors(tx: Transaction, model: str, hashes: Sequence[str]) -> dict[str, bytes]:
    """Return the vectors that are stored."""
    found: dict[str, bytes] = {}
    for start in range(0, len(hashes), _AT_ONCE):
        some = hashes[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        rows = tx.all(f"SELECT hash, vector FROM faq_vectors WHERE model = ? AND hash IN ({marks})", model, *some)  # noqa: S608
        found.update((row["hash"], row["vector"]) for row in rows)
    return found


def keep_vectors(tx: Transaction, model: str, found: Mapping[str, bytes]) -> None:
    """Store vectors; another community may have stored the same meanwhile."""
    tx.many(
        "INSERT INTO faq_vectors (model, hash, vector) VALUES (?, ?, ?) ON CONFLICT (model, hash) DO NOTHING",
        [(model, key, vector) for key, vector in found.items()],
    )


class StoredVectors:
    """A `VectorStore` over the bot's database; its methods block, and so run in a worker thread only."""

    def __init__(self, db: Database, loop: asyncio.AbstractEventLoop, stopping: threading.Event) -> None:
        self._db = db
        self._loop = loop
        self._stopping = stopping

    def get_many(self, model: str, hashes: Sequence[str]) -> Mapping[str, bytes]:
        """Return those that are stored; raises Stopped when the index is no longer wanted."""
        self._check()
        return asyncio.run_coroutine_threadsafe(self._db.read(vectors, model, hashes), self._loop).result(_PATIENCE)

    def put_many(self, model: str, vectors: Mapping[str, bytes]) -> None:
        """Store new ones; raises Stopped when the index is no longer wanted."""
        self._check()
        asyncio.run_coroutine_threadsafe(self._db.write(keep_vectors, model, vectors), self._loop).result(_PATIENCE)

    def _check(self) -> None:
        if self._stopping.is_set():
            raise Stopped
