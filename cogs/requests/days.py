# SPDX-License-Identifier: MIT
"""Reads the day by which something is needed, and says in which month a request belongs."""

import datetime as dt
import re

from bot.kit import Invalid, t, zone_of

_IN = re.compile(r"(?:in\s+)?(\d{1,3})\s*(d|days?|w|weeks?)", re.IGNORECASE)
_DOTTED = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})")


def end_of_day(text: str, now: dt.datetime, zone: str) -> dt.datetime | None:
    """Return the end, in UTC, of a day written as 2026-12-24, 24.12.2026, tomorrow or "5 days"; raises Invalid."""
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
    if written in {"today", "tomorrow"}:
        return today + dt.timedelta(days=int(written == "tomorrow"))
    if ahead := _IN.fullmatch(written):
        return today + dt.timedelta(days=int(ahead[1]) * (7 if ahead[2].startswith("w") else 1))
    try:
        if dotted := _DOTTED.fullmatch(written):
            return dt.date(int(dotted[3]), int(dotted[2]), int(dotted[1]))
        return dt.date.fromisoformat(written)
    except ValueError:
        return None


def is_month(text: str) -> bool:
    """Tell whether a text is a month such as 2026-01."""
    return re.fullmatch(r"20[0-9]{2}-(?:0[1-9]|1[0-2])", text) is not None


def months_before(month: str, count: int) -> str:
    """Return the month so many months before another."""
    year, number = map(int, month.split("-"))
    index = year * 12 + number - 1 - count
    return f"{index // 12:04}-{index % 12 + 1:02}"
