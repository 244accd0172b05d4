# SPDX-License-Identifier: MIT
"""Writes dates as each Wikipedia writes them in its citations."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache

from cogs.requests.work import PartialDate, Season


@dataclass(frozen=True, slots=True)
class DateStyle:
    """How one wiki writes a full date and a month of a year; without `day_month_year` it uses ISO 8601.

    `month` is the month's name alone ("juny", not "de juny"). A wiki without season names gets only the year.
    """

    locale: str
    day_month_year: str = ""
    month_year: str = ""
    first_day: str = "1"
    seasons: Mapping[Season, str] = field(default_factory=dict)

    def full(self, date: dt.date) -> str:
        """Write a day."""
        if not self.day_month_year:
            return date.isoformat()
        day = self.first_day if date.day == 1 else str(date.day)
        return self.day_month_year.format(day=day, month=_months(self.locale)[date.month], year=date.year)

    def partial(self, date: PartialDate | None) -> str:
        """Write as much of a date as is known; nothing if nothing is."""
        if date is None:
            return ""
        ranges = date.end_year is not None and self.month_year
        year = f"{date.year}–{date.end_year}" if ranges else str(date.year)
        if date.season is not None and date.season in self.seasons:
            return self.month_year.format(month=self.seasons[date.season], year=year)
        if date.month is None or date.end_year is not None:
            return year
        if date.day is not None:
            return self.full(dt.date(date.year, date.month, date.day))
        if not self.month_year:
            return f"{date.year}-{date.month:02}"
        return self.month_year.format(month=_months(self.locale)[date.month], year=year)


@cache
def _months(locale: str) -> dict[int, str]:
    from babel.dates import get_month_names

    return dict(get_month_names("wide", "stand-alone", locale).items())


def _seasons(spring: str, summer: str, autumn: str, winter: str, fall: str = "") -> Mapping[Season, str]:
    return {
        Season.SPRING: spring,
        Season.SUMMER: summer,
        Season.AUTUMN: autumn,
        Season.FALL: fall or autumn,
        Season.WINTER: winter,
    }


ENGLISH = DateStyle(
    "en",
    "{day} {month} {year}",
    "{month} {year}",
    seasons=_seasons("Spring", "Summer", "Autumn", "Winter", fall="Fall"),
)
SPANISH = DateStyle(
    "es",
    "{day} de {month} de {year}",
    "{month} de {year}",
    seasons=_seasons("primavera", "verano", "otoño", "invierno"),
)
FRENCH = DateStyle(
    "fr",
    "{day} {month} {year}",
    "{month} {year}",
    first_day="1er",
    seasons=_seasons("printemps", "été", "automne", "hiver"),
)
# Literatur and Internetquelle refuse what they cannot read as a date, and so get no seasons.
GERMAN = DateStyle("de")
CATALAN = DateStyle(
    "ca",
    "{day} {month} {year}",
    "{month} {year}",
    seasons=_seasons("primavera", "estiu", "tardor", "hivern"),
)
