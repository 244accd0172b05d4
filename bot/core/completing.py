# SPDX-License-Identifier: MIT
"""Values while somebody types: from an enumeration at once, from a cog's completer in a moment, never an error."""

import asyncio
import logging

from bot.core.contexts import Contexts
from bot.core.registry import Bound
from bot.core.run import Run
from bot.core.situation import Situation
from bot.kit.arg import Choice
from bot.kit.params import Kind, Param
from bot.kit.text import t

log = logging.getLogger(__name__)

PATIENCE = 1.0
"""Seconds that a completer may take; whoever types does not wait for longer."""

SHOWN = 25


class Completing:
    """Finds the values that fit what is typed so far."""

    def __init__(self, contexts: Contexts) -> None:
        self._contexts = contexts

    async def values(self, run: Run, param: Param, typed: str) -> tuple[Choice, ...]:
        """Return values for a parameter of a run that is being asked for."""
        return await self.of(run.bound, run.here, param, typed)

    async def of(self, bound: Bound, here: Situation, param: Param, typed: str) -> tuple[Choice, ...]:
        """Return at most 25 values, best first."""
        voice = self._contexts.voice(here)
        if param.kind is Kind.FLAG:
            return (Choice("yes", t("yes")), Choice("no", t("no")))
        if param.kind is Kind.CHOICE:
            said = typed.casefold()
            fits = (c for c in param.choices if said in c.value or said in voice.label(c.label).casefold())
            return tuple(fits)[:SHOWN]
        if param.arg.complete is None:
            return ()
        try:
            async with asyncio.timeout(PATIENCE):
                found = await param.arg.complete(bound.cog, await self._contexts.plain(bound, here), typed)
        except Exception:
            log.exception("The completer of %s failed.", param.name)
            return ()
        return tuple(found)[:SHOWN]
