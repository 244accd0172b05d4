# SPDX-License-Identifier: MIT
"""Edits that carry a hashtag in their summary, counted by the hashtag tool; who made them is counted and forgotten."""

import re
from datetime import datetime
from typing import Any

from .model import Figures, Measure

SOURCE = "Wikimedia hashtag search"
_TAG = re.compile(r"\w{2,60}")


def tag_of(text: str) -> str | None:
    """Return a hashtag that the tool can know: at least two letters or figures, and not figures alone."""
    tag = text.strip().lstrip("#＃").casefold()
    return tag if _TAG.fullmatch(tag) and not tag.isdecimal() else None


def query(tag: str, start: datetime, end: datetime) -> dict[str, str]:
    """Return what the tool is asked for: one tag, and the days of the event alone, since it answers all at once."""
    return {"query": tag, "startdate": f"{start:%Y-%m-%d}", "enddate": f"{end:%Y-%m-%d}", "search_type": "or"}


def read_rows(body: Any, start: datetime, end: datetime, url: str) -> Figures | None:
    """Count edits, pages, people and wikis; None when the answer is not the tool's."""
    found = body.get("Rows") if isinstance(body, dict) else None
    if not isinstance(found, list):
        return None
    rows = [row for row in found if isinstance(row, dict) and _within(row, start, end)]
    edits = {(row.get("Domain"), row.get("Revision_ID")) for row in rows}
    counts = (
        (Measure.PEOPLE, len({row.get("Username") for row in rows})),
        (Measure.EDITED, len({(row.get("Domain"), row.get("Page_title")) for row in rows})),
        (Measure.EDITS, len(edits)),
        (Measure.WIKIS, len({row.get("Domain") for row in rows})),
    )
    return Figures(SOURCE, url, counts)


def _within(row: dict[str, Any], start: datetime, end: datetime) -> bool:
    day = str(row.get("Timestamp", ""))[:10]
    return f"{start:%Y-%m-%d}" <= day <= f"{end:%Y-%m-%d}"
