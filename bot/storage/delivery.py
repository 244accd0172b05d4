# SPDX-License-Identifier: MIT
"""What the outbox's sender does: takes rows that are due, one of each lane at a time, and notes what came of them."""

import json
from collections.abc import Collection, Mapping
from datetime import datetime

from bot.kit.database import Transaction
from bot.kit.moment import to_stamp
from bot.storage import posts
from bot.storage.columns import moment, stamp
from bot.storage.outbox import COLUMNS, OutboxRow, State, digest, end, outbox_row, reword

_DEPENDENCY_SENT = "({0}.depends_on IS NULL OR (SELECT d.state FROM outbox d WHERE d.id = {0}.depends_on) = 'sent')"

# A moderator may hold a community's posts; what is told in private goes out all the same.
_NOT_HELD = "({0}.kind = 'direct' OR NOT EXISTS (SELECT 1 FROM held_posts h WHERE h.community_id = {0}.community_id))"

# A row holds back those behind it while it is under way or tried again, not while it waits for its hour or another row.
_DUE = f"""
SELECT o.id, o.sending_at FROM outbox o
WHERE o.state = 'pending' AND o.platform = ? AND o.not_before_at <= ? AND {_DEPENDENCY_SENT.format("o")}
AND {_NOT_HELD.format("o")}
AND o.lane NOT IN (SELECT value FROM json_each(?))
AND NOT EXISTS (
    SELECT 1 FROM outbox e
    WHERE e.lane = o.lane AND e.id < o.id AND e.platform = o.platform AND e.state IN ('pending', 'sending')
    AND (e.state = 'sending' OR ((e.attempts > 0 OR e.not_before_at <= ?) AND {_DEPENDENCY_SENT.format("e")}))
)
ORDER BY o.not_before_at, o.id LIMIT ?
"""  # noqa: S608

# An edit learns only now which message its post became.
_TAKE = f"""
UPDATE outbox SET state = 'sending', attempts = attempts + 1, sending_at = coalesce(sending_at, ?),
    message_id = CASE WHEN kind = 'edit' THEN
        (SELECT p.message_id FROM posts p
         WHERE p.key = outbox.key AND p.lane = outbox.lane AND p.platform = outbox.platform)
        ELSE message_id END
WHERE id IN (SELECT value FROM json_each(?)) RETURNING {COLUMNS}
"""  # noqa: S608


def take_due(tx: Transaction, platform: str, limit: int = 100, busy: Collection[int] = ()) -> tuple[OutboxRow, ...]:
    """Mark what may go out now as sending and return it, in order; what is too late is skipped.

    At most one row of a lane is under way at a time; `busy` lanes are left alone. In what is returned, `sending_at` is
    since when the row may have arrived by an earlier attempt; None for one that surely did not.
    """
    now = to_stamp(tx.now)
    for row in tx.all(
        "SELECT id FROM outbox WHERE state = 'pending' AND expires_at <= ? AND sending_at IS NULL",
        now,
    ):
        skip(tx, row["id"], "expired")
    due = {row["id"]: row["sending_at"] for row in tx.all(_DUE, platform, now, json.dumps(list(busy)), now, limit)}
    if not due:
        return ()
    taken = {row["id"]: row for row in tx.all(_TAKE, now, json.dumps(list(due)))}
    return tuple(outbox_row(taken[row_id], since) for row_id, since in due.items())


def next_at(tx: Transaction, platform: str) -> datetime | None:
    """Return when the next row that waits for its hour is due; None when no row does."""
    return moment(
        tx.value(
            "SELECT min(not_before_at) FROM outbox WHERE state = 'pending' AND platform = ? AND not_before_at > ?",
            platform,
            to_stamp(tx.now),
        ),
    )


def any_due(tx: Transaction, platform: str) -> bool:
    """Tell whether a row waits for nothing but its turn."""
    return bool(
        tx.value(
            "SELECT EXISTS (SELECT 1 FROM outbox o WHERE state = 'pending' AND platform = ? AND not_before_at <= ? "  # noqa: S608
            f"AND {_NOT_HELD.format('o')})",
            platform,
            to_stamp(tx.now),
        ),
    )


def sent(tx: Transaction, arrived: Mapping[int, str | None]) -> None:
    """Note which rows arrived, and as which message each; their words are no longer needed here."""
    rows = tx.all(
        f"SELECT {COLUMNS} FROM outbox WHERE id IN (SELECT value FROM json_each(?)) "  # noqa: S608
        "AND state IN ('sending', 'parked')",
        json.dumps(list(arrived)),
    )
    messages = {row["id"]: arrived[row["id"]] or row["message_id"] for row in rows}
    now = to_stamp(tx.now)
    tx.many(
        "UPDATE outbox SET state = 'sent', finished_at = ?, error = NULL, payload = '{}', message_id = ? WHERE id = ?",
        [(now, message_id, row_id) for row_id, message_id in messages.items()],
    )
    posts.remember_all(
        tx,
        [
            (
                row["key"],
                row["platform"],
                row["place_id"],
                row["person_id"],
                messages[row["id"]],
                digest(row["payload"]),
            )
            for row in rows
            if messages[row["id"]] is not None
        ],
    )


