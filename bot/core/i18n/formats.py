# SPDX-License-Identifier: MIT
"""Numbers, dates and spans of time in the reader's language (CLDR, through Babel)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time, format_timedelta
from babel.lists import format_list
from babel.numbers import format_decimal
from babel.units import format_unit

_UNITS = (("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1))


@lru_cache(maxsize=64)
def babel_locale(tag: str) -> Locale:
    """Return Babel's locale for a language tag such as "en-GB"; English for one that it does not know."""
    try:
        return Locale.parse(tag, sep="-")
    except (ValueError, UnknownLocaleError):
        return Locale("en")


@lru_cache(maxsize=256)
def zone_of(name: str) -> ZoneInfo:
    """Return a time zone by its IANA name; UTC for one that does not exist."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


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
            parts.append(format_unit(left // size, f"duration-{unit}", "long", locale=locale))
            left %= size
        elif parts:
            break
    return format_list(parts or [format_unit(0, "duration-second", "long", locale=locale)], style="unit", locale=locale)
