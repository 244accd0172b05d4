# SPDX-License-Identifier: MIT
"""Takes the lines that are typed, by a person or by a script, to the bot or to the terminal's own controls."""

import asyncio
from collections.abc import Mapping

from bot.core.exchange import Origin, PlaceRef
from bot.core.i18n.voice import Voice
from bot.core.inbox import Inbox
from bot.core.markup import clean
from bot.kit.context import Message
from bot.kit.errors import UserError
from bot.kit.params import Kind
from bot.kit.reply import Button, Reply, Tone, Visible
from bot.kit.text import Code, Text, t
from bot.platforms.console.controls import Controls, Reload, Stage
from bot.platforms.console.desk import NAME, Arrival, Desk, Shown
from bot.platforms.console.exchange import ConsoleExchange
from bot.platforms.console.previews import Renderer, plain
from bot.platforms.console.saving import named_file, pick_up
from bot.platforms.console.screen import Screen
from bot.platforms.console.voices import Voices


class Session:
    """One sitting at the terminal, over one `Inbox`."""

    def __init__(
        self,
        inbox: Inbox,
        desk: Desk,
        screen: Screen,
        voices: Voices,
        renderers: Mapping[str, Renderer],
        stage: Stage | None = None,
        reload: Reload | None = None,
    ) -> None:
        self.inbox = inbox
        self.desk = desk
        self.screen = screen
        self._voices = voices
        self._stage = stage
        self.controls = Controls(desk, screen, self.voice, self.press, renderers, stage, reload)

    def voice(self) -> Voice:
        """Return the voice that speaks to whoever sits at the terminal."""
        return self._voices(self.desk.locale)

    def exchange(self, on: Shown | None = None) -> ConsoleExchange:
        """Begin an event; `on` is the answer that a shortcut is used on."""
        message = Message(plain(on.reply, on.voice), "Refdesk") if on else None
        return ConsoleExchange(self.desk, self.screen, self.bind, message)

    async def take(self, line: str) -> bool:
        """Take a line; False where it names a command or a control that there is none of, or cannot be read."""
        text = clean(line).strip()
        try:
            understood = await self._take(text) if text else True
        finally:
            self.screen.idle()
        if self._stage is not None and text:
            await self._stage.settle()
        return understood

    async def announce(self, arrival: Arrival, *, shown: bool = True) -> None:
        """Show a post, and number its buttons where it came to."""
        if shown:
            self.screen.arrival(self.controls.heading(arrival), arrival.reply, arrival.voice)
        if arrival.reply.buttons:
            await self._number(arrival.place, arrival.id, arrival.reply.buttons)

    async def press(self, button: Button) -> None:
        """Press a button."""
        await self.inbox.press(self.exchange(), button.target, dict(button.arguments))

    async def bind(self, origin: Origin, message_id: str, buttons: tuple[Button, ...]) -> None:
        """Let numbers stand for buttons, in this room, until others take their place."""
        await self._number(origin.place, message_id, buttons)

    async def _number(self, place: PlaceRef, message_id: str, buttons: tuple[Button, ...]) -> None:
        self.desk.buttons[place.channel_id] = buttons
        signs = [(str(number), button) for number, button in enumerate(buttons, 1)]
        await self.inbox.bindings.bind(NAME, place, message_id, signs)

    async def _take(self, text: str) -> bool:
        if text.startswith(":"):
            return await self.controls.take(text)
        command = text.removeprefix("/").strip() if text.startswith("/") else None
        if self._wants_file() and text.casefold() != "cancel" and not (command and self._is_command(command)):
            return await self._hand_over(text)
        if command is not None:
            return await self._command(command)
        self.desk.ask(None)
        exchange = self.exchange()
        if not await self.inbox.heard(exchange, text):
            await self.inbox.say(exchange, text)
        return True

    def _wants_file(self) -> bool:
        question = self.desk.question
        return question is not None and bool(question.params) and question.params[0].kind is Kind.UPLOAD

    def _is_command(self, text: str) -> bool:
        return self.inbox.understands(text) or self.inbox.takes_file(text) is not None

    async def _command(self, text: str) -> bool:
        if not text:
            self._refuse(t("Type a command after the slash: {help} lists them.", help=Code("/help")))
            return False
        param, file = self.inbox.takes_file(text), None
        if param and (named := named_file(text, param)):
            path, text = named
            try:
                file = await asyncio.to_thread(pick_up, path)
            except UserError as error:
                self._refuse(error.text)
                return False
        understood = self.inbox.understands(text)
        if not understood and self.desk.last and await self.inbox.reply(self.exchange(on=self.desk.last), text):
            return True
        if understood:
            self.desk.ask(None)
        await self.inbox.line(self.exchange(), text, exact_first=False, file=file)
        return understood

    async def _hand_over(self, path: str) -> bool:
        question = self.desk.question
        if question is None:
            return False
        try:
            upload = await asyncio.to_thread(pick_up, path)
        except UserError as error:
            self._refuse(error.text)
            self.screen.question(question, self.voice())
            return True
        self.desk.ask(None)
        await self.inbox.answer(self.exchange(), question.draft_id, {question.params[0].name: upload})
        return True

    def _refuse(self, words: Text) -> None:
        self.screen.reply(Reply(words, tone=Tone.BAD), Visible.PUBLIC, self.voice())
