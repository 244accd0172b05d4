# SPDX-License-Identifier: MIT
"""The outbox: what must reach people later, queued in the transaction of the fact that it reports.

A row is pending, then sending, then sent; or parked (nobody can tell whether it arrived), skipped (too late, or not
wanted any more) or replaced (by a newer edit). `delivery.py` has what the sender does with the rows.
"""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from sqlite3 import Row
from typing import Any

from bot.kit.database import Transaction
from bot.kit.moment import from_stamp, to_stamp
from bot.storage.columns import from_json, moment, stamp, to_object

COLUMNS = (
    "id, kind, key, nonce, community_id, home_id, place_id, person_id, payload, mentions, state, attempts, depends_on, "
    "created_at, not_before_at, expires_at, sending_at, message_id, error"
)


class Kind(StrEnum):
    """What a row does when it is delivered."""

    POST = "post"
    DIRECT = "direct"
    EDIT = "edit"
    DELETE = "delete"
    THREAD = "thread"
    EVENT = "event"


class State(StrEnum):
    """How far a row has come."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    PARKED = "parked"
    SKIPPED = "skipped"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One delivery. `nonce` is what the platform, or a look into the history, recognises it by."""

    id: int
    kind: Kind
    key: str
    nonce: str
    community_id: int | None
    home_id: int | None
    place_id: int | None
    person_id: int | None
    payload: Mapping[str, Any]
    mentions: Mapping[str, Any]
    state: State
    attempts: int
    depends_on: int | None
    created_at: datetime
    not_before_at: datetime
    expires_at: datetime | None
    sending_at: datetime | None
    message_id: str | None
    error: str | None


def queue(
    tx: Transaction,
    kind: Kind,
    key: str,
    payload: Mapping[str, Any],
    *,
    community_id: int | None = None,
    place_id: int | None = None,
    person_id: int | None = None,
    message_id: str | None = None,
    mentions: Mapping[str, Any] | None = None,
    not_before_at: datetime | None = None,
    expires_at: datetime | None = None,
    depends_on: int | None = None,
) -> int:
    """Add a row, to `place_id` or in private to `person_id`, that waits until `depends_on` was sent; return its id."""
    return tx.insert(
        "INSERT INTO outbox (kind, key, nonce, community_id, home_id, place_id, person_id, payload, mentions, state, "
        "depends_on, created_at, not_before_at, expires_at, message_id) "
        "VALUES (?, ?, ?, ?, (SELECT home_id FROM places WHERE id = ?), ?, ?, ?, ?, 'pending', ?, ?, ?, ?, ?)",
        kind.value,
        key,
        secrets.token_hex(8),
        community_id,
        place_id,
        place_id,
        person_id,
        to_object(payload),
        to_object(mentions),
        depends_on,
        to_stamp(tx.now),
        to_stamp(not_before_at or tx.now),
        stamp(expires_at),
        message_id,
    )


def get(tx: Transaction, row_id: int) -> OutboxRow | None:
    """Return a row, or None."""
    row = tx.one(f"SELECT {COLUMNS} FROM outbox WHERE id = ?", row_id)  # noqa: S608
    return None if row is None else outbox_row(row)


def update(tx: Transaction, key: str, payload: Mapping[str, Any]) -> int:
    """Change what was posted under a key, wherever it went or is about to go; return in how many places.

    A post that was never tried simply says the new thing; one that may have arrived is edited after it; an edit that
    waits is replaced.
    """
    tx.run(
        "UPDATE outbox SET state = 'replaced', finished_at = ? WHERE key = ? AND kind = 'edit' AND state = 'pending'",
        to_stamp(tx.now),
        key,
    )
    reached = set()
    for row in tx.all(
        "SELECT id, state, attempts, community_id, place_id, person_id, lane FROM outbox "
        "WHERE key = ? AND kind IN ('post', 'direct') AND state IN ('pending', 'sending', 'parked') ORDER BY id",
        key,
    ):
        reached.add(row["lane"])
        if row["state"] == "pending" and not row["attempts"]:
            tx.run("UPDATE outbox SET payload = ? WHERE id = ?", to_object(payload), row["id"])
        else:
            _follow(tx, Kind.EDIT, key, payload, row, depends_on=row["id"])
    for row in tx.all(
        "SELECT p.place_id, p.person_id, p.message_id, coalesce(-p.person_id, p.place_id) AS lane, h.community_id "
        "FROM posts p JOIN places l ON l.id = p.place_id LEFT JOIN homes h ON h.id = l.home_id WHERE p.key = ?",
        key,
    ):
        if row["lane"] not in reached:
            reached.add(row["lane"])
            _follow(tx, Kind.EDIT, key, payload, row, message_id=row["message_id"])
    return len(reached)


def retract(tx: Transaction, key: str) -> int:
    """Take a post back wherever it went or is about to go; return in how many places."""
    now = to_stamp(tx.now)
    skipped = tx.run(
        "UPDATE outbox SET state = 'skipped', finished_at = ?, error = 'retracted' "
        "WHERE key = ? AND kind IN ('post', 'direct') AND state = 'pending' AND attempts = 0",
        now,
        key,
    )
    tx.run(
        "UPDATE outbox SET state = 'skipped', finished_at = ?, error = 'retracted' "
        "WHERE key = ? AND kind = 'edit' AND state = 'pending'",
        now,
        key,
    )
    begun = tx.all(
        "SELECT id, community_id, place_id, person_id FROM outbox "
        "WHERE key = ? AND kind IN ('post', 'direct') AND state IN ('pending', 'sending', 'parked')",
        key,
    )
    for row in begun:
        _follow(tx, Kind.DELETE, key, {}, row, depends_on=row["id"])
    posted = tx.all(
        "SELECT p.place_id, p.person_id, p.message_id, h.community_id FROM posts p "
        "JOIN places l ON l.id = p.place_id LEFT JOIN homes h ON h.id = l.home_id WHERE p.key = ?",
        key,
    )
    for row in posted:
        _follow(tx, Kind.DELETE, key, {}, row, message_id=row["message_id"])
    return skipped + len(begun) + len(posted)


def _follow(
    tx: Transaction,
    kind: Kind,
    key: str,
    payload: Mapping[str, Any],
    row: Row,
    *,
    message_id: str | None = None,
    depends_on: int | None = None,
) -> None:
    """Queue what comes after a post: to where it went, or is going."""
    queue(
        tx,
        kind,
        key,
        payload,
        community_id=row["community_id"],
        place_id=row["place_id"],
        person_id=row["person_id"],
        message_id=message_id,
        depends_on=depends_on,
    )


def outbox_row(row: Row) -> OutboxRow:
    """Return a row of the table as what it means."""
    return OutboxRow(
        id=row["id"],
        kind=Kind(row["kind"]),
        key=row["key"],
        nonce=row["nonce"],
        community_id=row["community_id"],
        home_id=row["home_id"],
        place_id=row["place_id"],
        person_id=row["person_id"],
        payload=from_json(row["payload"]),
        mentions=from_json(row["mentions"]),
        state=State(row["state"]),
        attempts=row["attempts"],
        depends_on=row["depends_on"],
        created_at=from_stamp(row["created_at"]),
        not_before_at=from_stamp(row["not_before_at"]),
        expires_at=moment(row["expires_at"]),
        sending_at=moment(row["sending_at"]),
        message_id=row["message_id"],
        error=row["error"],
    )
