# SPDX-License-Identifier: MIT
"""An outbox on a database of its own, a clock moved by hand, and a courier that fails in every way it is told to."""

import asyncio
import json
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from math import inf
from pathlib import Path
from random import Random
from typing import Any

from bot.core.clock import ManualClock
from bot.core.courier import Parcel, Unclear, Where
from bot.core.health import HealthBoard
from bot.core.i18n.catalogs import Catalogs
from bot.core.i18n.voice import Voice
from bot.core.outbox import Outbox
from bot.kit.database import Transaction
from bot.kit.people import Home, HomeKind, Identity, Person, Place
from bot.storage import homes, outbox, people, places, slots
from bot.storage.database import SqliteDatabase
from bot.storage.migrate import all_migrations, apply
from bot.storage.outbox import OutboxRow

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
CATALOGS = Catalogs()


def voices(locale: str | None, zone: str, now: datetime) -> Voice:
    """Speak English, under whatever name is asked for."""
    return replace(CATALOGS.voice("en", zone, now), locale=locale or "en")


@dataclass
class Message:
    """What is seen on the fake platform."""

    id: str
    where: str
    marker: str
    text: str
    at: datetime
    locale: str = ""
    parcel: Parcel | None = field(default=None, repr=False)
    edits: list[str] = field(default_factory=list)


@dataclass
class Fate:
    """What happens to one call: an error, whether it arrived all the same, and what the sender must wait for."""

    error: BaseException | None = None
    arrived: bool = False
    gate: asyncio.Event | None = None


class FakeCourier:
    """Keeps what arrives; `fates` are used up one for each call of `post`, `tell` and `edit`."""

    def __init__(
        self, clock: ManualClock, *, pace: float = inf, place_pace: float = inf, memory: float = 300.0
    ) -> None:
        self.clock = clock
        self.pace = pace
        self.place_pace = place_pace
        self.memory = memory
        self.readable: BaseException | None = None
        self.messages: list[Message] = []
        self.fates: deque[Fate] = deque()
        self.decide: Callable[[str, str], Fate] | None = None
        self.calls = 0
        self.looks = 0
        self.busy: set[str] = set()

    def fail(self, *errors: BaseException, arrived: bool = False) -> None:
        self.fates.extend(Fate(error, arrived) for error in errors)

    def hold(self) -> asyncio.Event:
        gate = asyncio.Event()
        self.fates.append(Fate(gate=gate))
        return gate

    def texts(self, where: Place | Identity | None = None) -> list[str]:
        return [message.text for message in self.messages if where is None or message.where == name_of(where)]

    async def post(self, place: Place, parcel: Parcel) -> str:
        return await self._deliver(place, parcel)

    async def tell(self, identity: Identity, parcel: Parcel) -> str:
        return await self._deliver(identity, parcel)

    async def edit(self, where: Where, message_id: str, parcel: Parcel) -> None:
        message = next(each for each in self.messages if each.id == message_id)
        assert message.where == name_of(where)

        def arrive() -> str:
            message.edits.append(text_of(parcel))
            message.text = text_of(parcel)
            return message_id

        await self._call(name_of(where), parcel, arrive)

    async def find(self, where: Where, marker: str, below: str | None = None) -> str | None:
        self.looks += 1
        if self.readable is not None:
            raise self.readable
        found = (each for each in self.messages if each.marker == marker and each.where == name_of(where))
        return next((each.id for each in found), None)

    async def _deliver(self, where: Where, parcel: Parcel) -> str:
        def arrive() -> str:
            for known in self.messages:
                young = self.clock.now() - known.at <= timedelta(seconds=self.memory)
                if known.marker == parcel.marker and young:
                    return known.id
            message = Message(
                f"m{len(self.messages) + 1}", name_of(where), parcel.marker, text_of(parcel), self.clock.now(),
                parcel.voice.locale, parcel,
            )  # fmt: skip
            self.messages.append(message)
            return message.id

        return await self._call(name_of(where), parcel, arrive)

    async def _call(self, where: str, parcel: Parcel, arrive: Callable[[], str]) -> str:
        self.calls += 1
        assert where not in self.busy, "two calls for one place at a time"
        self.busy.add(where)
        try:
            fate = self.decide(where, text_of(parcel)) if self.decide else Fate()
            fate = self.fates.popleft() if self.fates else fate
            if fate.gate is not None:
                await fate.gate.wait()
            await asyncio.sleep(0)
            if fate.error is None:
                return arrive()
            if fate.arrived:
                arrive()
            raise fate.error
        finally:
            self.busy.discard(where)


