# SPDX-License-Identifier: MIT
"""Who comes to events, who waits for a seat, and who wants to be reminded; and what happened, by whom."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from bot.kit import Transaction, from_stamp, to_stamp

from .model import Coming, Event, Happened, Party, Rsvp


def answer_of(tx: Transaction, event_id: int, person_id: int) -> Rsvp | None:
    """Return what somebody answered, or None."""
    return next((each for each in rsvps(tx, event_id) if each.person.id == person_id), None)


def rsvps(tx: Transaction, event_id: int) -> tuple[Rsvp, ...]:
    """Return all answers, the earliest first; who is interested by the chat's own calendar comes perhaps."""
    rows = tx.all(
        """SELECT r.person_id, r.answer, r.waiting, r.answered_at, p.name
           FROM event_rsvps r JOIN people p ON p.id = r.person_id WHERE r.event_id = ?
           UNION ALL
           SELECT i.person_id, 'maybe', 0, i.seen_at, p.name
           FROM event_interests i JOIN people p ON p.id = i.person_id WHERE i.event_id = ? AND i.refused = 0
           AND NOT EXISTS (SELECT 1 FROM event_rsvps r WHERE r.event_id = i.event_id AND r.person_id = i.person_id)
           ORDER BY 4, 1""",
        event_id,
        event_id,
    )
    return tuple(
        Rsvp(
            Party(row["person_id"], row["name"] or "…"),
            Coming(row["answer"]),
            bool(row["waiting"]),
            from_stamp(row["answered_at"]),
        )
        for row in rows
    )


def put(tx: Transaction, event_id: int, person_id: int, answer: Coming, *, waiting: bool) -> None:
    """Write down what somebody answers now."""
    tx.run(
        """INSERT INTO event_rsvps (event_id, person_id, answer, waiting, answered_at) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (event_id, person_id) DO UPDATE SET
           answer = excluded.answer, waiting = excluded.waiting, answered_at = excluded.answered_at""",
        event_id,
        person_id,
        answer.value,
        int(waiting),
        to_stamp(tx.now),
    )


def take_back(tx: Transaction, event_id: int, person_id: int) -> bool:
    """Forget an answer; False when there was none. Interest by the chat's own calendar counts no longer."""
    tx.run("UPDATE event_interests SET refused = 1 WHERE event_id = ? AND person_id = ?", event_id, person_id)
    return bool(tx.run("DELETE FROM event_rsvps WHERE event_id = ? AND person_id = ?", event_id, person_id))


def learn(tx: Transaction, event_id: int, person_ids: Collection[int], *, complete: bool) -> bool:
    """Note who is interested by the chats' own calendars; tell whether that changed who comes perhaps."""
    known = {row["person_id"] for row in tx.all("SELECT person_id FROM event_interests WHERE event_id = ?", event_id)}
    fresh, gone = set(person_ids) - known, known - set(person_ids) if complete else set[int]()
    tx.many(
        "INSERT INTO event_interests (event_id, person_id, seen_at) VALUES (?, ?, ?)",
        [(event_id, person_id, to_stamp(tx.now)) for person_id in sorted(fresh)],
    )
    tx.many(
        "DELETE FROM event_interests WHERE event_id = ? AND person_id = ?", [(event_id, each) for each in sorted(gone)]
    )
    return bool(fresh or gone)


def move_up(tx: Transaction, event: Event) -> tuple[int, ...]:
    """Give free seats to those who wait longest; return who they are."""
    seats = event.content.capacity
    taken = tx.value("SELECT count(*) FROM event_rsvps WHERE event_id = ? AND answer = 'yes' AND waiting = 0", event.id)
    free = -1 if seats is None else max(0, seats - int(taken))
    rows = tx.all(
        """SELECT person_id FROM event_rsvps WHERE event_id = ? AND waiting = 1
           ORDER BY answered_at, person_id LIMIT ?""",
        event.id,
        free,
    )
    people = tuple(row["person_id"] for row in rows)
    tx.many(
        "UPDATE event_rsvps SET waiting = 0 WHERE event_id = ? AND person_id = ?", [(event.id, each) for each in people]
    )
    return people


def events_of(tx: Transaction, person_id: int) -> tuple[int, ...]:
    """Return the events for which somebody has a seat, also at one time alone."""
    rows = tx.all(
        """SELECT event_id FROM event_rsvps WHERE person_id = ? AND waiting = 0
           UNION SELECT event_id FROM event_dates WHERE person_id = ? AND waiting = 0""",
        person_id,
        person_id,
    )
    return tuple(row["event_id"] for row in rows)


