# SPDX-License-Identifier: MIT
"""Who is in the rooms that the bot is in, and what they may do there, which is told with what they say in private.

A room's state says at any moment who has which power there, so that nothing has to be remembered. Who left a room
keeps their entry in its power levels: only those who are in it count.
"""

import logging
from collections.abc import Collection

from bot.core.exchange import Rank
from bot.kit.people import Identity
from bot.platforms.matrix.api import Api
from bot.platforms.matrix.errors import MatrixError
from bot.platforms.matrix.powers import power_of, rank_of
from bot.platforms.matrix.rooms import Room, Rooms
from bot.platforms.matrix.settings import RoomBook
from bot.platforms.matrix.store import PLATFORM

log = logging.getLogger(__name__)


class Standing:
    """Tells people's ranks in rooms."""

    def __init__(self, api: Api, rooms: Rooms, book: RoomBook) -> None:
        self._api = api
        self._rooms = rooms
        self._book = book

    async def of(self, user_id: str) -> frozenset[tuple[str, Rank]]:
        """Return somebody's rank in each home where they are and have one, by the id of the home."""
        powerful = [room for room in self._rooms if self._may_count(room) and _power(room, user_id) > 0]
        found = {
            (self._rooms.home_of(room.id), await self._rank(room, user_id))
            for room in powerful
            if await self._is_in(room, user_id)
        }
        return frozenset(found)

    async def identity(self, homes: Collection[str], user_id: str) -> Identity | None:
        """Return an account under the name that it has in one of these homes; None where nobody of it is there."""
        for room in self._rooms:
            if self._rooms.home_of(room.id) in homes and self._may_count(room) and await self._is_in(room, user_id):
                return Identity(PLATFORM, user_id, room.name_of(user_id))
        return None

    def _may_count(self, room: Room) -> bool:
        """Tell whether a room governs a home: not a private conversation, nor a room that went on as another."""
        return room.id not in self._rooms.direct and not room.successor

    async def _rank(self, room: Room, user_id: str) -> Rank:
        chosen = await self._book.of(room.id)
        return rank_of(user_id, room.create, room.levels, chosen.moderator_power)

    async def _is_in(self, room: Room, user_id: str) -> bool:
        """Tell whether somebody is in a room; the homeserver is asked of those who were not heard of yet."""
        if user_id not in room.members and not room.complete:
            try:
                member = await self._api.state_of(room.id, "m.room.member", user_id)
            except MatrixError as error:
                log.info("%s: whether %s is there cannot be read: %s", room.id, user_id, error)
                return False
            room.take({"type": "m.room.member", "state_key": user_id, "content": member})
        return room.members.get(user_id) == "join"


def _power(room: Room, user_id: str) -> float:
    return power_of(user_id, room.create, room.levels)
