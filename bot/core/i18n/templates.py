# SPDX-License-Identifier: MIT
"""Messages with `{named}` parameters: which they need, whether a translation agrees, and how they are filled in.

Only bare names count: neither formats nor attributes, so that a translation can never reach into an object.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from string import Formatter

_REMEMBERED = 1_024
"""How many messages are remembered as they were read."""


class BadTemplate(ValueError):
    """A message cannot be read: an unclosed brace, or more than a name between braces."""


def parse(message: str) -> tuple[tuple[str, str | None], ...]:
    """Return each stretch of words with the name of the parameter that follows it; raise BadTemplate."""
    found: list[tuple[str, str | None]] = []
    try:
        for words, name, spec, conversion in Formatter().parse(message):
            if name is not None and (not name.isidentifier() or spec or conversion):
                raise BadTemplate(f'"{{{name}}}" is not a bare name')
            found.append((words, name))
    except ValueError as error:
        raise BadTemplate(str(error)) from error
    return tuple(found)


_known = lru_cache(maxsize=_REMEMBERED)(parse)


def names(message: str) -> frozenset[str]:
    """Return the names of a message's parameters; raise BadTemplate."""
    return frozenset(name for _, name in parse(message) if name)


def agree(sources: Sequence[str], translations: Sequence[str]) -> bool:
    """Tell whether translations take the parameters of their sources; a plural form may leave out the number."""
    try:
        known = [names(source) for source in sources]
        found = [names(translation) for translation in translations]
    except BadTemplate:
        return False
    allowed, needed = frozenset.union(*known), frozenset.intersection(*known)
    if len(sources) > 1:
        needed -= {"count"}
    return all(needed <= each <= allowed for each in found)


def fill(message: str, value: Callable[[str], str]) -> str:
    """Return a message with its parameters filled in; raise BadTemplate."""
    out = ""
    for words, name in _known(message):
        out += words
        if name is not None:
            shown = value(name)
            # Two code spans that touch would melt into one another.
            out += f" {shown}" if shown.startswith("`") and out.endswith("`") and not out.endswith("\\`") else shown
    return out
