# SPDX-License-Identifier: MIT
"""Questions of the last hours, in memory only: "Ask a librarian" needs their words, and nothing is kept of anybody."""

from collections import OrderedDict
from datetime import datetime, timedelta

MOST = 1_000
HOURS = 24


class RecentQuestions:
    """The words of questions by their number; gone after a day, or when the bot stops."""

    def __init__(self) -> None:
        self._kept: OrderedDict[int, tuple[datetime, str]] = OrderedDict()

    def keep(self, asked_id: int, text: str, now: datetime) -> None:
        """Remember a question."""
        self._kept[asked_id] = (now, text)
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)

    def text(self, asked_id: int, now: datetime) -> str | None:
        """Return a question's words, if they are remembered."""
        while self._kept and next(iter(self._kept.values()))[0] < now - timedelta(hours=HOURS):
            self._kept.popitem(last=False)
        found = self._kept.get(asked_id)
        return found[1] if found else None
