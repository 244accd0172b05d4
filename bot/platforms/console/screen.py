# SPDX-License-Identifier: MIT
"""Where the console writes: a screen for scripts and pipes, in plain text; the one for people is in `terminal`."""

from collections.abc import Callable, Sequence
from typing import Protocol

from bot.core.exchange import Question
from bot.core.i18n.voice import Voice
from bot.kit.params import Kind
from bot.kit.reply import Reply, Visible, Words
from bot.kit.text import Text, t
from bot.platforms.console.plain import MARGIN, choice_lines, lines
from bot.platforms.console.safety import Speech, safe


class Screen(Protocol):
    """Shows what the bot says."""

    def reply(self, reply: Reply, visible: Visible, voice: Voice) -> None:
        """Show an answer."""

    def question(self, question: Question, voice: Voice) -> None:
        """Show what is asked; the words of the prompt itself come from `prompt_words`."""

    def arrival(self, heading: str, reply: Reply, voice: Voice) -> None:
        """Show a post of the outbox under a line that says where it came to."""

    def plain(self, text: str) -> None:
        """Show text that is not an answer, as it is."""

    def progress(self, words: Words, voice: Voice) -> None:
        """Show that work goes on, and at what."""

    def busy(self) -> None:
        """Show, after a moment, that an answer is being worked at."""

    def idle(self) -> None:
        """Stop showing it."""


class PlainScreen:
    """Writes lines without control codes and wraps nothing."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self._write = write

    def reply(self, reply: Reply, visible: Visible, voice: Voice) -> None:
        """Show an answer."""
        self._lines(lines(reply, voice, visible))

    def question(self, question: Question, voice: Voice) -> None:
        """Show what is asked, and the prompt: nobody waits at it."""
        self._lines([*question_lines(question, voice), prompt_words(question, voice)])

    def arrival(self, heading: str, reply: Reply, voice: Voice) -> None:
        """Show a post of the outbox."""
        self._lines([safe(heading), *(f"{MARGIN}{line}" for line in lines(reply, voice))])

    def plain(self, text: str) -> None:
        """Show text as it is."""
        self._lines(safe(text).split("\n"))

    def progress(self, words: Words, voice: Voice) -> None:
        """Show nothing: a script waits anyway."""

    def busy(self) -> None:
        """Show nothing."""

    def idle(self) -> None:
        """Show nothing."""

    def _lines(self, found: Sequence[str]) -> None:
        for line in found:
            self._write(f"{line}\n")


def question_lines(question: Question, voice: Voice) -> list[str]:
    """Lay out what goes before the prompt: what was wrong, and the values that may be chosen."""
    speech = Speech(voice)
    found = lines(Reply(question.confirm.text), voice) if question.confirm else []
    if question.error:
        found.append(f"✗ {speech.plain(question.error)}")
    return [*found, *choice_lines(question.choices, speech, english=_english(question))]


def prompt_words(question: Question, voice: Voice) -> str:
    """Return the prompt of a question: "? What you are looking for:"."""
    speech = Speech(voice)
    if question.confirm:
        yes, no = speech.label(question.confirm.yes), speech.label(question.confirm.no)
        return f"? {yes} / {no}:"
    if not question.params:
        return f"? {speech.label(question.title)}:"
    param = question.params[0]
    words = speech.label(Text(param.arg.description))
    hint = speech.label(t("path of a file")) if param.kind is Kind.UPLOAD else ""
    return f"? {words} ({hint}):" if hint else f"? {words}:"


def _english(question: Question) -> bool:
    # The labels of an enumeration's values are English source text, those of a completer are anybody's words.
    return bool(question.params) and question.params[0].kind is Kind.CHOICE
