# SPDX-License-Identifier: MIT
"""Conversations with one person: found again by the account data m.direct, made on demand, encrypted.

Source: Matrix client-server API v1.13, "Direct Messaging".
"""

import asyncio
import logging
from collections import defaultdict

from bot.kit.database import Database
from bot.platforms.matrix import store
from bot.platforms.matrix.api import Api
from bot.platforms.matrix.errors import MatrixError, Refusal
from bot.platforms.matrix.machine import ALGORITHM
from bot.platforms.matrix.rooms import Room, Rooms

log = logging.getLogger(__name__)

DIRECT = "m.direct"


class Closed(Refusal):
    """Somebody has declined or left their private conversation with the bot, or takes none."""

    def __init__(self, user_id: str, why: str) -> None:
        super().__init__(403, "M_FORBIDDEN", f"{user_id} takes no private messages: {why}")


class Directs:
    """Finds and makes direct conversations. `encrypted` says whether new ones are."""

    def __init__(self, api: Api, rooms: Rooms, db: Database, *, encrypted: bool = True) -> None:
        self._api = api
        self._rooms = rooms
        self._db = db
        self._encrypted = encrypted
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._making = asyncio.Lock()

    async def load(self) -> None:
        """Learn which rooms are direct conversations."""
        self._rooms.learn_direct(await self._api.account_data(DIRECT))

    async def room_with(self, user_id: str, name: str) -> str:
        """Return the room with a person, made if there is none. Raises Closed where they want none, and MatrixError."""
        async with self._locks[user_id]:
            declined = False
            for room_id in reversed([room for room, user in self._rooms.direct.items() if user == user_id]):
                room = self._rooms.get(room_id)
                if room is None:
                    continue
                await self.know_members(room)
                if user_id in room.present and len(room.present) <= 2:
                    return room_id
                declined = declined or user_id not in room.present
            if declined:
                raise Closed(user_id, "they declined or left the conversation")
            async with self._making:
                return await self._make(user_id, name)

    async def none_begun(self) -> None:
        """Wait until no conversation is being made: until then a new room may be one without our knowing it."""
        async with self._making:
            return

    async def note(self, room_id: str, user_id: str) -> None:
        """Keep that a room is a direct conversation with somebody."""
        if self._rooms.direct.get(room_id) == user_id:
            return
        self._rooms.direct.pop(room_id, None)
        self._rooms.direct[room_id] = user_id
        await self._keep()

    async def drop(self, room_id: str) -> None:
        """Keep that a room is no direct conversation any more."""
        if self._rooms.direct.pop(room_id, None) is not None:
            await self._keep()

    async def know_members(self, room: Room) -> None:
        """Make sure that we know everybody in a room. Raises MatrixError."""
        if not room.complete:
            room.fill(await self._api.members(room.id))

    async def is_direct(self, room: Room) -> bool:
        """Tell for sure whether a room is a conversation with one person; what is said there may be secret."""
        if room.id not in self._rooms.direct:
            return False
        await self.know_members(room)
        return self._rooms.is_direct(room)

    async def _make(self, user_id: str, name: str) -> str:
        content = {
            "preset": "trusted_private_chat",
            "visibility": "private",
            "is_direct": True,
            "invite": [user_id],
        }
        if self._encrypted:
            encryption = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": ALGORITHM}}
            content["initial_state"] = [encryption]
        try:
            room_id = await self._api.create_room(content)
        except Refusal as error:
            if error.errcode in {"M_FORBIDDEN", "M_NOT_FOUND", "M_UNKNOWN"}:
                raise Closed(user_id, error.message) from error
            raise
        room = self._rooms.enter(room_id)
        for event in await self._api.state(room_id):
            room.take(event)
        room.complete = True
        await self._db.write(store.keep_direct, room_id, user_id, name)
        try:
            await self.note(room_id, user_id)
        except MatrixError as error:
            log.warning("The conversation with %s could not be kept in m.direct: %s", user_id, error)
        return room_id

    async def _keep(self) -> None:
        content: defaultdict[str, list[str]] = defaultdict(list)
        for room_id, user_id in self._rooms.direct.items():
            content[user_id].append(room_id)
        await self._api.set_account_data(DIRECT, content)
