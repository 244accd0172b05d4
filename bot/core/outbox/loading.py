# SPDX-License-Identifier: MIT
"""Reads, in the sender's transaction, everything that one delivery needs."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from bot.core.courier import Where
from bot.kit.database import Transaction
from bot.kit.entry import CalendarEntry, load_entry
from bot.kit.people import Community, Identity, Person, Place
from bot.kit.reply import Reply
from bot.kit.wire import Resolver, WireError, load_reply
from bot.storage import communities, people, places, posts
from bot.storage.outbox import OutboxRow

REMEMBERED_MAX = 64_000
"""Characters of a row that may be remembered as read; what carries large files is read each time."""

FORGOTTEN = "…"
"""The name of a person or a place that is no longer known."""


@dataclass(frozen=True, slots=True)
class Load:
    """A row of the outbox with where it goes, what it says and in which language.

    `taken_at` is when this attempt began; `row.sending_at` since when an earlier one may have arrived. Without
    `where`, or `reply` or `entry`, `problem` says why it cannot be delivered.
    """

    row: OutboxRow
    taken_at: datetime
    locale: str
    zone: str
    where: Where | None = None
    reply: Reply | None = None
    mention_role: bool = False
    mentions: tuple[Identity, ...] = ()
    roles: tuple[str, ...] = ()
    problem: str = ""
    below: str | None = None
    entry: CalendarEntry | None = None


def load_all(tx: Transaction, rows: Sequence[OutboxRow]) -> tuple[Load, ...]:
    """Read what the delivery of some rows needs."""
    known = {row.community_id: _community(tx, row.community_id) for row in rows}
    rooms = places.some(tx, {row.place_id for row in rows if row.place_id is not None})
    return tuple(_load(tx, row, known[row.community_id], rooms) for row in rows)


def _community(tx: Transaction, community_id: int | None) -> Community:
    found = None if community_id is None else communities.get(tx, community_id)
    return found or Community(0, "")


def _load(tx: Transaction, row: OutboxRow, community: Community, rooms: Mapping[int, Place]) -> Load:
    person = None if row.person_id is None else people.get(tx, row.person_id)
    locale, zone = _reader(community, person)
    where = _where(row, person, rooms)
    if where is None:
        return Load(
            row, tx.now, locale, zone, problem="The place or the person that this is for is not known any more."
        )
    try:
        said = _said(row.payload, tx)
        if isinstance(said, CalendarEntry):
            return Load(row, tx.now, locale, zone, where, entry=said)
        role, mentions, roles = _mentions(tx, row)
    except (WireError, ValueError, TypeError, AttributeError) as error:
        return Load(row, tx.now, locale, zone, where, problem=str(error))
    return Load(row, tx.now, locale, zone, where, said, role, mentions, roles, below=_root(tx, row))


def _said(payload: str, tx: Transaction) -> Reply | CalendarEntry:
    """Read what a row says; raises WireError, ValueError."""
    same = _same_for_all(payload) if len(payload) <= REMEMBERED_MAX else None
    return _read(payload, _Resolver(tx)) if same is None else same


@lru_cache(maxsize=16)
def _same_for_all(payload: str) -> Reply | CalendarEntry | None:
    """Read what names no person and no place, once for the thousand places that hear of it; None for all else."""
    try:
        return _read(payload, _Nobody())
    except _Asked:
        return None


def _read(payload: str, resolver: Resolver) -> Reply | CalendarEntry:
    loaded = json.loads(payload)
    entry = load_entry(loaded)
    return load_reply(loaded, resolver) if entry is None else entry


def _reader(community: Community, person: Person | None) -> tuple[str, str]:
    if person is None:
        return community.locale, community.zone
    return person.locale or community.locale, person.zone or community.zone


def _where(row: OutboxRow, person: Person | None, rooms: Mapping[int, Place]) -> Where | None:
    if row.person_id is not None:
        return None if person is None else person.on(row.platform)
    return None if row.place_id is None else rooms.get(row.place_id)


def _root(tx: Transaction, row: OutboxRow) -> str | None:
    """Return the message in whose thread a row belongs; None for no thread, or when that message is gone."""
    found = posts.of_key(tx, row.below, only=row.where) if row.below else ()
    return found[0].message_id if found else None


def _mentions(tx: Transaction, row: OutboxRow) -> tuple[bool, tuple[Identity, ...], tuple[str, ...]]:
    if row.mentions == "{}":
        return False, (), ()
    mentions = json.loads(row.mentions)
    named = (people.get(tx, person_id) for person_id in mentions.get("people", ()))
    accounts = (person.on(row.platform) for person in named if person is not None)
    roles = tuple(str(role_id) for role_id in mentions.get("roles", ()))
    return mentions.get("role") is True, tuple(account for account in accounts if account is not None), roles


class _Asked(Exception):
    """A reply names somebody or a place, and must be read for each reader."""


class _Nobody:
    """Knows nobody and no place."""

    def person(self, person_id: int) -> Person:
        """Refuse."""
        raise _Asked(person_id)

    def place(self, place_id: int) -> Place:
        """Refuse."""
        raise _Asked(place_id)


class _Resolver:
    """Finds people and places in the database, each once."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx

    def person(self, person_id: int) -> Person:
        return people.get(self._tx, person_id) or Person(person_id, FORGOTTEN)

    def place(self, place_id: int) -> Place:
        return places.get(self._tx, place_id) or Place(place_id, "", "", name=FORGOTTEN)
