# SPDX-License-Identifier: MIT
"""Finds the day in what people type, in English, Spanish, French, German and Catalan.

Days written in figures are read here, since only one reading of 2027-01-15 is right; words are read by dateparser.
"""

import re
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

LANGUAGES = ("en", "es", "fr", "de", "ca")

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_DAY_FIRST = re.compile(r"(\d{1,2})([-/.])\s?(\d{1,2})(?:\2\s?(\d{4}))?\.?")
_NEXT = re.compile(
    r"\b(?:next|coming|this|upcoming|pr[óo]xim[oa]|que\s+viene|este|prochaine?|ce|n[äa]chste[nrs]?|kommende[nrs]?"
    r"|diese[nrs]?|vinent|pr[òo]xim[a]?|aquest[a]?|que\s+ve)\b",
    re.IGNORECASE,
)
_FILLERS = re.compile(
    r"\b(?:on|the|el|la|le|am|den|der|dem|del|de|d['’]|of|of\s+the|a|al|,)(?=\s|$)|[,;]", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+")
_FAR = timedelta(days=366 * 5)


class NoSuchDay(ValueError):
    """A day that the calendar does not have, such as 29 February 2027."""


def read_day(text: str, today: date, language: str, *, day_first: bool = True) -> date | None:
    """Return the day that a text without an hour means, the coming one; None when nobody can tell.

    An empty text is the present day. Raises NoSuchDay for one that the calendar does not have.
    """
    words = " ".join(text.split()).strip(" ,.;")
    if not words:
        return today
    if iso := _ISO.fullmatch(words):
        return _date(int(iso[1]), int(iso[2]), int(iso[3]))
    if figures := _DAY_FIRST.fullmatch(words):
        return _figures(figures, today, day_first=day_first)
    return _in_words(words, today, language)


def _figures(found: re.Match[str], today: date, *, day_first: bool) -> date:
    first, second = int(found[1]), int(found[3])
    month_first = not day_first and found[2] == "/"
    if (month_first and first > 12 >= second) or (not month_first and second > 12 >= first):
        month_first = not month_first
    day, month = (second, first) if month_first else (first, second)
    if found[4]:
        return _date(int(found[4]), month, day)
    return _coming(today, month, day)


def _coming(today: date, month: int, day: int) -> date:
    """Return the next such day; 29 February waits for a leap year."""
    for year in range(today.year, today.year + 9):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    raise NoSuchDay


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError as error:
        raise NoSuchDay from error


def _in_words(words: str, today: date, language: str) -> date | None:
    named = _weekday_in(words)
    plain = " ".join(_NEXT.sub(" ", words).split())
    bare = " ".join(_FILLERS.sub(" ", plain).split())
    if named is not None and len(_WORD.findall(bare)) == 1 and not re.search(r"\d", bare):
        return today + timedelta(days=(named - today.weekday()) % 7)
    found = _by_library((words, plain, bare), today, language)
    if found is None and _ends_month(words, today):
        raise NoSuchDay
    if found is not None and named is not None and found.weekday() != named:
        raise NoSuchDay
    return found


def _by_library(ways: tuple[str, ...], today: date, language: str) -> date | None:
    """Try the asker's language before the others, and the words as they stand before what is left of them."""
    spoken = [language] if language in LANGUAGES else []
    for languages in filter(None, (spoken, list(LANGUAGES))):
        for each in dict.fromkeys(filter(None, ways)):
            if (found := _parsed(each, today, languages)) is not None:
                return found
    return None


def _ends_month(words: str, today: date) -> bool:
    """Tell whether a text would be a day if months were longer."""
    earlier = re.sub(r"\b(?:29|30|31)\b", "28", words)
    return earlier != words and _parsed(earlier, today, list(LANGUAGES)) is not None


def _weekday_in(words: str) -> int | None:
    """Return the weekday that is named: 0 is Monday."""
    named = {_weekdays()[word] for word in map(str.casefold, _WORD.findall(words)) if word in _weekdays()}
    return named.pop() if len(named) == 1 else None


@cache
def _weekdays() -> dict[str, int]:
    from babel.dates import get_day_names

    table: dict[str, int] = {}
    for width in ("abbreviated", "wide"):
        for language in LANGUAGES:
            for number, name in get_day_names(width, locale=language).items():
                table[name.casefold().strip(".")] = number
    # Two letters are too few, and "mar" is a Tuesday or a month.
    return {name: number for name, number in table.items() if len(name) > 2 and name != "mar"}


def _parsed(words: str, today: date, languages: list[str]) -> date | None:
    # Slow to import, and needed only by those who enter an event.
    from dateparser.date import DateDataParser

    settings: dict[str, Any] = {
        "RELATIVE_BASE": datetime(today.year, today.month, today.day, 12),  # noqa: DTZ001 (a day, no moment)
        "PREFER_DATES_FROM": "future",
        "PREFER_DAY_OF_MONTH": "first",
        "REQUIRE_PARTS": ["day"],
        "TIMEZONE": "UTC",
    }
    try:
        found = DateDataParser(languages=list(dict.fromkeys(languages)), settings=settings).get_date_data(words)
    except (ValueError, OverflowError, TypeError, AttributeError, RecursionError):
        return None
    moment = found.date_obj
    if moment is None or abs(moment.date() - today) > _FAR:
        return None
    day: date = moment.date()
    return day
