# SPDX-License-Identifier: MIT
"""How the terminal answers one line."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.core.exchange import Origin, Question
from bot.core.i18n.voice import Voice
from bot.kit.context import Message
from bot.kit.reply import Button, Reply, Visible, Words
from bot.platforms.console.desk import Desk, Shown
from bot.platforms.console.screen import Screen

Binder = Callable[[Origin, str, tuple[Button, ...]], Awaitable[None]]
"""Keeps which button a typed number stands for: (where, message id, buttons)."""


class ConsoleExchange:
    """Answers one event on the screen."""

    def __init__(self, desk: Desk, screen: Screen, bind: Binder, message: Message | None = None) -> None:
        self._origin = replace(desk.origin, message=message)
        self._desk = desk
        self._screen = screen
        self._bind = bind
        self._begun = Visible.PUBLIC

    @property
    def origin(self) -> Origin:
        """Who typed this, and where."""
        return self._origin

    async def begin(self, visible: Visible) -> None:
        """Show that work goes on."""
        self._begun = visible
        self._screen.busy()

    async def show(self, reply: Reply, visible: Visible, voice: Voice) -> None:
        """Print an answer and number its buttons."""
        self._desk.last = Shown(reply, visible, voice)
        self._desk.spoken[self._origin.person.external_id] = voice.locale
        self._screen.reply(reply, visible, voice)
        if reply.buttons:
            await self._bind(self._origin, self._desk.next_id(), reply.buttons)

    async def ask(self, question: Question, visible: Visible, voice: Voice) -> None:
        """Print a question; the next line answers it."""
        del visible
        self._desk.ask(question)
        self._desk.spoken[self._origin.person.external_id] = voice.locale
        self._screen.question(question, voice)

    async def progress(self, words: Words, voice: Voice) -> None:
        """Show what is being done."""
        self._screen.progress(words, voice)

    async def edit(self, reply: Reply, voice: Voice) -> None:
        """Print the message anew: what was printed cannot be changed."""
        await self.show(reply, self._begun, voice)
