# SPDX-License-Identifier: MIT
"""Reads lines from a pipe or a file as if they were typed: plain text out, and an exit status."""

from collections.abc import Awaitable, Callable, Iterable

from bot.platforms.console.safety import safe
from bot.platforms.console.session import Session


async def run_script(
    session: Session,
    lines: Iterable[str],
    write: Callable[[str], object],
    ready: Callable[[], Awaitable[None]] | None = None,
) -> int:
    """Take every line; return 0, or 1 where a line was not understood (the others are still taken).

    Lines come faster than anybody types, so each waits until the bot is `ready`: the same script says the same again.
    """
    understood = True
    for line in lines:
        write(f"> {safe(line).rstrip()}\n")
        if ready is not None and line.strip() and not line.startswith(":"):
            await ready()
        understood &= await session.take(line)
        if session.controls.wants_to_quit:
            break
    return 0 if understood else 1
