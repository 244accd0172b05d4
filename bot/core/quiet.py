# SPDX-License-Identifier: MIT
"""Quiet hours: when a community wants no posts but urgent ones, in its own time zone."""

from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any

from bot.kit.database import Transaction
from bot.kit.moment import zone_of
from bot.storage import communities, settings

OWNER = "community"
FROM, UNTIL = "quiet_from", "quiet_until"


def quiet_until(tx: Transaction, community_id: int, moment: datetime) -> datetime | None:
    """Return when the quiet hours that hold at a moment will end; None when they do not hold."""
    hours = hours_of(settings.values_of(tx, community_id, OWNER))
    found = communities.get(tx, community_id) if hours else None
    return end_of(*hours, found.zone, moment) if hours and found else None


def hours_of(chosen: Mapping[str, Any]) -> tuple[time, time] | None:
    """Return from when until when it is quiet, if both hours were chosen and differ."""
    try:
        start, end = (time.fromisoformat(str(chosen.get(key, ""))) for key in (FROM, UNTIL))
    except ValueError:
        return None
    return (start, end) if start != end else None


def end_of(start: time, end: time, zone: str, moment: datetime) -> datetime | None:
    """Return when the quiet hours around a moment end, in UTC; None outside of them. They may pass midnight."""
    local = moment.astimezone(zone_of(zone))
    hour = local.time()
    quiet = start <= hour < end if start < end else hour >= start or hour < end
    if not quiet:
        return None
    day = local.date() if hour < end else local.date() + timedelta(days=1)
    finish = datetime.combine(day, end, zone_of(zone)).astimezone(UTC)
    # An hour that the clocks skip or repeat may end before it began.
    return max(finish, moment)
