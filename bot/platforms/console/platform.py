# SPDX-License-Identifier: MIT
"""The terminal as a platform: started by the application, then run for as long as somebody types."""

import os
import sys
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from rich.console import Console

from bot.core.exchange import HomeRef
from bot.core.i18n.voice import Voice
from bot.core.inbox import Inbox
from bot.kit.people import HomeKind, Level
from bot.kit.reply import Reply
from bot.kit.text import Code, Text, t
from bot.platforms.console.controls import Reload, Stage
from bot.platforms.console.courier import ConsoleCourier
from bot.platforms.console.desk import NAME, Arrival, Desk, Seat
from bot.platforms.console.plain import lines
from bot.platforms.console.previews import RENDERERS, Renderer
from bot.platforms.console.screen import PlainScreen, Screen
from bot.platforms.console.script import run_script
from bot.platforms.console.session import Session
from bot.platforms.console.voices import Voices

if TYPE_CHECKING:
    from bot.platforms.console.terminal import RichScreen

EXAMPLE = t("Can our library have one shared account?")
"""A question that the banner proposes."""


@dataclass(frozen=True, slots=True)
class Setup:
    """How a terminal begins. `seats` are further people whom `:as` knows; `history` is None where nothing is kept."""

    seat: Seat = field(default_factory=lambda: Seat("You", Level.OWNER))
    seats: tuple[Seat, ...] = ()
    room: str = "main"
    rooms: tuple[str, ...] = ()
    community: str = "Terminal"
    history: Path | None = None
    renderers: Mapping[str, Renderer] = field(default_factory=dict)
    example: Text | str = EXAMPLE


class ConsolePlatform:
    """The terminal. With a `stage`, time can be moved and everything that is due happens after each line.

    `reload` renews a cog, for those who write one.
    """

    name = NAME

    def __init__(
        self,
        voices: Voices,
        setup: Setup | None = None,
        *,
        stage: Stage | None = None,
        reload: Reload | None = None,
        source: TextIO | None = None,
        target: TextIO | None = None,
    ) -> None:
        self._setup = setup or Setup()
        self._voices = voices
        self._stage = stage
        self._reload = reload
        self._source = source or sys.stdin
        self._target = target
        self.session: Session | None = None
        self._rich: RichScreen | None = None
        self._unheard = False
        self.desk = seated(self._setup)
        self.courier = ConsoleCourier(self.desk, self._announce)

    async def start(self, inbox: Inbox) -> None:
        """Get ready; nothing is read before `run`."""
        renderers = {**RENDERERS, **self._setup.renderers}
        screen: Screen = self._rich_screen() if self.interactive else PlainScreen(self._write)
        self.session = Session(inbox, self.desk, screen, self._voices, renderers, self._stage, self._reload)

    async def stop(self) -> None:
        """Show nothing any more."""
        self.session = None

    def render(self, reply: Reply, voice: Voice) -> list[str]:
        """Turn a reply into lines of plain text."""
        return lines(reply, voice)

    async def run(self, ready: Callable[[], Awaitable[None]] | None = None) -> int:
        """Take lines until they end or somebody leaves; return the exit status. A script waits until all is `ready`."""
        if self.session is None:
            raise RuntimeError("The console has not been started.")
        if self._rich is None:
            replace_what_cannot_be_read(self._source, self._target or sys.stdout)
            return await run_script(self.session, self._source, self._write, ready)
        from bot.platforms.console.interactive import Interactive

        self._rich.plain(self.banner())
        return await Interactive(self.session, self._rich, self._setup.history).run()

    @property
    def interactive(self) -> bool:
        """Tell whether a person types, not a script."""
        return self._source.isatty()

    def banner(self) -> str:
        """Say what this is, what to type, and who one is."""
        session, voice = self.session, self._voices(self.desk.seat.locale)
        who = session.controls.who() if session else t("")
        words = (
            t("Refdesk answers librarians' questions. Type one, for example:"),
            t("› {example}", example=voice.plain(self._setup.example)),
            t(
                "{help} lists commands, {controls} steers this terminal, Tab completes, Ctrl-D leaves.",
                help=Code("/help"),
                controls=Code(":help"),
            ),
            who,
        )
        return "\n".join(voice.plain(each) for each in words)

    def _rich_screen(self) -> "RichScreen":
        from bot.platforms.console.terminal import RichScreen

        console = Console(file=self._target, markup=False, emoji=False, highlight=False)
        self._rich = RichScreen(console, lambda: self._voices(self.desk.seat.locale).plain(t("Working …")))
        return self._rich

    def _write(self, text: str) -> None:
        target = self._target or sys.stdout
        try:
            target.write(text)
            target.flush()
        except BrokenPipeError:
            # Whoever read this is gone, as with "| head": what is still to be said goes nowhere.
            silence(target)
            if self.session is not None:
                self.session.controls.wants_to_quit = True

    @contextmanager
    def unheard(self) -> Iterator[None]:
        """Show nothing of what is posted meanwhile: it waits in the rooms, for `:inbox`."""
        self._unheard = True
        try:
            yield
        finally:
            self._unheard = False

    async def _announce(self, arrival: Arrival) -> None:
        if self.session is not None:
            await self.session.announce(arrival, shown=not self._unheard)


def replace_what_cannot_be_read(*streams: TextIO) -> None:
    """Let a byte that is no text, or a sign that a terminal lacks, become a question mark, not an error."""
    for stream in streams:
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")


def silence(stream: TextIO) -> None:
    """Let everything that is still written to a broken pipe vanish, what is buffered included."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def seated(setup: Setup) -> Desk:
    """Return a desk with everybody whom a setup names, the first of them at it."""
    desk = Desk(setup.seat, setup.room, HomeRef("terminal", setup.community, HomeKind.TERMINAL))
    for room in (*setup.rooms, setup.room):
        desk.enter(room)
    for seat in (*setup.seats, setup.seat):
        desk.take_seat(seat)
    return desk
