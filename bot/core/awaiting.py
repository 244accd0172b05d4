# SPDX-License-Identifier: MIT
"""Whose next message is an answer: kept in memory, so that bystanders' messages cost nothing and leave no trace."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.exchange import Origin
from bot.kit.database import Database, Transaction
from bot.kit.moment import Clock, from_stamp, to_stamp

FRESH = timedelta(minutes=10)
"""How long the next message of a person counts as their answer where there are no forms."""


@dataclass(frozen=True, slots=True)
class Ear:
    """Somebody in a place, in the platform's own ids."""

    platform: str
    person: str
    channel_id: str
    thread_id: str | None

    @classmethod
    def of(cls, origin: Origin) -> "Ear":
        """Return whose message an event is, and where."""
        return cls(origin.platform, origin.person.external_id, origin.place.channel_id, origin.place.thread_id)


@dataclass(frozen=True, slots=True)
class Awaited:
    """The draft that waits for an answer, since when."""

    draft_id: int
    asked_at: datetime


class Awaiting:
    """Knows who was asked something, where, a short while ago."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self._known: dict[Ear, Awaited] | None = None

    async def draft_id(self, origin: Origin) -> int | None:
        """Return the draft that this person's next message here answers."""
        known = await self._all()
        ear = Ear.of(origin)
        found = known.get(ear)
        if found is None:
            return None
        if self._clock.now() - found.asked_at > FRESH:
            del known[ear]
            return None
        return found.draft_id

    async def expect(self, origin: Origin, draft_id: int) -> None:
        """Take this person's next message here as the answer to a draft."""
        (await self._all())[Ear.of(origin)] = Awaited(draft_id, self._clock.now())

    def settle(self, draft_id: int) -> None:
        """Expect nothing more for a draft."""
        if self._known is not None:
            self._known = {ear: awaited for ear, awaited in self._known.items() if awaited.draft_id != draft_id}

    def forget(self) -> None:
        """Read everything anew: another process changed the database."""
        self._known = None

    async def _all(self) -> dict[Ear, Awaited]:
        if self._known is None:
            found = await self._db.read(read_awaited, self._clock.now() - FRESH)
            self._known = found if self._known is None else self._known
        return self._known


def read_awaited(tx: Transaction, since: datetime) -> dict[Ear, Awaited]:
    """Read the drafts that were asked lately, each with everybody's account on the platform where it was asked."""
    rows = tx.all(
        "SELECT d.id, d.created_at, p.platform, p.channel_id, p.thread_id, i.external_id FROM drafts d "
        "JOIN places p ON p.id = d.place_id JOIN identities i ON i.person_id = d.person_id AND i.platform = p.platform "
        "WHERE d.asking IS NOT NULL AND d.created_at >= ? ORDER BY d.id",
        to_stamp(since),
    )
    return {
        Ear(row["platform"], row["external_id"], row["channel_id"], row["thread_id"] or None): Awaited(
            row["id"], from_stamp(row["created_at"])
        )
        for row in rows
    }
