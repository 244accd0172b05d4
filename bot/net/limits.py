# SPDX-License-Identifier: MIT
"""Keeps to a service's limits: how many requests at once, how many a second, and none while it asks for a rest."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime, timedelta

from bot.kit.moment import Clock
from bot.net.errors import TooManyRequests
from bot.net.settings import HostPolicy

Sleep = Callable[[float], Awaitable[None]]
_INTERVAL = re.compile(r"(\d+(?:\.\d+)?)\s*s?")


class Gate:
    """The budget of one service, shared by everybody who asks it."""

    def __init__(self, policy: HostPolicy, clock: Clock, sleep: Sleep, patience: float) -> None:
        self._clock = clock
        self._sleep = sleep
        self._patience = patience
        self._concurrency = max(1, policy.concurrency)
        self._per_second = policy.per_second
        self._room = asyncio.Semaphore(self._concurrency)
        self._next_at: datetime | None = None
        self._rest_until: datetime | None = None

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for our turn. Raises TooManyRequests at once if it would not come within our patience."""
        self._check_rest(host)
        async with self._room:
            self._check_rest(host)
            if (wait := self._reserve(host)) > 0:
                await self._sleep(wait)
            yield

    def rest(self, seconds: float) -> None:
        """Ask the service nothing for a while, because it said so."""
        until = self._clock.now() + timedelta(seconds=max(0.0, seconds))
        self._rest_until = max(until, self._rest_until or until)

    def learn(self, headers: Mapping[str, str]) -> None:
        """Adopt the limits that the service states in its answer's headers, as Crossref does."""
        limit, interval = _number(headers.get("x-rate-limit-limit")), _number(headers.get("x-rate-limit-interval"))
        if limit and interval:
            self._per_second = limit / interval
        at_once = int(_number(headers.get("x-concurrency-limit")) or 0)
        if at_once and at_once != self._concurrency:
            # Requests under way keep the old permits; the new number holds from the next one on.
            self._concurrency = at_once
            self._room = asyncio.Semaphore(at_once)

    def _check_rest(self, host: str) -> None:
        if self._rest_until is not None:
            left = (self._rest_until - self._clock.now()).total_seconds()
            if left > 0:
                raise TooManyRequests(host, left)
            self._rest_until = None

    def _reserve(self, host: str) -> float:
        if not self._per_second:
            return 0.0
        now = self._clock.now()
        start = max(now, self._next_at or now)
        wait = (start - now).total_seconds()
        if wait > self._patience:
            raise TooManyRequests(host, wait)
        self._next_at = start + timedelta(seconds=1 / self._per_second)
        return wait


def _number(stated: str | None) -> float | None:
    """Read "5" or "1s"; anything else, and what is not positive, is no limit."""
    found = _INTERVAL.fullmatch((stated or "").strip())
    return (float(found[1]) or None) if found else None
