# SPDX-License-Identifier: MIT
"""Remembers answers, so that a service is not asked twice for what it has just said."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Entry:
    """One answer as it was received; `stored_at` is renewed when the service confirms that nothing changed."""

    status: int
    url: str
    headers: Mapping[str, str]
    body: bytes
    stored_at: datetime

    @property
    def size(self) -> int:
        """Roughly how many bytes it takes to keep."""
        return len(self.body) + len(self.url) + sum(len(k) + len(v) for k, v in self.headers.items()) + 200

    def conditions(self) -> dict[str, str]:
        """Return the headers that ask for the content only if it changed."""
        wanted = {"If-None-Match": "etag", "If-Modified-Since": "last-modified"}
        return {ask: self.headers[told] for ask, told in wanted.items() if told in self.headers}


class CacheStore(Protocol):
    """Where answers are kept; keys are opaque."""

    async def get(self, key: str) -> Entry | None:
        """Return the entry, however old, or None."""

    async def put(self, key: str, entry: Entry) -> None:
        """Keep an entry, forgetting others if space is needed."""


class MemoryCache:
    """Keeps the most recently used answers within a number of bytes."""

    def __init__(self, max_bytes: int = 16_000_000) -> None:
        self._max_bytes = max_bytes
        self._entries: OrderedDict[str, Entry] = OrderedDict()
        self._bytes = 0

    async def get(self, key: str) -> Entry | None:
        """Return the entry, however old, or None."""
        entry = self._entries.get(key)
        if entry is not None:
            self._entries.move_to_end(key)
        return entry

    async def put(self, key: str, entry: Entry) -> None:
        """Keep an entry; one that would fill more than a quarter of the space is not worth the others."""
        if (old := self._entries.pop(key, None)) is not None:
            self._bytes -= old.size
        if entry.size > self._max_bytes // 4:
            return
        self._entries[key] = entry
        self._bytes += entry.size
        while self._bytes > self._max_bytes:
            _, forgotten = self._entries.popitem(last=False)
            self._bytes -= forgotten.size
