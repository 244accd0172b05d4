# SPDX-License-Identifier: MIT
"""An entry in a chat's own calendar, where it has one: what it holds, and how it waits in the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.kit.wire import WireError


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """One time that something takes place. Its words are literal; `location` and `title` are never empty.

    `cancelled` takes the entry back.
    """

    title: str
    start_at: datetime
    end_at: datetime
    location: str
    description: str = ""
    cancelled: bool = False


def dump_entry(entry: CalendarEntry) -> dict[str, Any]:
    """Write an entry as an object that `json.dumps` takes. Raises WireError for a moment without a zone."""
    if entry.start_at.tzinfo is None or entry.end_at.tzinfo is None:
        raise WireError("An entry's start and end need a zone.")
    return {
        "entry": {
            "title": entry.title,
            "start": entry.start_at.isoformat(),
            "end": entry.end_at.isoformat(),
            "location": entry.location,
            "description": entry.description,
            "cancelled": entry.cancelled,
        }
    }


def load_entry(payload: Any) -> CalendarEntry | None:
    """Read an entry back; None for what is none. Raises WireError for one that is damaged."""
    if not isinstance(payload, Mapping) or "entry" not in payload:
        return None
    try:
        found = payload["entry"]
        return CalendarEntry(
            str(found["title"]),
            datetime.fromisoformat(found["start"]),
            datetime.fromisoformat(found["end"]),
            str(found["location"]),
            str(found["description"]),
            found["cancelled"] is True,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise WireError(f"This entry cannot be read back: {error!r}.") from error
