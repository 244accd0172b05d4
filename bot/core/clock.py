# SPDX-License-Identifier: MIT
"""The clocks: the system's, one for demonstrations that is moved ahead, and one that tests move by hand.

All also wake whoever waits for a moment.
"""

import asyncio
import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Protocol

from bot.kit.moment import Clock

LONGEST_NAP = 60.0
"""Seconds after which a wait looks at the clock again, since the machine may have slept or its clock been set."""

_SHORTEST_NAP = 0.001


class WakingClock(Clock, Protocol):
    """A clock that calls back at a moment."""

    def call_at(self, moment: datetime, callback: Callable[[], None]) -> Callable[[], None]:
        """Call `callback` on the event loop once the moment has come; return a function that prevents it."""


class SystemClock:
    """The machine's own time, in UTC."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""
        return datetime.now(UTC)

    def call_at(self, moment: datetime, callback: Callable[[], None]) -> Callable[[], None]:
        """Call `callback` on the event loop once the moment has come; return a function that prevents it."""
        return _Nap(self, moment, callback).cancel


class MovableClock:
    """The machine's own time, moved ahead by hand: it goes on from there, and wakes whoever waits meanwhile."""

    def __init__(self) -> None:
        self._ahead = timedelta()
        self._naps: set[_Nap] = set()

    def now(self) -> datetime:
        """Return the moment that it is here, aware, in UTC."""
        return datetime.now(UTC) + self._ahead

    @property
    def next_at(self) -> datetime | None:
        """The earliest moment that somebody waits for."""
        return min((nap.moment for nap in self._naps), default=None)

    def call_at(self, moment: datetime, callback: Callable[[], None]) -> Callable[[], None]:
        """Call `callback` on the event loop once the moment has come; return a function that prevents it."""

        def wake() -> None:
            self._naps.discard(nap)
            callback()

        nap = _Nap(self, _in_utc(moment), wake)

        def cancel() -> None:
            self._naps.discard(nap)
            nap.cancel()

        self._naps.add(nap)
        return cancel

    def set(self, moment: datetime) -> datetime:
        """Set the clock to a moment, from which it goes on, and return it."""
        self._ahead += _in_utc(moment) - self.now()
        for nap in sorted(self._naps, key=lambda nap: nap.moment):
            nap.look()
        return self.now()


class _Nap:
    """Naps until a moment of a clock, which may be set meanwhile."""

    def __init__(self, clock: Clock, moment: datetime, callback: Callable[[], object]) -> None:
        self.moment = moment
        self._clock = clock
        self._callback = callback
        self._lie_down()

    def cancel(self) -> None:
        """Do not call back."""
        self._handle.cancel()

    def look(self) -> None:
        """Look at the clock now: it was set."""
        self._handle.cancel()
        self._wake()

    def _lie_down(self) -> None:
        remaining = (self.moment - self._clock.now()).total_seconds()
        nap = min(max(remaining, _SHORTEST_NAP), LONGEST_NAP)
        self._handle = asyncio.get_running_loop().call_later(nap, self._wake)

    def _wake(self) -> None:
        if self._clock.now() >= self.moment:
            self._callback()
        else:
            self._lie_down()


class ManualClock:
    """A clock that stands still until it is moved; moving it wakes whoever waits for a moment up to then."""

    def __init__(self, start: datetime) -> None:
        self._now = _in_utc(start)
        self._waiting: list[_Wait] = []
        self._numbers = count()

    def now(self) -> datetime:
        """Return the moment that the clock was set to, aware, in UTC."""
        return self._now

    @property
    def next_at(self) -> datetime | None:
        """The earliest moment that somebody waits for."""
        while self._waiting and self._waiting[0].callback is None:
            heapq.heappop(self._waiting)
        return self._waiting[0].moment if self._waiting else None

    def call_at(self, moment: datetime, callback: Callable[[], None]) -> Callable[[], None]:
        """Call `callback` when the clock is moved to the moment or past it; return a function that prevents it."""
        wait = _Wait(_in_utc(moment), next(self._numbers), callback)
        heapq.heappush(self._waiting, wait)
        return wait.cancel

    def move(self, by: timedelta) -> datetime:
        """Move the clock and return the new moment."""
        return self.set(self._now + by)

    def set(self, moment: datetime) -> datetime:
        """Set the clock to a moment and return it."""
        self._now = _in_utc(moment)
        while (next_at := self.next_at) is not None and next_at <= self._now:
            heapq.heappop(self._waiting).ring()
        return self._now


@dataclass(order=True, slots=True)
class _Wait:
    """Somebody who waits for a moment of a manual clock."""

    moment: datetime
    number: int
    callback: Callable[[], None] | None = field(compare=False)

    def cancel(self) -> None:
        self.callback = None

    def ring(self) -> None:
        if self.callback is not None:
            self.callback()


def _in_utc(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone; write it as datetime(..., tzinfo=UTC).")
    return moment.astimezone(UTC)
