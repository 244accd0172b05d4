# SPDX-License-Identifier: MIT
"""Finds out who asks, where, and what they may do: one hop to the database, then from memory until a change."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.core.exchange import Origin
from bot.core.situate import situate, speaking
from bot.core.situation import Situation
from bot.kit.database import Database
from bot.kit.moment import Clock
from bot.kit.people import Level

REMEMBERED = 10_000
"""How many people in places are remembered; beyond, those not seen for longest are read again."""

HOLDS = timedelta(hours=1)
"""How long a situation is taken for the same: then it is noted again that somebody was there, and as what."""


class Situations:
    """Knows where every event happens.

    `owners` are the "platform:id" of those who run the bot; `on_community` is told when one is met for the first time.
    """

    def __init__(
        self,
        db: Database,
        clock: Clock,
        owners: frozenset[str] = frozenset(),
        on_community: Callable[[], None] = lambda: None,
    ) -> None:
        self._db = db
        self._clock = clock
        self._owners = owners
        self._known: OrderedDict[Origin, tuple[Situation, datetime]] = OrderedDict()
        self._last: OrderedDict[int, int] = OrderedDict()
        self._alone: OrderedDict[int, Origin] = OrderedDict()
        self._changes = 0
        self._on_community = on_community
        self._communities: set[int] = set()

    async def of(self, origin: Origin) -> Situation:
        """Return the situation of an event; people, homes and places that are new become rows."""
        key = origin if origin.message is None else replace(origin, message=None)
        known, since = self._known.get(key, (None, None))
        fresh = since is not None and self._clock.now() - since < HOLDS
        if known is not None and fresh and self._last.get(known.person.id) == known.community.id:
            self._known.move_to_end(key)
            self._last.move_to_end(known.person.id)
            return known
        changes = self._changes
        found = self._with_owner(origin, await self._db.write(situate, key))
        if changes == self._changes:
            self._remember(key, found)
        if found.community.id not in self._communities:
            self._communities.add(found.community.id)
            self._on_community()
        return found

    async def renewed(self, origin: Origin, here: Situation) -> Situation:
        """Return a situation with the language and time zone that hold now; leaves no trace of who asks."""
        if here.person.id in self._last:
            return here
        return await self._db.read(speaking, origin, here)

    def last(self, person_id: int, home_id: int | None) -> Situation | None:
        """Return how somebody was met last in a home, with what the platform said of their rank; None: not lately."""
        for found, _ in reversed(self._known.values()):
            if found.person.id == person_id and (found.home.id if found.home else None) == home_id:
                return found
        return None

    def forget(self) -> None:
        """Read everything anew: something was changed that situations are made of."""
        self._changes += 1
        self._known.clear()
        self._last.clear()
        self._alone.clear()

    def _remember(self, key: Origin, found: Situation) -> None:
        self._known[key] = found, self._clock.now()
        self._known.move_to_end(key)
        # What somebody may do in private follows from the rank that they were seen with last.
        if key.home is None:
            self._alone[found.person.id] = key
            self._alone.move_to_end(found.person.id)
        else:
            self._drop_alone(found.person.id)
        # Somebody who goes to another community is noted there: their conversation with the bot follows them.
        self._last[found.person.id] = found.community.id
        self._last.move_to_end(found.person.id)
        for remembered in (self._known, self._last, self._alone):
            while len(remembered) > REMEMBERED:
                remembered.popitem(last=False)

    def _drop_alone(self, person_id: int) -> None:
        alone = self._alone.pop(person_id, None)
        if alone is not None:
            self._known.pop(alone, None)

    def _with_owner(self, origin: Origin, found: Situation) -> Situation:
        if f"{origin.platform}:{origin.person.external_id}" not in self._owners:
            return found
        return replace(found, level=Level.OWNER, local_level=Level.OWNER, blocked=False)
