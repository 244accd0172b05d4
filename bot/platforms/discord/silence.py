# SPDX-License-Identifier: MIT
"""Answers nothing: while somebody types an option, nothing may be said."""

from dataclasses import dataclass

from bot.core.exchange import Origin, Question
from bot.core.i18n.voice import Voice
from bot.kit.reply import Reply, Visible, Words


@dataclass(frozen=True, slots=True)
class Silence:
    """An exchange that only knows where it is."""

    origin: Origin

    async def begin(self, visible: Visible) -> None:
        """Say nothing."""

    async def show(self, reply: Reply, visible: Visible, voice: Voice) -> None:
        """Say nothing."""

    async def ask(self, question: Question, visible: Visible, voice: Voice) -> None:
        """Say nothing."""

    async def progress(self, words: Words, voice: Voice) -> None:
        """Say nothing."""

    async def edit(self, reply: Reply, voice: Voice) -> None:
        """Say nothing."""
