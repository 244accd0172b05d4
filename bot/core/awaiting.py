# SPDX-License-Identifier: MIT
"""Whose next message is an answer: kept in memory, so that bystanders' messages cost nothing and leave no trace."""

import json
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.core.exchange import Origin
from bot.kit.database import Database, Transaction
from bot.kit.moment import Clock
from bot.storage import drafts

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


@dataclass(slots=True)
class Known:
    """Whose next message answers which draft; and every draft that somebody may still answer in a channel."""

    next: dict[Ear, Awaited] = field(default_factory=dict)
    open: defaultdict[Ear, set[int]] = field(default_factory=lambda: defaultdict(set))

    def add(self, ear: Ear, awaited: Awaited, *, aside: bool = False) -> None:
        """Learn of a draft; one that was put aside is answered only by a reply to its question."""
        self.open[_channel(ear)].add(awaited.draft_id)
        if not aside:
            self.next[ear] = awaited

    def put_aside(self, draft_id: int) -> None:
        """Expect no next message for a draft."""
        self.next = {ear: awaited for ear, awaited in self.next.items() if awaited.draft_id != draft_id}

    def remove(self, draft_id: int) -> None:
        """Expect nothing for a draft."""
        self.put_aside(draft_id)
        for ear, asked in list(self.open.items()):
            asked.discard(draft_id)
            if not asked:
                del self.open[ear]


class Awaiting:
    """Knows who was asked something, where, a short while ago."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock
        self._known: Known | None = None

    async def draft_id(self, origin: Origin) -> int | None:
        """Return the draft that this person's next message here answers."""
        known = await self._all()
        ear = Ear.of(origin)
        found = known.next.get(ear)
        if found is None:
            return None
        if self._clock.now() - found.asked_at > FRESH:
            del known.next[ear]
            return None
        return found.draft_id

    async def open_to(self, origin: Origin) -> frozenset[int]:
        """Return the drafts of which this person was asked in this channel, whatever the thread, and however old."""
        return frozenset((await self._all()).open.get(_channel(Ear.of(origin)), ()))

    async def expect(self, origin: Origin, draft_id: int) -> None:
        """Take this person's next message here as the answer to a draft."""
        (await self._all()).add(Ear.of(origin), Awaited(draft_id, self._clock.now()))

    def put_aside(self, draft_id: int) -> None:
        """Take no next message as the answer to a draft; a reply to its question still is."""
        if self._known is not None:
            self._known.put_aside(draft_id)

    def settle(self, draft_id: int) -> None:
        """Expect nothing more for a draft."""
        if self._known is not None:
            self._known.remove(draft_id)

    def forget(self) -> None:
        """Read everything anew: another process changed the database."""
        self._known = None

    async def _all(self) -> Known:
        if self._known is None:
            found = await self._db.read(_read)
            self._known = found if self._known is None else self._known
        return self._known


def _channel(ear: Ear) -> Ear:
    return replace(ear, thread_id=None)


def _read(tx: Transaction) -> Known:
    known = Known()
    for each in drafts.waiting(tx):
        ear = Ear(each.platform, each.external_id, each.channel_id, each.thread_id)
        aside = json.loads(each.asking).get("aside", False)
        known.add(ear, Awaited(each.draft_id, each.asked_at), aside=aside)
    return known
