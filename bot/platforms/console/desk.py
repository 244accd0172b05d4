# SPDX-License-Identifier: MIT
"""Who sits at the terminal, in which room, and what they saw last."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from uuid import uuid4

from bot.core.courier import Where
from bot.core.exchange import HomeRef, Origin, PlaceRef, Question, Rank
from bot.core.i18n.voice import Voice
from bot.kit.people import HomeKind, Identity, Level
from bot.kit.reply import Button, Reply, Visible

NAME = "console"
DIRECT = "direct"
"""The word for the conversation with the bot alone, where other people's eyes do not reach."""

_SEPARATORS = re.compile(r"[\s/:]+")


@dataclass(frozen=True, slots=True)
class Seat:
    """A person at the terminal, and the level that the terminal gives them."""

    name: str
    level: Level = Level.MEMBER
    locale: str | None = None

    @property
    def identity(self) -> Identity:
        """The person's account on this platform."""
        return Identity(NAME, slug(self.name), self.name)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A post of the outbox."""

    id: str
    where: Where
    marker: str
    reply: Reply
    voice: Voice

    @property
    def place(self) -> PlaceRef:
        """The room, or the conversation of two, that it came to."""
        if isinstance(self.where, Identity):
            return PlaceRef(direct_channel(self.where), name=self.where.name)
        return PlaceRef(self.where.channel_id, self.where.thread_id, self.where.name)


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as it was shown."""

    reply: Reply
    visible: Visible
    voice: Voice


@dataclass(slots=True)
class Desk:
    """The state of a terminal. `asked` holds what a person was asked in a room and did not answer yet.

    `spoken` are the languages in which the bot spoke to people last: the terminal says its own words in the same.
    """

    seat: Seat
    room: str = "main"
    home: HomeRef = field(default_factory=lambda: HomeRef("terminal", "Terminal", HomeKind.TERMINAL))
    seats: dict[str, Seat] = field(default_factory=dict)
    rooms: dict[str, str] = field(default_factory=dict)
    arrivals: dict[str, Arrival] = field(default_factory=dict)
    buttons: dict[str, tuple[Button, ...]] = field(default_factory=dict)
    asked: dict[tuple[str, str], Question] = field(default_factory=dict)
    spoken: dict[str, str] = field(default_factory=dict)
    last: Shown | None = None

    def __post_init__(self) -> None:
        self.take_seat(self.seat)
        self.enter(self.room)

    @property
    def direct(self) -> bool:
        """Tell whether the person is in a conversation with the bot alone."""
        return self.room == DIRECT

    @property
    def place(self) -> PlaceRef:
        """Where the person is."""
        if self.direct:
            return PlaceRef(direct_channel(self.seat.identity), name=self.seat.name)
        return PlaceRef(slug(self.room), name=self.room)

    @property
    def origin(self) -> Origin:
        """Who does something now, and where."""
        rank = Rank(self.seat.level)
        home = None if self.direct else self.home
        return Origin(NAME, self.seat.identity, self.place, home, rank, self.seat.locale)

    @property
    def locale(self) -> str | None:
        """The language in which the person is spoken to; None where the bot said nothing to them yet."""
        return self.spoken.get(self.seat.identity.external_id, self.seat.locale)

    @property
    def question(self) -> Question | None:
        """What the person is asked in this room."""
        return self.asked.get((self.seat.identity.external_id, self.place.channel_id))

    @property
    def present_buttons(self) -> tuple[Button, ...]:
        """The buttons that numbers stand for in this room."""
        return self.buttons.get(self.place.channel_id, ())

    def ask(self, question: Question | None) -> None:
        """Remember what the person is asked here, or that nothing is open any more."""
        key = (self.seat.identity.external_id, self.place.channel_id)
        if question is None:
            self.asked.pop(key, None)
        else:
            self.asked[key] = question

    def take_seat(self, seat: Seat) -> None:
        """Let a person sit down."""
        self.seats[slug(seat.name)] = seat
        self.seat = seat

    def sit(self, name: str, level: Level | None) -> Seat:
        """Let a known person sit down, or a new one; a level replaces the one that they had."""
        known = self.seats.get(slug(name), Seat(name))
        self.take_seat(known if level is None else replace(known, level=level))
        return self.seat

    def enter(self, room: str) -> bool:
        """Go into a room; one that nobody has been in yet is opened. Tell whether it was."""
        name = room.removeprefix("#")
        new = slug(name) not in self.rooms
        self.room = self.rooms.setdefault(slug(name), name)
        return new

    def next_id(self) -> str:
        """Return an id for a message, unlike those of earlier runs: numbers stay bound to messages over a restart."""
        return f"c-{uuid4().hex[:12]}"

    def received(self) -> Iterator[Arrival]:
        """List what the outbox brought to this person, and to the room that they are in."""
        mine = {direct_channel(self.seat.identity), self.place.channel_id}
        return (arrival for arrival in self.arrivals.values() if arrival.place.channel_id in mine)


def slug(name: str) -> str:
    """Turn a name into an id: "Ana Novak" is "ana-novak"."""
    return _SEPARATORS.sub("-", name.strip().casefold())


def direct_channel(identity: Identity) -> str:
    """Return the id of the conversation between a person and the bot alone."""
    return f"direct/{identity.external_id}"
