# SPDX-License-Identifier: MIT
"""The screen for a person: panels, colours where they are wanted, a spinner, and long answers in pages."""

import asyncio
from collections.abc import Callable

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.status import Status
from rich.text import Text as Line

from bot.core.exchange import Question
from bot.core.i18n.voice import Voice
from bot.kit.reply import Reply, Visible, Words
from bot.platforms.console.render import render
from bot.platforms.console.safety import Speech, safe
from bot.platforms.console.screen import question_lines

PATIENCE = 0.3
"""Seconds before the spinner appears: an answer that comes sooner needs none."""

CHROME = 3
"""Lines of the terminal that are kept for the prompt."""


class RichScreen:
    """Writes to a rich console. What does not fit on the screen waits in `rest` until `more` is called."""

    def __init__(self, console: Console, working: Callable[[], str]) -> None:
        self._console = console
        self._working = working
        self._status: Status | None = None
        self._timer: asyncio.TimerHandle | None = None
        self.rest: list[str] = []

    def reply(self, reply: Reply, visible: Visible, voice: Voice) -> None:
        """Show an answer."""
        self._show(render(reply, voice, self._console.width, visible))

    def question(self, question: Question, voice: Voice) -> None:
        """Show what goes before the prompt."""
        for line in question_lines(question, voice):
            self._show(Line(line, "red" if line.startswith("✗") else ""))

    def arrival(self, heading: str, reply: Reply, voice: Voice) -> None:
        """Show a post of the outbox."""
        self._show(Line(f"✉ {safe(heading)}", "magenta"))
        self._show(Padding(render(reply, voice, self._console.width - 2), (0, 0, 0, 2)))

    def plain(self, text: str) -> None:
        """Show text as it is."""
        self._show(Line(safe(text)))

    def progress(self, words: Words, voice: Voice) -> None:
        """Show beside the spinner what is being done."""
        said = Speech(voice).label(words)
        self._spin(said)

    def busy(self) -> None:
        """Show the spinner soon."""
        self.idle()
        if self._console.is_terminal:
            self._timer = asyncio.get_running_loop().call_later(PATIENCE, self._spin, self._working())

    def idle(self) -> None:
        """Stop the spinner."""
        if self._timer:
            self._timer.cancel()
        if self._status:
            self._status.stop()
        self._timer = self._status = None

    def more(self) -> None:
        """Show the next page of what did not fit."""
        page, self.rest = self.rest[: self._page], self.rest[self._page :]
        self._console.file.write("".join(page))
        self._console.file.flush()

    def _spin(self, words: str) -> None:
        if not self._console.is_terminal:
            return
        if self._status is None:
            self._status = Status(Line(words, "dim"), console=self._console, spinner="dots")
            self._status.start()
        else:
            self._status.update(Line(words, "dim"))

    @property
    def _page(self) -> int:
        return max(self._console.height - CHROME, 5)

    def _show(self, shown: RenderableType) -> None:
        """Print at once what fits on the screen; everything after it waits, so that the order is kept."""
        self.idle()
        with self._console.capture() as captured:
            self._console.print(shown, crop=False)
        lines = captured.get().splitlines(keepends=True)
        waiting = bool(self.rest)
        self.rest += lines
        if not waiting:
            self.more()
