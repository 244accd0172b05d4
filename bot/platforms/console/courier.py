# SPDX-License-Identifier: MIT
"""Delivers posts of the outbox to the terminal: shown at once where the person is, and kept for `:inbox`."""

import math
from collections.abc import Awaitable, Callable

from bot.core.courier import Parcel, Where
from bot.kit.people import Identity, Place
from bot.platforms.console.desk import Arrival, Desk

Announcer = Callable[[Arrival], Awaitable[None]]
"""Shows an arrival to whom it concerns."""


class ConsoleCourier:
    """The terminal takes whatever comes, as fast as it comes, and prints a post with the same marker once."""

    pace = math.inf
    place_pace = math.inf
    memory = 86_400.0

    def __init__(self, desk: Desk, announce: Announcer) -> None:
        self._desk = desk
        self._announce = announce

    async def post(self, place: Place, parcel: Parcel) -> str:
        """Print a post, and return its message id."""
        return await self._deliver(place, parcel)

    async def tell(self, identity: Identity, parcel: Parcel) -> str:
        """Print a post for one person, and return its message id."""
        return await self._deliver(identity, parcel)

    async def edit(self, where: Where, message_id: str, parcel: Parcel) -> None:
        """Print a message anew, unless it says the same; one of an earlier run is printed as it is now."""
        before = self._desk.arrivals.get(message_id)
        if before and (before.reply, before.voice) == (parcel.reply, parcel.voice):
            return
        marker = before.marker if before else parcel.marker
        self._desk.arrivals[message_id] = Arrival(message_id, where, marker, parcel.reply, parcel.voice)
        await self._announce(self._desk.arrivals[message_id])

    async def find(self, where: Where, marker: str, below: str | None = None) -> str | None:
        """Look for a post by its marker; the terminal has no threads."""
        del where, below
        return next((each.id for each in self._desk.arrivals.values() if each.marker == marker), None)

    async def _deliver(self, where: Where, parcel: Parcel) -> str:
        if found := await self.find(where, parcel.marker):
            return found
        arrival = Arrival(f"post-{parcel.marker}", where, parcel.marker, parcel.reply, parcel.voice)
        self._desk.arrivals[arrival.id] = arrival
        await self._announce(arrival)
        return arrival.id
