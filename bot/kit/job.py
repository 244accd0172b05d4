# SPDX-License-Identifier: MIT
"""Work that is due at a time: rows in the timers table, run at most once per slot over restarts.

`@every(timedelta(hours=1))` and `@daily("09:00")` run once for each community, in its time zone. `@at` declares the
handler of timers that a store sets through `Timers`. `late` says what becomes of a slot that passed while the bot was
down.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time, timedelta
from enum import StrEnum
from typing import Any, TypeVar

from bot.kit.errors import DeclarationError

F = TypeVar("F", bound=Callable[..., Any])


class Late(StrEnum):
    """What to do with a slot that has passed: run it once, or let it go."""

    RUN = "run"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a job is due: `period` counts from 1970, `hour` is local to the community, neither: when a timer says.

    `setting` names the setting of the cog that holds the hour.
    """

    period: timedelta | None = None
    hour: time | None = None
    setting: str | None = None
    late: Late = Late.RUN


@dataclass(frozen=True, slots=True)
class Job:
    """A handler with its schedule; `key` is "cog.handler"."""

    key: str
    cog: str
    handler: str
    schedule: Schedule


def every(period: timedelta, *, late: Late = Late.SKIP) -> Callable[[F], F]:
    """Run `handler(community)` once in each period."""
    if period < timedelta(minutes=1):
        raise DeclarationError("A job's period must be at least one minute.")
    return _noted(Schedule(period=period, late=late))


def daily(hour: str, *, setting: str | None = None, late: Late = Late.RUN) -> Callable[[F], F]:
    """Run `handler(community)` each day at a local hour ("09:00"), or at the hour that the cog's `setting` names."""
    try:
        local = time.fromisoformat(hour)
    except ValueError as error:
        raise DeclarationError(f'The hour "{hour}" of a daily job must look like "09:00".') from error
    return _noted(Schedule(hour=local, setting=setting, late=late))


def at(*, late: Late = Late.RUN) -> Callable[[F], F]:
    """Run `handler(community, payload)` when a timer set through `Timers` is due."""
    return _noted(Schedule(late=late))


def _noted(schedule: Schedule) -> Callable[[F], F]:
    def note(function: F) -> F:
        function.__refdesk_job__ = schedule  # type: ignore[attr-defined]
        return function

    return note
