# SPDX-License-Identifier: MIT
"""Reads lines from a pipe or a file as if they were typed: plain text out, and an exit status."""

from collections.abc import Callable, Iterable

from bot.platforms.console.safety import safe
from bot.platforms.console.session import Session


async def run_script(session: Session, lines: Iterable[str], write: Callable[[str], object]) -> int:
    """Take every line; return 0, or 1 where a line was not understood (the others are still taken)."""
    understood = True
    for line in lines:
        write(f"> {safe(line).rstrip()}\n")
        understood &= await session.take(line)
        if session.controls.wants_to_quit:
            break
    return 0 if understood else 1
