# SPDX-License-Identifier: MIT
"""Delivers posts to the fake chat, and fails when a test says so."""

import math
from collections import deque
from dataclasses import dataclass

from bot.core.courier import CourierError, Gone, Parcel, Refused, Unclear, Where
from bot.kit.people import Identity, Place
from bot.kit.reply import Visible
from bot.platforms.memory.calendar import MemoryCalendar
from bot.platforms.memory.render import render
from bot.platforms.memory.rooms import Rooms, Said, direct_channel


@dataclass(frozen=True, slots=True)
class Fault:
    """What happens to the next delivery instead; with `arrived` it is seen there although the sender hears an error."""

    error: CourierError
    arrived: bool = False


class MemoryCourier:
    """The courier of the fake chat. `attempts` counts every call, those that failed included.

    A test that wants the chat to have a calendar of its own gives it one: `courier.calendar = MemoryCalendar()`.
    """

    def __init__(self, rooms: Rooms, *, pace: float = math.inf, memory: float = 300.0) -> None:
        self.pace = pace
        self.place_pace = pace
        self.memory = memory
        self.attempts = 0
        self.readable = True
        self.calendar: MemoryCalendar | None = None
        self.closed_to: set[str] = set()
        self._rooms = rooms
        self._faults: deque[Fault] = deque()

    def fail(self, *errors: CourierError, arrived: bool = False) -> None:
        """Let the next deliveries fail, one error each."""
        self._faults.extend(Fault(error, arrived) for error in errors)

    async def post(self, place: Place, parcel: Parcel) -> str:
        """Deliver a post to a room and return its message id."""
        channel_id = channel_of(place)
        fault = self._next_fault()
        said = self._rooms.marked(channel_id, parcel.marker) or self._say(channel_id, parcel, None)
        return self._finish(said, fault)

    async def edit(self, where: Where, message_id: str, parcel: Parcel) -> None:
        """Replace what a message says."""
        del where
        fault = self._next_fault()
        said = self._rooms.get(message_id)
        if said is None:
            raise Gone("The message was deleted.")
        replace_said(said, parcel)
        self._finish(said, fault)

    async def tell(self, identity: Identity, parcel: Parcel) -> str:
        """Deliver a post to one person in private; Refused when they are closed to it."""
        fault = self._next_fault()
        if identity.external_id in self.closed_to:
            raise Refused(f"{identity.name} takes no private messages.")
        channel_id = direct_channel(identity)
        said = self._rooms.marked(channel_id, parcel.marker) or self._say(channel_id, parcel, identity)
        return self._finish(said, fault)

    async def find(self, where: Where, marker: str, below: str | None = None) -> str | None:
        """Look for a post by its marker; this chat has no threads on messages."""
        del below
        if not self.readable:
            raise Unclear("The history cannot be read.")
        said = self._rooms.marked(channel_of(where), marker)
        return said.id if said else None

    def _next_fault(self) -> Fault | None:
        self.attempts += 1
        fault = self._faults.popleft() if self._faults else None
        if fault and not fault.arrived:
            raise fault.error
        return fault

    @staticmethod
    def _finish(said: Said, fault: Fault | None) -> str:
        if fault:
            raise fault.error
        return said.id

    def _say(self, channel_id: str, parcel: Parcel, reader: Identity | None) -> Said:
        return self._rooms.add(
            Said(
                self._rooms.next_id(),
                channel_id,
                parcel.reply,
                parcel.voice,
                render(parcel.reply, parcel.voice),
                Visible.SECRET if reader else Visible.PUBLIC,
                reader,
                parcel.marker,
                mention_role=parcel.mention_role,
                mentions=parcel.mentions,
            )
        )


def channel_of(where: Where) -> str:
    """Return the id of the room, thread or private conversation that is meant."""
    return direct_channel(where) if isinstance(where, Identity) else where.thread_id or where.channel_id


def replace_said(said: Said, parcel: Parcel) -> None:
    """Let a message say something else, and keep what it said."""
    said.earlier.append(said.sheet)
    said.reply, said.voice = parcel.reply, parcel.voice
    said.sheet = render(parcel.reply, parcel.voice)
