# SPDX-License-Identifier: MIT
"""Lists of requests: filtered and paged, the newest first; each page is one walk along an index."""

from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row
from typing import Any

from bot.kit import Transaction, from_stamp, to_stamp

from .model import Line, Party, SourceKind, State
from .works import load_work

ACTIVE = (State.OPEN, State.CLAIMED, State.WAITING)
PAGE = 20

_SELECT = """
    SELECT r.id, r.state, r.kind, r.title, r.work, r.opened_at, r.needed_at, r.claimed_by, n.number, c.name
    FROM requests r LEFT JOIN numbers n ON n.kind = 'request' AND n.row_id = r.id AND n.current = 1
    LEFT JOIN people c ON c.id = r.claimed_by
"""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which requests are wanted; '' and None leave it open."""

    states: tuple[State, ...] = ACTIVE
    kind: SourceKind | None = None
    language: str = ""


def page(tx: Transaction, community_id: int, wanted: Filter, before_id: int | None, limit: int = PAGE) -> list[Line]:
    """Return a page of a community's requests, the newest first; `before_id` is where the page before ended."""
    found: list[Line] = []
    for state in wanted.states:
        sql = f"{_SELECT} WHERE r.community_id = ? AND r.state = ?"
        params: list[Any] = [community_id, state.value]
        for column, value in (("kind", wanted.kind and wanted.kind.value), ("language", wanted.language)):
            if value:
                sql += f" AND r.{column} = ?"
                params.append(value)
        if before_id:
            sql += " AND r.id < ?"
            params.append(before_id)
        found += [_line(row) for row in tx.all(f"{sql} ORDER BY r.id DESC LIMIT ?", *params, limit)]
    return sorted(found, key=lambda line: -line.id)[:limit]


def mine(tx: Transaction, community_id: int, person_id: int, limit: int = PAGE) -> tuple[list[Line], list[Line]]:
    """Return the requests that somebody asked, those that are not closed first, and those they look for or follow."""
    asked = tx.all(
        f"{_SELECT} WHERE r.person_id = ? AND r.community_id = ? ORDER BY r.closed_at IS NOT NULL, r.id DESC LIMIT ?",
        person_id,
        community_id,
        limit,
    )
    others = tx.all(
        """SELECT id FROM requests WHERE claimed_by = ? AND closed_at IS NULL UNION
           SELECT r.id FROM request_follows f JOIN requests r ON r.id = f.request_id
           WHERE f.person_id = ? AND r.closed_at IS NULL ORDER BY 1 DESC LIMIT ?""",
        person_id,
        person_id,
        limit,
    )
    return [_line(row) for row in asked], lines_of(tx, community_id, [row["id"] for row in others])


def lines_of(tx: Transaction, community_id: int, ids: list[int]) -> list[Line]:
    """Return requests of a community as lines, in the order of these ids."""
    marks = ", ".join("?" * len(ids))
    # coalesce() keeps the engine from walking through the whole community.
    rows = tx.all(f"{_SELECT} WHERE coalesce(r.community_id, 0) = ? AND r.id IN ({marks})", community_id, *ids)
    by_id = {row["id"]: _line(row) for row in rows}
    return [by_id[each] for each in ids if each in by_id]


def unclaimed(tx: Transaction, community_id: int, limit: int) -> tuple[list[Line], int]:
    """Return the oldest requests that nobody looks for and librarians have seen, and how many there are in all."""
    where = "WHERE r.community_id = ? AND r.state = 'open' AND r.carded_at IS NOT NULL"
    rows = tx.all(f"{_SELECT} {where} ORDER BY r.id LIMIT ?", community_id, limit)
    count = tx.value(f"SELECT count(*) FROM requests r {where}", community_id)  # noqa: S608
    return [_line(row) for row in rows], int(count)


def ids_needed(tx: Transaction, community_id: int, until: datetime) -> list[int]:
    """Return the active requests that are needed by a moment and about which nobody was warned."""
    rows = tx.all(
        """SELECT id FROM requests WHERE community_id = ? AND needed_at IS NOT NULL AND closed_at IS NULL
           AND needed_at <= ? AND warned_at IS NULL AND state IN ('open', 'claimed') ORDER BY needed_at""",
        community_id,
        to_stamp(until),
    )
    return [row["id"] for row in rows]


def ids_silent(tx: Transaction, community_id: int, since: datetime, *, reminded: bool) -> list[int]:
    """Return claims without news since a moment: those not yet reminded of, or those reminded of before it."""
    column = "reminded_at" if reminded else "active_at"
    rows = tx.all(
        f"""SELECT id FROM requests WHERE community_id = ? AND state = 'claimed' AND {column} <= ?
            AND reminded_at IS {"NOT NULL" if reminded else "NULL"} ORDER BY id""",  # noqa: S608
        community_id,
        to_stamp(since),
    )
    return [row["id"] for row in rows]


def ids_uncarded(tx: Transaction, community_id: int, offered_before: datetime, opened_before: datetime) -> list[int]:
    """Return what librarians should have seen by now: its free copy did not settle it, or its timer was lost."""
    rows = tx.all(
        """SELECT id FROM requests WHERE community_id = ? AND carded_at IS NULL AND closed_at IS NULL
           AND (offered_at <= ? OR (offered_at IS NULL AND opened_at <= ?)) ORDER BY id""",
        community_id,
        to_stamp(offered_before),
        to_stamp(opened_before),
    )
    return [row["id"] for row in rows]


def ids_unknown(tx: Transaction, community_id: int, since: datetime, most: int) -> list[int]:
    """Return the active requests whose look-up did not succeed, tried less than `most` times, opened since a moment."""
    rows = tx.all(
        """SELECT DISTINCT r.id FROM requests r JOIN request_identifiers i ON i.request_id = r.id
           WHERE r.community_id = ? AND r.state IN ('open', 'claimed', 'waiting') AND r.looked_up_at IS NULL
           AND r.look_ups < ? AND r.opened_at >= ? ORDER BY r.id LIMIT 6""",
        community_id,
        most,
        to_stamp(since),
    )
    return [row["id"] for row in rows]


def ids_to_erase(tx: Transaction, community_id: int, before: datetime, limit: int = 200) -> list[int]:
    """Return what was closed before a moment and still names people."""
    rows = tx.all(
        """SELECT id FROM requests WHERE community_id = ? AND closed_at <= ? AND erased_at IS NULL
           ORDER BY closed_at LIMIT ?""",
        community_id,
        to_stamp(before),
        limit,
    )
    return [row["id"] for row in rows]


def _line(row: Row) -> Line:
    work = None if row["title"] else load_work(row["work"])
    return Line(
        id=row["id"],
        number=row["number"] or 0,
        state=State(row["state"]),
        kind=SourceKind(row["kind"]),
        title=row["title"] or (work.title if work else "…"),
        opened_at=from_stamp(row["opened_at"]),
        needed_at=None if row["needed_at"] is None else from_stamp(row["needed_at"]),
        claimer=None if row["claimed_by"] is None else Party(row["claimed_by"], row["name"] or "…"),
    )
