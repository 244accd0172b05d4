# SPDX-License-Identifier: MIT
"""What Tab offers: controls, commands, their arguments and the values that a command itself knows."""

from collections.abc import AsyncGenerator, Iterable, Iterator

from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from bot.core.textline import Wanted, complete, quote
from bot.kit.params import Kind
from bot.platforms.console.controls import LEVELS
from bot.platforms.console.desk import DIRECT
from bot.platforms.console.safety import Speech, one_line
from bot.platforms.console.session import Session


class ConsoleCompleter(Completer):
    """Completes a line at the terminal."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """Offer nothing without waiting; the prompt asks `get_completions_async`."""
        del document, complete_event
        return ()

    async def get_completions_async(
        self, document: Document, complete_event: CompleteEvent
    ) -> AsyncGenerator[Completion, None]:
        """Offer what may stand at the cursor."""
        del complete_event
        line = document.text_before_cursor
        if line.startswith(":"):
            for found in self._controls(line):
                yield found
        elif self._session.desk.question and not line.startswith("/"):
            for found in self._choices(line):
                yield found
        else:
            async for found in self._commands(line):
                yield found

    def _controls(self, line: str) -> Iterator[Completion]:
        name, space, typed = line[1:].partition(" ")
        if not space:
            for control in self._session.controls.all:
                if control.name.startswith(name.casefold()):
                    hint = Speech(self._session.voice()).label(control.words)
                    yield Completion(f":{control.name} ", -len(line), display_meta=hint)
            return
        last = typed.rpartition(" ")[2]
        for value in self._control_values(name, typed):
            if value.casefold().startswith(last.casefold()):
                yield Completion(value, -len(last))

    def _control_values(self, name: str, typed: str) -> Iterable[str]:
        desk = self._session.desk
        match name:
            case "as":
                names = [seat.name for seat in desk.seats.values()]
                return LEVELS if " " in typed else names
            case "in":
                return [*desk.rooms.values(), DIRECT]
            case "preview":
                return self._session.controls.previews
            case "clock":
                return ["+1h", "+1d", "+7d"]
            case "press":
                return [self._session.voice().label(button.label) for button in desk.present_buttons]
            case _:
                return ()

    def _choices(self, line: str) -> Iterator[Completion]:
        question = self._session.desk.question
        speech = Speech(self._session.voice())
        for choice in question.choices if question else ():
            label = speech.label(choice.label)
            if choice.value.casefold().startswith(line.casefold()) or label.casefold().startswith(line.casefold()):
                yield Completion(choice.value, -len(line), display=label)

    async def _commands(self, line: str) -> AsyncGenerator[Completion, None]:
        slash = len(line) - len(line.removeprefix("/"))
        text, voice = line[slash:], self._session.voice()
        commands = await self._session.inbox.commands(self._session.exchange())
        found = complete(text, len(text), commands)
        values = [completion async for completion in self._values(found.wanted, len(text))] if found.wanted else []
        for completion in values:
            yield completion
        taken = {completion.text for completion in values}
        for item in found.items:
            if item.text not in taken:
                hint = voice.translate(item.hint) if item.hint else ""
                yield Completion(item.text, item.start - len(text), display_meta=hint)

    async def _values(self, wanted: Wanted, cursor: int) -> AsyncGenerator[Completion, None]:
        desk, param = self._session.desk, wanted.param
        begun = wanted.typed.removeprefix("#").removeprefix("@").casefold()
        if param.kind in (Kind.PERSON, Kind.PLACE):
            names = [seat.name for seat in desk.seats.values()] if param.kind is Kind.PERSON else desk.rooms.values()
            for name in names:
                if name.casefold().startswith(begun):
                    yield Completion(quote(name), wanted.start - cursor)
        elif param.arg.complete is not None:
            speech = Speech(self._session.voice())
            exchange = self._session.exchange()
            for choice in await self._session.inbox.complete(exchange, wanted.command.key, param.name, wanted.typed):
                display = one_line(choice.value)
                yield Completion(
                    quote(display), wanted.start - cursor, display=display, display_meta=speech.label(choice.label)
                )
