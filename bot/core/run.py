# SPDX-License-Identifier: MIT
"""One run of one operation, as it passes through the pipeline."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.core.exchange import Call, Exchange
from bot.core.i18n.voice import Voice
from bot.core.registry import Bound
from bot.core.situation import Situation
from bot.kit.operation import Command, Operation, Shortcut
from bot.kit.reply import Reply, Visible, Words

_ORDER = (Visible.PUBLIC, Visible.QUIET, Visible.SECRET)


def tighter(one: Visible, other: Visible | None) -> Visible:
    """Return the more private of two."""
    return one if other is None else max(one, other, key=_ORDER.index)


@dataclass(slots=True)
class Run:
    """What is known about a run so far; the steps of the pipeline fill it in. `then` is what is run after it."""

    exchange: Exchange
    call: Call
    bound: Bound
    here: Situation
    voice: Voice
    arguments: Mapping[str, Any] = field(default_factory=dict)
    visible: Visible = Visible.PUBLIC
    begun: bool = False
    then: Call | None = None

    @property
    def operation(self) -> Operation:
        """What is run."""
        return self.bound.operation

    @property
    def title(self) -> str:
        """What the asker knows it by, in English."""
        return title_of(self.operation)

    async def begin(self) -> None:
        """Tell the platform, once, who may see the answer."""
        if not self.begun:
            self.begun = True
            await self.exchange.begin(self.visible)

    async def show(self, reply: Reply) -> None:
        """Show an answer, never to more people than the operation and the reply allow."""
        await self.exchange.show(reply, tighter(self.visible, reply.visible), self.voice)


def title_of(operation: Operation) -> str:
    """Return what people know an operation by, in English; "" for a button's, which has its own label."""
    if isinstance(operation, Command):
        return operation.description
    return operation.label if isinstance(operation, Shortcut) else ""


class RunSpeaker:
    """Lets a handler speak before it returns."""

    def __init__(self, run: Run) -> None:
        self._run = run

    async def reply(self, reply: Reply) -> None:
        """Say something more."""
        await self._run.show(reply)

    async def progress(self, words: Words) -> None:
        """Show that work goes on."""
        await self._run.exchange.progress(words, self._run.voice)

    async def edit(self, reply: Reply) -> None:
        """Replace the message whose button was pressed."""
        await self._run.exchange.edit(reply, self._run.voice)
