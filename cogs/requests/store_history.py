# SPDX-License-Identifier: MIT
"""The history of requests: every change with who and when, in order."""

from bot.kit import Transaction, from_stamp, to_stamp

from .model import Event, Happened, Party, State


def add(
    tx: Transaction,
    request_id: int,
    person_id: int | None,
    happened: Happened,
    before: State,
    after: State,
    words: str = "",
) -> int:
    """Write down what happened; return the line's id."""
    return tx.insert(
        """INSERT INTO request_events (request_id, at, person_id, happened, before, after, words)
           VALUES (?, ?, ?, ?, ?, ?, ?)""",
        request_id,
        to_stamp(tx.now),
        person_id,
        happened.value,
        before.value,
        after.value,
        words,
    )


def of_request(tx: Transaction, request_id: int) -> tuple[Event, ...]:
    """Return everything that happened to a request, in order."""
    return _events(tx, "e.request_id = ?", request_id)


def naming(tx: Transaction, person_id: int) -> tuple[Event, ...]:
    """Return what somebody did to requests, and who was asked to look for those that they look for."""
    return _events(
        tx,
        """e.person_id = ? OR (e.happened = 'assigned' AND e.request_id IN
           (SELECT id FROM requests WHERE claimed_by = ?))""",
        person_id,
        person_id,
    )


def _events(tx: Transaction, condition: str, *params: int) -> tuple[Event, ...]:
    rows = tx.all(
        f"""SELECT e.*, p.name FROM request_events e LEFT JOIN people p ON p.id = e.person_id
           WHERE {condition} ORDER BY e.id""",  # noqa: S608 (the code's own words)
        *params,
    )
    return tuple(
        Event(
            id=row["id"],
            request_id=row["request_id"],
            at=from_stamp(row["at"]),
            person=None if row["person_id"] is None else Party(row["person_id"], row["name"] or "…"),
            happened=Happened(row["happened"]),
            before=State(row["before"]),
            after=State(row["after"]),
            words=row["words"],
        )
        for row in rows
    )


def erase(tx: Transaction, request_id: int) -> None:
    """Take people and words out of a request's history; what happened and when stays."""
    tx.run("UPDATE request_events SET person_id = NULL, words = '' WHERE request_id = ?", request_id)
