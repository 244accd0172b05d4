# SPDX-License-Identifier: MIT
"""Reads publication dates in every shape that catalogues and services send them.

Seen in Citoid's and Crossref's answers: 2012-6, 2012-06-03T00:00:00Z, Fall 1975, [2010], c1998, June 3, 2012,
2012 Jun 3, date-parts. A day that could be read in two ways (03/04/2012) is left out rather than guessed.
"""

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from cogs.requests.work import PartialDate, Season

_YEAR = r"(?<![0-9])(1[0-9]{3}|20[0-9]{2})(?![0-9])"
_ISO = re.compile(rf"^\W*{_YEAR}[-/.]([0-9]{{1,2}})(?:[-/.]([0-9]{{1,2}}))?(?![0-9])")
_COMPACT = re.compile(r"(1[0-9]{3}|20[0-9]{2})(0[1-9]|1[0-2])([0-2][0-9]|3[01])")
_RANGE = re.compile(rf"{_YEAR}\s*[-–/]\s*((?:[0-9]{{2}})?[0-9]{{2}})(?![-/.0-9])")
_ONE_YEAR = re.compile(_YEAR)
_DAY = re.compile(r"(?<![0-9])([0-9]{1,2})(?:st|nd|rd|th|er|\.|º)?(?![0-9])")
_WORD = re.compile(r"[^\W\d_]+")
_LOCALES = ("en", "es", "fr", "de", "ca", "it", "pt", "nl")
_SEASONS = {
    Season.SPRING: ("spring", "primavera", "printemps", "frühling", "frühjahr"),
    Season.SUMMER: ("summer", "verano", "été", "sommer", "estiu", "estate"),
    Season.AUTUMN: ("autumn", "otoño", "automne", "herbst", "tardor", "autunno"),
    Season.FALL: ("fall",),
    Season.WINTER: ("winter", "invierno", "hiver", "hivern", "inverno"),
}
_SEASON_OF = {word: season for season, words in _SEASONS.items() for word in words}


def parse_date(text: str) -> PartialDate | None:
    """Return what a written date certainly says, or None if not even the year is certain."""
    if iso := _ISO.search(text) or _COMPACT.fullmatch(text.strip()):
        iso_month, iso_day = int(iso[2]), int(iso[3] or 0)
        if iso_month <= 12 or iso_day:
            return of_parts(int(iso[1]), iso_month, iso_day)
    words = [word.casefold() for word in _WORD.findall(text)]
    if (found := _RANGE.search(text)) and (end := _end_year(found[1], found[2])):
        return PartialDate(int(found[1]), end_year=end, season=_season(words))
    years: set[int] = set(map(int, _ONE_YEAR.findall(text)))
    if len(years) != 1:
        return None
    year = years.pop()
    if season := _season(words):
        return PartialDate(year, season=season)
    months = {month for word in words if (month := month_numbers().get(word))}
    if len(months) != 1:
        return PartialDate(year)
    days = _DAY.findall(_ONE_YEAR.sub(" ", text))
    return of_parts(year, months.pop(), int(days[0]) if len(days) == 1 else None)


def of_parts(year: int | None, month: int | None = None, day: int | None = None) -> PartialDate | None:
    """Return the date of numbers that may be zero, missing or impossible from some part on."""
    if not year or not 1000 <= year <= 2999:
        return None
    if not month or not 1 <= month <= 12:
        return PartialDate(year)
    try:
        return PartialDate(year, month, dt.date(year, month, day or 0).day)
    except (ValueError, OverflowError):
        return PartialDate(year, month)


def of_date_parts(parts: Any) -> PartialDate | None:
    """Read the `date-parts` of CSL and Crossref: [[2017, 4, 30]], shorter, as text, or [[null]]."""
    first = parts[0] if isinstance(parts, list) and parts else None
    if not isinstance(first, list):
        return None
    numbers = [*_numbers(first), 0, 0, 0]
    return of_parts(*numbers[:3])


def _numbers(parts: list[Any]) -> Iterator[int]:
    for part in parts[:3]:
        if isinstance(part, bool) or not re.fullmatch(r"[0-9]{1,4}", str(part)):
            return
        yield int(part)


def _end_year(start: str, end: str) -> int | None:
    full = int(end) if len(end) == 4 else int(start[:2] + end)
    longest = 100 if len(end) == 4 else 10
    return full if int(start) < full <= 2999 and full - int(start) <= longest else None


def _season(words: list[str]) -> Season | None:
    named = {_SEASON_OF[word] for word in words if word in _SEASON_OF}
    return named.pop() if len(named) == 1 else None


@cache
def month_numbers() -> dict[str, int]:
    """Return the names and abbreviations of the months in the languages of the sources."""
    from babel.dates import get_month_names

    table: dict[str, int] = {}
    for locale in _LOCALES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, locale).items():
                    table.setdefault(_WORD.findall(name.casefold())[-1], number)
    return table | {"sept": 9}
