# SPDX-License-Identifier: MIT
"""Lists of events, and what was posted about them."""

from datetime import datetime, timedelta

from bot.kit import Transaction, to_stamp

from . import store
from .model import Event

LIST_MAX = 200


def upcoming(tx: Transaction, community_id: int, since: datetime, until: datetime | None = None) -> tuple[Event, ...]:
    """Return the events of a community that are announced and not over, by their start."""
    return store.select(
        tx,
        "e.community_id = ? AND e.state = 'published' AND e.ends_at > ? AND e.starts_at < ? "
        "ORDER BY e.starts_at, e.id LIMIT ?",
        community_id,
        to_stamp(since),
        to_stamp(until) if until else 2**62,
        LIST_MAX,
    )


def mine(tx: Transaction, community_id: int, person_id: int, since: datetime) -> tuple[Event, ...]:
    """Return the events that somebody organises or said to come to, and that are not over."""
    return store.select(
        tx,
        "e.community_id = ? AND e.state != 'dismissed' AND e.ends_at > ? AND (e.person_id = ? OR EXISTS "
        "(SELECT 1 FROM event_rsvps r WHERE r.event_id = e.id AND r.person_id = ?) "
        "OR EXISTS (SELECT 1 FROM event_dates d WHERE d.event_id = e.id AND d.person_id = ? AND d.answer != 'no' "
        "AND d.original >= ?) "
        "OR EXISTS (SELECT 1 FROM event_interests i WHERE i.event_id = e.id AND i.person_id = ? AND i.refused = 0)) "
        "ORDER BY e.starts_at, e.id LIMIT ?",
        community_id,
        to_stamp(since),
        person_id,
        person_id,
        person_id,
        (since - timedelta(days=1)).strftime("%Y-%m-%d"),
        person_id,
        LIST_MAX,
    )


def waiting(tx: Transaction, community_id: int, since: datetime) -> tuple[Event, ...]:
    """Return what was proposed and is not decided."""
    return store.select(
        tx,
        "e.community_id = ? AND e.state = 'proposed' AND e.ends_at > ? ORDER BY e.starts_at, e.id LIMIT ?",
        community_id,
        to_stamp(since),
        LIST_MAX,
    )


def for_calendar(tx: Transaction, community_id: int, since: datetime) -> tuple[Event, ...]:
    """Return what a calendar holds: announced and cancelled events that ended since a moment, or are to come."""
    return store.select(
        tx,
        "e.community_id = ? AND e.state IN ('published', 'cancelled') AND e.published_at IS NOT NULL AND e.ends_at > ? "
        "ORDER BY e.starts_at, e.id LIMIT ?",
        community_id,
        to_stamp(since),
        LIST_MAX,
    )


def to_watch(tx: Transaction, community_id: int, since: datetime | None = None) -> tuple[int, ...]:
    """Return the announced events that ended since a moment (or have not ended), about which more may be said."""
    rows = tx.all(
        "SELECT id FROM events WHERE community_id = ? AND state = 'published' AND ends_at > ? ORDER BY id",
        community_id,
        to_stamp(since or tx.now),
    )
    return tuple(row["id"] for row in rows)


def same(tx: Transaction, community_id: int, title: str, starts_at: datetime, *, drafts: bool = False) -> Event | None:
    """Return an event of the same name at the same time, such as one that another calendar brought."""
    wanted = fold(title)
    found = store.select(
        tx,
        "e.community_id = ? AND e.starts_at = ? AND (e.state IN ('proposed', 'published', 'dismissed') OR "
        "(? AND e.state = 'draft')) ORDER BY e.id",
        community_id,
        to_stamp(starts_at),
        int(drafts),
    )
    return next((each for each in found if fold(each.title) == wanted), None)


def fold(title: str) -> str:
    """Return a title without what does not distinguish it."""
    return "".join(letter for letter in title.casefold() if letter.isalnum())


def note_post(tx: Transaction, key: str, event_id: int, kind: str, original: str = "") -> None:
    """Remember a post, so that a change of the event reaches it."""
    tx.run(
        """INSERT INTO event_posts (key, event_id, kind, original, posted_at) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (key) DO NOTHING""",
        key,
        event_id,
        kind,
        original,
        to_stamp(tx.now),
    )


def posts(tx: Transaction, event_id: int) -> tuple[tuple[str, str, str], ...]:
    """Return what was posted about an event: key, kind, and of which occurrence."""
    rows = tx.all("SELECT key, kind, original FROM event_posts WHERE event_id = ? ORDER BY posted_at, key", event_id)
    return tuple((row["key"], row["kind"], row["original"]) for row in rows)


def cover_of(tx: Transaction, key: str) -> str:
    """Return the address of the picture that an entry shows, or that was of no use; "" for none."""
    found: str | None = tx.value("SELECT cover FROM event_posts WHERE key = ?", key)
    return found or ""


def note_cover(tx: Transaction, key: str, address: str) -> None:
    """Remember which picture an entry shows, or that it is of no use."""
    tx.run("UPDATE event_posts SET cover = ? WHERE key = ?", address, key)


def drop_drafts(tx: Transaction, community_id: int, before: datetime) -> int:
    """Delete drafts that nobody announced, and return how many."""
    return tx.run(
        "DELETE FROM events WHERE community_id = ? AND state = 'draft' AND created_at < ?",
        community_id,
        to_stamp(before),
    )


def called(tx: Transaction, community_id: int) -> tuple[str, ...]:
    """Return the roles that a new event calls; each place calls those that its home has."""
    rows = tx.all(
        "SELECT r.role_id FROM event_roles r JOIN homes h ON h.id = r.home_id WHERE h.community_id = ? ORDER BY 1",
        community_id,
    )
    return tuple(row["role_id"] for row in rows)
