# SPDX-License-Identifier: MIT
"""The quiet hours: two settings that are chosen, noted, imported and taken back as one."""

from collections.abc import Mapping

from bot.core.desks import community
from bot.core.desks.writing import note, write_default, write_value
from bot.kit.context import Context
from bot.kit.database import Transaction

ACTION, NAME = "quiet.changed", "quiet_hours"
HOURS = (f"{community.NAME}.quiet_from", f"{community.NAME}.quiet_until")
"""The two settings, the beginning first."""

_BETWEEN = "–"


def span(since: str, until: str) -> str:
    """Return two hours as the log has them: "22:00–07:00", or "" for none."""
    return f"{since}{_BETWEEN}{until}" if since or until else ""


def span_of(values: Mapping[str, str | None]) -> str:
    """Return the quiet hours among settings by their whole names."""
    since, until = (values[name] or "" for name in HOURS)
    return span(since, until)


def choose(tx: Transaction, ctx: Context, before: str, after: str) -> None:
    """Set both hours from what `span` returned, and note that as one change where it is one. A store function."""
    write(tx, ctx, after)
    if before != after:
        note(tx, ctx, ACTION, {"before": before, "after": after})


def write(tx: Transaction, ctx: Context, hours: str) -> None:
    """Set both hours; one that is none returns to its default. A store function."""
    since, _, until = hours.partition(_BETWEEN)
    for name, hour in zip(HOURS, (since, until), strict=True):
        if hour:
            write_value(tx, ctx, name, hour, None)
        else:
            write_default(tx, ctx, name, None)
