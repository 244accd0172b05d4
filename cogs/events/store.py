# SPDX-License-Identifier: MIT
"""Events in the database: written, found within their community, read as what they mean."""

from collections.abc import Iterable
from datetime import datetime
from sqlite3 import Row
from typing import Any

from bot.kit import NotFound, Transaction, from_stamp, t, to_stamp

from . import store_dates
from .model import Actor, Content, Count, Event, Exceptional, Frequency, Party, Repeat, State, Timing
from .recurrence import bounds
from .when import of_text

KIND = "event"
"""What events are called among the running numbers."""

_SELECT = """
    SELECT e.*, n.number, p.name AS organiser_name,
      (SELECT count(*) FROM event_rsvps r WHERE r.event_id = e.id AND r.answer = 'yes' AND r.waiting = 0) AS coming,
      (SELECT count(*) FROM event_rsvps r WHERE r.event_id = e.id AND r.answer = 'maybe')
      + (SELECT count(*) FROM event_interests i WHERE i.event_id = e.id AND i.refused = 0 AND NOT EXISTS
         (SELECT 1 FROM event_rsvps r WHERE r.event_id = e.id AND r.person_id = i.person_id)) AS perhaps,
      (SELECT count(*) FROM event_rsvps r WHERE r.event_id = e.id AND r.waiting = 1) AS waiting
    FROM events e
    LEFT JOIN numbers n ON n.kind = 'event' AND n.row_id = e.id AND n.current = 1
    LEFT JOIN people p ON p.id = e.person_id
"""


def add(
    tx: Transaction,
    actor: Actor,
    content: Content,
    timing: Timing,
    uid: str,
    *,
    state: State = State.DRAFT,
    feed_id: int | None = None,
) -> int:
    """Write a new event; return its id."""
    columns = {
        "community_id": actor.community_id,
        "home_id": actor.home_id,
        "state": state.value,
        "person_id": actor.person_id,
        "uid": uid,
        "feed_id": feed_id,
        "created_at": to_stamp(tx.now),
        "changed_at": to_stamp(tx.now),
        **columns_of(content),
        **columns_when(timing),
    }
    names, marks = ", ".join(columns), ", ".join("?" for _ in columns)
    return tx.insert(f"INSERT INTO events ({names}) VALUES ({marks})", *columns.values())  # noqa: S608


def change(tx: Transaction, event_id: int, **columns: Any) -> None:
    """Set columns of an event; their names are the code's own, never a person's."""
    names = ", ".join(f"{name} = ?" for name in columns)
    values = [to_stamp(value) if isinstance(value, datetime) else value for value in columns.values()]
    tx.run(f"UPDATE events SET {names} WHERE id = ?", *values, event_id)  # noqa: S608


def get(tx: Transaction, community_id: int, event_id: int | None) -> Event:
    """Return an event of this community; raises NotFound."""
    row = tx.one(f"{_SELECT} WHERE e.id = ? AND e.community_id = ?", event_id, community_id)
    if row is None:
        raise NotFound(t("There is no such event here."))
    return read(tx, row)


def find(tx: Transaction, event_id: int) -> Event | None:
    """Return an event for the bot's own work, such as a timer; None when it is gone."""
    row = tx.one(f"{_SELECT} WHERE e.id = ?", event_id)
    return None if row is None else read(tx, row)


def at_hand(tx: Transaction, actor: Actor, event_id: int) -> Event:
    """Return an event for a button: one of this community, or in private one that concerns the presser in any."""
    event = find(tx, event_id)
    if event is not None and (
        event.community_id == actor.community_id or (actor.direct and _concerns(tx, event, actor))
    ):
        return event
    raise NotFound(t("There is no such event here."))


def with_uid(tx: Transaction, community_id: int, uid: str) -> Event | None:
    """Return the event that calendars know by this name, or None."""
    row = tx.one(f"{_SELECT} WHERE e.community_id = ? AND e.uid = ?", community_id, uid)
    return None if row is None else read(tx, row)


def select(tx: Transaction, where: str, *params: Any) -> tuple[Event, ...]:
    """Return events by a condition that the code itself writes."""
    return tuple(read(tx, row) for row in tx.all(f"{_SELECT} WHERE {where}", *params))


