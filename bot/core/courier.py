# SPDX-License-Identifier: MIT
"""What the outbox needs of a platform: to post, to edit, to find again.

CourierError
├── Refused     this post can never arrive (no permission, no such place, bad content): parked, a moderator is told
│   └── Gone    the place, or the message to be edited, is no more: an edit is then dropped without a word
├── Retry       it did not arrive; try again after `after` seconds
└── Unclear     nobody can tell whether it arrived: looked for by its marker, else parked
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias, runtime_checkable

from bot.core.i18n.voice import Voice
from bot.kit.entry import CalendarEntry
from bot.kit.errors import RefdeskError
from bot.kit.people import Identity, Place
from bot.kit.reply import Attachment, Reply


class CourierError(RefdeskError):
    """A post was not delivered, or nobody can tell."""


class Refused(CourierError):
    """The platform will never take this post; `reason` says why in plain words."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Gone(Refused):
    """The place, or the message that was to be edited, does not exist any more."""


class Retry(CourierError):
    """The platform did not take the post now; it may in `after` seconds (None: the sender's own backoff)."""

    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.after = after


class Unclear(CourierError):
    """The connection broke between sending and hearing back."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Parcel:
    """One post on its way.

    `marker` is the same at every attempt and makes the post idempotent (a nonce, a transaction id). `roles` are the
    platform's ids of the roles to call; those that the place's home does not have are left out. `below` is the message
    in the place to whose thread the post belongs: it is opened where there is none, and one that cannot be had, or a
    platform without threads, lets the post go to the place itself.
    """

    marker: str
    reply: Reply
    voice: Voice
    mention_role: bool = False
    mentions: tuple[Identity, ...] = ()
    roles: tuple[str, ...] = ()
    below: str | None = None


Where: TypeAlias = Place | Identity
"""Where a delivered post is: a place, or the private conversation with one person."""


class Courier(Protocol):
    """One platform's way to deliver. Every method raises CourierError, and nothing else, when it fails.

    No two calls concern the same place (or person) at a time; several places are served at once. A call that takes
    longer than half a minute is cancelled and taken for Unclear.
    """

    @property
    def pace(self) -> float:
        """How many posts a second this platform takes for good, over all places."""

    @property
    def place_pace(self) -> float:
        """How many posts a second one place takes for good."""

    @property
    def memory(self) -> float:
        """For how many seconds the platform itself refuses a second post with the same marker."""

    async def post(self, place: Place, parcel: Parcel) -> str:
        """Deliver a post and return its message id."""

    async def edit(self, where: Where, message_id: str, parcel: Parcel) -> None:
        """Replace a message; doing it twice changes nothing."""

    async def tell(self, identity: Identity, parcel: Parcel) -> str:
        """Deliver a post to one person in private and return its message id."""

    async def find(self, where: Where, marker: str, below: str | None = None) -> str | None:
        """Look for a post by its marker in the history there, and in the thread on the message that it is `below`.

        Raises Unclear where the history cannot be read.
        """


class Calendar(Protocol):
    """A platform's own calendar, one for each home. Every method raises CourierError, and nothing else, when it fails.

    A place stands for its home. Nothing there is idempotent by itself: what may have arrived is looked for first.
    """

    async def enter(self, place: Place, entry: CalendarEntry) -> str:
        """Make an entry and return its id."""

    async def amend(self, place: Place, entry_id: str, entry: CalendarEntry) -> None:
        """Let an entry say something else, or take it back; doing it twice changes nothing."""

    async def look_up(self, place: Place, entry: CalendarEntry) -> str | None:
        """Look for an entry that the bot itself made and that says just this."""

    async def illustrate(self, place: Place, entry_id: str, picture: Attachment | None) -> None:
        """Let an entry show a picture, or none; doing it twice changes nothing."""

    async def interested(self, place: Place, entry_id: str) -> Sequence[Identity]:
        """Return who said there to be interested."""


@runtime_checkable
class KeepsCalendar(Protocol):
    """A courier whose platform may have a calendar of its own."""

    @property
    def calendar(self) -> Calendar | None:
        """The calendar; None where there is none."""


def calendar_of(courier: object) -> Calendar | None:
    """Return the calendar of a courier's platform, or None."""
    return courier.calendar if isinstance(courier, KeepsCalendar) else None
