# SPDX-License-Identifier: MIT
"""Finds the day in what people type, in English, Spanish, French, German and Catalan.

Days written in figures are read here, since only one reading of 2027-01-15 is right; words are read by dateparser.
"""

import re
from datetime import date, datetime, timedelta
from typing import Any

from .vocabulary import LANGUAGES, coming_nth, weekday_of

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
NEXT = re.compile(
    r"\b(?:next|pr[óo]xim[oa]|que\s+viene|prochaine?|n[äa]chste[nrs]?|vinent|pr[òo]xim[a]?|que\s+ve)\b", re.IGNORECASE
)
_NEXT_WEEK = re.compile(
    r"\b(?:(?:of|in|de|der)\s+)*(?:the\s+|la\s+)?(?:next\s+week|semana\s+que\s+viene|pr[óo]xima\s+semana|semaine\s+prochaine"
    r"|(?:n[äa]chste|kommende)[rn]?\s+woche|setmana\s+(?:que\s+ve|vinent)|pr[òo]xima\s+setmana)\b",
    re.IGNORECASE,
)
_BARE = re.compile(r"(?:(?:on|the|el|le|am|den|der|dia|día)\s+)*(\d{1,2})(?:st|nd|rd|th|er|\.)?", re.IGNORECASE)
_YEAR = re.compile(r"\b[12]\d{3}\b")
_WITHIN = {"pasado mañana": 2, "pasado manana": 2}
_FAR = timedelta(days=366 * 5)


class NoSuchDay(ValueError):
    """A day that the calendar does not have, such as 29 February 2027."""


class OtherWeekday(NoSuchDay):
    """A day whose weekday is another than the one that is named; `day` is the day."""

    def __init__(self, day: date) -> None:
        super().__init__(day)
        self.day = day


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


def both_ways(text: str, today: date) -> tuple[date, date] | None:
    """Return what "03/04" means to who writes the day first and to who writes the month first, where that differs."""
    figures = _DAY_FIRST.fullmatch(" ".join(text.split()).strip(" ,.;"))
    if figures is None or figures[2] != "/" or not {int(figures[1]), int(figures[3])} <= set(range(1, 13)):
        return None
    found = tuple(_figures(figures, today, day_first=first) for first in (True, False))
    return None if found[0] == found[1] else (found[0], found[1])


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


def _coming_day(today: date, day: int) -> date:
    """Return the day of this month, or of the next one that has it and is not over."""
    if not 1 <= day <= 31:
        raise NoSuchDay
    for ahead in range(13):
        month = today.month - 1 + ahead
        try:
            found = date(today.year + month // 12, month % 12 + 1, day)
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
    if words.casefold() in _WITHIN:
        return today + timedelta(days=_WITHIN[words.casefold()])
    if bare_day := _BARE.fullmatch(words):
        return _coming_day(today, int(bare_day[1]))
    if (nth := coming_nth(words, today)) is not None:
        return nth
    named = _weekday_in(words)
    if named is not None and (week := _NEXT_WEEK.search(words)):
        rest = _FILLERS.sub(" ", f"{words[: week.start()]} {words[week.end() :]}")
        if len(rest.split()) == 1:
            return today + timedelta(days=7 - today.weekday() + named)
    plain = " ".join(_NEXT.sub(" ", words).split())
    bare = " ".join(_FILLERS.sub(" ", plain).split())
    if named is not None and len(_WORD.findall(bare)) == 1 and not re.search(r"\d", bare):
        ahead = (named - today.weekday()) % 7
        return today + timedelta(days=7 if ahead == 0 and NEXT.search(words) else ahead)
    found = _by_library((words, plain, bare), today, language)
    if found is None and _ends_month(words, today):
        raise NoSuchDay
    if found is not None and named is not None and found.weekday() != named:
        raise OtherWeekday(found)
    return found


def _by_library(ways: tuple[str, ...], today: date, language: str) -> date | None:
    """Try the asker's language before the others, and the words as they stand before what is left of them."""
    primary = language.replace("_", "-").partition("-")[0].casefold()
    spoken = [primary] if primary in LANGUAGES else []
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
    named = {weekday for word in _WORD.findall(words) if (weekday := weekday_of(word)) is not None}
    return named.pop() if len(named) == 1 else None


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
    if moment is None or (abs(moment.date() - today) > _FAR and not _YEAR.search(words)):
        return None
    day: date = moment.date()
    return day
