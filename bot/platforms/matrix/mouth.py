# SPDX-License-Identifier: MIT
"""Says things in rooms: encrypted where the room is, and again when the homeserver is away or wants us to wait."""

import logging
import secrets
from collections import OrderedDict
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Protocol

from bot.core.alarm import sleep_until
from bot.core.clock import WakingClock
from bot.platforms.matrix.api import Api
from bot.platforms.matrix.errors import Limited, MatrixError, Refusal, Trouble, Unreachable
from bot.platforms.matrix.rooms import Room, Rooms

log = logging.getLogger(__name__)

LONGEST = timedelta(minutes=5)
"""How long an answer is tried again; later it would come as a surprise."""

_REMEMBERED = 2000
_WORST_WAIT = 30.0
_IN_CLEAR = {"m.reaction", "m.room.redaction"}


class Cipher(Protocol):
    """What encrypts for a room."""

    async def encrypt(self, room: Room, kind: str, content: Mapping[str, Any]) -> dict[str, Any]:
        """Return the content of an m.room.encrypted event. Raises MatrixError."""


class Mouth:
    """Sends events; remembers lately sent ones, so that presses on them are answered in the right thread."""

    def __init__(self, api: Api, rooms: Rooms, clock: WakingClock) -> None:
        self.cipher: Cipher | None = None
        self._api = api
        self._rooms = rooms
        self._clock = clock
        self._threads: OrderedDict[str, str | None] = OrderedDict()

    async def send(self, room_id: str, kind: str, content: Mapping[str, Any], txn: str) -> str:
        """Send once; `txn` makes it safe to call again. Raises MatrixError."""
        room = self._rooms.get(room_id)
        sent_kind, sent = kind, content
        if room is not None and room.encrypted and kind not in _IN_CLEAR and self.cipher is not None:
            sent_kind, sent = "m.room.encrypted", await self.cipher.encrypt(room, kind, content)
        event_id = await self._api.send(room_id, sent_kind, sent, txn)
        self.remember(event_id, content)
        return event_id

    async def insist(self, room_id: str, kind: str, content: Mapping[str, Any], txn: str = "") -> str:
        """Send, and try again for some minutes while the homeserver is away or wants us to wait. Raises MatrixError."""
        txn = txn or secrets.token_urlsafe(12)
        until = self._clock.now() + LONGEST
        attempts = 0
        while True:
            try:
                return await self.send(room_id, kind, content, txn)
            except MatrixError as error:
                attempts += 1
                wait = wait_after(error, attempts)
                if wait is None or self._clock.now() + timedelta(seconds=wait) > until:
                    raise
                log.info("%s: trying again in %.1f s: %s", room_id, wait, error)
                await sleep_until(self._clock, self._clock.now() + timedelta(seconds=wait))

    def remember(self, event_id: str, content: Mapping[str, Any]) -> None:
        """Remember in which thread a message stands."""
        relation = content.get("m.relates_to")
        in_thread = isinstance(relation, dict) and relation.get("rel_type") == "m.thread"
        self._threads[event_id] = str(relation["event_id"]) if isinstance(relation, dict) and in_thread else None
        while len(self._threads) > _REMEMBERED:
            self._threads.popitem(last=False)

    def thread_of(self, event_id: str) -> tuple[bool, str | None]:
        """Tell whether a message is remembered, and in which thread it stands."""
        return event_id in self._threads, self._threads.get(event_id)


def wait_after(error: MatrixError, attempts: int) -> float | None:
    """Return how many seconds to wait before trying again; None where that would change nothing."""
    if isinstance(error, Limited):
        return error.after
    if isinstance(error, Refusal):
        return None
    if isinstance(error, Trouble | Unreachable):
        return min(float(2 ** min(attempts, 8)) / 2, _WORST_WAIT)
    return None
