# SPDX-License-Identifier: MIT
"""Leaves a failing service alone for a while, so that nobody waits for what will not come."""

from datetime import datetime, timedelta

from bot.kit.moment import Clock
from bot.net.errors import CircuitOpen

_LONGEST_REST = 15 * 60


class Breaker:
    """Opens after `failures` in a row; after a rest one request tries again, and the rest doubles if that fails."""

    def __init__(self, clock: Clock, failures: int, rest: float) -> None:
        self._clock = clock
        self._limit = failures
        self._first_rest = rest
        self._rest = rest
        self._failed = 0
        self._open_until: datetime | None = None
        self._trying = False

    def enter(self, host: str) -> None:
        """Announce a request. Raises CircuitOpen while the service is left alone or somebody else is trying it."""
        if self._open_until is None:
            return
        left = (self._open_until - self._clock.now()).total_seconds()
        if left > 0 or self._trying:
            raise CircuitOpen(host, max(left, 1.0))
        self._trying = True

    def leave(self) -> None:
        """Note that the request is over, however it ended."""
        self._trying = False

    def succeeded(self) -> None:
        """Note that the service answered."""
        self._failed = 0
        self._rest = self._first_rest
        self._open_until = None

    def failed(self) -> None:
        """Note that the service did not answer, or answered with a fault of its own."""
        self._failed += 1
        if self._trying:
            self._rest = min(self._rest * 2, _LONGEST_REST)
        elif self._failed < self._limit:
            return
        self._open_until = self._clock.now() + timedelta(seconds=self._rest)
