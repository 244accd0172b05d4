# SPDX-License-Identifier: MIT
"""Drafts: what is known so far of a command that still asks for something."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row
from typing import Any

from bot.kit.database import Transaction
from bot.kit.moment import from_stamp, to_stamp
from bot.storage.columns import from_json, to_object

_COLUMNS = (
    "id, person_id, place_id, community_id, home_id, target, arguments, asking, confirmed, platform_ref, "
    "created_at, expires_at"
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A half-asked command: `target` names it, `asking` the argument that is asked for now."""

    id: int
    person_id: int
    place_id: int
    community_id: int | None
    home_id: int | None
    target: str
    arguments: Mapping[str, Any]
    asking: str | None
    confirmed: bool
    platform_ref: Mapping[str, Any]
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Waiting:
    """A draft that waits for an answer, with one account of its person on the platform where they were asked."""

    draft_id: int
    asking: str
    asked_at: datetime
    platform: str
    channel_id: str
    thread_id: str | None
    external_id: str


def add(
    tx: Transaction,
    person_id: int,
    place_id: int,
    target: str,
    arguments: Mapping[str, Any],
    *,
    expires_at: datetime,
    community_id: int | None = None,
    home_id: int | None = None,
    asking: str | None = None,
    platform_ref: Mapping[str, Any] | None = None,
) -> Draft:
    """Keep a draft until it is answered, cancelled or too old."""
    row = tx.one(
        "INSERT INTO drafts (person_id, place_id, community_id, home_id, target, arguments, asking, platform_ref, "  # noqa: S608
        f"created_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING {_COLUMNS}",
        person_id,
        place_id,
        community_id,
        home_id,
        target,
        to_object(arguments),
        asking,
        to_object(platform_ref),
        to_stamp(tx.now),
        to_stamp(expires_at),
    )
    return _one(row)


def get(tx: Transaction, draft_id: int) -> Draft | None:
    """Return a draft that has not expired, or None."""
    row = tx.one(f"SELECT {_COLUMNS} FROM drafts WHERE id = ? AND expires_at > ?", draft_id, to_stamp(tx.now))  # noqa: S608
    return None if row is None else _draft(row)


def waiting(tx: Transaction) -> tuple[Waiting, ...]:
    """Return the drafts that wait for an answer, the oldest first: for a cache."""
    rows = tx.all(
        "SELECT d.id, d.asking, d.created_at, p.platform, p.channel_id, p.thread_id, i.external_id FROM drafts d "
        "JOIN places p ON p.id = d.place_id JOIN identities i ON i.person_id = d.person_id AND i.platform = p.platform "
        "WHERE d.asking IS NOT NULL AND d.expires_at > ? ORDER BY d.id",
        to_stamp(tx.now),
    )
    return tuple(
        Waiting(
            row["id"],
            row["asking"],
            from_stamp(row["created_at"]),
            row["platform"],
            row["channel_id"],
            row["thread_id"] or None,
            row["external_id"],
        )
        for row in rows
    )


def change(
    tx: Transaction,
    draft_id: int,
    *,
    arguments: Mapping[str, Any],
    asking: str | None,
    confirmed: bool = False,
    platform_ref: Mapping[str, Any] | None = None,
    expires_at: datetime | None = None,
) -> Draft | None:
    """Write down what is known now; None when the draft is gone. What is not given of the last two stays as it was."""
    row = tx.one(
        "UPDATE drafts SET arguments = ?, asking = ?, confirmed = ?, platform_ref = coalesce(?, platform_ref), "  # noqa: S608
        f"expires_at = coalesce(?, expires_at) WHERE id = ? AND expires_at > ? RETURNING {_COLUMNS}",
        to_object(arguments),
        asking,
        int(confirmed),
        None if platform_ref is None else to_object(platform_ref),
        None if expires_at is None else to_stamp(expires_at),
        draft_id,
        to_stamp(tx.now),
    )
    return None if row is None else _draft(row)


def take(tx: Transaction, draft_id: int) -> Draft | None:
    """Remove a draft and return it, so that two answers at once run it only once; None when it is gone or too old."""
    row = tx.one(
        f"DELETE FROM drafts WHERE id = ? AND expires_at > ? RETURNING {_COLUMNS}",  # noqa: S608
        draft_id,
        to_stamp(tx.now),
    )
    return None if row is None else _draft(row)


def take_held(tx: Transaction, person_id: int, platform: str, channel_id: str) -> Draft | None:
    """Remove and return a person's latest draft in a conversation that asks for nothing: it waited for something else.

    Earlier ones go too: nobody expects them any more.
    """
    rows = tx.all(
        f"DELETE FROM drafts WHERE person_id = ? AND asking IS NULL AND place_id IN "  # noqa: S608
        f"(SELECT id FROM places WHERE platform = ? AND channel_id = ?) RETURNING {_COLUMNS}",
        person_id,
        platform,
        channel_id,
    )
    latest = max(map(_draft, rows), key=lambda draft: draft.id, default=None)
    return latest if latest is not None and latest.expires_at > tx.now else None


def drop_expired(tx: Transaction) -> int:
    """Delete the drafts that nobody answered in time; return how many."""
    return tx.run("DELETE FROM drafts WHERE expires_at <= ?", to_stamp(tx.now))


def _one(row: Row | None) -> Draft:
    if row is None:
        raise ValueError("The draft was not kept.")
    return _draft(row)


def _draft(row: Row) -> Draft:
    return Draft(
        id=row["id"],
        person_id=row["person_id"],
        place_id=row["place_id"],
        community_id=row["community_id"],
        home_id=row["home_id"],
        target=row["target"],
        arguments=from_json(row["arguments"]),
        asking=row["asking"],
        confirmed=bool(row["confirmed"]),
        platform_ref=from_json(row["platform_ref"]),
        created_at=from_stamp(row["created_at"]),
        expires_at=from_stamp(row["expires_at"]),
    )
