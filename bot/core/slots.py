# SPDX-License-Identifier: MIT
"""When a recurring job is due: each slot has a name, and runs at most once, whatever the clock does.

A daily job's slots are local dates, so that an hour that daylight saving skips or repeats is still one slot: a
skipped 02:30 is due when the clocks show 03:30, a repeated one the first time (PEP 495, `fold=0`). A date that a zone
left out altogether (Apia had no 30 December 2011) has no slot.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.kit.job import Schedule
from bot.kit.moment import zone_of

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_DAY = timedelta(days=1)
_NOON = time(12)
_MARGIN = 3 * _DAY
"""More than a local date can be away from the UTC date, a left-out date included."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One occasion of a job: its name, and the moment at which it is due, in UTC."""

    name: str
    due_at: datetime


def next_slot(schedule: Schedule, zone: str, after: datetime) -> Slot:
    """Return the first slot of a recurring job that is due after a moment."""
    if schedule.period is not None:
        return _period_slot(schedule.period, (after - _EPOCH) // schedule.period + 1)
    return min((slot for slot in _days(schedule, zone, after) if slot.due_at > after), key=_due_at)


def last_slot(schedule: Schedule, zone: str, until: datetime) -> Slot:
    """Return the latest slot of a recurring job that is due at a moment or before it."""
    if schedule.period is not None:
        return _period_slot(schedule.period, (until - _EPOCH) // schedule.period)
    return max((slot for slot in _days(schedule, zone, until) if slot.due_at <= until), key=_due_at)


def timer_slot(due_at: datetime) -> Slot:
    """Return the slot of a timer that was set for a moment: moved, it is another slot."""
    return Slot(due_at.astimezone(UTC).isoformat(), due_at)


def _period_slot(period: timedelta, index: int) -> Slot:
    due_at = _EPOCH + index * period
    return Slot(due_at.isoformat(), due_at)


def _days(schedule: Schedule, zone: str, around: datetime) -> list[Slot]:
    if schedule.hour is None:
        raise ValueError("Only a recurring job has slots of its own.")
    place = zone_of(zone)
    first = (around - _MARGIN).date()
    days = (first + index * _DAY for index in range(2 * _MARGIN.days + 1))
    return [slot for day in days if (slot := _day_slot(day, schedule.hour, place)) is not None]


def _day_slot(day: date, hour: time, zone: ZoneInfo) -> Slot | None:
    # A gap around midnight may move a slot to the next date; only a date without a noon does not exist.
    if _instant(day, _NOON, zone).astimezone(zone).date() != day:
        return None
    return Slot(day.isoformat(), _instant(day, hour, zone))


def _instant(day: date, hour: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, hour.replace(tzinfo=None, fold=0), zone).astimezone(UTC)


def _due_at(slot: Slot) -> datetime:
    return slot.due_at
