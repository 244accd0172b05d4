# SPDX-License-Identifier: MIT
"""How long a failing post is tried again: through any outage, but not for ever when only this one fails."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from bot.core.outbox.attempt import Again, Outcome, Parked, Sent
from bot.core.outbox.pacing import backoff
from bot.storage.outbox import OutboxRow

STRIKES = 8
"""Failures after which a post is parked, provided that others got through meanwhile."""

ATTEMPTS = 300
"""Attempts after which a post is parked whatever else happens: a day of trying."""

_DOWN_AFTER = 3


@dataclass(slots=True)
class _Trouble:
    """How often a row failed, and how many posts had got through before."""

    strikes: int
    sent_before: int


class Patience:
    """Judges failures of one platform; it knows what else got through since it was made."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._troubles: dict[int, _Trouble] = {}
        self._sent = 0
        self._in_a_row = 0
        self._hurry = False

    @property
    def down(self) -> bool:
        """Whether nothing seems to get through."""
        return self._in_a_row >= _DOWN_AFTER

    def take_hurry(self) -> bool:
        """Tell, once, that the platform is back, so that what waits need not wait any longer."""
        hurry, self._hurry = self._hurry, False
        return hurry

    def judge(self, row: OutboxRow, outcome: Outcome, now: datetime) -> tuple[Outcome, datetime | None]:
        """Return the outcome, or that the row is parked instead, and when it is to be tried again."""
        if isinstance(outcome, Sent):
            self._hurry = self._hurry or self.down
            self._sent += 1
            self._in_a_row = 0
        if not isinstance(outcome, Again):
            self._troubles.pop(row.id, None)
            return outcome, None
        if self._is_poison(row, outcome):
            self._troubles.pop(row.id, None)
            return Parked(outcome.reason, may_have_arrived=outcome.may_have_arrived_at is not None), None
        wait = backoff(row.attempts, self._random.random())
        if outcome.after is not None:
            wait = timedelta(seconds=max(outcome.after, 0.0)) + wait / 10
        return outcome, now + wait

    def _is_poison(self, row: OutboxRow, outcome: Again) -> bool:
        """Tell whether a row fails by itself; being asked to come back later does not count."""
        if row.attempts >= ATTEMPTS:
            return True
        if outcome.after is not None:
            return False
        self._in_a_row += 1
        trouble = self._troubles.setdefault(row.id, _Trouble(0, self._sent))
        trouble.strikes += 1
        return trouble.strikes >= STRIKES and self._sent > trouble.sent_before
