# SPDX-License-Identifier: MIT
"""Writes an FAQ as a file: CSV for spreadsheets, JSON for programs; reading it back changes nothing."""

import csv
import io
import json
from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from typing import Any

from .columns import FIELDS, LISTS
from .layers import Catalogue
from .model import Entry, Layer
from .tables import safe_cell


class Format(StrEnum):
    """The kind of file."""

    CSV = "csv"
    JSON = "json"

    @property
    def label(self) -> str:
        """The words for people."""
        return "CSV (for spreadsheets)" if self is Format.CSV else "JSON"

    @property
    def media_type(self) -> str:
        """How the file is announced."""
        return "text/csv" if self is Format.CSV else "application/json"


_REVIEW = ("reviewed_at", "reviewed_by")


def chosen(seen: Catalogue, *, everything: bool) -> list[Entry]:
    """Return what is exported: the community's own entries with drafts and hidden ones, or all that can be shown."""
    own = [entry for entry in (*seen, *seen.hidden, *seen.drafts) if entry.layer is Layer.COMMUNITY or everything]
    return sorted(own, key=lambda entry: (entry.slug, entry.content.translation_of is not None, entry.language))


def export(entries: Iterable[Entry], kind: Format, now: datetime) -> bytes:
    """Write entries in a format."""
    rows = [_row(entry) for entry in entries]
    return _csv(rows) if kind is Format.CSV else _json(rows, now)


def _row(entry: Entry) -> dict[str, Any]:
    content = entry.merged()
    row = {name: getattr(content, name) for name in FIELDS if name != "status"}
    review = entry.review
    return {
        **{name: list(value) if name in LISTS else value for name, value in row.items()},
        "status": entry.status.value,
        "reviewed_at": review.at.date().isoformat() if review else None,
        "reviewed_by": review.name if review else None,
    }


def _csv(rows: Iterable[dict[str, Any]]) -> bytes:
    """Write what Excel opens as it should: UTF-8 with its byte order mark, and CRLF (RFC 4180)."""
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow((*FIELDS, *_REVIEW))
    for row in rows:
        writer.writerow([safe_cell(_cell(name, row[name])) for name in (*FIELDS, *_REVIEW)])
    return target.getvalue().encode("utf-8-sig")


def _cell(name: str, value: Any) -> str:
    if name in LISTS:
        return ("\n" if name == "aliases" else ", ").join(value)
    return str(value or "")


def _json(rows: Iterable[dict[str, Any]], now: datetime) -> bytes:
    document = {"format": "refdesk-faq-1", "exported_at": now.isoformat(timespec="seconds"), "entries": list(rows)}
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode()