def remind(tx: Transaction, event_id: int, person_id: int, minutes: int | None) -> None:
    """Set somebody's own reminder; None takes it back."""
    tx.run("DELETE FROM event_reminders WHERE event_id = ? AND person_id = ?", event_id, person_id)
    if minutes is not None:
        tx.run(
            "INSERT INTO event_reminders (event_id, person_id, minutes) VALUES (?, ?, ?)", event_id, person_id, minutes
        )


def forget_old(tx: Transaction, community_id: int, before: datetime) -> int:
    """Forget who came to events that ended before a moment; return how many answers that were."""
    old = "SELECT id FROM events WHERE community_id = ? AND ends_at < ?"
    tx.run(f"DELETE FROM event_interests WHERE event_id IN ({old})", community_id, to_stamp(before))  # noqa: S608
    tx.run(f"DELETE FROM event_reminders WHERE event_id IN ({old})", community_id, to_stamp(before))  # noqa: S608
    tx.run(
        "DELETE FROM event_dates WHERE original < ? AND event_id IN (SELECT id FROM events WHERE community_id = ?)",
        before.strftime("%Y-%m-%d"),
        community_id,
    )
    return tx.run(f"DELETE FROM event_rsvps WHERE event_id IN ({old})", community_id, to_stamp(before))  # noqa: S608


def own_minutes(tx: Transaction, event_id: int) -> tuple[int, ...]:
    """Return the different spans of people's own reminders."""
    rows = tx.all("SELECT DISTINCT minutes FROM event_reminders WHERE event_id = ? ORDER BY minutes", event_id)
    return tuple(row["minutes"] for row in rows)


def reminded(tx: Transaction, event_id: int, minutes: int) -> tuple[int, ...]:
    """Return who wants to be reminded so long before."""
    rows = tx.all("SELECT person_id FROM event_reminders WHERE event_id = ? AND minutes = ?", event_id, minutes)
    return tuple(row["person_id"] for row in rows)


def note(tx: Transaction, event_id: int, person_id: int | None, happened: Happened, words: str = "") -> int:
    """Write down what happened; return the line's id."""
    return tx.insert(
        "INSERT INTO event_history (event_id, at, person_id, happened, words) VALUES (?, ?, ?, ?, ?)",
        event_id,
        to_stamp(tx.now),
        person_id,
        happened.value,
        words,
    )


def export(tx: Transaction, person_id: int) -> dict[str, list[dict[str, Any]]]:
    """Return all that is kept about a person, by kind; `time` is set on an answer for one time of a series."""
    organised = tx.all("SELECT title, starts, zone FROM events WHERE person_id = ? ORDER BY id", person_id)
    answers = tx.all(
        """SELECT e.title, r.answer, r.waiting, r.answered_at, '' AS time
           FROM event_rsvps r JOIN events e ON e.id = r.event_id WHERE r.person_id = ?
           UNION ALL
           SELECT e.title, d.answer, d.waiting, d.answered_at, d.original
           FROM event_dates d JOIN events e ON e.id = d.event_id WHERE d.person_id = ? ORDER BY 4, 5""",
        person_id,
        person_id,
    )
    reminders = tx.all(
        """SELECT e.title, r.minutes FROM event_reminders r JOIN events e ON e.id = r.event_id
           WHERE r.person_id = ? ORDER BY e.id""",
        person_id,
    )
    changes = tx.all(
        """SELECT e.title, h.happened, h.at, h.words FROM event_history h JOIN events e ON e.id = h.event_id
           WHERE h.person_id = ? ORDER BY h.id""",
        person_id,
    )
    interests = tx.all(
        """SELECT e.title, i.seen_at FROM event_interests i JOIN events e ON e.id = i.event_id
           WHERE i.person_id = ? ORDER BY e.id""",
        person_id,
    )
    feeds = tx.all("SELECT address FROM event_feeds WHERE person_id = ? ORDER BY id", person_id)
    return {
        "organised": [dict(row) for row in organised],
        "answers": [
            {
                "title": row["title"],
                "answer": row["answer"],
                "waiting": bool(row["waiting"]),
                "at": _at(row["answered_at"]),
                **({"time": row["time"]} if row["time"] else {}),
            }
            for row in answers
        ],
        "reminders": [dict(row) for row in reminders],
        "changes": [
            {"title": row["title"], "change": row["happened"], "at": _at(row["at"]), "words": row["words"]}
            for row in changes
        ],
        "interests": [{"title": row["title"], "at": _at(row["seen_at"])} for row in interests],
        "followed calendars": [dict(row) for row in feeds],
    }


def _at(stamp: int) -> str:
    return from_stamp(stamp).isoformat(timespec="seconds")
