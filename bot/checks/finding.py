# SPDX-License-Identifier: MIT
"""One thing that was looked at, and how it is."""

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """How well something is; a BAD one keeps the bot, or a part of it, from running."""

    GOOD = "✓"
    DOUBTFUL = "!"
    BAD = "✗"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found; `advice` says what to do."""

    mark: Mark
    what: str
    advice: str = ""


def good(what: str) -> Finding:
    """Note that something is well."""
    return Finding(Mark.GOOD, what)


def doubtful(what: str, advice: str = "") -> Finding:
    """Note something that the operator should look at."""
    return Finding(Mark.DOUBTFUL, what, advice)


def bad(what: str, advice: str = "") -> Finding:
    """Note something that does not work."""
    return Finding(Mark.BAD, what, advice)
