# SPDX-License-Identifier: MIT
"""Where moderators see what is wrong and act: blocks, pauses, bridges, posts that could not be delivered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.kit.context import Context
from bot.kit.people import Person, Place
from bot.kit.text import Text


@dataclass(frozen=True, slots=True)
class Shortcoming:
    """Something that is not as it should be, and what to do about it; `place` is gone, where it is about that.

    Members are told of what is `open`: it changes what they may expect of the bot.
    """

    what: Text
    remedy: Text
    place: Place | None = None
    open: bool = False


@dataclass(frozen=True, slots=True)
class ParkedPost:
    """A post that could not be delivered, or of which nobody knows whether it was."""

    number: int
    about: str
    reason: str
    where: Place | None
    since: datetime


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """A place of the community with the name of the home that it is in."""

    place: Place
    home: str


class ModerationDesk(Protocol):
    """What moderators do beside choosing settings; every act is written to the log."""

    async def block(self, ctx: Context, person: Person) -> None:
        """Bar somebody from using the bot in this community; raises Denied for moderators and for oneself."""

    async def unblock(self, ctx: Context, person: Person) -> bool:
        """Let somebody use the bot again; False when they were not blocked."""

    async def hold_posts(self, ctx: Context, held: bool) -> bool:
        """Let the community's posts wait, or go out again; False when they did already."""

    async def bridge(self, ctx: Context, place: Place, other_id: int | None) -> None:
        """Say that a bridge connects two places of the community, so that each gets a post once; None undoes it."""

    async def places(self, ctx: Context) -> Sequence[KnownPlace]:
        """Return the places of the community."""

    async def shortcomings(self, ctx: Context) -> Sequence[Shortcoming]:
        """Return what keeps the bot from doing its work here."""

    async def parked(self, ctx: Context) -> Sequence[ParkedPost]:
        """Return the community's posts that wait for a decision."""

    async def release(self, ctx: Context, number: int) -> bool:
        """Try to deliver a parked post again; False when it is not parked in this community."""

    async def drop(self, ctx: Context, number: int) -> bool:
        """Give a parked post up; False when it is not parked in this community."""
