# SPDX-License-Identifier: MIT
"""What a cog may ask for: protocols that its constructor names and that the application fills in.

Cogs meet without importing each other: one lists a protocol in `provides`, another takes a `Provider` of it, which is
empty while no such cog runs.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol, TypeVar

from bot.kit.context import Context
from bot.kit.database import Transaction
from bot.kit.entry import CalendarEntry
from bot.kit.health import Snapshot, State
from bot.kit.operation import Command, Shortcut
from bot.kit.people import Community, Level, Person
from bot.kit.reply import Answer, Attachment, Reply
from bot.kit.text import Text

T_co = TypeVar("T_co", covariant=True)


class Provider(Protocol[T_co]):
    """Finds the cog that provides a protocol, at the moment of asking."""

    def get(self) -> T_co | None:
        """Return the provider, or None while there is none."""


@dataclass(frozen=True, slots=True)
class Mention:
    """Who is called by a post: nobody unless a moderator allowed it; `person_ids` are those whom the post is about.

    `role_ids` are roles that moderators chose (`Role.id` of a setting); a place calls those that its home has.
    """

    role: bool = False
    person_ids: tuple[int, ...] = ()
    role_ids: tuple[str, ...] = ()


class Poster(Protocol):
    """Reaches people later: each call writes rows in the caller's transaction, delivered once after its COMMIT.

    `key` names a logical post ("request:17:card"), so that it can be edited wherever it went; posting again under the
    same key to the same place does not post twice, it updates. A post that could not leave before `expires_at` is
    skipped. Only an `urgent` one is delivered during a community's quiet hours.
    """

    def announce(
        self,
        tx: Transaction,
        community_id: int,
        slot: str,
        key: str,
        reply: Reply,
        *,
        mention: Mention | None = None,
        not_before_at: datetime | None = None,
        expires_at: datetime | None = None,
        urgent: bool = False,
    ) -> int:
        """Post to every place that the community named for `slot`; return how many places that is."""

    def post(
        self,
        tx: Transaction,
        community_id: int,
        place_id: int,
        key: str,
        reply: Reply,
        *,
        mention: Mention | None = None,
        not_before_at: datetime | None = None,
        expires_at: datetime | None = None,
        urgent: bool = False,
    ) -> None:
        """Post to one place, such as the one where a question was asked."""

    def tell(
        self,
        tx: Transaction,
        community_id: int,
        person_id: int,
        key: str,
        reply: Reply,
        *,
        not_before_at: datetime | None = None,
        expires_at: datetime | None = None,
        urgent: bool = False,
    ) -> None:
        """Tell one person in private, on the platform where they were seen last."""

    def post_below(
        self,
        tx: Transaction,
        community_id: int,
        root: str,
        key: str,
        reply: Reply,
        *,
        mention: Mention | None = None,
        not_before_at: datetime | None = None,
        expires_at: datetime | None = None,
        urgent: bool = False,
    ) -> int:
        """Post below what has the key `root`, wherever that went or is about to go; return in how many places.

        That is in the thread on it, opened with the first such post; where a chat has no threads, in the same place.
        """

    def update(self, tx: Transaction, key: str, reply: Reply) -> int:
        """Replace what was posted under `key`, wherever it went or is about to go; return in how many places."""

    def schedule(
        self,
        tx: Transaction,
        community_id: int,
        slot: str,
        key: str,
        entry: CalendarEntry,
    ) -> int:
        """Enter something into the own calendar of every home that has one and a place for `slot`; return how many.

        Again under the same key, the entry is changed; a cancelled one is taken back. Chats without a calendar of
        their own are left alone. What cannot be entered is told to moderators once, and may be asked for again.
        """


@dataclass(frozen=True, slots=True)
class Interested:
    """Who said to be interested in an entry of a chat's own calendar; `complete`: every chat could be asked."""

    person_ids: tuple[int, ...] = ()
    complete: bool = True


@dataclass(frozen=True, slots=True)
class Illustrated:
    """In how many homes an entry shows a picture now, how many may show it later, and how many do not take it."""

    shown: int = 0
    later: int = 0
    refused: int = 0


class ChatCalendars(Protocol):
    """Reads the chats' own calendars, where they have one, and brings pictures there, which no post can carry."""

    async def interested(self, key: str) -> Interested:
        """Return who is interested in the entry that `Poster.schedule` made under a key."""

    async def illustrate(self, key: str, picture: Attachment | None) -> Illustrated:
        """Let an entry show a picture, or none, in every home where it stands; doing it twice changes nothing."""


class Timers(Protocol):
    """Sets what is due later, in the caller's transaction; the handler is a method declared with `@at`."""

    def set(
        self,
        tx: Transaction,
        handler: Callable[..., Any],
        community_id: int,
        key: str,
        due_at: datetime,
        payload: Mapping[str, Any] | None = None,
    ) -> None:
        """Run a handler at a moment; a timer of the same key is moved."""

    def cancel(self, tx: Transaction, handler: Callable[..., Any], community_id: int, key: str) -> None:
        """Forget a timer; nothing happens when there is none."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an outside service answered: parsed JSON, text or bytes, and how old it is in seconds.

    `headers` are those that help to ask politely again: "etag", "last-modified", "content-type".
    """

    body: Any
    status: int
    age: float = 0.0
    headers: Mapping[str, str] = field(default_factory=dict)


