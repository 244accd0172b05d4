# SPDX-License-Identifier: MIT
"""How the bot is doing, as the status command and the metrics show it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from bot.kit.text import Text


class State(IntEnum):
    """How well a part of the bot works; the worst part decides for the whole."""

    OK = 0
    DEGRADED = 1
    DOWN = 2


@dataclass(frozen=True, slots=True)
class Component:
    """A part of the bot: a platform, the outbox, a cog, an outside service. `since` is when it came into its state."""

    name: str
    state: State
    since: datetime
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class Latency:
    """How long a command took: how many runs ended within each bound, in seconds; the last bound is infinite."""

    bounds: tuple[float, ...]
    counts: tuple[int, ...]
    total: float = 0.0

    @property
    def count(self) -> int:
        """How many runs were measured."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All that is known at one moment. `commands` counts runs by (operation, outcome), `counters` everything else."""

    at: datetime
    started_at: datetime
    components: tuple[Component, ...] = ()
    commands: Mapping[tuple[str, str], int] = field(default_factory=dict)
    latencies: Mapping[str, Latency] = field(default_factory=dict)
    counters: Mapping[str, int] = field(default_factory=dict)

    @property
    def state(self) -> State:
        """The state of the worst component."""
        return max((component.state for component in self.components), default=State.OK)
