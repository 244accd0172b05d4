# SPDX-License-Identifier: MIT
"""What an error of Discord's, or of the way there, means for a post."""

import aiohttp
import discord

from bot.core.courier import CourierError, Gone, Refused, Retry, Unclear

_GONE = {10003: "The channel does not exist any more.", 10008: "The message does not exist any more."}
_REFUSED = {
    50001: "I may not see the channel.",
    50007: "This person takes no private messages from me.",
    50013: "I lack a permission in the channel.",
    50083: "The thread is locked.",
    50278: "This person takes no private messages from me.",
    40005: "The files are larger than Discord takes.",
    10013: "This account does not exist any more.",
}

_BUSY = frozenset({40003, 130000})
"""Codes of "not now": private conversations opened too fast, and a part of Discord that is overloaded."""


def judge(error: BaseException) -> CourierError:
    """Return what an error means: 5xx and broken connections leave open whether the post arrived."""
    match error:
        case discord.RateLimited():
            return Retry("Discord asks for patience.", error.retry_after)
        case discord.DiscordServerError():
            return Unclear(f"Discord has trouble ({error.status}).")
        case discord.HTTPException():
            return _judge_answer(error)
        case aiohttp.ClientConnectorError():
            return Retry("Discord cannot be reached.")
        case discord.DiscordException():
            return Retry(f"Discord cannot be used now: {error}")
        case _:
            return Unclear(f"The connection broke: {error or type(error).__name__}")


def _judge_answer(error: discord.HTTPException) -> CourierError:
    if error.status == 429 or error.code in _BUSY:
        return Retry("Discord asks for patience.", _retry_after(error))
    if error.code in _GONE:
        return Gone(_GONE[error.code])
    if error.code in _REFUSED:
        return Refused(_REFUSED[error.code])
    if error.status == 401:
        return Retry("Discord does not accept the token.")
    return Refused(f"Discord refuses it: {error}")


def _retry_after(error: discord.HTTPException) -> float | None:
    try:
        return float(error.response.headers.get("Retry-After", ""))
    except (ValueError, AttributeError):
        return None
