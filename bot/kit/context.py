# SPDX-License-Identifier: MIT
"""What a handler is told about the moment it runs in, and how it speaks before it returns."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from bot.kit.people import Community, Home, Level, Person, Place
from bot.kit.reply import Reply, Words


@dataclass(frozen=True, slots=True)
class Message:
    """An existing message that a shortcut or a reply refers to."""

    text: str
    author: str
    url: str | None = None


class Speaker(Protocol):
    """Carries words to the asker while a handler still runs."""

    async def reply(self, reply: Reply) -> None:
        """Say something more."""

    async def progress(self, words: Words) -> None:
        """Show that work goes on."""

    async def edit(self, reply: Reply) -> None:
        """Replace the message whose button was pressed."""


@dataclass(frozen=True, slots=True)
class Context:
    """Handed to every handler.

    `level` holds for the whole community, `local_level` for the home they speak in. `settings` is an instance of the
    cog's settings class, as this place has it. `overheard`: others here could read what the asker typed.
    """

    person: Person
    place: Place
    community: Community
    level: Level
    now: datetime
    local_level: Level = Level.MEMBER
    locale: str = "en"
    zone: str = "UTC"
    home: Home | None = None
    settings: Any = None
    confirmed: bool = False
    message: Message | None = None
    overheard: bool = False
    speaker: Speaker | None = field(default=None, repr=False, compare=False)

    @property
    def direct(self) -> bool:
        """Tell whether only the asker and the bot are in this place."""
        return self.place.direct

    async def reply(self, reply: Reply) -> None:
        """Say something before the handler returns."""
        if self.speaker is not None:
            await self.speaker.reply(reply)

    async def progress(self, words: Words) -> None:
        """Show that work goes on (a spinner, a typing notice)."""
        if self.speaker is not None:
            await self.speaker.progress(words)

    async def edit(self, reply: Reply) -> None:
        """Replace the message whose button was pressed, where there is one."""
        if self.speaker is not None:
            await self.speaker.edit(reply)
