# SPDX-License-Identifier: MIT
"""Requests in the database: written, found within their community, read as what they mean."""

from collections.abc import Iterable
from datetime import datetime
from sqlite3 import Row
from typing import Any

from bot.kit import NotFound, Transaction, from_stamp, t, to_stamp

from .identifiers import Identifier, Scheme
from .model import Actor, Content, Delivery, How, Party, Request, SourceKind, State
from .works import load_copies, load_work

KIND = "request"
"""What requests are called among the running numbers."""

_SELECT = """
    SELECT r.*, n.number, a.name AS asker_name, c.name AS claimer_name FROM requests r
    LEFT JOIN numbers n ON n.kind = 'request' AND n.row_id = r.id AND n.current = 1
    LEFT JOIN people a ON a.id = r.person_id LEFT JOIN people c ON c.id = r.claimed_by
"""


def add(
    tx: Transaction,
    actor: Actor,
    content: Content,
    month: str,
    *,
    place_id: int | None,
    anonymous: bool,
    private: bool,
    threaded: bool = False,
) -> int:
    """Write a new request; return its id."""
    now = to_stamp(tx.now)
    return tx.insert(
        """INSERT INTO requests (community_id, home_id, state, kind, title, details, language, wiki, article,
           needed_at, person_id, anonymous, private, threaded, place_id, month, asker_no, opened_at, active_at)
           VALUES (?, ?, 'open', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        actor.community_id,
        actor.home_id,
        *_columns(content).values(),
        actor.person_id,
        int(anonymous),
        int(private),
        int(threaded),
        place_id,
        month,
        _asker_no(tx, actor, month),
        now,
        now,
    )


def _asker_no(tx: Transaction, actor: Actor, month: str) -> int:
    """Return which of a month's askers somebody is: the same number again for the same person."""
    known = tx.value(
        "SELECT asker_no FROM requests WHERE person_id = ? AND community_id = ? AND month = ? LIMIT 1",
        actor.person_id,
        actor.community_id,
        month,
    )
    if known is not None:
        return int(known)
    highest = tx.value(
        "SELECT max(asker_no) FROM requests WHERE community_id = ? AND month = ?", actor.community_id, month
    )
    return int(highest or 0) + 1


def rewrite(tx: Transaction, request_id: int, content: Content) -> None:
    """Write what the asker changed."""
    change(tx, request_id, **_columns(content))


def change(tx: Transaction, request_id: int, **columns: Any) -> None:
    """Set columns of a request; their names are the code's own, never a person's."""
    names = ", ".join(f"{name} = ?" for name in columns)
    values = [to_stamp(value) if isinstance(value, datetime) else value for value in columns.values()]
    tx.run(f"UPDATE requests SET {names} WHERE id = ?", *values, request_id)  # noqa: S608


def get(tx: Transaction, community_id: int, request_id: int | None) -> Request:
    """Return a request of this community; raises NotFound."""
    found = tx.one(f"{_SELECT} WHERE r.id = ? AND r.community_id = ?", request_id, community_id)
    if found is None:
        raise NotFound(t("There is no such request here."))
    return read(tx, found)


def at_hand(tx: Transaction, actor: Actor, request_id: int) -> Request:
    """Return a request for a button: one of this community, or in private one of the presser's own in any."""
    found = tx.one(f"{_SELECT} WHERE r.id = ?", request_id)
    if found is not None:
        own = actor.direct and actor.person_id is not None and actor.person_id in _parties(tx, found)
        if own or found["community_id"] == actor.community_id:
            return read(tx, found)
    raise NotFound(t("There is no such request here."))


def find(tx: Transaction, request_id: int) -> Request | None:
    """Return a request for the bot's own work, such as a timer; None when it is gone."""
    found = tx.one(f"{_SELECT} WHERE r.id = ?", request_id)
    return None if found is None else read(tx, found)


def opened_since(tx: Transaction, community_id: int, person_id: int | None, since: datetime) -> int:
    """Count the requests that somebody opened since a moment, whatever became of them."""
    sql = "SELECT count(*) FROM requests WHERE person_id = ? AND community_id = ? AND opened_at > ?"
    return int(tx.value(sql, person_id, community_id, to_stamp(since)))


def open_count(tx: Transaction, community_id: int, person_id: int | None) -> int:
    """Count the requests of a person that are not closed."""
    return int(
        tx.value(
            """SELECT count(*) FROM requests WHERE person_id = ? AND community_id = ?
               AND state IN ('open', 'claimed', 'waiting')""",
            person_id,
            community_id,
        )
    )


def put_identifiers(tx: Transaction, request: Request, identifiers: Iterable[Identifier]) -> None:
    """Add identifiers behind those that a request has."""
    known = {(each.scheme, each.value) for each in request.identifiers}
    fresh = {(each.scheme, each.value): each for each in identifiers if (each.scheme, each.value) not in known}
    tx.many(
        """INSERT INTO request_identifiers (request_id, community_id, home_id, scheme, value, position)
           VALUES (?, ?, ?, ?, ?, ?)""",
        [
            (request.id, request.community_id, request.home_id, scheme.value, value, len(known) + place)
            for place, (scheme, value) in enumerate(fresh)
        ],
    )


def drop_identifiers(tx: Transaction, request_id: int) -> None:
    """Remove a request's identifiers, because it was rewritten."""
    tx.run("DELETE FROM request_identifiers WHERE request_id = ?", request_id)


def read(tx: Transaction, row: Row) -> Request:
    """Return a row as what it means."""
    rows = tx.all("SELECT scheme, value FROM request_identifiers WHERE request_id = ? ORDER BY position", row["id"])
    return Request(
        id=row["id"],
        number=row["number"] or 0,
        community_id=row["community_id"],
        home_id=row["home_id"],
        state=State(row["state"]),
        content=_content(row),
        asker=_party(row["person_id"], row["asker_name"]),
        anonymous=bool(row["anonymous"]),
        private=bool(row["private"]),
        place_id=row["place_id"],
        claimer=_party(row["claimed_by"], row["claimer_name"]),
        opened_at=from_stamp(row["opened_at"]),
        active_at=from_stamp(row["active_at"]),
        closed_at=_moment(row["closed_at"]),
        responded_at=_moment(row["responded_at"]),
        carded_at=_moment(row["carded_at"]),
        offered_at=_moment(row["offered_at"]),
        erased_at=_moment(row["erased_at"]),
        looked_up_at=_moment(row["looked_up_at"]),
        look_ups=row["look_ups"],
        delivery=_delivery(row),
        reason=row["reason"],
        work=load_work(row["work"]),
        work_source=row["work_source"],
        free_copies=load_copies(row["free_copies"]),
        threaded=bool(row["threaded"]),
        identifiers=tuple(Identifier(Scheme(each["scheme"]), each["value"], 0, 0, each["value"]) for each in rows),
    )


def _parties(tx: Transaction, row: Row) -> set[int]:
    followers = tx.all("SELECT person_id FROM request_follows WHERE request_id = ?", row["id"])
    return {row["person_id"], row["claimed_by"], *(each["person_id"] for each in followers)} - {None}


def _columns(content: Content) -> dict[str, Any]:
    return {
        "kind": content.kind.value,
        "title": content.title,
        "details": content.details,
        "language": content.language,
        "wiki": content.wiki,
        "article": content.article,
        "needed_at": None if content.needed_at is None else to_stamp(content.needed_at),
    }


def _content(row: Row) -> Content:
    return Content(
        title=row["title"],
        kind=SourceKind(row["kind"]),
        details=row["details"],
        language=row["language"],
        wiki=row["wiki"],
        article=row["article"],
        needed_at=_moment(row["needed_at"]),
    )


def _delivery(row: Row) -> Delivery:
    how = How(row["how"]) if row["how"] else None
    return Delivery(row["answer"], row["link"], how, row["effort"], row["minutes"])


def _party(person_id: int | None, name: str | None) -> Party | None:
    return None if person_id is None else Party(person_id, name or "…")


def _moment(stamp: int | None) -> datetime | None:
    return None if stamp is None else from_stamp(stamp)
