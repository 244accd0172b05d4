# SPDX-License-Identifier: MIT
"""What the outbox's sender does: takes rows that are due, one of each place at a time, and notes what came of them."""

from datetime import datetime

from bot.kit.database import Transaction
from bot.kit.moment import to_stamp
from bot.storage import posts
from bot.storage.columns import moment
from bot.storage.outbox import COLUMNS, Kind, OutboxRow, outbox_row

_DEPENDENCY_SENT = "({0}.depends_on IS NULL OR (SELECT d.state FROM outbox d WHERE d.id = {0}.depends_on) = 'sent')"

# A row holds back those behind it while it is under way or tried again, not while it waits for its hour or another row.
_DUE = f"""
SELECT {COLUMNS} FROM outbox o
WHERE o.state = 'pending' AND o.not_before_at <= ? AND {_DEPENDENCY_SENT.format("o")}
AND NOT EXISTS (
    SELECT 1 FROM outbox e
    WHERE e.lane = o.lane AND e.id < o.id AND e.state IN ('pending', 'sending')
    AND (e.state = 'sending' OR ((e.attempts > 0 OR e.not_before_at <= ?) AND {_DEPENDENCY_SENT.format("e")}))
)
ORDER BY o.id LIMIT ?
"""  # noqa: S608

# An edit of a post that was still under way when it was queued learns only now which message that became.
_TAKE = f"""
UPDATE outbox SET state = 'sending', attempts = attempts + 1, sending_at = ?,
    message_id = CASE WHEN kind IN ('edit', 'delete') THEN
        coalesce(message_id, (SELECT p.message_id FROM posts p WHERE p.outbox_id = outbox.depends_on))
        ELSE message_id END,
    place_id = coalesce(place_id, (SELECT p.place_id FROM posts p WHERE p.outbox_id = outbox.depends_on))
WHERE id = ? RETURNING {COLUMNS}
"""  # noqa: S608


def take_due(tx: Transaction, limit: int = 100) -> tuple[OutboxRow, ...]:
    """Mark what may go out now as sending and return it, in order; what is too late is skipped.

    At most one row of a place is under way at a time.
    """
    now = to_stamp(tx.now)
    late = tx.all("SELECT id FROM outbox WHERE state = 'pending' AND expires_at <= ?", now)
    for row in late:
        skip(tx, row["id"], "expired")
    due = tx.all(_DUE, now, now, limit)
    taken = (tx.one(_TAKE, now, row["id"]) for row in due)
    return tuple(outbox_row(row) for row in taken if row is not None)


def next_at(tx: Transaction) -> datetime | None:
    """Return when the next row that waits for its hour is due; None when no row does."""
    return moment(
        tx.value(
            "SELECT min(not_before_at) FROM outbox WHERE state = 'pending' AND not_before_at > ?", to_stamp(tx.now)
        ),
    )


def sent(tx: Transaction, row_id: int, message_id: str | None = None, place_id: int | None = None) -> None:
    """Note that a row arrived, and as which message; `place_id` tells where a direct post went."""
    row = tx.one(
        "UPDATE outbox SET state = 'sent', finished_at = ?, error = NULL, payload = '{}', "
        "message_id = coalesce(?, message_id), place_id = coalesce(place_id, ?) "
        "WHERE id = ? AND state IN ('sending', 'parked') RETURNING kind, key, place_id, person_id, message_id",
        to_stamp(tx.now),
        message_id,
        place_id,
        row_id,
    )
    if row is None or row["place_id"] is None:
        return
    if row["kind"] == Kind.DELETE:
        posts.forget(tx, row["key"], row["place_id"])
    elif row["kind"] != Kind.EDIT and row["message_id"] is not None:
        posts.remember(tx, row["key"], row["place_id"], row["message_id"], row_id, row["person_id"])


def retry(tx: Transaction, row_id: int, error: str, not_before_at: datetime) -> None:
    """Note that a row surely did not arrive, and when to try again."""
    tx.run(
        "UPDATE outbox SET state = 'pending', error = ?, not_before_at = ? WHERE id = ? AND state = 'sending'",
        error,
        to_stamp(not_before_at),
        row_id,
    )


def park(tx: Transaction, row_id: int, error: str) -> None:
    """Set a row aside for a moderator: nobody can tell whether it arrived, or it fails for good."""
    tx.run(
        "UPDATE outbox SET state = 'parked', error = ?, finished_at = NULL "
        "WHERE id = ? AND state IN ('sending', 'pending')",
        error,
        row_id,
    )


def release(tx: Transaction, row_id: int) -> bool:
    """Try a parked row again, because a moderator said that it did not arrive; False when it is not parked."""
    return bool(
        tx.run(
            "UPDATE outbox SET state = 'pending', attempts = 0, error = NULL, not_before_at = ? "
            "WHERE id = ? AND state = 'parked'",
            to_stamp(tx.now),
            row_id,
        ),
    )


def skip(tx: Transaction, row_id: int, reason: str) -> None:
    """Give a row up, and with it those that depend on it."""
    tx.run(
        """
        WITH RECURSIVE given_up (id) AS (
            SELECT ? UNION SELECT o.id FROM outbox o JOIN given_up g ON o.depends_on = g.id
        )
        UPDATE outbox SET state = 'skipped', error = ?, finished_at = ?, payload = '{}'
        WHERE id IN (SELECT id FROM given_up) AND state IN ('pending', 'sending', 'parked')
        """,
        row_id,
        reason,
        to_stamp(tx.now),
    )


def interrupted(tx: Transaction) -> tuple[OutboxRow, ...]:
    """Return the rows that were under way when the bot stopped: whether they arrived is to be found out."""
    rows = tx.all(f"SELECT {COLUMNS} FROM outbox WHERE state = 'sending' ORDER BY id")  # noqa: S608
    return tuple(outbox_row(row) for row in rows)


def parked(tx: Transaction, community_id: int | None = None) -> tuple[OutboxRow, ...]:
    """Return the parked rows of a community, or all of them."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM outbox WHERE state = 'parked' AND (? IS NULL OR community_id = ?) ORDER BY id",  # noqa: S608
        community_id,
        community_id,
    )
    return tuple(outbox_row(row) for row in rows)


def unfinished(tx: Transaction) -> dict[str, int]:
    """Count the rows that are pending, sending and parked: for the bot's health."""
    rows = tx.all(
        "SELECT state, count(*) AS many FROM outbox WHERE state IN ('pending', 'sending', 'parked') GROUP BY state",
    )
    return {row["state"]: row["many"] for row in rows}


def prune(tx: Transaction, finished_before: datetime) -> int:
    """Delete rows that were finished before a moment; return how many. Posts stay known and can be edited."""
    return tx.run(
        "DELETE FROM outbox WHERE finished_at < ? AND state IN ('sent', 'skipped', 'replaced')",
        to_stamp(finished_before),
    )
