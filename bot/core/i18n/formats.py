# SPDX-License-Identifier: MIT
"""Numbers, dates and spans of time in the reader's language (CLDR, through Babel)."""

import math
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from typing import Literal, TypeAlias

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time, format_timedelta
from babel.lists import format_list
from babel.numbers import format_decimal

from bot.kit.moment import zone_of

Unit: TypeAlias = Literal["day", "hour", "minute", "second"]

_UNITS: tuple[tuple[Unit, int], ...] = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))

_PATTERNS = {"start", "middle", "end", "2"}
"""What a list is put together with; several languages lack some for lists of units, and Babel stumbles over that."""


@lru_cache(maxsize=64)
def babel_locale(tag: str) -> Locale:
    """Return Babel's locale for a language tag such as "en-GB"; English for one that it does not know."""
    try:
        return Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        return Locale("en")


def aware(at: datetime) -> datetime:
    """Return a moment that knows its zone; one that does not is in UTC."""
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)


_GROUPED = 1_000
"""The first number that is written in groups."""


def number(value: float | Decimal, locale: Locale) -> str:
    """Write a number: "1,234.5" for an English reader."""
    if isinstance(value, int) and 0 <= value < _GROUPED:
        return str(value)  # alike in every locale, and most numbers are small
    return format_decimal(value, locale=locale)


def day(value: date, locale: Locale) -> str:
    """Write a day: "October 5, 2026"."""
    return format_date(value, "long", locale=locale)


def moment(at: datetime, locale: Locale, zone: str) -> str:
    """Write a moment in a time zone, which is named: "Monday, October 5, 2026, 3:00 PM CEST"."""
    local = aware(at).astimezone(zone_of(zone))
    pattern = str(locale.datetime_formats["long"]).replace("'", "")
    clock = f"{format_time(local, 'short', tzinfo=local.tzinfo, locale=locale)} {zone_name(local)}"
    return pattern.replace("{1}", format_date(local, "full", locale=locale)).replace("{0}", clock)


def zone_name(local: datetime) -> str:
    """Name the zone of a moment: its usual letters ("CEST"), else its distance from UTC ("UTC+05:45")."""
    name = local.tzname() or "UTC"
    return name if name.isalpha() else f"UTC{local.strftime('%z')[:3]}:{local.strftime('%z')[3:5]}"


def relative(span: timedelta, locale: Locale) -> str:
    """Write how far from now something is: "in 2 hours", "3 days ago"."""
    return format_timedelta(span, granularity="minute", add_direction=True, locale=locale)


def duration(span: timedelta, locale: Locale) -> str:
    """Write a span of time in its two largest units: "1 hour, 30 minutes"."""
    left = round(abs(span.total_seconds()))
    parts: list[str] = []
    for unit, size in _UNITS:
        if left >= size and len(parts) < 2:
            parts.append(_counted(left // size, unit, size, locale))
            left %= size
        elif parts:
            break
    return listed(parts or [_counted(0, "second", 1, locale)], locale, "unit")


def _counted(count: int, unit: Unit, size: int, locale: Locale) -> str:
    """Write a number of units; `format_unit` has no words for days in Catalan and would show the unit's key."""
    return format_timedelta(timedelta(seconds=count * size), granularity=unit, threshold=math.inf, locale=locale)


def listed(parts: Sequence[str], locale: Locale, style: Literal["standard", "or", "unit"] = "standard") -> str:
    """Write a list: "Ana, Bo, and Cleo", with "or" before the last one, or as the parts of one measure."""
    whole = set(locale.list_patterns.get(style) or ()) >= _PATTERNS
    return format_list(parts, style=style if whole else "standard", locale=locale)
