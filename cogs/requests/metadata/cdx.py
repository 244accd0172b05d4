# SPDX-License-Identifier: MIT
"""Reads the Wayback Machine's CDX server (`output=json&fl=timestamp,original`)."""

import datetime as dt
import re
from typing import Any

from cogs.requests.metadata import junk
from cogs.requests.metadata.model import Snapshot, Unreadable

_COLUMNS = ("timestamp", "original")


def from_cdx(data: Any, base: str = "https://web.archive.org") -> tuple[Snapshot, ...]:
    """Read the snapshots of a page, in the order sent; [] means that none was found. Raises Unreadable."""
    if not isinstance(data, list):
        raise Unreadable("the archive sent no list")
    if not data:
        return ()
    head = data[0]
    if not isinstance(head, list) or any(head.count(column) != 1 for column in _COLUMNS):
        raise Unreadable("the archive sent other columns")
    places = [head.index(column) for column in _COLUMNS]
    rows = ([row[place] if place < len(row) else None for place in places] for row in data[1:] if isinstance(row, list))
    return tuple(found for stamp, original in rows if (found := _snapshot(stamp, original, base)))


def _snapshot(stamp: Any, original: Any, base: str) -> Snapshot | None:
    digits, page = junk.text(stamp), junk.address(original)
    if not page or not re.fullmatch(r"[0-9]{14}", digits):
        return None
    try:
        taken_at = dt.datetime.strptime(digits, "%Y%m%d%H%M%S").replace(tzinfo=dt.UTC)
    except ValueError:
        return None
    return Snapshot(f"{base}/web/{digits}/{page}", taken_at, page)
