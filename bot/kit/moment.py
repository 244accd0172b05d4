# SPDX-License-Identifier: MIT
"""Time as it is passed around: aware, in UTC, from an injected clock."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Protocol
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Clock(Protocol):
    """Where the time comes from; tests and demonstrations move it by hand."""

    def now(self) -> datetime:
        """Return the present moment, aware, in UTC."""


@lru_cache(maxsize=256)
def zone_of(name: str) -> ZoneInfo:
    """Return a time zone by its IANA name; UTC for one that this machine does not know."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def to_stamp(moment: datetime) -> int:
    """Turn an aware moment into whole microseconds since 1970, as the database keeps it."""
    return (moment - _EPOCH) // _MICROSECOND


def from_stamp(stamp: int) -> datetime:
    """Turn microseconds since 1970 back into an aware moment in UTC."""
    return datetime.fromtimestamp(stamp // 1_000_000, UTC).replace(microsecond=stamp % 1_000_000)
