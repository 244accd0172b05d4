# SPDX-License-Identifier: MIT
"""What other calendars say: entries, and why a calendar cannot be read."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.kit import Text

from ..model import Content, Timing


class FeedKind(StrEnum):
    """Where events come from."""

    ICAL = "ical"
    REGISTRATION = "registration"
    COURSE = "course"


@dataclass(frozen=True, slots=True)
class Entry:
    """An event as another calendar has it; `uid` is its name there."""

    uid: str
    content: Content
    timing: Timing
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What one look at a calendar gave. `unread` counts entries that made no sense; `entries` None: nothing is new."""

    entries: tuple[Entry, ...] | None
    name: str = ""
    unread: int = 0
    etag: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class Feed:
    """A calendar that a community follows."""

    id: int
    community_id: int
    home_id: int | None
    kind: FeedKind
    address: str
    name: str
    direct: bool
    etag: str = ""
    modified: str = ""
    failures: int = 0
    trouble: str = ""
    told: bool = False
    read_at: datetime | None = None


class FeedTrouble(Exception):
    """A calendar cannot be read; `gone` where it is not there at all."""

    def __init__(self, text: Text, *, gone: bool = False) -> None:
        super().__init__(text.message)
        self.text = text
        self.gone = gone