class Http(Protocol):
    """The one way to the outside: polite, bounded, cached, and shut to private networks. Raises Unavailable."""

    async def get_json(
        self,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        ttl: float = 0.0,
    ) -> Fetched:
        """Fetch JSON, from the cache when younger than `ttl` seconds."""

    async def get_text(
        self,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        ttl: float = 0.0,
    ) -> Fetched:
        """Fetch text, from the cache when younger than `ttl` seconds."""

    async def get_bytes(self, url: str, *, headers: Mapping[str, str] | None = None, ttl: float = 0.0) -> Fetched:
        """Fetch a file of at most a few megabytes, from the cache when younger than `ttl` seconds."""

    async def locate(self, url: str, *, params: Mapping[str, str] | None = None) -> str | None:
        """Return the address to which another leads, without going there; None where it leads nowhere."""


@dataclass(frozen=True, slots=True)
class Services:
    """What the operator chose about outside services, by the service's name ("citoid", "openalex").

    `addresses` are those of mirrors and stand-ins; `keys` are what a service wants to be shown; `email` is the contact
    for services that insist on one. What is absent is the service's usual address, or that it is not to be asked.
    """

    addresses: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    email: str = ""


class OwnSettings(Protocol):
    """A cog's own settings in a community, where no context is at hand: in a job, or for another cog."""

    async def of(self, cog: Any, community_id: int, place_id: int = 0) -> Any:
        """Return an instance of the cog's settings class, as the community (or a place of it) has it."""


class Health(Protocol):
    """Tells how the bot is doing, for a status command or metrics."""

    def snapshot(self) -> Snapshot:
        """Return the state of every part, and the counters."""


class Audit(Protocol):
    """Keeps who changed what, in the caller's transaction."""

    def note(
        self, tx: Transaction, community_id: int, person_id: int | None, action: str, detail: Mapping[str, Any]
    ) -> None:
        """Write down one change; `detail` holds what it was and what it is."""


class Numbers(Protocol):
    """Running numbers within a community ("R-17"), which survive a home's joining another community as aliases."""

    def allocate(self, tx: Transaction, community_id: int, home_id: int | None, kind: str, row_id: int) -> int:
        """Give the next number to a row."""

    def find(self, tx: Transaction, community_id: int, kind: str, number: int) -> int | None:
        """Return the row that a number stands for in this community, aliases included."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """One check that a command passes before it runs: what it asks, and why it refuses (None: passed).

    `remedy` is what a moderator can do about it. One that is not `final` does not keep the command from running.
    """

    check: Text
    refusal: Text | None
    remedy: Text | None = None
    final: bool = True


class Levels(Protocol):
    """Tells what somebody may do where no context of theirs is at hand."""

    def level_of(self, tx: Transaction, community_id: int, person_id: int) -> Level:
        """Return what somebody may do throughout a community, as far as it is known.

        That is what they were granted by name, and what their rank was worth when they were seen there in the last two
        weeks: nobody is asked, so whoever was never seen is a member.
        """


class Catalogue(Protocol):
    """What can be done here, and by whom: for help, and for "why can't I?"."""

    @property
    def commands(self) -> tuple[Command, ...]:
        """Every command of every cog."""

    @property
    def shortcuts(self) -> tuple[Shortcut, ...]:
        """Every command on existing messages."""

    async def usable(self, ctx: Context) -> tuple[Command, ...]:
        """Return the commands that the asker may use here."""

    async def verdicts(self, ctx: Context, command: Command, person: Person | None = None) -> tuple[Verdict, ...]:
        """Return, check by check, whether the asker (or another, as far as is known) may use a command here."""

    def usage(self, command: Command) -> str:
        """Return how a command is typed."""


class Reports(Protocol):
    """Tells the rest of the bot how a part of a cog does, for the status command."""

    def report(self, name: str, state: State, reason: Text | None = None) -> None:
        """Say how a part does ("faq search"); what it said before is replaced."""

    def withdraw(self, name: str) -> None:
        """Forget a part that is no more."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """What a cog may use of the machine: a folder for what can be made again (None: none), and large models or not.

    `calendars` is where the communities' calendars are reached from outside; empty: they are not served.
    """

    cache: Path | None = None
    models: bool = False
    calendars: str = ""


class QuestionDesk(Protocol):
    """Takes questions that nothing answers automatically to people."""

    async def hand_over(self, ctx: Context, text: str) -> Answer:
        """Hand the asker's question to the librarians; return what the asker is told."""


class TopicAnswers(Protocol):
    """Answers of the FAQ, for other cogs to show beside their own."""

    async def answer_of(self, community: Community, slug: str, locale: str) -> Reply | None:
        """Return the answer of a topic in the reader's language, or None where the community has none."""


class CalendarFeeds(Protocol):
    """Communities' calendars for programs that fetch them; whoever serves them knows nothing of events.

    `secret` is the part of an address that nobody can guess.
    """

    async def secret_of(self, community_id: int, *, renew: bool = False) -> str:
        """Open a community's calendar and return its secret; a renewed one closes the address of before."""

    async def close_feed(self, community_id: int) -> bool:
        """Close a community's calendar; False when it was not open."""

    async def calendar(self, secret: str) -> bytes | None:
        """Return the calendar (iCalendar) that a secret opens, or None."""


class FaqDrafts(Protocol):
    """Takes what was answered elsewhere as a draft of an FAQ entry, in the caller's transaction."""

    def draft(
        self,
        tx: Transaction,
        community_id: int,
        person_id: int | None,
        question: str,
        answer: str,
        *,
        home_id: int | None = None,
        language: str = "en",
        source_url: str = "",
    ) -> str:
        """Write a draft for moderators to review; return its short name. Raises Invalid where it cannot be kept."""
