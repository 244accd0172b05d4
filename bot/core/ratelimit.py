# SPDX-License-Identifier: MIT
"""How often one person may run one operation: a token bucket for each pair, in bounded memory."""

import math
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.kit.moment import Clock
from bot.kit.people import Level

CAPACITY = 10_000
"""How many pairs are remembered; beyond, those not seen for longest are forgotten."""


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` times at once, and as many again in `period`."""

    burst: int = 5
    period: timedelta = timedelta(seconds=20)

    @property
    def gap(self) -> timedelta:
        """How long it takes until one more time is allowed."""
        return self.period / self.burst


DEFAULT = Rate()

UNHURRIED = Rate(burst=1_000_000)
"""For a terminal: a script of one person's may hold as many lines as it likes."""


class RateLimit:
    """Says whether a person may run an operation now, or when to try again.

    For each pair one moment is kept, the "theoretical arrival time" of the generic cell rate algorithm (ITU-T I.371): a
    bucket that is full again needs none.
    """

    def __init__(self, clock: Clock, *, rate: Rate = DEFAULT, capacity: int = CAPACITY) -> None:
        self._clock = clock
        self._rate = rate
        self._capacity = capacity
        self._full_at: OrderedDict[tuple[int, str], datetime] = OrderedDict()

    def __len__(self) -> int:
        return len(self._full_at)

    def rate_for(self, level: Level) -> Rate:
        """Return the rate of a level: to those who moderate, skipping through the steps of a set-up is no flood."""
        return Rate(self._rate.burst * 4, self._rate.period) if level >= Level.MODERATOR else self._rate

    def take(self, person_id: int, operation: str, rate: Rate | None = None) -> timedelta | None:
        """Use the operation up once: None when that is allowed, else how long to wait; then nothing is used up."""
        full_at, wait = self._next(person_id, operation, rate or self._rate)
        pair = (person_id, operation)
        self._full_at[pair] = full_at
        self._full_at.move_to_end(pair)
        self._forget(self._clock.now())
        return wait

    def wait(self, person_id: int, operation: str, rate: Rate | None = None) -> timedelta | None:
        """Return what `take` would say, and use nothing up."""
        return self._next(person_id, operation, rate or self._rate)[1]

    def _next(self, person_id: int, operation: str, rate: Rate) -> tuple[datetime, timedelta | None]:
        """Return when the bucket would be full again after one more time, and how long to wait for that (None: not)."""
        now = self._clock.now()
        # The clock may have been set back: nobody waits for longer than a whole period because of that.
        full_at = min(max(self._full_at.get((person_id, operation), now), now), now + rate.period)
        after = full_at + rate.gap
        allowed = after <= now + rate.period
        return (after, None) if allowed else (full_at, _in_seconds(after - now - rate.period))

    def _forget(self, now: datetime) -> None:
        while self._full_at and (len(self._full_at) > self._capacity or next(iter(self._full_at.values())) <= now):
            self._full_at.popitem(last=False)


def _in_seconds(wait: timedelta) -> timedelta:
    """Return whole seconds, never fewer than it takes: people are told them."""
    return timedelta(seconds=math.ceil(wait / timedelta(seconds=1)))
