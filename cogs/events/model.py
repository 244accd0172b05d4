# SPDX-License-Identifier: MIT
"""What an event is, who acts on it, and who comes; no rule and no SQL."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.kit import Level

from .when import LocalTime

PREFIX = "E-"


class State(StrEnum):
    """Where an event stands."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    PUBLISHED = "published"
    CANCELLED = "cancelled"
    DISMISSED = "dismissed"

    @property
    def label(self) -> str:
        """The words for people."""
        return {
            "draft": "Not announced yet",
            "proposed": "Waits for a moderator",
            "published": "Announced",
        }.get(self.value, self.value.capitalize())


class Frequency(StrEnum):
    """How a series repeats; WEEKDAY is "each third Thursday of a month"."""

    NEVER = ""
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    WEEKDAY = "weekday"
    YEARLY = "yearly"


@dataclass(frozen=True, slots=True)
class Repeat:
    """A series: every so many days, weeks, months or years, until a day ("2027-06-30") or so many times.

    `by_day` names weekdays as RFC 5545 does, where the start's alone would not do: "TU,TH", or "-1FR" of a month.
    """

    frequency: Frequency = Frequency.NEVER
    every: int = 1
    until: str = ""
    times: int | None = None
    by_day: str = ""

    def __bool__(self) -> bool:
        return self.frequency is not Frequency.NEVER


@dataclass(frozen=True, slots=True)
class Exceptional:
    """An occurrence that is left out (no `moved`) or takes place at another time."""

    original: str
    moved: LocalTime | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time that an event takes place. `original` is its local hour in the series, "2027-01-15T18:00"."""

    original: str
    when: LocalTime
    start_at: datetime
    end_at: datetime

    @property
    def moved(self) -> bool:
        """Tell whether it takes place at another time than the series says."""
        return self.when.text != self.original


class Happened(StrEnum):
    """What can happen to an event; each is a line of its history."""

    CREATED = "created"
    PROPOSED = "proposed"
    PUBLISHED = "published"
    DISMISSED = "dismissed"
    EDITED = "edited"
    MOVED = "moved"
    SKIPPED = "skipped"
    CANCELLED = "cancelled"


class Coming(StrEnum):
    """What somebody answered; NO is kept of single times of a series alone, where it stands above another answer."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does something, and in whose name it is written down; `person_id` None is the bot itself."""

    community_id: int
    home_id: int | None
    person_id: int | None
    level: Level = Level.MEMBER
    direct: bool = False


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody in an event: an id to be shown under the present name."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Content:
    """What the organiser writes."""

    title: str
    description: str = ""
    location: str = ""
    link: str = ""
    cover: str = ""
    language: str = ""
    dashboard: str = ""
    hashtag: str = ""
    capacity: int | None = None


@dataclass(frozen=True, slots=True)
class Timing:
    """When an event takes place: the first start, how long, and how it repeats."""

    when: LocalTime
    minutes: int = 120
    all_day: bool = False
    repeat: Repeat = Repeat()
    exceptions: tuple[Exceptional, ...] = ()

    @property
    def length(self) -> timedelta:
        """How long one occurrence takes."""
        return timedelta(minutes=self.minutes)


@dataclass(frozen=True, slots=True)
class Count:
    """How many come, may come, and wait for a seat."""

    yes: int = 0
    maybe: int = 0
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """An event as it is now; `number` is the community's running number.

    `dates` says of single times of a series how many come then, where that is another number than `count`.
    """

    id: int
    number: int
    community_id: int
    home_id: int | None
    state: State
    content: Content
    timing: Timing
    organiser: Party | None
    starts_at: datetime
    ends_at: datetime
    uid: str
    sequence: int = 0
    count: Count = Count()
    reason: str = ""
    feed_id: int | None = None
    changed_at: datetime | None = None
    published_at: datetime | None = None
    watched_at: datetime | None = None
    dates: tuple[tuple[str, Count], ...] = ()

    @property
    def name(self) -> str:
        """How people call it: "E-17"."""
        return f"{PREFIX}{self.number}"

    @property
    def title(self) -> str:
        """What it is called."""
        return self.content.title

    def count_of(self, original: str) -> Count:
        """Return how many come at one time of a series."""
        return next((count for each, count in self.dates if each == original), self.count)

    def is_organiser(self, person_id: int | None) -> bool:
        """Tell whether somebody organises it."""
        return self.organiser is not None and self.organiser.id == person_id


@dataclass(frozen=True, slots=True)
class Rsvp:
    """What somebody answered, and whether they still wait for a seat."""

    person: Party
    answer: Coming
    waiting: bool
    answered_at: datetime
