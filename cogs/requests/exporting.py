# SPDX-License-Identifier: MIT
"""Writes requests and counts as files: CSV for spreadsheets, JSON for programs; nobody is named in them."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from bot.kit import Database, Transaction, from_stamp

from .merging import OTHER
from .model import PREFIX
from .store_stats import By, Group
from .works import load_work, summary

COLUMNS = (
    "number",
    "state",
    "kind",
    "language",
    "wiki",
    "identifiers",
    "work",
    "how",
    "effort",
    "minutes",
    "opened_at",
    "first_response_at",
    "closed_at",
)
_TIMES = ("fill_rate", "median_hours_to_first_response", "median_hours_to_fulfilment")
PART = 1_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


async def everything(db: Database, community_id: int) -> list[dict[str, Any]]:
    """Return all requests of a community, read in parts so that nobody else has to wait."""
    found: list[dict[str, Any]] = []
    last_id = 0
    while part := await db.read(_part, community_id, last_id):
        last_id = part[-1][0]
        found += [row for _, row in part]
    return found


def _part(tx: Transaction, community_id: int, after_id: int) -> list[tuple[int, dict[str, Any]]]:
    """Return some requests with their ids, in order; titles are those of catalogues."""
    rows = tx.all(
        """SELECT r.*, n.number, (SELECT group_concat(i.scheme || ' ' || i.value, '; ') FROM request_identifiers i
             WHERE i.request_id = r.id) AS identifiers
           FROM requests r LEFT JOIN numbers n ON n.kind = 'request' AND n.row_id = r.id AND n.current = 1
           WHERE coalesce(r.community_id, 0) = ? AND r.id > ? ORDER BY r.id LIMIT ?""",
        community_id,
        after_id,
        PART,
    )
    return [
        (
            row["id"],
            {
                "number": f"{PREFIX}{row['number']}",
                "state": row["state"],
                "kind": row["kind"],
                "language": row["language"],
                "wiki": row["wiki"],
                "identifiers": row["identifiers"] or "",
                "work": summary(work) if (work := load_work(row["work"])) else "",
                "how": row["how"],
                "effort": row["effort"],
                "minutes": row["minutes"],
                "opened_at": _moment(row["opened_at"]),
                "first_response_at": _moment(row["responded_at"]),
                "closed_at": _moment(row["closed_at"]),
            },
        )
        for row in rows
    ]


def as_csv(rows: Iterable[dict[str, Any]]) -> bytes:
    """Write what Excel opens as it should: UTF-8 with its byte order mark, and CRLF (RFC 4180)."""
    return _csv(COLUMNS, ([row[name] for name in COLUMNS] for row in rows))


def as_json(rows: Sequence[dict[str, Any]], now: datetime) -> bytes:
    """Write requests for programs."""
    whole = {"format": "refdesk-requests-1", "exported_at": now.isoformat(timespec="seconds"), "requests": list(rows)}
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def stats_csv(by: By, groups: Iterable[Group]) -> bytes:
    """Write counts as a table."""
    return _csv(
        (by.value, "received", "answered", "found_free", "declined", "withdrawn", *_TIMES),
        (
            [
                "other" if group.name == OTHER else group.name,
                group.counts.received,
                group.counts.answered,
                group.counts.free,
                group.counts.declined,
                group.counts.withdrawn,
                "" if group.counts.fill_rate is None else f"{group.counts.fill_rate:.2f}",
                _hours(group.response),
                _hours(group.fulfilment),
            ]
            for group in groups
        ),
    )


def safe_cell(value: Any) -> str:
    """Keep a spreadsheet from taking text for a formula (a leading apostrophe, which spreadsheets hide)."""
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and text.startswith((*_FORMULA, "'")) else text


def _csv(heading: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow(heading)
    for row in rows:
        writer.writerow([safe_cell(value) for value in row])
    return target.getvalue().encode("utf-8-sig")


def _hours(span: timedelta | None) -> str:
    return "" if span is None else f"{span / timedelta(hours=1):.1f}"


def _moment(stamp: int | None) -> str:
    return "" if stamp is None else from_stamp(stamp).isoformat(timespec="seconds")
