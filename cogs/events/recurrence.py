# SPDX-License-Identifier: MIT
"""Series: at the same local hour each time, whatever daylight saving does, and always bounded (RFC 5545, 3.3.10)."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

from bot.kit import Code, Invalid, t

from .model import Event, Frequency, Occurrence, Repeat, Timing
from .when import Asker, LocalTime, of_text
from .when.days import NoSuchDay, read_day
from .when.vocabulary import LAST, coming_month, last_of_month, nth_weekday, numbers, weekday_of

LONGEST = timedelta(days=3 * 366)
MOST = 400
USUAL = timedelta(days=365)
"""How long a series goes on that nobody gave an end."""

_EVERY = r"every|each|cada|jede[nrs]?|alle|chaque|tou(?:s|tes)\s+les|tod[oa]s\s+l[oa]s|tots\s+els|totes\s+les"
_UNITS = {
    Frequency.DAILY: r"days?|días?|dias?|tage?|jours?|dies|dia",
    Frequency.WEEKLY: r"weeks?|semanas?|wochen?|semaines?|setman(?:a|es)",
    Frequency.MONTHLY: r"months?|mes(?:es)?|monate?n?|mois|mesos",
    Frequency.YEARLY: r"years?|años?|jahre?|ans?|années?|anys?",
}
_WORDS = {
    Frequency.DAILY: r"daily|diario|diariamente|täglich|quotidien|diari",
    Frequency.WEEKLY: r"weekly|semanal(?:mente)?|wöchentlich|hebdomadaire|setmanal(?:ment)?",
    Frequency.MONTHLY: r"monthly|mensual(?:mente|ment)?|monatlich|mensuel",
    Frequency.YEARLY: r"yearly|annually|anual(?:mente|ment)?|jährlich|annuel",
}
_FORTNIGHT = re.compile(r"^(?:bi-?weekly|fortnightly|quincenal|14-?tägig)\b", re.IGNORECASE)
_WEEKDAY = re.compile(
    r"^\s*(?:by|on\s+the\s+same|mismo|même|gleicher)\s+(?:weekday|día|jour|wochentag)\b", re.IGNORECASE
)
_TIMES = re.compile(r"(?:^|\s)(?:x\s*(\d{1,6})|(\d{1,6})\s*(?:x|times|veces|mal|fois|vegades|cops))\s*$", re.IGNORECASE)
_UNTIL = re.compile(
    r"(?:^|\s)(?:until|till|hasta|bis|jusqu['’]?\s?(?:[àa]u?|en)|fins(?:\s+al?)?)\s+(.+)$", re.IGNORECASE
)
_FOR = re.compile(r"(?:^|\s)(?:for|during|durante|por|pendant|während|für|durant)\s+(\w+)\s+(\w+)\s*$", re.IGNORECASE)
_NEVER = {"", "no", "none", "never", "once"}
_OTHER = {"other": 2, "second": 2, "otra": 2, "zweite": 2, "zweiten": 2, "third": 3, "dritte": 3, "dritten": 3}
_QUARTERLY = re.compile(r"^(?:quarterly|trimestral(?:mente|ment)?|vierteljährlich|trimestriel)$", re.IGNORECASE)


def read_repeat(text: str, when: LocalTime, asker: Asker, param: str = "repeats") -> Repeat:
    """Read how an event repeats; raises Invalid with what to write instead."""
    words = " ".join(text.split())
    if words.casefold() in _NEVER:
        return Repeat()
    times = until = ""
    if found := _TIMES.search(words):
        times, words = found[1] or found[2], words[: found.start()]
    elif found := _UNTIL.search(words):
        until, words = found[1], words[: found.start()]
    last_day = _last_day(until, when, asker, param)
    if found := _FOR.search(words):
        last_day, words = _after(found[1], found[2], when) or last_day, words[: found.start()]
    frequency, every = _rhythm(words.strip(" ,;."), when, param)
    return _bounded(Repeat(frequency, every), when, last_day, times, param)


def _rhythm(words: str, when: LocalTime, param: str) -> tuple[Frequency, int]:
    if _FORTNIGHT.match(words):
        return Frequency.WEEKLY, 2
    if _QUARTERLY.match(words):
        return Frequency.MONTHLY, 3
    for frequency, unit in _UNITS.items():
        if found := re.match(rf"^(?:{_EVERY})\s+(?:(\w{{1,10}})\s+)?(?:{unit})\b(.*)$", words, re.IGNORECASE):
            every = _count(found[1])
            if every is not None:
                return _by_weekday(frequency, found[2], when, param), every
        if found := re.match(rf"^(?:{_WORDS[frequency]})\b(.*)$", words, re.IGNORECASE):
            return _by_weekday(frequency, found[1], when, param), 1
    if (on_days := _on_weekday(words, when, param)) is not None:
        return on_days
    raise Invalid(
        param,
        t(
            "Write how it repeats, like {first}, {second} or {third}.",
            first=Code("weekly"),
            second=Code("every 2 weeks 10 times"),
            third=Code("monthly by weekday until 2027-06-30"),
        ),
    )


def _count(typed: str | None) -> int | None:
    """Read "2", "two" and "other" in "every other week"; 1 without a word, None for another word."""
    if typed is None:
        return 1
    folded = typed.casefold()
    return int(folded) if re.fullmatch(r"[0-9]{1,3}", folded) else _OTHER.get(folded, numbers().get(folded))


def _on_weekday(words: str, when: LocalTime, param: str) -> tuple[Frequency, int] | None:
    """Read "every Friday", "Mondays", "the first Monday of each month"; raises Invalid where it starts otherwise."""
    if _fits_nth(words, when, param):
        return Frequency.WEEKDAY, 1
    found = re.fullmatch(rf"(?:(?:{_EVERY})\s+)?(?:(\w+)\s+)?([^\W\d_]+)", words, re.IGNORECASE)
    weekday, every = (weekday_of(found[2]), _count(found[1])) if found else (None, None)
    if weekday is None or every is None:
        return None
    _check_start(weekday == when.local.weekday(), when, param)
    return Frequency.WEEKLY, every


def _fits_nth(words: str, when: LocalTime, param: str) -> bool:
    """Tell whether a text names the weekday of a month on which a series starts; raises Invalid for another one."""
    found = nth_weekday(words)
    if found is None or found[2]:
        return False
    nth, weekday, _ = found
    if nth == LAST and when.local.day <= 28:
        return False
    _check_start((nth, weekday) == (_nth_of(when), when.local.weekday()), when, param)
    return True


def _nth_of(when: LocalTime) -> int:
    """Return which weekday of its month a day is: 1 to 4, or the last."""
    return LAST if when.local.day > 28 else (when.local.day - 1) // 7 + 1


def _check_start(fits: bool, when: LocalTime, param: str) -> None:
    if not fits:
        raise Invalid(
            param,
            t(
                "It starts on {day}, which is another day. Let the start be the first of the series.",
                day=when.local.date(),
            ),
        )


def _after(count: str, unit: str, when: LocalTime) -> date | None:
    """Return the last day of a series that goes on "for 10 weeks"; None where that is no span."""
    from dateutil.relativedelta import relativedelta

    number = _count(count)
    for frequency, units in _UNITS.items():
        if number is not None and re.fullmatch(units, unit, re.IGNORECASE):
            span = {"daily": "days", "weekly": "weeks", "monthly": "months", "yearly": "years"}[frequency.value]
            last: datetime = when.local + relativedelta(**{span: number}) - timedelta(days=1)
            return last.date()
    return None


def _by_weekday(frequency: Frequency, rest: str, when: LocalTime, param: str) -> Frequency:
    if not rest.strip():
        return frequency
    if frequency is Frequency.MONTHLY and (_WEEKDAY.fullmatch(rest) or _fits_nth(rest, when, param)):
        return Frequency.WEEKDAY
    if frequency is Frequency.WEEKLY and (weekday := weekday_of(rest.rsplit(maxsplit=1)[-1])) is not None:
        _check_start(weekday == when.local.weekday(), when, param)
        return frequency
    raise Invalid(param, t("I do not understand “{words}” there.", words=rest.strip()[:40]))


def _last_day(text: str, when: LocalTime, asker: Asker, param: str) -> date | None:
    if not text:
        return None
    if (month := coming_month(text, when.local.date())) is not None:
        return last_of_month(*month)
    try:
        day = read_day(text, when.local.date(), asker.language, day_first=asker.day_first)
    except NoSuchDay as error:
        raise Invalid(param, t("The calendar has no such day. Check the day and the year.")) from error
    if day is None:
        raise Invalid(param, t("I cannot read “{words}” as a day.", words=text[:60]))
    return day


def _bounded(repeat: Repeat, when: LocalTime, until: date | None, times: str, param: str) -> Repeat:
    start = when.local.date()
    if repeat.every < 1 or repeat.every > 60:
        raise Invalid(param, t("Repeat it at most every {count} days, weeks or months.", count=60))
    if until is not None and until < start:
        raise Invalid(param, t("The series would end before it starts."))
    too_long = until is not None and until - start > LONGEST
    count = int(times) if times else None
    if count is not None and count < 1:
        raise Invalid(param, t("A series takes place at least once."))
    last = until or (None if count else start + USUAL)
    found = Repeat(repeat.frequency, repeat.every, "" if last is None else last.isoformat(), count)
    if too_long or (count or 0) > MOST or _too_long(found, when):
        raise Invalid(
            param, t("A series goes on for at most three years and {count} times. Give a nearer end.", count=MOST)
        )
    return found


def _too_long(repeat: Repeat, when: LocalTime) -> bool:
    found = [*_locals(when, repeat)]
    return len(found) > MOST or found[-1] - when.local > LONGEST


def rule_of(when: LocalTime, repeat: Repeat) -> dict[str, Any]:
    """Return the rule in the words of RFC 5545, but for its end: FREQ, INTERVAL, BYDAY."""
    if repeat.frequency is Frequency.WEEKDAY:
        names = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
        return {"FREQ": "MONTHLY", "INTERVAL": repeat.every, "BYDAY": f"{_nth_of(when)}{names[when.local.weekday()]}"}
    return {"FREQ": repeat.frequency.value.upper(), "INTERVAL": repeat.every}


def _locals(when: LocalTime, repeat: Repeat) -> Iterator[datetime]:
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
    for local in _locals(timing.when, timing.repeat):
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


__all__ = [
    "bounds",
    "current",
    "occurrences",
    "of_original",
    "of_text",
    "passed",
    "read_repeat",
    "repeated",
    "rule_of",
    "upcoming",
]
