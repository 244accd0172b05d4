# SPDX-License-Identifier: MIT
"""Who changed what: kept for moderators, with ids and settings, never with names or what people wrote."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row
from typing import Any

from bot.kit.database import Transaction
from bot.kit.moment import from_stamp, to_stamp
from bot.storage.columns import from_json, to_object

_COLUMNS = "id, community_id, home_id, person_id, action, detail, at"


@dataclass(frozen=True, slots=True)
class Entry:
    """One change."""

    id: int
    community_id: int | None
    home_id: int | None
    person_id: int | None
    action: str
    detail: Mapping[str, Any]
    at: datetime


def note(
    tx: Transaction,
    community_id: int | None,
    person_id: int | None,
    action: str,
    detail: Mapping[str, Any],
    *,
    home_id: int | None = None,
) -> None:
    """Write down one change; `detail` holds what it was and what it is."""
    tx.run(
        "INSERT INTO audit (community_id, home_id, person_id, action, detail, at) VALUES (?, ?, ?, ?, ?, ?)",
        community_id,
        home_id,
        person_id,
        action,
        to_object(detail),
        to_stamp(tx.now),
    )


def recent(tx: Transaction, community_id: int, limit: int = 20) -> tuple[Entry, ...]:
    """Return a community's latest changes, the newest first."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM audit WHERE community_id = ? ORDER BY id DESC LIMIT ?",  # noqa: S608
        community_id,
        limit,
    )
    return tuple(map(_entry, rows))


def find(tx: Transaction, community_id: int, entry_id: int) -> Entry | None:
    """Return one change of a community, or None."""
    row = tx.one(f"SELECT {_COLUMNS} FROM audit WHERE community_id = ? AND id = ?", community_id, entry_id)  # noqa: S608
    return None if row is None else _entry(row)


def prune(tx: Transaction, before: datetime) -> int:
    """Delete what was noted before a moment; return how much."""
    return tx.run("DELETE FROM audit WHERE at < ?", to_stamp(before))


def _entry(row: Row) -> Entry:
    return Entry(
        row["id"],
        row["community_id"],
        row["home_id"],
        row["person_id"],
        row["action"],
        from_json(row["detail"]),
        from_stamp(row["at"]),
    )
