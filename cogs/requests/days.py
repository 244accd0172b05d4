# SPDX-License-Identifier: MIT
"""Reads the day by which something is needed, and says in which month a request belongs."""

import datetime as dt
import re
from functools import cache

from bot.kit import Invalid, t, zone_of

from .dates import month_numbers

_AHEAD = re.compile(
    r"(?:in |en |within |dentro de |d'aquí a |d’aquí a |dans |d'ici |d’ici )?(?P<count>\d{1,3}) ?"
    r"(?:(?P<days>d|days?|tag(?:e|en)?|d[ií]as?|dies|jours?)|(?P<weeks>w|weeks?|wochen?|semanas?|setman(?:a|es)|semaines?)"
    r"|(?P<months>months?|monat(?:e|en)?|mes(?:es|os)?|mois))"
)
_DAYS = {
    0: ("today", "heute", "hoy", "avui", "aujourd'hui", "aujourd’hui"),
    1: ("tomorrow", "morgen", "mañana", "demà", "demain"),
    2: ("the day after tomorrow", "übermorgen", "pasado mañana", "demà passat", "après-demain"),
}
_SAID = {word: days for days, words in _DAYS.items() for word in words}
_NUMBERS = re.compile(r"(?P<one>\d{1,2})(?P<sign>[./]) ?(?P<two>\d{1,2})(?:\.|(?P=sign) ?(?P<year>\d{4}))?")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"\d+")
_LOCALES = ("en", "es", "fr", "de", "ca")


def end_of_day(text: str, now: dt.datetime, zone: str) -> dt.datetime | None:
    """Return the end, in UTC, of a day written as 2026-12-24, 24.12., "24 December", tomorrow, Friday or "5 days".

    A day without a year is the next of its name. Raises Invalid, also for 03/04, which may be two days.
    """
    written = " ".join(text.split()).casefold()
    if not written:
        return None
    today = now.astimezone(zone_of(zone)).date()
    day = _day(written, today)
    if day is None:
        raise Invalid("needed_by", t("Write the day like 2026-12-24, or as “5 days”."))
    local = dt.datetime.combine(day, dt.time(23, 59, 59), zone_of(zone))
    return local.astimezone(dt.UTC)


def month_of(now: dt.datetime, zone: str) -> str:
    """Return the month of a moment in a zone: "2026-11"."""
    return f"{now.astimezone(zone_of(zone)):%Y-%m}"


def _day(written: str, today: dt.date) -> dt.date | None:
    try:
        if written in _SAID:
            return today + dt.timedelta(days=_SAID[written])
        if ahead := _AHEAD.fullmatch(written):
            return _ahead(ahead, today)
        if numbers := _NUMBERS.fullmatch(written):
            return _of_numbers(numbers, today)
        return (
            dt.date.fromisoformat(written) if written[:1].isdecimal() and "-" in written else _of_words(written, today)
        )
    except (ValueError, OverflowError):
        return None


def _ahead(found: re.Match[str], today: dt.date) -> dt.date:
    count = int(found["count"])
    if found["months"]:
        months = today.year * 12 + today.month - 1 + count
        first = dt.date(months // 12, months % 12 + 1, 1)
        last = (first + dt.timedelta(days=31)).replace(day=1) - dt.timedelta(days=1)
        return first.replace(day=min(today.day, last.day))
    return today + dt.timedelta(days=count * (7 if found["weeks"] else 1))


def _of_numbers(found: re.Match[str], today: dt.date) -> dt.date | None:
    """Read 24.12., 24.12.2026 or 24/12/2026; with strokes the month may stand first, so 03/04 is nobody's guess."""
    day, month = int(found["one"]), int(found["two"])
    if found["sign"] == "/" and day <= 12 and month != day:
        return None if month <= 12 else _next(month, day, found["year"], today)
    return _next(day, month, found["year"], today)


def _of_words(written: str, today: dt.date) -> dt.date | None:
    """Read "24 December", "Dec 24, 2026" or "el viernes", in any of the languages that the bot speaks."""
    words, numbers = _WORD.findall(written), _NUMBER.findall(written)
    months = {number for word in words if (number := month_numbers().get(word))}
    weekdays = {number for word in words if (number := _weekdays().get(word)) is not None}
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if len(months) == len(days) == 1 and len(years) <= 1:
        return _next(int(days[0]), months.pop(), years[0] if years else None, today)
    if len(weekdays) == 1 and not numbers and not months:
        return today + dt.timedelta(days=(weekdays.pop() - today.weekday() - 1) % 7 + 1)
    return None


def _next(day: int, month: int, year: str | None, today: dt.date) -> dt.date:
    if year is not None:
        return dt.date(int(year), month, day)
    found = [dt.date(each, month, day) for each in range(today.year, today.year + 9) if _is_day(each, month, day)]
    return next(each for each in found if each >= today) if found else dt.date(today.year, month, day)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        dt.date(year, month, day)
    except ValueError:
        return False
    return True


@cache
def _weekdays() -> dict[str, int]:
    """Return the names of the days of the week, Monday 0, in the languages that the bot speaks."""
    from babel.dates import get_day_names

    names = (
        (locale, number, name) for locale in _LOCALES for number, name in get_day_names("wide", locale=locale).items()
    )
    return {name.casefold(): number for _, number, name in names}


def is_month(text: str) -> bool:
    """Tell whether a text is a month such as 2026-01."""
    return re.fullmatch(r"20[0-9]{2}-(?:0[1-9]|1[0-2])", text) is not None


def months_before(month: str, count: int) -> str:
    """Return the month so many months before another."""
    year, number = map(int, month.split("-"))
    index = year * 12 + number - 1 - count
    return f"{index // 12:04}-{index % 12 + 1:02}"
