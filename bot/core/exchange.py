# SPDX-License-Identifier: MIT
"""How a platform hands something that happened to the core, and how the core answers.

A platform makes an `Origin` (who, where, in its own ids) and an `Exchange` (how to answer this very event); both live
as long as the event. Nothing here waits for a human: a question is shown, its draft is a row, and the answer comes as
a new event.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from bot.core.i18n.voice import Voice
from bot.kit.arg import Choice, Upload
from bot.kit.context import Message
from bot.kit.params import Param
from bot.kit.people import HomeKind, Identity, Level, Role
from bot.kit.reply import Confirm, Reply, Visible, Words
from bot.kit.text import Text


@dataclass(frozen=True, slots=True)
class HomeRef:
    """A home in the platform's own words."""

    external_id: str
    name: str
    kind: HomeKind


@dataclass(frozen=True, slots=True)
class PlaceRef:
    """A place in the platform's own words."""

    channel_id: str
    thread_id: str | None = None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Rank:
    """What the platform itself says of a person here: a level, and the roles they hold (their ids)."""

    level: Level = Level.MEMBER
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Origin:
    """Who did something, and where. `home` is None in a direct conversation.

    `languages` are those that the platform's clients can be in, where it says which their `locale` is.
    `overheard` tells that others in this place could read what was typed, as a line in a room; a form is not.
    `elsewhere` is said in a direct conversation, by platforms that can tell: the person's rank at this moment in every
    home where they have one, by the home's id.
    """

    platform: str
    person: Identity
    place: PlaceRef
    home: HomeRef | None = None
    rank: Rank = field(default_factory=Rank)
    locale: str | None = None
    message: Message | None = None
    overheard: bool = False
    languages: frozenset[str] | None = None
    elsewhere: frozenset[tuple[str, Rank]] | None = None


ACCOUNT = re.compile(r"@\S+:\S+")
"""An account's whole name on Matrix, which is never taken for somebody's name."""


def primary(locale: str) -> str:
    """Return the language of a locale: "pt" of "pt-BR"."""
    return locale.replace("_", "-").partition("-")[0].casefold()


Raw: TypeAlias = "str | int | float | bool | Identity | PlaceRef | Role | Upload"
"""An argument as it arrives: typed text, or what a platform has typed already."""


@dataclass(frozen=True, slots=True)
class Call:
    """What is to be run: an operation's key and its arguments as they arrived.

    `community_id` is that of the community where it was begun: it does not go on in another.
    """

    key: str
    arguments: Mapping[str, Raw] = field(default_factory=dict)
    confirmed: bool = False
    community_id: int | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What is still needed before an operation can run; `draft_id` is the row that holds what is known.

    A platform with forms shows all of `params` at once (five at most); one without asks for the first. `typed` holds
    what was entered before, so that it is offered again; `choices` are numbered where there is no menu. With
    `confirm` it is a yes or no.
    """

    draft_id: int
    title: Text | str
    params: tuple[Param, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    choices: tuple[Choice, ...] = ()
    error: Text | None = None
    confirm: Confirm | None = None


class Exchange(Protocol):
    """Answers one event. Each method may be called several times, `begin` once and first."""

    @property
    def origin(self) -> Origin:
        """Who did this, and where."""

    async def begin(self, visible: Visible) -> None:
        """Learn who may see the answer, before anything slow; the platform may show that work goes on."""

    async def show(self, reply: Reply, visible: Visible, voice: Voice) -> None:
        """Say something to those who may see it; never to more."""

    async def ask(self, question: Question, visible: Visible, voice: Voice) -> None:
        """Ask the person for what is missing."""

    async def progress(self, words: Words, voice: Voice) -> None:
        """Show that work goes on."""

    async def edit(self, reply: Reply, voice: Voice) -> None:
        """Replace the message whose button was pressed; show the reply where there is none."""