def retry(
    tx: Transaction, row_id: int, error: str, not_before_at: datetime, may_have_arrived_at: datetime | None = None
) -> None:
    """Note that a row is to be tried again, when, and since when it may have arrived after all (None: surely not).

    An edit that a newer one follows says what that says, since it keeps the wait that the platform asked for.
    """
    newer = tx.one(
        "SELECT n.id, n.payload FROM outbox n JOIN outbox o "
        "ON n.key = o.key AND n.lane = o.lane AND n.platform = o.platform AND n.id > o.id "
        "WHERE o.id = ? AND o.kind = 'edit' AND n.kind = 'edit' AND n.state = 'pending'",
        row_id,
    )
    if newer is not None:
        reword(tx, row_id, newer["payload"])
        end(tx, newer["id"], State.REPLACED)
    tx.run(
        "UPDATE outbox SET state = 'pending', error = ?, not_before_at = ?, sending_at = ? "
        "WHERE id = ? AND state = 'sending'",
        error,
        to_stamp(not_before_at),
        stamp(may_have_arrived_at),
        row_id,
    )


def put_back(tx: Transaction, row_id: int, may_have_arrived_at: datetime | None) -> None:
    """Note that a row was taken and not tried after all."""
    tx.run(
        "UPDATE outbox SET state = 'pending', attempts = attempts - 1, sending_at = ? "
        "WHERE id = ? AND state = 'sending'",
        stamp(may_have_arrived_at),
        row_id,
    )


def park(tx: Transaction, row_id: int, error: str, *, may_have_arrived: bool = False) -> bool:
    """Set a row aside for a moderator: it fails for good, or nobody can tell whether it arrived; False if gone."""
    return bool(
        tx.run(
            "UPDATE outbox SET state = 'parked', error = ?, finished_at = NULL, "
            "sending_at = CASE WHEN ? THEN sending_at END WHERE id = ? AND state IN ('sending', 'pending')",
            error,
            may_have_arrived,
            row_id,
        ),
    )


def release(tx: Transaction, row_id: int) -> bool:
    """Try a parked row again, because a moderator said that it did not arrive; False when it is not parked."""
    return bool(
        tx.run(
            "UPDATE outbox SET state = 'pending', attempts = 0, error = NULL, not_before_at = ?, sending_at = NULL "
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


def hold(tx: Transaction, community_id: int, held_by: int | None) -> bool:
    """Let a community's posts wait until `let_go`; False when they wait already."""
    return bool(
        tx.run(
            "INSERT INTO held_posts (community_id, held_by, held_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            community_id,
            held_by,
            to_stamp(tx.now),
        ),
    )


def let_go(tx: Transaction, community_id: int) -> bool:
    """Let a community's posts go out again; False when they were not held."""
    return bool(tx.run("DELETE FROM held_posts WHERE community_id = ?", community_id))


def is_held(tx: Transaction, community_id: int) -> bool:
    """Tell whether a community's posts wait."""
    return bool(tx.value("SELECT EXISTS (SELECT 1 FROM held_posts WHERE community_id = ?)", community_id))


def skip_long_parked(tx: Transaction, created_before: datetime) -> int:
    """Give up what was parked and nobody decided on, with its words; return how many rows."""
    rows = tx.all("SELECT id FROM outbox WHERE state = 'parked' AND created_at < ?", to_stamp(created_before))
    for row in rows:
        skip(tx, row["id"], "expired")
    return len(rows)


def interrupted(tx: Transaction, platform: str) -> int:
    """Queue again what was under way when the bot stopped, as what may have arrived; return how many rows."""
    return tx.run(
        "UPDATE outbox SET state = 'pending', not_before_at = ? WHERE state = 'sending' AND platform = ?",
        to_stamp(tx.now),
        platform,
    )


def hurry(tx: Transaction, platform: str) -> int:
    """Let what waits to be tried again be tried now, because the platform is back; return how many rows."""
    return tx.run(
        "UPDATE outbox SET not_before_at = ? "
        "WHERE state = 'pending' AND platform = ? AND attempts > 0 AND not_before_at > ?",
        to_stamp(tx.now),
        platform,
        to_stamp(tx.now),
    )


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
