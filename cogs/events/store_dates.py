# SPDX-License-Identifier: MIT
"""Who answers otherwise for one time of a series than for the series: "not this Friday", or "this Friday alone"."""

from collections.abc import Collection, Mapping
from datetime import datetime

from bot.kit import Transaction, from_stamp, to_stamp

from . import store_people
from .model import Coming, Count, Party, Rsvp


def counts(tx: Transaction, event_id: int, usual: Count) -> dict[str, Count]:
    """Return how many come at each time that has answers of its own; `usual` is how many come to the series."""
    rows = tx.all(
        """SELECT d.original,
             count(*) FILTER (WHERE d.answer = 'yes' AND d.waiting = 0)
             - count(*) FILTER (WHERE r.answer = 'yes' AND r.waiting = 0) AS yes,
             count(*) FILTER (WHERE d.answer = 'maybe') - count(*) FILTER (WHERE r.answer = 'maybe')
             - count(*) FILTER (WHERE r.person_id IS NULL AND i.person_id IS NOT NULL) AS maybe,
             count(*) FILTER (WHERE d.waiting = 1) - count(*) FILTER (WHERE r.waiting = 1) AS waiting
           FROM event_dates d
           LEFT JOIN event_rsvps r ON r.event_id = d.event_id AND r.person_id = d.person_id
           LEFT JOIN event_interests i ON i.event_id = d.event_id AND i.person_id = d.person_id AND i.refused = 0
           WHERE d.event_id = ? GROUP BY d.original""",
        event_id,
    )
    return {
        row["original"]: Count(
            usual.yes + row["yes"], max(0, usual.maybe + row["maybe"]), max(0, usual.waiting + row["waiting"])
        )
        for row in rows
    }


def answers(tx: Transaction, event_id: int, person_id: int | None = None) -> dict[str, dict[int, Rsvp]]:
    """Return the answers for single times, by the time and the person: everybody's, or one person's."""
    rows = tx.all(
        """SELECT d.*, p.name FROM event_dates d JOIN people p ON p.id = d.person_id
           WHERE d.event_id = ? AND (? IS NULL OR d.person_id = ?) ORDER BY d.original, d.answered_at, d.person_id""",
        event_id,
        person_id,
        person_id,
    )
    found: dict[str, dict[int, Rsvp]] = {}
    for row in rows:
        party = Party(row["person_id"], row["name"] or "…")
        said = Rsvp(party, Coming(row["answer"]), bool(row["waiting"]), from_stamp(row["answered_at"]))
        found.setdefault(row["original"], {})[party.id] = said
    return found


def who_comes(tx: Transaction, event_id: int, original: str) -> tuple[Rsvp, ...]:
    """Return who comes, may come or waits at one time, the earliest answer first."""
    own = answers(tx, event_id).get(original, {})
    usual = [each for each in store_people.rsvps(tx, event_id) if each.person.id not in own]
    coming = [each for each in own.values() if each.answer is not Coming.NO]
    return tuple(sorted((*usual, *coming), key=lambda each: (each.answered_at, each.person.id)))


def put(
    tx: Transaction,
    event_id: int,
    original: str,
    person_id: int,
    answer: Coming,
    *,
    waiting: bool,
    answered_at: datetime | None = None,
) -> None:
    """Write down what somebody answers for one time, now or as of an earlier moment."""
    tx.run(
        """INSERT INTO event_dates (event_id, original, person_id, answer, waiting, answered_at)
           VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (event_id, original, person_id) DO UPDATE SET
           answer = excluded.answer, waiting = excluded.waiting, answered_at = excluded.answered_at""",
        event_id,
        original,
        person_id,
        answer.value,
        int(waiting),
        to_stamp(answered_at or tx.now),
    )


def drop(tx: Transaction, event_id: int, person_id: int, originals: Collection[str] | None = None) -> None:
    """Let somebody's answer for the series hold at these times again; without them, at all times."""
    if originals is None:
        tx.run("DELETE FROM event_dates WHERE event_id = ? AND person_id = ?", event_id, person_id)
        return
    tx.many(
        "DELETE FROM event_dates WHERE event_id = ? AND person_id = ? AND original = ?",
        [(event_id, person_id, original) for original in originals],
    )


def waiting_for(tx: Transaction, event_id: int, original: str, limit: int) -> tuple[int, ...]:
    """Return who waits for a seat at one time, the longest first: for that one, or for the series."""
    rows = tx.all(
        """SELECT person_id, answered_at FROM event_dates WHERE event_id = ? AND original = ? AND waiting = 1
           UNION ALL
           SELECT r.person_id, r.answered_at FROM event_rsvps r WHERE r.event_id = ? AND r.waiting = 1
           AND NOT EXISTS (SELECT 1 FROM event_dates d WHERE d.event_id = r.event_id AND d.original = ?
                           AND d.person_id = r.person_id)
           ORDER BY 2, 1 LIMIT ?""",
        event_id,
        original,
        event_id,
        original,
        limit,
    )
    return tuple(row["person_id"] for row in rows)


def carry_over(tx: Transaction, event_id: int, renamed: Mapping[str, str]) -> None:
    """Let the answers for single times follow the series: each to the time that takes its place, others end."""
    rows = tx.all("SELECT * FROM event_dates WHERE event_id = ?", event_id)
    tx.run("DELETE FROM event_dates WHERE event_id = ?", event_id)
    tx.many(
        """INSERT INTO event_dates (event_id, original, person_id, answer, waiting, answered_at)
           VALUES (?, ?, ?, ?, ?, ?)""",
        [
            (event_id, renamed[row["original"]], row["person_id"], row["answer"], row["waiting"], row["answered_at"])
            for row in rows
            if row["original"] in renamed
        ],
    )


def become_whole(tx: Transaction, event_id: int, original: str) -> None:
    """Let what was answered for one time be the answer to the event, which takes place at that time alone now."""
    for person_id, said in answers(tx, event_id).get(original, {}).items():
        if said.answer is Coming.NO:
            store_people.take_back(tx, event_id, person_id)
        else:
            store_people.put(tx, event_id, person_id, said.answer, waiting=said.waiting)
    tx.run("DELETE FROM event_dates WHERE event_id = ?", event_id)
