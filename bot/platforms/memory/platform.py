# SPDX-License-Identifier: MIT
"""A chat that exists in memory only: the platform that every cog's test uses."""

from collections.abc import Sequence

from bot.core.exchange import Origin, PlaceRef
from bot.core.i18n.voice import Voice
from bot.core.inbox import Inbox
from bot.kit.reply import Button, Reply
from bot.platforms.memory.courier import MemoryCourier
from bot.platforms.memory.exchange import MemoryExchange
from bot.platforms.memory.render import Sheet, render
from bot.platforms.memory.rooms import Rooms


class MemoryPlatform:
    """The fake chat.

    With `forms` it asks as Discord does: a form of several fields, answers for the asker's eyes only. Without, it asks
    as Matrix does: one question after the other, numbered choices, private answers in a conversation of two.
    """

    def __init__(self, name: str = "memory", *, forms: bool = True) -> None:
        self.name = name
        self.forms = forms
        self.rooms = Rooms()
        self.courier = MemoryCourier(self.rooms)
        self._inbox: Inbox | None = None

    @property
    def inbox(self) -> Inbox:
        """Where events go; RuntimeError before `start`."""
        if self._inbox is None:
            raise RuntimeError("The platform has not been started.")
        return self._inbox

    async def start(self, inbox: Inbox) -> None:
        """Take up the inbox."""
        self._inbox = inbox

    async def stop(self) -> None:
        """Let the inbox go."""
        self._inbox = None

    def exchange(self, origin: Origin, message_id: str | None = None) -> MemoryExchange:
        """Begin an event; `message_id` is the message whose button was pressed."""
        return MemoryExchange(
            self.rooms,
            origin,
            forms=self.forms,
            message_id=message_id,
            closed=origin.person.external_id in self.courier.closed_to,
            number=None if self.forms else self._number,
        )

    def render(self, reply: Reply, voice: Voice) -> Sheet:
        """Render a reply for one reader; pure."""
        return render(reply, voice)

    async def _number(self, place: PlaceRef, message_id: str, signs: Sequence[tuple[str, Button]]) -> None:
        await self.inbox.bindings.bind(self.name, place, message_id, signs)
