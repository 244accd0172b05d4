# SPDX-License-Identifier: MIT
"""Encrypts what the bot says for all who are in a room, and reads what they say once its key is here."""

import asyncio
import logging
from collections import OrderedDict, defaultdict
from collections.abc import Mapping
from typing import Any

from bot.platforms.matrix.api import Api
from bot.platforms.matrix.errors import MatrixError, Trouble
from bot.platforms.matrix.machine import Machine
from bot.platforms.matrix.rooms import Room, Rooms
from bot.platforms.matrix.shapes import Event, mapping, text, whole

log = logging.getLogger(__name__)

_WAITING = 200
_AT_ONCE = 50
"""How many people's devices are sent keys in one request."""


class Encryption:
    """The machine at work: sessions are shared with everybody's devices, and renewed when somebody comes or goes."""

    def __init__(self, api: Api, rooms: Rooms, machine: Machine) -> None:
        self.machine = machine
        self._api = api
        self._rooms = rooms
        self._locks: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._unread: OrderedDict[str, tuple[str, Event]] = OrderedDict()

    async def take(self, answer: dict[str, Any]) -> list[tuple[str, Event]]:
        """Learn from a sync, before its messages are read; return earlier events whose keys have come only now."""
        came = self.machine.take(answer)
        for user in self.machine.changed(answer):
            self.renew_with(user)
        try:
            await self.machine.publish()
            await self.machine.query()
            await self.machine.unwedge()
        except MatrixError as error:
            log.warning("Keys could not be brought up to date, I shall try again: %s", error)
        return self._readable(came)

    def read(self, room_id: str, event: Event) -> Event | None:
        """Return what an encrypted event says; it is kept for a while when its key has not come yet."""
        if not text(event, "content", "ciphertext"):
            # It was taken back, and no key will ever make anything of it.
            return None
        try:
            opened = self.machine.decrypt(room_id, event)
        except Exception as error:  # noqa: BLE001 (anybody may have written it)
            log.info("%s: an encrypted message cannot be read: %s", room_id, error)
            return None
        if opened is None:
            self._unread[text(event, "event_id")] = (room_id, event)
            while len(self._unread) > _WAITING:
                self._unread.popitem(last=False)
        return opened

    def is_unread(self, event_id: str) -> bool:
        """Tell whether the key of an event has still not come."""
        return event_id in self._unread

    async def encrypt(self, room: Room, kind: str, content: Mapping[str, Any]) -> dict[str, Any]:
        """Encrypt for a room, whose members' devices are given the key first. Raises MatrixError."""
        async with self._locks[room.id]:
            olm = self.machine.olm
            try:
                if olm.should_share_group_session(room.id):
                    await self._share(room)
                sealed: dict[str, Any] = olm.group_encrypt(room.id, {"type": kind, "content": dict(content)})
            except MatrixError:
                raise
            except Exception as error:
                raise Trouble(f"The message could not be encrypted: {error!r}") from error
        if "m.relates_to" in content:
            sealed["m.relates_to"] = content["m.relates_to"]
        return sealed

    def renew(self, room_id: str) -> None:
        """Use a new key in a room: somebody came or went."""
        self.machine.olm.outbound_group_sessions.pop(room_id, None)

    def renew_with(self, user_id: str) -> None:
        """Use new keys wherever somebody is: they have a new device, or one less."""
        for room in self._rooms:
            if room.encrypted and room.members.get(user_id) in {"join", "invite"}:
                self.renew(room.id)

    async def _share(self, room: Room) -> None:
        olm = self.machine.olm
        if not room.complete:
            room.fill(await self._api.members(room.id))
        users = [user for user in room.present if user != olm.user_id]
        await self.machine.query(user for user in users if user not in olm.tracked_users)
        await self.machine.claim(olm.get_missing_sessions(users))
        sealed = list(self.machine.sealed_keys(room.id, users).items())
        for begin in range(0, len(sealed), _AT_ONCE):
            await self.machine.send_to_devices("m.room.encrypted", dict(sealed[begin : begin + _AT_ONCE]))
        session = olm.outbound_group_sessions[room.id]
        self._limit(session, room)
        session.shared = True

    @staticmethod
    def _limit(session: Any, room: Room) -> None:
        """Keep to how often the room wants its key renewed."""
        messages = whole(mapping(room.encryption), "rotation_period_msgs")
        if messages is not None and 0 < messages < session.max_messages:
            session.max_messages = messages

    def _readable(self, came: set[tuple[str, str]]) -> list[tuple[str, Event]]:
        if not came:
            return []
        late = [
            event_id
            for event_id, (room_id, event) in self._unread.items()
            if (room_id, text(event, "content", "session_id")) in came
        ]
        return [self._unread.pop(event_id) for event_id in late]
