# SPDX-License-Identifier: MIT
"""When people hear of an event: pure arithmetic over occurrences; what passed while nobody was there is let go."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from .model import Event, Frequency, Occurrence
from .recurrence import occurrences
from .settings import EventSettings

FREQUENT = timedelta(days=8)
"""A series that takes place more often is not announced a week ahead each time, and thanked for once, at its end."""

_LATE_START = timedelta(minutes=30)
_LATE_THANKS = timedelta(days=7)


class Notice(StrEnum):
    """What is said at a moment."""

    CARD = "card"
    WEEK = "week"
    DAY = "day"
    HOUR = "hour"
    START = "start"
    AFTER = "after"
    CHECKLIST = "checklist"
    OWN = "own"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Moment:
    """Something to be said at a time, useful until another; `minutes` are those of people's own reminders."""

    notice: Notice
    occurrence: Occurrence
    at: datetime
    until_at: datetime
    minutes: int = 0


def moments_of(
    occurrence: Occurrence,
    settings: EventSettings,
    own: Iterable[int] = (),
    *,
    frequent: bool = False,
    first: bool = True,
    last: bool = True,
) -> Iterator[Moment]:
    """Yield what is to be said about one occurrence."""
    start, end = occurrence.start_at, occurrence.end_at
    steps = [
        (Notice.WEEK, timedelta(days=0 if frequent else settings.days_before)),
        (Notice.DAY, timedelta(hours=settings.hours_before)),
        (Notice.HOUR, timedelta(minutes=settings.minutes_before)),
    ]
    kept = sorted(((start - before, notice) for notice, before in steps if before), key=lambda each: each[0])
    for number, (at, notice) in enumerate(kept):
        yield Moment(notice, occurrence, at, kept[number + 1][0] if number + 1 < len(kept) else start)
    if settings.announce_start:
        yield Moment(
            Notice.START, occurrence, start, start + min(_LATE_START, max((end - start) / 2, timedelta(minutes=5)))
        )
    if settings.thank_hours and (last or not frequent):
        at = end + timedelta(hours=settings.thank_hours)
        yield Moment(Notice.AFTER, occurrence, at, at + _LATE_THANKS)
    if not last:
        yield Moment(Notice.OVER, occurrence, end, end + _LATE_THANKS)
    if settings.checklist_days and first:
        yield Moment(Notice.CHECKLIST, occurrence, start - timedelta(days=settings.checklist_days), start)
    for minutes in set(own):
        yield Moment(Notice.OWN, occurrence, start - timedelta(minutes=minutes), start, minutes)


def due(event: Event, settings: EventSettings, own: Sequence[int], now: datetime) -> tuple[Moment, ...]:
    """Return what is to be said now: its time has come since somebody last looked, and it is still of use."""
    since = event.watched_at or now
    return tuple(each for each in _all(event, settings, own) if since < each.at <= now < each.until_at)


def next_at(event: Event, settings: EventSettings, own: Sequence[int], after: datetime) -> datetime | None:
    """Return when something is to be said next."""
    return min((each.at for each in _all(event, settings, own) if each.at > after), default=None)


def is_frequent(event: Event) -> bool:
    """Tell whether a series takes place about once a week, or more often."""
    repeat = event.timing.repeat
    days = {Frequency.DAILY: 1, Frequency.WEEKLY: 7}.get(repeat.frequency)
    return days is not None and timedelta(days=days * repeat.every) < FREQUENT


def _all(event: Event, settings: EventSettings, own: Sequence[int]) -> Iterator[Moment]:
    found, frequent = occurrences(event.timing), is_frequent(event)
    for each in found:
        yield from moments_of(each, settings, own, frequent=frequent, first=each is found[0], last=each is found[-1])