def put_exception(tx: Transaction, event_id: int, exception: Exceptional) -> None:
    """Leave an occurrence out, or move it; what was said of it before is replaced."""
    moved = exception.moved
    tx.run(
        """INSERT INTO event_exceptions (event_id, original, moved, fold, reason) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (event_id, original) DO UPDATE SET
           moved = excluded.moved, fold = excluded.fold, reason = excluded.reason""",
        event_id,
        exception.original,
        None if moved is None else moved.text,
        0 if moved is None else moved.fold,
        exception.reason,
    )


def drop_exceptions(tx: Transaction, event_id: int) -> None:
    """Forget what was changed of single occurrences, because the series itself was changed."""
    tx.run("DELETE FROM event_exceptions WHERE event_id = ?", event_id)


def renew_bounds(tx: Transaction, event_id: int) -> None:
    """Work out anew when the first occurrence starts and the last one ends."""
    event = find(tx, event_id)
    if event is not None:
        starts_at, ends_at = bounds(event.timing)
        change(tx, event_id, starts_at=starts_at, ends_at=ends_at)


def columns_of(content: Content) -> dict[str, Any]:
    """Return what the organiser writes as columns."""
    return {name: getattr(content, name) for name in content.__dataclass_fields__}


def columns_when(timing: Timing) -> dict[str, Any]:
    """Return when it takes place as columns."""
    starts_at, ends_at = bounds(timing)
    return {
        "zone": timing.when.zone,
        "starts": timing.when.text,
        "fold": timing.when.fold,
        "minutes": timing.minutes,
        "all_day": int(timing.all_day),
        "repeats": timing.repeat.frequency.value,
        "every": timing.repeat.every,
        "until": timing.repeat.until,
        "times": timing.repeat.times,
        "by_day": timing.repeat.by_day,
        "starts_at": to_stamp(starts_at),
        "ends_at": to_stamp(ends_at),
    }


def read(tx: Transaction, row: Row) -> Event:
    """Return a row as what it means."""
    exceptions = tx.all("SELECT * FROM event_exceptions WHERE event_id = ? ORDER BY original", row["id"])
    count = Count(row["coming"], row["perhaps"], row["waiting"])
    return Event(
        id=row["id"],
        number=row["number"] or 0,
        community_id=row["community_id"],
        home_id=row["home_id"],
        state=State(row["state"]),
        content=Content(**{name: row[name] for name in Content.__dataclass_fields__}),
        timing=_timing(row, exceptions),
        organiser=None if row["person_id"] is None else Party(row["person_id"], row["organiser_name"] or "…"),
        starts_at=from_stamp(row["starts_at"]),
        ends_at=from_stamp(row["ends_at"]),
        uid=row["uid"],
        sequence=row["sequence"],
        count=count,
        reason=row["reason"],
        feed_id=row["feed_id"],
        changed_at=_moment(row["changed_at"]),
        published_at=_moment(row["published_at"]),
        watched_at=_moment(row["watched_at"]),
        dates=tuple(store_dates.counts(tx, row["id"], count).items()) if row["repeats"] else (),
    )


def _timing(row: Row, exceptions: Iterable[Row]) -> Timing:
    zone = row["zone"]
    return Timing(
        of_text(row["starts"], zone, row["fold"]),
        row["minutes"],
        bool(row["all_day"]),
        Repeat(Frequency(row["repeats"]), row["every"], row["until"], row["times"], row["by_day"]),
        tuple(
            Exceptional(
                each["original"],
                None if each["moved"] is None else of_text(each["moved"], zone, each["fold"]),
                each["reason"],
            )
            for each in exceptions
        ),
    )


def _concerns(tx: Transaction, event: Event, actor: Actor) -> bool:
    if actor.person_id is None:
        return False
    answered = "SELECT 1 FROM event_rsvps WHERE event_id = ? AND person_id = ?"
    member = """SELECT 1 FROM memberships m JOIN homes h ON h.id = m.home_id
                WHERE h.community_id = ? AND m.person_id = ?"""
    return (
        event.is_organiser(actor.person_id)
        or tx.value(answered, event.id, actor.person_id) is not None
        or tx.value(member, event.community_id, actor.person_id) is not None
    )


def _moment(stamp: int | None) -> datetime | None:
    return None if stamp is None else from_stamp(stamp)
