# SPDX-License-Identifier: MIT
"""Spaces posts evenly below a platform's rates: one even stream over all places, and one within each place.

Even spacing is what delivers: sent in bursts, posts run into the platform's limits although the average is below them.
"""

from collections import deque
from collections.abc import Iterable
from datetime import datetime, timedelta
from math import isinf

SHARE = 0.96
"""The share of a platform's rate that is used; the rest is for answers to people."""

WINDOW = timedelta(milliseconds=600)
"""How far ahead posts are taken, so that one transaction serves many of them."""

LEAD = timedelta(milliseconds=200)
"""How long before the last of them may start the next ones are taken, so that a slow disk costs no time."""

_SLACK = 0.03
"""How much longer than the platform says its window is taken to be: requests are not equally long on their way."""


class Pace:
    """Says when each post may start; `rate` and `lane_rate` are in posts a second, and may be infinite."""

    def __init__(self, rate: float, lane_rate: float, now: datetime) -> None:
        self._gap = timedelta(seconds=1 / (SHARE * rate))
        self._lane_gap = timedelta(seconds=1 / (SHARE * lane_rate))
        self._next_at = now
        self._open_at: dict[int, datetime] = {}
        at_once = 0 if isinf(rate) else max(1, int(rate))
        self._begun: deque[datetime] = deque(maxlen=at_once)
        self._span = timedelta(seconds=at_once / rate * (1 + _SLACK))

    def begin(self, now: datetime) -> datetime | None:
        """Take note that a post starts; returns the later moment at which it may where the platform would refuse it.

        That happens after the process was held up: what was to start meanwhile is due all at once.
        """
        if len(self._begun) == self._begun.maxlen and self._begun and now < self._begun[0] + self._span:
            # A clock that was set back is not waited for.
            if self._begun[-1] <= now:
                return self._begun[0] + self._span
            self._begun.clear()
        self._begun.append(now)
        return None

    def room(self, now: datetime, most: int) -> int:
        """Return how many posts, `most` at most, may start within the window; 0 while enough are waiting to start."""
        self._forgive(now)
        if self._next_at - now > LEAD:
            return 0
        if not self._gap:
            return most
        return min(most, (now + WINDOW - max(self._next_at, now)) // self._gap + 1)

    def refill_at(self) -> datetime:
        """Return when to ask for room again once the window is used up."""
        return self._next_at - LEAD

    def closed(self, now: datetime) -> dict[int, datetime]:
        """Return the lanes that take nothing within the window, and when they open again."""
        self._open_at = {lane: open_at for lane, open_at in self._open_at.items() if open_at > now}
        return {lane: open_at for lane, open_at in self._open_at.items() if open_at > now + WINDOW}

    def reserve(self, lanes: Iterable[int], now: datetime) -> list[tuple[int, datetime]]:
        """Give each post, named by its lane, the moment at which it may start; in the order in which they do."""
        starts = []
        for lane in sorted(lanes, key=lambda lane: self._open_at.get(lane, now)):
            start_at = max(self._next_at, now, self._open_at.get(lane, now))
            self._next_at = start_at + self._gap
            self._open_at[lane] = start_at + self._lane_gap
            starts.append((lane, start_at))
        return starts

    def _forgive(self, now: datetime) -> None:
        """After the clock was set back, do not wait until it has caught up."""
        if self._next_at > now + WINDOW + self._gap + self._lane_gap:
            self._next_at = now + self._gap
            self._open_at = dict.fromkeys(self._open_at, now + self._lane_gap)


def backoff(attempts: int, chance: float) -> timedelta:
    """Return how long to wait after a number of failed attempts: doubling from 2 s to 5 minutes, less up to a half."""
    longest = min(2.0 * 2 ** min(attempts - 1, 10), 300.0)
    return timedelta(seconds=longest * (1 - chance / 2))
