# SPDX-License-Identifier: MIT
"""How cogs meet without importing each other: what one provides by a protocol, another takes as its `Provider`.

One lists the protocol in `provides`; the other's `Provider` is empty while no such cog runs.
"""

from typing import Protocol, TypeVar

from bot.kit.context import Context
from bot.kit.database import Transaction
from bot.kit.people import Community
from bot.kit.reply import Answer, Reply

T_co = TypeVar("T_co", covariant=True)


class Provider(Protocol[T_co]):
    """Finds the cog that provides a protocol, at the moment of asking."""

    def get(self) -> T_co | None:
        """Return the provider, or None while there is none."""


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
