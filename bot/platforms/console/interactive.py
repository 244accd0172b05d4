# SPDX-License-Identifier: MIT
"""Reads lines from a person: with history, Tab, questions in the prompt, and keys that stop and leave."""

import asyncio
import signal
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import FileHistory, History, InMemoryHistory
from prompt_toolkit.input import Input
from prompt_toolkit.output import Output
from prompt_toolkit.patch_stdout import patch_stdout

from bot.core.folders import users_folder
from bot.kit.text import Text, t
from bot.platforms.console.completion import ConsoleCompleter
from bot.platforms.console.screen import prompt_words
from bot.platforms.console.session import Session
from bot.platforms.console.terminal import RichScreen


class Interactive:
    """A person at a terminal. `keys` and `display` stand in for the real ones in tests."""

    def __init__(
        self,
        session: Session,
        screen: RichScreen,
        history: Path | None = None,
        *,
        keys: Input | None = None,
        display: Output | None = None,
    ) -> None:
        self._session = session
        self._screen = screen
        self._real = display is None
        completer = ConsoleCompleter(session)
        self._lines: PromptSession[str] = PromptSession(
            history=open_history(history),
            completer=completer,
            complete_while_typing=False,
            input=keys,
            output=display,
        )
        # What people answer (a title, an address) is nobody's business afterwards: it stays out of the history.
        self._answers: PromptSession[str] = PromptSession(
            history=InMemoryHistory(), completer=completer, complete_while_typing=False, input=keys, output=display
        )

    async def run(self) -> int:
        """Take lines until the person leaves; return 0."""
        while not self._session.controls.wants_to_quit:
            try:
                line: str | None = await self._read()
            except KeyboardInterrupt:
                await self._give_up()
                continue
            except EOFError:
                break
            while line is not None:
                await self._take(line)
                line = await self._page()
        return 0

    async def _read(self) -> str:
        question, voice = self._session.desk.question, self._session.voice()
        with self._patched():
            if question is None:
                who = FormattedText(
                    [("ansibrightblack", f"{self._session.desk.seat.name} · #{self._session.desk.room}")]
                )
                return await self._lines.prompt_async(FormattedText([("bold", "> ")]), rprompt=who)
            typed = question.typed.get(question.params[0].name, "") if question.params else ""
            words = FormattedText([("bold ansicyan", prompt_words(question, voice)), ("", " ")])
            return await self._answers.prompt_async(words, default=typed)

    async def _take(self, line: str) -> None:
        """Take a line; Ctrl-C stops what it set off, and nothing else."""
        task, loop = asyncio.current_task(), asyncio.get_running_loop()
        stopped = asyncio.Event()

        def stop() -> None:
            stopped.set()
            if task:
                task.cancel()

        watched = catch_interrupts(loop, stop)
        try:
            await self._session.take(line)
        except asyncio.CancelledError:
            if not stopped.is_set() or task is None or task.uncancel() > 0:
                raise
            self._say(t("Stopped."))
        finally:
            if watched:
                loop.remove_signal_handler(signal.SIGINT)

    async def _give_up(self) -> None:
        """Ctrl-C at a question withdraws it; at an empty prompt it tells how to leave."""
        if self._session.desk.question is not None:
            await self._session.take("cancel")
        else:
            self._say(t("Press Ctrl-D to leave."))

    async def _page(self) -> str | None:
        """Show the pages of a long answer; return what was typed instead of Enter or q: it is the next line."""
        more = self._session.voice().plain(t("— more: Enter, or q to stop —"))
        while self._screen.rest:
            try:
                typed = await self._answers.prompt_async(FormattedText([("ansigray", f"{more} ")]))
            except (KeyboardInterrupt, EOFError):
                typed = "q"
            if not typed.strip():
                self._screen.more()
                continue
            self._screen.rest.clear()
            return None if typed.strip().casefold() == "q" else typed
        return None

    def _say(self, words: Text) -> None:
        self._screen.idle()
        self._screen.plain(self._session.voice().plain(words))

    def _patched(self) -> AbstractContextManager[None]:
        """Let posts that arrive while somebody types appear above the prompt."""
        return patch_stdout(raw=True) if self._real else nullcontext()


def catch_interrupts(loop: asyncio.AbstractEventLoop, stop: Callable[[], None]) -> bool:
    """Have Ctrl-C call `stop`; False where the system or the thread has no signals for that."""
    try:
        loop.add_signal_handler(signal.SIGINT, stop)
    except (NotImplementedError, RuntimeError, ValueError):
        return False
    return True


def open_history(path: Path | None) -> History:
    """Return the history in a file, or one that is forgotten where there can be none."""
    if path is None:
        return InMemoryHistory()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
    except OSError:
        return InMemoryHistory()
    return FileHistory(str(path))


def history_path() -> Path:
    """Return where a user's history belongs."""
    return users_folder("XDG_STATE_HOME", ".local/state") / "history"
