# SPDX-License-Identifier: MIT
"""Reads what `:clock` is given: a distance ("+2d", "+1d12h") or a moment ("2026-12-01T09:00")."""

import re
from datetime import UTC, datetime, timedelta

_UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes"}
_DISTANCE = re.compile(r"\+((?:\d{1,4}[wdhm])+)")
_PART = re.compile(r"(\d+)([wdhm])")


def read_moment(text: str, now: datetime) -> datetime | None:
    """Return the moment that is meant, in UTC unless it names an offset; None where it cannot be read."""
    typed = text.strip().casefold()
    if found := _DISTANCE.fullmatch(typed):
        parts = _PART.findall(found[1])
        return now + sum((timedelta(**{_UNITS[unit]: int(size)}) for size, unit in parts), timedelta())
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
