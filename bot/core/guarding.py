# SPDX-License-Identifier: MIT
"""Lets what fails on the way to or from the pipeline end in an answer or in the log, never in a platform."""

import logging
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, Protocol, TypeVar, cast

from bot.core.exchange import Exchange, Origin
from bot.core.i18n.voice import Voice
from bot.core.triage import note, reply_to
from bot.kit.reply import Visible

log = logging.getLogger(__name__)

M = TypeVar("M", bound=Callable[..., Any])


class Speaking(Protocol):
    """Something that can find a voice for somebody of whom only the event is known."""

    def voice_for(self, origin: Origin) -> Voice:
        """Return that voice."""


def told(otherwise: Any) -> Callable[[M], M]:
    """Let a method (of something that can speak, about an exchange) that fails say so there, and return `otherwise`."""

    def guard(method: M) -> M:
        @wraps(method)
        async def guarded(self: Speaking, exchange: Exchange, *args: Any, **kwargs: Any) -> Any:
            try:
                return await method(self, exchange, *args, **kwargs)
            except Exception as error:  # noqa: BLE001 (every error ends in the triage)
                name = method.__name__
                shown = exchange.show(reply_to(error, name), Visible.QUIET, self.voice_for(exchange.origin))
                await own_up(name, shown)
                return otherwise

        return cast("M", guarded)

    return guard


def quiet(otherwise: Any) -> Callable[[M], M]:
    """Let a method that fails tell the log only, and return `otherwise`."""

    def guard(method: M) -> M:
        @wraps(method)
        async def guarded(*args: Any, **kwargs: Any) -> Any:
            try:
                return await method(*args, **kwargs)
            except Exception as error:  # noqa: BLE001 (every error ends in the triage)
                note(error, method.__name__)
                return otherwise

        return cast("M", guarded)

    return guard


async def own_up(key: str, telling: Awaitable[None]) -> None:
    """Tell of an error; where even that fails, the log is told."""
    try:
        await telling
    except Exception:
        log.exception("It could not be told that %s failed.", key)
