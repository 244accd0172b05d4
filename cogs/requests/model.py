# SPDX-License-Identifier: MIT
"""What a request is, who acts on it, and what happened to it; no rule and no SQL."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.kit import Level

from .identifiers import Identifier
from .metadata import FreeCopy
from .work import Work

PREFIX = "R-"


class State(StrEnum):
    """Where a request stands."""

    OPEN = "open"
    CLAIMED = "claimed"
    WAITING = "waiting"
    FULFILLED = "fulfilled"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """The words for people."""
        return "Waiting for the asker" if self is State.WAITING else self.value.capitalize()

    @property
    def closed(self) -> bool:
        """Tell whether nobody needs to do anything any more."""
        return self in {State.FULFILLED, State.DECLINED, State.WITHDRAWN}


class SourceKind(StrEnum):
    """What sort of source is wanted."""

    ARTICLE = "article"
    BOOK = "book"
    CHAPTER = "chapter"
    NEWSPAPER = "newspaper"
    THESIS = "thesis"
    WEB = "web"
    ARCHIVE = "archive"
    MAP = "map"
    DATA = "data"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The words for people."""
        special = {"article": "Journal article", "web": "Web page", "archive": "Archival record", "data": "Data"}
        return special.get(self.value, self.value.capitalize())


class How(StrEnum):
    """How a source was handed over, or that it is there for everybody."""

    LINK = "link"
    CITATION = "citation"
    WORDS = "words"
    CONTACT = "contact"
    FREE = "free"

    @property
    def label(self) -> str:
        """The words for people."""
        return {
            "link": "A link",
            "citation": "A citation",
            "words": "The answer in words",
            "contact": "In person: we exchange contacts",
            "free": "It is free to read",
        }[self.value]


class Happened(StrEnum):
    """What can happen to a request; each is a line of its history."""

    OPENED = "opened"
    CLAIMED = "claimed"
    RELEASED = "released"
    ASSIGNED = "assigned"
    ASKED = "asked"
    REPLIED = "replied"
    NOTED = "noted"
    EDITED = "edited"
    LOOKED_UP = "looked-up"
    OFFERED = "offered"
    FULFILLED = "fulfilled"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    REOPENED = "reopened"
    INTRODUCED = "introduced"
    ERASED = "erased"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, and in whose name it is written down; `person_id` None is the bot itself."""

    community_id: int
    home_id: int | None
    person_id: int | None
    level: Level = Level.MEMBER
    place_id: int | None = None
    direct: bool = False


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in a request: an id to be shown under the present name."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Content:
    """What the asker writes."""

    title: str
    kind: SourceKind = SourceKind.ARTICLE
    details: str = ""
    language: str = ""
    wiki: str = ""
    article: str = ""
    needed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """What was found, and what it took: effort on the READ scale (1 to 6), time in minutes."""

    answer: str = ""
    link: str = ""
    how: How | None = None
    effort: int | None = None
    minutes: int | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it is now; `number` is the community's running number."""

    id: int
    number: int
    community_id: int
    home_id: int | None
    state: State
    content: Content
    asker: Party | None
    anonymous: bool
    private: bool
    place_id: int | None
    claimer: Party | None
    opened_at: datetime
    active_at: datetime
    closed_at: datetime | None = None
    responded_at: datetime | None = None
    carded_at: datetime | None = None
    offered_at: datetime | None = None
    erased_at: datetime | None = None
    looked_up_at: datetime | None = None
    look_ups: int = 0
    delivery: Delivery = Delivery()
    reason: str = ""
    work: Work | None = None
    work_source: str = ""
    free_copies: tuple[FreeCopy, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    threaded: bool = False

    @property
    def name(self) -> str:
        """How people call it: "R-17"."""
        return f"{PREFIX}{self.number}"

    @property
    def title(self) -> str:
        """What the asker wrote, or once that is erased what is known of the work."""
        if self.content.title:
            return self.content.title
        if self.work is not None and self.work.title:
            return self.work.title
        return f"{self.identifiers[0].scheme.label} {self.identifiers[0].value}" if self.identifiers else "…"

    def is_asker(self, person_id: int | None) -> bool:
        """Tell whether somebody is the one who asks."""
        return self.asker is not None and self.asker.id == person_id

    def is_claimer(self, person_id: int | None) -> bool:
        """Tell whether somebody looks after it."""
        return self.claimer is not None and self.claimer.id == person_id


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a request's history."""

    id: int
    request_id: int
    at: datetime
    person: Party | None
    happened: Happened
    before: State
    after: State
    words: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A request as a list shows it."""

    id: int
    number: int
    state: State
    kind: SourceKind
    title: str
    opened_at: datetime
    needed_at: datetime | None = None
    claimer: Party | None = None

    @property
    def name(self) -> str:
        """How people call it: "R-17"."""
        return f"{PREFIX}{self.number}"


@dataclass(frozen=True, slots=True)
class Follow:
    """Somebody who hears of each change, in a place or (None) in private."""

    person_id: int
    place_id: int | None
