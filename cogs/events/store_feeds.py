# SPDX-License-Identifier: MIT
"""Calendars that communities follow, and how they fared."""

from datetime import datetime, timedelta
from sqlite3 import Row

from bot.kit import Transaction, from_stamp, to_stamp

from .feeds import Feed, FeedKind, Reading
from .model import Actor

LONGEST_PAUSE = timedelta(days=7)


def add(tx: Transaction, actor: Actor, kind: FeedKind, address: str, name: str, *, direct: bool) -> Feed:
    """Follow a calendar, or follow it otherwise than before."""
    tx.run(
        """INSERT INTO event_feeds (community_id, home_id, person_id, kind, address, name, direct, next_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)
           ON CONFLICT (community_id, address) DO UPDATE SET direct = excluded.direct, name = excluded.name""",
        actor.community_id,
        actor.home_id,
        actor.person_id,
        kind.value,
        address,
        name,
        int(direct),
        to_stamp(tx.now),
    )
    row = tx.one("SELECT * FROM event_feeds WHERE community_id = ? AND address = ?", actor.community_id, address)
    if row is None:
        raise LookupError(f"The calendar {address} vanished.")
    return _read(row)


def of_community(tx: Transaction, community_id: int) -> tuple[Feed, ...]:
    """Return the calendars that a community follows."""
    return tuple(map(_read, tx.all("SELECT * FROM event_feeds WHERE community_id = ? ORDER BY id", community_id)))


def due(tx: Transaction, community_id: int) -> tuple[Feed, ...]:
    """Return those that are to be looked at now."""
    rows = tx.all(
        "SELECT * FROM event_feeds WHERE community_id = ? AND next_at <= ? ORDER BY next_at LIMIT 20",
        community_id,
        to_stamp(tx.now),
    )
    return tuple(map(_read, rows))


def next_at(tx: Transaction, community_id: int) -> datetime | None:
    """Return when a calendar of a community is to be looked at next."""
    stamp = tx.value("SELECT min(next_at) FROM event_feeds WHERE community_id = ?", community_id)
    return None if stamp is None else from_stamp(stamp)


def drop(tx: Transaction, community_id: int, address: str) -> bool:
    """Follow a calendar no longer; False when it was not followed."""
    return bool(tx.run("DELETE FROM event_feeds WHERE community_id = ? AND address = ?", community_id, address))


def fared_well(tx: Transaction, feed: Feed, reading: Reading, hours: int) -> None:
    """Note that a calendar was read, and when to look again."""
    full = reading.entries is not None
    tx.run(
        """UPDATE event_feeds SET failures = 0, trouble = '', told_at = NULL, etag = ?, modified = ?,
           name = CASE WHEN ? = '' THEN name ELSE ? END,
           asked_at = CASE WHEN ? THEN ? ELSE asked_at END, next_at = ? WHERE id = ?""",
        reading.etag,
        reading.modified,
        reading.name,
        reading.name,
        int(full),
        to_stamp(tx.now),
        to_stamp(tx.now + timedelta(hours=hours)),
        feed.id,
    )


def fared_badly(tx: Transaction, feed: Feed, trouble: str, hours: int, *, tell: bool) -> bool:
    """Note that it failed, and wait longer each time; return whether moderators are to hear of it now: once."""
    pause = min(LONGEST_PAUSE, timedelta(hours=hours) * 2 ** min(feed.failures, 8))
    tx.run(
        """UPDATE event_feeds SET failures = failures + 1, trouble = ?, next_at = ?,
           told_at = CASE WHEN ? THEN coalesce(told_at, ?) ELSE told_at END WHERE id = ?""",
        trouble,
        to_stamp(tx.now + pause),
        int(tell),
        to_stamp(tx.now),
        feed.id,
    )
    return tell and not feed.told


def _read(row: Row) -> Feed:
    return Feed(
        id=row["id"],
        community_id=row["community_id"],
        home_id=row["home_id"],
        kind=FeedKind(row["kind"]),
        address=row["address"],
        name=row["name"] or row["address"],
        direct=bool(row["direct"]),
        etag=row["etag"],
        modified=row["modified"],
        failures=row["failures"],
        trouble=row["trouble"],
        told=row["told_at"] is not None,
        read_at=None if row["asked_at"] is None else from_stamp(row["asked_at"]),
    )
