# SPDX-License-Identifier: MIT
"""Who speaks, and where: people, homes, communities, places, levels."""

from dataclasses import dataclass, field
from enum import IntEnum, StrEnum


class Level(IntEnum):
    """What a person may do within a community; each level includes those below it."""

    MEMBER = 0
    ORGANISER = 1
    LIBRARIAN = 2
    MODERATOR = 3
    OWNER = 4


class HomeKind(StrEnum):
    """What a home is on its platform."""

    SERVER = "server"
    ROOM = "room"
    TERMINAL = "terminal"


@dataclass(frozen=True, slots=True)
class Identity:
    """One account of a person on one platform."""

    platform: str
    external_id: str
    name: str


@dataclass(frozen=True, slots=True)
class Person:
    """A human: one row, with one identity or several that they linked themselves."""

    id: int
    name: str
    locale: str | None = None
    zone: str | None = None
    identities: tuple[Identity, ...] = ()

    def on(self, platform: str) -> Identity | None:
        """Return this person's account on a platform, if they have one."""
        return next((identity for identity in self.identities if identity.platform == platform), None)


@dataclass(frozen=True, slots=True)
class Home:
    """A Discord server, a Matrix room or a terminal; it starts a community of its own and may join another."""

    id: int
    platform: str
    external_id: str
    name: str
    kind: HomeKind
    community_id: int
    own_community_id: int


@dataclass(frozen=True, slots=True)
class Community:
    """The homes that share one FAQ, one calendar and one list of requests."""

    id: int
    name: str
    locale: str = "en"
    zone: str = "UTC"
    first_home_id: int | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """A role of a home, in the platform's own words: a Discord role, or a Matrix power level ("power:50")."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """A channel, room or thread; it belongs to a home, or to nobody's when it is a direct conversation.

    `channel_place_id` is the place of the channel that a thread is in: what holds there holds in the thread.
    """

    id: int
    platform: str
    channel_id: str
    thread_id: str | None = None
    name: str = ""
    home_id: int | None = None
    channel_place_id: int | None = field(default=None, compare=False)

    @property
    def direct(self) -> bool:
        """Tell whether this is a conversation with one person."""
        return self.home_id is None
