# SPDX-License-Identifier: MIT
"""Delivers posts of the outbox: the transaction id makes each of them arrive once, however often it is tried.

A homeserver remembers transaction ids of one device for a day at least in the case of Synapse (its table
event_txn_id_device_id); later a post is looked for by our own field in the room's history.
"""

from collections.abc import Awaitable
from datetime import timedelta
from typing import TypeVar

from bot.core.courier import CourierError, Gone, Parcel, Refused, Retry, Unclear, Where
from bot.core.i18n.style import Style
from bot.kit.moment import Clock, from_stamp
from bot.kit.people import Identity, Place
from bot.platforms.matrix.content import MARKER, TEXT, Called, Spot
from bot.platforms.matrix.desk import Desk
from bot.platforms.matrix.direct import Closed
from bot.platforms.matrix.encryption import Encryption
from bot.platforms.matrix.errors import Forbidden, Limited, MatrixError, Refusal, Revoked, Unreachable
from bot.platforms.matrix.keystore import Login
from bot.platforms.matrix.powers import may_call_all, power_of
from bot.platforms.matrix.render import Sheet, render
from bot.platforms.matrix.rooms import Rooms
from bot.platforms.matrix.shapes import text
from bot.platforms.matrix.style import STYLE, pill

R = TypeVar("R")

REMEMBERED = timedelta(hours=24)
"""How long a homeserver takes a transaction id for the same post."""

PAGES = 20
"""How many pages of a hundred of the bot's own messages are looked through for a post."""


class MatrixCourier:
    """The courier; it delays everything until the platform is connected."""

    def __init__(self, rooms: Rooms, clock: Clock, pace: float) -> None:
        self.pace = pace
        self.place_pace = pace
        self.desk: Desk | None = None
        self.login: Login | None = None
        self.encryption: Encryption | None = None
        self._rooms = rooms
        self._clock = clock

    @property
    def memory(self) -> float:
        """For how many seconds a second post is refused: transaction ids are known to one device only."""
        if self.login is None:
            return 0.0
        age = self._clock.now() - from_stamp(self.login.made_at)
        return max(min(REMEMBERED, age).total_seconds(), 0.0)

    async def post(self, place: Place, parcel: Parcel) -> str:
        """Deliver to a room or a thread."""
        spot = Spot(place.channel_id, place.thread_id or parcel.below)
        return await self._deliver(self._post(self._ready(), spot, parcel))

    async def edit(self, where: Where, message_id: str, parcel: Parcel) -> None:
        """Replace what a post says."""
        await self._deliver(self._edit(self._ready(), where, message_id, parcel))

    async def tell(self, identity: Identity, parcel: Parcel) -> str:
        """Deliver to one person, in a room for two."""
        return await self._deliver(self._tell(self._ready(), identity, parcel))

    async def find(self, where: Where, marker: str, below: str | None = None) -> str | None:
        """Look for a post among the bot's own messages, the latest first; those in threads are among them."""
        del below
        desk = self._ready()
        try:
            room_id = self._room_of(where)
            return None if room_id is None else await self._search(desk, room_id, marker)
        except Limited as error:
            raise Retry(str(error), error.after) from error
        except MatrixError as error:
            raise Unclear(f"The history of the room cannot be read: {error}") from error

    async def _post(self, desk: Desk, spot: Spot, parcel: Parcel) -> str:
        called = self._called(spot.room_id, parcel)
        sheet = self._sheet(parcel, called, await desk.style_of(spot.room_id))
        return await desk.say(spot, sheet, kind=TEXT, called=called, marker=parcel.marker, send=desk.mouth.send)

    async def _tell(self, desk: Desk, identity: Identity, parcel: Parcel) -> str:
        room_id = await desk.directs.room_with(identity.external_id, identity.name)
        sheet = render(parcel.reply, parcel.voice)
        return await desk.say(Spot(room_id), sheet, kind=TEXT, marker=parcel.marker, send=desk.mouth.send)

    async def _edit(self, desk: Desk, where: Where, message_id: str, parcel: Parcel) -> None:
        room_id = self._room_of(where)
        if room_id is None:
            raise Gone("The private conversation does not exist any more.")
        event = await desk.api.event(room_id, message_id)
        if text(event, "unsigned", "redacted_because", "event_id") or not event.get("content"):
            raise Gone("The message was deleted.")
        thread_id = where.thread_id if isinstance(where, Place) else None
        style = await desk.style_of(room_id) if isinstance(where, Place) else STYLE
        await desk.replace(
            Spot(room_id, thread_id),
            message_id,
            render(parcel.reply, parcel.voice, style=style),
            kind=TEXT,
            marker=parcel.marker,
            send=desk.mouth.send,
        )

    def _called(self, room_id: str, parcel: Parcel) -> Called:
        """Return who is notified: those whom the post names, and the room where the bot has the power to."""
        people = tuple(identity.external_id for identity in parcel.mentions)
        room = self._rooms.get(room_id)
        if not parcel.mention_role or room is None or self.desk is None:
            return Called(people)
        power = power_of(self.desk.me.user_id, room.create, room.levels)
        return Called(people, room=may_call_all(power, room.levels))

    @staticmethod
    def _sheet(parcel: Parcel, called: Called, style: Style) -> Sheet:
        """Render a post, with pills for those whom it calls before it, so that they see why."""
        pills = [pill(identity.external_id, identity.name) for identity in parcel.mentions]
        lead = ", ".join(["@room"] * called.room + pills)
        return render(parcel.reply, parcel.voice, f"{lead}:" if lead else "", style)

    def _room_of(self, where: Where) -> str | None:
        if isinstance(where, Place):
            return where.channel_id
        rooms = [room_id for room_id, user in self._rooms.direct.items() if user == where.external_id]
        present = [room_id for room_id in rooms if room_id in self._rooms]
        return present[-1] if present else None

    async def _search(self, desk: Desk, room_id: str, marker: str) -> str | None:
        start = ""
        for _ in range(PAGES):
            page, start = await desk.api.messages(room_id, start, senders=[desk.me.user_id])
            for event in page:
                opened = event
                if text(event, "type") == "m.room.encrypted" and self.encryption is not None:
                    opened = self.encryption.read(room_id, event) or event
                if text(opened, "content", MARKER) == marker:
                    return text(event, "event_id")
            if not start or not page:
                return None
        raise Unclear("The room has too long a history to be looked through.")

    def _ready(self) -> Desk:
        if self.desk is None:
            raise Retry("Matrix is not connected yet.")
        return self.desk

    @staticmethod
    async def _deliver(delivery: Awaitable[R]) -> R:
        """Say in the outbox's terms what went wrong."""
        try:
            return await delivery
        except CourierError:
            raise
        except Limited as error:
            raise Retry("The homeserver asks to wait.", error.after) from error
        except Revoked as error:
            raise Retry(f"Matrix has logged the bot out: {error}") from error
        except Closed as error:
            raise Refused(str(error.message)) from error
        except Forbidden as error:
            raise Refused(f"I may not write there, or am not in that room: {error}") from error
        except Refusal as error:
            kind = Gone if error.errcode == "M_NOT_FOUND" else Refused
            raise kind(f"The homeserver does not take it: {error}") from error
        except Unreachable as error:
            raise (Unclear if error.sent else Retry)(str(error)) from error
        except MatrixError as error:
            raise Unclear(str(error)) from error
