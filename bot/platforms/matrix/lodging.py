# SPDX-License-Identifier: MIT
"""Coming into rooms and going out of them: invitations, kicks, upgrades, rooms in which the bot may not speak.

Source: Matrix specification v1.13, "Room Upgrades". That a room goes on as another is believed only from the old
room's tombstone, which takes power there to set; what a new room says of its past anybody may write.
"""

import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.core.alarm import sleep_until
from bot.core.clock import WakingClock
from bot.core.tasks import Tasks
from bot.kit.database import Database, Transaction
from bot.kit.people import Home
from bot.platforms.matrix import store
from bot.platforms.matrix.api import Api
from bot.platforms.matrix.direct import Directs
from bot.platforms.matrix.errors import Forbidden, MatrixError, Refusal
from bot.platforms.matrix.mouth import wait_after
from bot.platforms.matrix.powers import needed, power_of
from bot.platforms.matrix.rooms import Room, Rooms
from bot.platforms.matrix.settings import RoomBook
from bot.platforms.matrix.shapes import Event, mapping, text

log = logging.getLogger(__name__)

ATTEMPTS = 8
MUTE = "I may not write in this room. Let me, and invite me again."


class Lodging:
    """Enters and leaves rooms. `welcome` are the servers and people who may invite the bot; empty: everybody."""

    def __init__(
        self,
        api: Api,
        rooms: Rooms,
        directs: Directs,
        book: RoomBook,
        db: Database,
        clock: WakingClock,
        tasks: Tasks,
        welcome: tuple[str, ...] = (),
    ) -> None:
        self.greet: Callable[[Transaction, Home, int], object] | None = None
        self.on_home: Callable[[Room], Awaitable[None]] = _nothing
        self._api = api
        self._rooms = rooms
        self._directs = directs
        self._book = book
        self._db = db
        self._clock = clock
        self._tasks = tasks
        self._welcome = frozenset(each.casefold() for each in welcome)
        self._joining: set[str] = set()
        self._superseded: set[str] = set()

    async def load(self) -> None:
        """Learn which rooms went on as others."""
        self._rooms.lineage = await self._db.read(store.lineage)
        self._superseded = set(await self._db.read(store.superseded))

    def invited(self, room_id: str, state: list[Event]) -> None:
        """Accept an invitation, or decline it, in the background; one at a time for each room."""
        if room_id in self._joining:
            return
        self._joining.add(room_id)
        self._tasks.spawn("matrix.join", self._answer_invitation(room_id, state))

    async def entered(self, room: Room) -> None:
        """Make a room that is no direct conversation known as a home; the one that it goes on from is left."""
        await self._directs.none_begun()
        if room.id in self._superseded or await self._directs.is_direct(room):
            return
        former = text(room.create, "content", "predecessor", "room_id")
        if former and room.id not in self._rooms.lineage:
            await self._check_past(room.id, former)
        if former in self._superseded and former in self._rooms:
            await self.leave(former)
        await self._db.write(store.arrive, room.id, self._rooms.home_of(room.id), room.name, self.greet)
        self._book.forget(room.id)
        await self.on_home(room)

    async def upgraded(self, room: Room, sender: str) -> None:
        """Follow a room to where it goes on."""
        successor = room.successor
        if not successor.startswith("!") or room.id in self._superseded:
            return
        await self._go_on(room.id, successor)
        log.info("The room %s goes on as %s.", room.id, successor)
        self._tasks.spawn("matrix.follow", self._follow(room.id, successor, sender))

    async def gone(self, room_id: str) -> None:
        """Note that the bot is not in a room any more: it was kicked or banned, or has left."""
        self._joining.discard(room_id)
        if room_id in self._rooms:
            log.info("I am not in the room %s any more.", room_id)
        self._rooms.leave(room_id)
        if room_id in self._superseded:
            return
        if room_id in self._rooms.direct:
            await self._directs.drop(room_id)
        await self._db.write(store.depart, room_id, self._rooms.home_of(room_id))

    async def leave(self, room_id: str, reason: str = "") -> None:
        """Leave a room."""
        try:
            await self._api.leave(room_id, reason)
        except MatrixError as error:
            log.warning("The room %s could not be left: %s", room_id, error)

    async def leave_if_alone(self, room: Room) -> None:
        """Leave a room that everybody else has left; a conversation that was declined stays, as a reminder of that."""
        if room.joined == 1 and not room.invited and room.id not in self._rooms.direct:
            log.info("Everybody has left the room %s, so I do.", room.id)
            await self.leave(room.id)

    async def leave_if_mute(self, room_id: str) -> None:
        """Leave a room in which the bot may not write."""
        room = self._rooms.get(room_id)
        if room is not None and not self.may_speak(room):
            log.warning("I may not write in the room %s, so I leave it.", room_id)
            await self.leave(room_id, MUTE)

    def may_speak(self, room: Room) -> bool:
        """Tell whether the room lets the bot write."""
        return power_of(self._api.user_id, room.create, room.levels) >= needed("m.room.message", room.levels)

    def is_welcome(self, room_id: str, inviter: str) -> bool:
        """Tell whether an invitation is accepted: from those who may, and always to where a room of ours goes on."""
        server = inviter.partition(":")[2].casefold()
        known = room_id in self._rooms.lineage
        return known or not self._welcome or bool({server, inviter.casefold()} & self._welcome)

    async def _answer_invitation(self, room_id: str, state: list[Event]) -> None:
        try:
            invitation = next((e for e in reversed(state) if _is_membership_of(e, self._api.user_id)), {})
            inviter = text(invitation, "sender")
            if not self.is_welcome(room_id, inviter):
                log.info("%s may not invite me; I decline to join %s.", inviter, room_id)
                await self.leave(room_id)
            elif mapping(invitation, "content").get("is_direct") is True:
                await self._join_direct(room_id, inviter)
            else:
                await self._join(room_id, inviter)
        except MatrixError as error:
            log.warning("The invitation to %s could not be answered: %s", room_id, error)
        finally:
            self._joining.discard(room_id)

    async def _join_direct(self, room_id: str, inviter: str) -> None:
        """Join a conversation with one person, noted as such before: news of the room may come before the answer."""
        try:
            await self._directs.note(room_id, inviter)
        except MatrixError as error:
            log.warning("The conversation with %s could not be kept in m.direct: %s", inviter, error)
        if not await self._join(room_id, inviter):
            await self._directs.drop(room_id)

    async def _join(self, room_id: str, *people: str) -> bool:
        """Join a room; False where it does not let us in. Raises MatrixError."""
        via = list(dict.fromkeys(each.partition(":")[2] for each in (*people, room_id)))
        for attempt in range(1, ATTEMPTS + 1):
            try:
                await self._api.join(room_id, via)
            except Refusal as error:
                wait = wait_after(error, attempt)
                if wait is None:
                    log.info("I cannot join %s: %s", room_id, error)
                    if not isinstance(error, Forbidden):
                        await self.leave(room_id)
                    return False
            except MatrixError as error:
                wait = wait_after(error, attempt)
                log.info("Joining %s failed, I shall try again: %s", room_id, error)
            else:
                log.info("I have joined the room %s.", room_id)
                return True
            await sleep_until(self._clock, self._clock.now() + timedelta(seconds=wait or 1))
        return False

    async def _follow(self, former: str, successor: str, sender: str) -> None:
        if successor in self._rooms:
            await self.leave(former)
        elif not await self._join(successor, sender):
            log.info("I wait to be invited to %s, where %s goes on.", successor, former)

    async def _go_on(self, former: str, successor: str) -> None:
        await self._db.write(store.succeed, former, successor)
        await self.load()
        self._book.forget(former)
        self._book.forget(successor)

    async def _check_past(self, room_id: str, former: str) -> None:
        """See whether the room that this one claims to follow says so too."""
        try:
            tombstone = await self._api.state_of(former, "m.room.tombstone")
        except MatrixError:
            return
        if text(tombstone, "replacement_room") == room_id:
            await self._go_on(former, room_id)


def _is_membership_of(event: Event, user_id: str) -> bool:
    return event["type"] == "m.room.member" and event.get("state_key") == user_id


async def _nothing(room: Room) -> None:
    """Do nothing more about a home."""
    del room
