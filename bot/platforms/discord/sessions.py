# SPDX-License-Identifier: MIT
"""How long to wait before another session is begun: Discord takes a thousand a day, and then makes the token void.

Source: Discord's gateway documentation, "Session Start Limit". discord.py itself waits five seconds each time, which
would use them up in an hour and a half if every session broke at once.
"""

from collections import defaultdict, deque

SHORTEST = 5.0
LONGEST = 150.0
"""Seconds; 576 sessions a day at most."""

_FREE = 3
"""Sessions within `_WINDOW` that cost no more than the shortest wait: a bad hour is no reason to be slow."""

_WINDOW = 900.0


class Sessions:
    """Counts the sessions of each shard. Moments are seconds of any clock that does not go back."""

    def __init__(self) -> None:
        self._begun: dict[int | None, deque[float]] = defaultdict(deque)

    def pause(self, shard_id: int | None, now: float, *, initial: bool = False, shards: int = 1) -> float:
        """Return the seconds to wait before a session of a shard begins, and take it for begun then."""
        begun = self._begun[shard_id]
        while begun and now - begun[0] > _WINDOW * shards:
            begun.popleft()
        shortest = 0.0 if initial and not begun else SHORTEST
        beyond = min(max(len(begun) - _FREE, 0), 16)
        seconds = min(SHORTEST * 2**beyond, LONGEST * shards) if beyond else shortest
        begun.append(now + seconds)
        return seconds
