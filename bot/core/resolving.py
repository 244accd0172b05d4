# SPDX-License-Identifier: MIT
"""Finds the people and places that somebody names, within their community only."""

import re
from collections.abc import Callable, Collection, Sequence
from typing import Protocol, runtime_checkable

from bot.core.exchange import ACCOUNT, PlaceRef
from bot.core.situation import Situation
from bot.kit.database import Database, Transaction
from bot.kit.people import HomeKind, Identity, Person, Place, Role
from bot.storage import homes, people, places

_KEPT = re.compile(r"(?:person|place):(?P<id>\d{1,18})")
"""How a draft writes down whom or what was meant."""

_POWER = re.compile(r"(?:power[: ]?)?(?P<power>[1-9]\d{0,8})", re.IGNORECASE)

_WRAPPED = re.compile(r"<[@#][!&]?(?P<id>\d+)>")


@runtime_checkable
class Introducer(Protocol):
    """A platform that can tell who has an account that somebody typed."""

    @property
    def name(self) -> str:
        """The platform's name."""

    async def introduce(self, homes: Collection[str], account: str) -> Identity | None:
        """Return the account where somebody of it is in one of these homes (the platform's ids); else None."""


class Directory:
    """Looks people and places up. `introducers` are the platforms that know people who never spoke to the bot."""

    def __init__(self, db: Database, introducers: Callable[[], Sequence[Introducer]] = tuple) -> None:
        self._db = db
        self._introducers = introducers

    async def person(self, here: Situation, said: str | Identity) -> Person | None:
        """Return the person meant by an account, a mention or a name; None when nobody or several are."""
        if isinstance(said, Identity):
            return await self._db.write(_recognise, here.place.platform, said)
        found = await self._db.read(find_person, here.community.id, here.place.platform, said)
        return found or await self._stranger(here, said.strip())

    async def _stranger(self, here: Situation, account: str) -> Person | None:
        """Return who has an account and is in the community, though they have not said anything to the bot yet."""
        platform = here.place.platform
        known = next((each for each in self._introducers() if each.name == platform), None)
        if known is None or not ACCOUNT.fullmatch(account):
            return None
        there = await self._db.read(homes.of_community, here.community.id)
        identity = await known.introduce([home.external_id for home in there if home.platform == platform], account)
        return None if identity is None else await self._db.write(_recognise, platform, identity)

    async def place(self, here: Situation, said: str | PlaceRef) -> Place | None:
        """Return the place meant by an id, a mention or a name; None when there is none in this home."""
        if isinstance(said, PlaceRef):
            return await self._db.write(_ensure_place, here, said)
        return await self._db.read(find_place, here, said)


class HereResolver:
    """A directory as one asker sees it."""

    def __init__(self, directory: Directory, here: Situation) -> None:
        self._directory = directory
        self._here = here

    async def person(self, said: str | Identity) -> Person | None:
        """Return the person that the asker means."""
        return await self._directory.person(self._here, said)

    async def place(self, said: str | PlaceRef) -> Place | None:
        """Return the place that the asker means."""
        return await self._directory.place(self._here, said)

    def role(self, said: str) -> Role | None:
        """Return the role that the asker means; in a room roles are power levels, and None is what is none."""
        if self._here.home is None or self._here.home.kind is not HomeKind.ROOM:
            wrapped = _WRAPPED.fullmatch(said)
            return Role(wrapped["id"] if wrapped else said, said)
        power = _POWER.fullmatch(said)
        return Role(f"power:{int(power['power'])}", f"power:{int(power['power'])}") if power else None


def find_person(tx: Transaction, community_id: int, platform: str, said: str) -> Person | None:
    """Find a person who was seen in a community, by account or by name."""
    typed = said.strip()
    if kept := _KEPT.fullmatch(typed):
        return _known_here(tx, community_id, int(kept["id"]))
    wrapped = _WRAPPED.fullmatch(typed)
    external_id = wrapped["id"] if wrapped else typed
    # An account is never taken for a name: somebody else may call themselves so.
    name = "" if wrapped or ACCOUNT.fullmatch(typed) else typed.removeprefix("@")
    rows = tx.all(
        "SELECT DISTINCT i.person_id FROM identities i JOIN memberships m ON m.person_id = i.person_id "
        "WHERE m.community_id = ? AND ((i.platform = ? AND i.external_id = ?) "
        "OR (? <> '' AND lower(i.name) = lower(?)))",
        community_id,
        platform,
        external_id,
        name,
        name,
    )
    return people.get(tx, rows[0]["person_id"]) if len(rows) == 1 else None


def _known_here(tx: Transaction, community_id: int, person_id: int) -> Person | None:
    here = any(seen.community_id == community_id for seen in people.memberships(tx, person_id))
    return people.get(tx, person_id) if here else None


def find_place(tx: Transaction, here: Situation, said: str) -> Place | None:
    """Find a place of the asker's home, by id, mention or name."""
    if here.home is None:
        return None
    typed = said.strip()
    if kept := _KEPT.fullmatch(typed):
        found = places.get(tx, int(kept["id"]))
        return found if found and found.home_id == here.home.id else None
    wrapped = _WRAPPED.fullmatch(typed)
    if wrapped or typed.startswith("!"):
        found = places.find(tx, here.home.platform, wrapped["id"] if wrapped else typed)
        return found if found and found.home_id == here.home.id else None
    name = typed.removeprefix("#").casefold()
    named = [place for place in places.of_home(tx, here.home.id) if place.name.removeprefix("#").casefold() == name]
    # A thread may be called what its channel is called; the channel is meant.
    named = [place for place in named if place.thread_id is None] or named
    return named[0] if len(named) == 1 else None


def _recognise(tx: Transaction, platform: str, identity: Identity) -> Person:
    return people.recognise(tx, platform, identity.external_id, identity.name)


def _ensure_place(tx: Transaction, here: Situation, ref: PlaceRef) -> Place | None:
    if here.home is None:
        return None
    home = homes.existing(tx, here.home.id)
    return places.ensure(tx, home.platform, ref.channel_id, ref.thread_id, ref.name, home_id=home.id)
