# SPDX-License-Identifier: MIT
"""Reaching people later: posts that are delivered once, and entries in the chats' own calendars."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.kit.database import Transaction
from bot.kit.entry import CalendarEntry
from bot.kit.reply import Attachment, Reply


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
