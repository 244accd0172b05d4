# SPDX-License-Identifier: MIT
"""Series: at the same local hour each time, whatever daylight saving does, and always bounded (RFC 5545, 3.3.10)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from .model import Event, Frequency, Occurrence, Repeat, Timing
from .when import LocalTime, of_text
from .when.vocabulary import LAST

LONGEST = timedelta(days=3 * 366)
MOST = 400
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
"""The weekdays as RFC 5545 names them; the first is Monday."""


def rule_of(when: LocalTime, repeat: Repeat) -> dict[str, Any]:
    """Return the rule in the words of RFC 5545, but for its end: FREQ, INTERVAL, BYDAY."""
    if repeat.frequency is Frequency.WEEKDAY:
        return {"FREQ": "MONTHLY", "INTERVAL": repeat.every, "BYDAY": repeat.by_day or usual_day(when)}
    rule = {"FREQ": repeat.frequency.value.upper(), "INTERVAL": repeat.every}
    return {**rule, "BYDAY": repeat.by_day} if repeat.by_day else rule


def usual_day(when: LocalTime) -> str:
    """Return which weekday of its month a day is: "1TU" to "4TU", or the last, "-1TU"."""
    nth = LAST if when.local.day > 28 else (when.local.day - 1) // 7 + 1
    return f"{nth}{DAYS[when.local.weekday()]}"


def first_of(when: LocalTime, repeat: Repeat) -> datetime:
    """Return the first local hour of a series that starts at a time or after it."""
    return next(locals_of(when, replace(repeat, until="", times=1)))


def turned(repeat: Repeat, before: LocalTime, after: LocalTime) -> Repeat:
    """Return how a series repeats once what was at one time takes place at another: on the days that lie as far."""
    if not repeat.by_day:
        return repeat
    off = after.local.weekday() - before.local.weekday()
    names = [(each[:-2], DAYS.index(each[-2:])) for each in repeat.by_day.split(",")]
    by_day = ",".join(f"{nth}{DAYS[(day + off) % 7]}" for nth, day in names)
    found = replace(repeat, by_day=by_day)
    return found if first_of(after, found) == after.local else replace(repeat, by_day="")


def locals_of(when: LocalTime, repeat: Repeat) -> Iterator[datetime]:
    """Yield the local hours of a series, at most one more than there may be."""
    if not repeat:
        yield when.local
        return
    from dateutil.rrule import rrulestr

    rule = ";".join(f"{name}={value}" for name, value in rule_of(when, repeat).items())
    end = f"COUNT={repeat.times}" if repeat.times else f"UNTIL={_until_of(repeat):%Y%m%dT%H%M%S}"
    for number, local in enumerate(rrulestr(f"{rule};{end}", dtstart=when.local)):
        if number > MOST or local - when.local > 2 * LONGEST:
            return
        yield local


def _until_of(repeat: Repeat) -> datetime:
    return datetime.combine(date.fromisoformat(repeat.until), time(23, 59))


@lru_cache(maxsize=512)
def occurrences(timing: Timing) -> tuple[Occurrence, ...]:
    """Return every time that an event takes place, in order; what is left out is not among them."""
    changed = {each.original: each for each in timing.exceptions}
    found = []
    for local in locals_of(timing.when, timing.repeat):
        usual = timing.when if local == timing.when.local else timing.when.with_local(local)
        original = local.strftime("%Y-%m-%dT%H:%M")
        exception = changed.get(original)
        when = usual if exception is None else exception.moved
        if when is not None:
            found.append(Occurrence(original, when, when.at, end_of(timing, when)))
    return tuple(sorted(found, key=lambda each: each.start_at))


def end_of(timing: Timing, when: LocalTime) -> datetime:
    """Return when an occurrence ends; whole days end at midnight, also when one of them has 23 hours."""
    return when.with_local(when.local + timing.length).at if timing.all_day else when.at + timing.length


def upcoming(event: Event, now: datetime) -> tuple[Occurrence, ...]:
    """Return the occurrences that are not over."""
    return tuple(each for each in occurrences(event.timing) if each.end_at > now)


def current(event: Event, now: datetime) -> Occurrence | None:
    """Return the occurrence that comes next or is under way, else the last one; None when there is none."""
    found = occurrences(event.timing)
    return next((each for each in found if each.end_at > now), found[-1] if found else None)


def bounds(timing: Timing) -> tuple[datetime, datetime]:
    """Return when the first occurrence starts and the last one ends."""
    found = occurrences(timing)
    if not found:
        return timing.when.at, end_of(timing, timing.when)
    return found[0].start_at, max(each.end_at for each in found)


def of_original(timing: Timing, original: str) -> Occurrence | None:
    """Return an occurrence by its local hour in the series."""
    return next((each for each in occurrences(timing) if each.original == original), None)


def passed(event: Event, original: str, now: datetime) -> bool:
    """Tell whether an occurrence is over, whether the series still has it or not; "" is of what takes place once."""
    if not original:
        return event.ends_at <= now and not event.timing.repeat
    occurrence = of_original(event.timing, original)
    end_at = occurrence.end_at if occurrence else of_text(original, event.timing.when.zone).at + event.timing.length
    return end_at <= now


def repeated(event: Event, repeat: Repeat, now: datetime) -> Timing:
    """Return when an event takes place once it repeats otherwise, from its next occurrence on.

    What was said of single occurrences is kept where the new rhythm still has them.
    """
    coming = upcoming(event, now)
    if not coming or not repeat:
        when = coming[0].when if coming else event.timing.when
        return replace(event.timing, when=when, repeat=repeat, exceptions=())
    base = of_text(coming[0].original, event.timing.when.zone, event.timing.when.fold)
    plain = replace(event.timing, when=base, repeat=repeat, exceptions=())
    originals = {each.original for each in occurrences(plain)}
    return replace(plain, exceptions=tuple(each for each in event.timing.exceptions if each.original in originals))