def name_of(where: Where) -> str:
    return f"@{where.external_id}" if isinstance(where, Identity) else where.channel_id


def text_of(parcel: Parcel) -> str:
    return parcel.voice.plain(parcel.reply.text)


def unclear(reason: str = "connection lost") -> Unclear:
    return Unclear(reason)


class Desk:
    """A database with one home, and an outbox with a courier for the platform "memory"."""

    def __init__(self, db: SqliteDatabase, clock: ManualClock, courier: FakeCourier, outbox: Outbox) -> None:
        self.db = db
        self.clock = clock
        self.courier = courier
        self.outbox = outbox
        self.poster = outbox.poster
        self.health = HealthBoard(clock)
        self.parked: list[OutboxRow] = []
        self.home: Home

    async def set_up(self) -> None:
        self.home = await self.db.write(homes.arrive, "memory", "home", "Home", HomeKind.SERVER)

    @property
    def community_id(self) -> int:
        return self.home.community_id

    async def place(self, name: str, *slot_names: str, platform: str = "memory") -> Place:
        def store(tx: Transaction) -> Place:
            place = places.ensure(tx, platform, name, None, name, home_id=self.home.id)
            for slot in slot_names:
                slots.assign(tx, self.community_id, slot, place.id)
            return place

        return await self.db.write(store)

    async def person(self, name: str) -> Person:
        def store(tx: Transaction) -> Person:
            person = people.recognise(tx, "memory", name.lower(), name)
            people.seen(tx, person.id, self.home)
            return person

        return await self.db.write(store)

    async def post(self, place: Place, key: str, reply: Any, **options: Any) -> None:
        await self.db.write(self.poster.post, self.community_id, place.id, key, reply, **options)

    async def settled(self) -> None:
        await self.outbox.settled()

    async def move(self, seconds: float) -> None:
        """Let time pass, each waiter at its own moment."""
        end = self.clock.now() + timedelta(seconds=seconds)
        await self.settled()
        while (next_at := self.clock.next_at) is not None and next_at <= end:
            self.clock.set(next_at)
            await self.settled()
        self.clock.set(end)
        await self.settled()

    async def rows(self) -> list[tuple[str, str, str | None]]:
        rows = await self.db.read(lambda tx: tx.all("SELECT key, state, error FROM outbox ORDER BY id"))
        return [tuple(row) for row in rows]

    async def states(self) -> list[str]:
        return [state for _, state, _ in await self.rows()]

    async def row(self, row_id: int) -> OutboxRow | None:
        return await self.db.read(outbox.get, row_id)


@asynccontextmanager
async def open_desk(
    path: Path, clock: ManualClock, courier: FakeCourier, *, start: bool = True, **options: Any
) -> AsyncIterator[Desk]:
    """Open a desk on a database file, made when it is not there yet."""
    fresh = not path.exists()
    async with await SqliteDatabase.open(path, clock, create=True) as db:
        if fresh:
            await db.exclusive(apply, [each for each in all_migrations() if each.owner == "core"], clock)
        parked: list[OutboxRow] = []
        health = HealthBoard(clock)
        options.setdefault("on_parked", lambda tx, row: parked.append(row))
        box = Outbox(db, clock, voices, health, random=Random(1), **options)
        desk = Desk(db, clock, courier, box)
        desk.health, desk.parked = health, parked
        await desk.set_up()
        if start:
            await box.open("memory", courier)
        try:
            yield desk
        finally:
            await box.close()


def payload_of(row: OutboxRow) -> Any:
    return json.loads(row.payload)
