# SPDX-License-Identifier: MIT
"""Reads how an event repeats, as people say it in English, Spanish, French, German and Catalan."""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.kit import Code, Invalid, t

from .model import Frequency, Repeat
from .recurrence import DAYS, LONGEST, MOST, first_of, locals_of
from .when import Asker, LocalTime
from .when.days import NoSuchDay, read_day
from .when.vocabulary import (
    coming_month,
    last_of_month,
    names_month,
    nth_weekdays,
    numbers,
    weekday_of,
    weekdays_in,
)

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
    elif (found := _UNTIL.search(words)) and weekdays_in(words) is None:
        until, words = found[1], words[: found.start()]
    last_day = _last_day(until, when, asker, param)
    if found := _FOR.search(words):
        last_day, words = _after(found[1], found[2], when) or last_day, words[: found.start()]
    return _bounded(_rhythm(words.strip(" ,;."), when, param), when, last_day, times, param)


def _rhythm(words: str, when: LocalTime, param: str) -> Repeat:
    if _FORTNIGHT.match(words):
        return Repeat(Frequency.WEEKLY, 2)
    if _QUARTERLY.match(words):
        return Repeat(Frequency.MONTHLY, 3)
    for frequency, unit in _UNITS.items():
        if found := re.match(rf"^(?:{_EVERY})\s+(?:(\w{{1,10}})\s+)?(?:{unit})\b(?!-)(.*)$", words, re.IGNORECASE):
            every = _count(found[1])
            if every is not None:
                return _on_days(Repeat(frequency, every), found[2], when, param)
        if found := re.match(rf"^(?:{_WORDS[frequency]})\b(.*)$", words, re.IGNORECASE):
            return _on_days(Repeat(frequency), found[1], when, param)
    found_days = _of_month(Repeat(Frequency.WEEKDAY), words, param) or _of_week(Repeat(Frequency.WEEKLY), words)
    if found_days is not None:
        return _starting(found_days, when, param)
    raise Invalid(
        param,
        t(
            "Write how it repeats, like {first}, {second} or {third}.",
            first=Code("weekly"),
            second=Code("every Tuesday and Thursday 10 times"),
            third=Code("last Friday of the month until 2027-06-30"),
        ),
    )


def _count(typed: str | None) -> int | None:
    """Read "2", "two" and "other" in "every other week"; 1 without a word, None for another word."""
    if typed is None:
        return 1
    folded = typed.casefold()
    return int(folded) if re.fullmatch(r"[0-9]{1,3}", folded) else _OTHER.get(folded, numbers().get(folded))


def _on_days(repeat: Repeat, rest: str, when: LocalTime, param: str) -> Repeat:
    """Read the days behind "every 2 weeks" and "monthly": "on Tuesday and Thursday", "on the last Friday"."""
    if not rest.strip():
        return repeat
    monthly = replace(repeat, frequency=Frequency.WEEKDAY)
    if repeat.frequency is Frequency.MONTHLY and _WEEKDAY.fullmatch(rest):
        return monthly
    found = None
    if repeat.frequency is Frequency.MONTHLY:
        found = _of_month(monthly, rest, "")
    elif repeat.frequency is Frequency.WEEKLY:
        found = _of_week(repeat, rest)
    if found is None:
        raise Invalid(param, t("I do not understand “{words}” there.", words=rest.strip()[:40]))
    return _starting(found, when, param)


def _of_month(repeat: Repeat, words: str, param: str) -> Repeat | None:
    """Read "the last Friday of the month", "second and fourth Tuesdays"; None for other words.

    With `param`, what may mean every so many weeks as well ("every second Tuesday") raises Invalid.
    """
    found = nth_weekdays(words)
    if found is None or found[2]:
        return None
    nths, weekday, _ = found
    if param and len(nths) == 1 and nths[0] > 1 and not names_month(words) and re.match(_EVERY, words, re.IGNORECASE):
        raise Invalid(
            param,
            t(
                "That may mean two things. Write {weeks}, or with “of the month” if it is one day of each month.",
                weeks=Code(f"every {nths[0]} weeks"),
            ),
        )
    return replace(repeat, by_day=",".join(f"{nth}{DAYS[weekday]}" for nth in nths))


def _of_week(repeat: Repeat, words: str) -> Repeat | None:
    """Read "every Friday", "Tuesdays and Thursdays", "Monday to Friday", "every other Friday"; None for other words."""
    if (days := weekdays_in(words)) is not None:
        return replace(repeat, by_day=",".join(DAYS[day] for day in days))
    found = re.fullmatch(rf"(?:{_EVERY})\s+(\w+)\s+([^\W\d_]+)", words, re.IGNORECASE)
    weekday, every = (weekday_of(found[2]), _count(found[1])) if found else (None, None)
    if weekday is None or every is None:
        return None
    return replace(repeat, every=every, by_day=DAYS[weekday])


def _starting(repeat: Repeat, when: LocalTime, param: str) -> Repeat:
    """Return a series that begins at its start; raises Invalid where that is no day of it."""
    first = first_of(when, repeat)
    if first != when.local:
        raise Invalid(
            param,
            t(
                "It starts on {day}, which is another day. The first of the series is {first}: let it start then.",
                day=when.local.date(),
                first=first.date(),
            ),
        )
    alone = repeat.frequency is Frequency.WEEKLY and "," not in repeat.by_day
    return replace(repeat, by_day="") if alone else repeat


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
    found = replace(repeat, until="" if last is None else last.isoformat(), times=count)
    if too_long or (count or 0) > MOST or _too_long(found, when):
        raise Invalid(
            param, t("A series goes on for at most three years and {count} times. Give a nearer end.", count=MOST)
        )
    return found


def _too_long(repeat: Repeat, when: LocalTime) -> bool:
    found = [*locals_of(when, repeat)]
    return len(found) > MOST or found[-1] - when.local > LONGEST
