# SPDX-License-Identifier: MIT
"""Keeps how the bot is doing: the state of its parts, and cheap counters."""

from bisect import bisect_left
from collections import Counter
from math import inf

from bot.kit.health import Component, Latency, Snapshot, State
from bot.kit.moment import Clock
from bot.kit.text import Text

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, inf)
"""Upper bounds of the latency buckets, in seconds."""


class _Buckets:
    __slots__ = ("counts", "total")

    def __init__(self) -> None:
        self.counts = [0] * len(BOUNDS)
        self.total = 0.0

    def add(self, seconds: float) -> None:
        self.counts[bisect_left(BOUNDS, seconds)] += 1
        self.total += seconds


class HealthBoard:
    """Implements `bot.kit.needs.Health`, and is told by every part of the bot how it does."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._started_at = clock.now()
        self._components: dict[str, Component] = {}
        self._commands: Counter[tuple[str, str]] = Counter()
        self._latencies: dict[str, _Buckets] = {}
        self._counters: Counter[str] = Counter()

    def report(self, name: str, state: State, reason: Text | None = None) -> None:
        """Tell how a part does; `since` moves only when its state changes."""
        known = self._components.get(name)
        since = known.since if known is not None and known.state is state else self._clock.now()
        self._components[name] = Component(name, state, since, reason)

    def withdraw(self, name: str) -> None:
        """Forget a part that is no more, such as an unloaded cog."""
        self._components.pop(name, None)

    def ran(self, operation: str, outcome: str, seconds: float) -> None:
        """Count one run of an operation: its outcome ("done", "user", "denied", …) and how long it took."""
        self._commands[operation, outcome] += 1
        self._latencies.setdefault(operation, _Buckets()).add(max(seconds, 0.0))

    def count(self, name: str, by: int = 1) -> None:
        """Count something else, such as delivered posts."""
        self._counters[name] += by

    def snapshot(self) -> Snapshot:
        """Return all that is known now; later changes do not show in it."""
        return Snapshot(
            at=self._clock.now(),
            started_at=self._started_at,
            components=tuple(self._components[name] for name in sorted(self._components)),
            commands=dict(self._commands),
            latencies={
                name: Latency(BOUNDS, tuple(buckets.counts), buckets.total) for name, buckets in self._latencies.items()
            },
            counters=dict(self._counters),
        )
