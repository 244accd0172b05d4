# SPDX-License-Identifier: MIT
"""The messages that a logical post became, so that it can be edited or found again."""

from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row

from bot.kit.database import Transaction
from bot.kit.moment import from_stamp, to_stamp

_COLUMNS = "key, place_id, message_id, outbox_id, person_id, posted_at"


@dataclass(frozen=True, slots=True)
class Post:
    """A known message of a logical post; `person_id` when it was a private one."""

    key: str
    place_id: int
    message_id: str
    outbox_id: int | None
    person_id: int | None
    posted_at: datetime


def remember(
    tx: Transaction,
    key: str,
    place_id: int,
    message_id: str,
    outbox_id: int | None = None,
    person_id: int | None = None,
) -> None:
    """Keep which message a post is in a place; a newer one takes the place of an older."""
    tx.run(
        f"INSERT INTO posts ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (key, place_id) DO UPDATE SET "  # noqa: S608
        "message_id = excluded.message_id, outbox_id = excluded.outbox_id, person_id = excluded.person_id, "
        "posted_at = excluded.posted_at",
        key,
        place_id,
        message_id,
        outbox_id,
        person_id,
        to_stamp(tx.now),
    )


def of_key(tx: Transaction, key: str) -> tuple[Post, ...]:
    """Return every known message of a post."""
    rows = tx.all(f"SELECT {_COLUMNS} FROM posts WHERE key = ? ORDER BY place_id", key)  # noqa: S608
    return tuple(_post(row) for row in rows)


def at(tx: Transaction, place_id: int, message_id: str) -> Post | None:
    """Return the post that a message is, or None when it is none of ours."""
    row = tx.one(f"SELECT {_COLUMNS} FROM posts WHERE place_id = ? AND message_id = ?", place_id, message_id)  # noqa: S608
    return None if row is None else _post(row)


def in_place(tx: Transaction, key: str, place_id: int) -> Post | None:
    """Return the message that a post is in one place, or None."""
    row = tx.one(f"SELECT {_COLUMNS} FROM posts WHERE key = ? AND place_id = ?", key, place_id)  # noqa: S608
    return None if row is None else _post(row)


def forget(tx: Transaction, key: str, place_id: int) -> None:
    """Forget a message, because it was deleted."""
    tx.run("DELETE FROM posts WHERE key = ? AND place_id = ?", key, place_id)


def _post(row: Row) -> Post:
    return Post(
        row["key"],
        row["place_id"],
        row["message_id"],
        row["outbox_id"],
        row["person_id"],
        from_stamp(row["posted_at"]),
    )
