# SPDX-License-Identifier: MIT
"""What kind of message it is, by how five languages put things: rules of phrasing, not of topic."""

import re
from dataclasses import dataclass
from functools import cache

from . import phrases
from .stopwords import STOPWORDS
from .text import clean, fold

ORDER = ("smalltalk", "abuse", "reference-request", "account-specific", "professional-advice", "live-data",
         "local-library", "general-knowledge")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Signal:
    """The kind of message, or None for an ordinary question, and the phrase that told."""

    kind: str | None = None
    phrase: str = ""


def read_signals(text: str, language: str | None = None) -> Signal:
    """Return the first kind whose phrases occur; phrases of the language are tried, or all where it is unknown."""
    folded = fold(clean(text)).replace("’", "'")
    languages = [language] if language in STOPWORDS else list(STOPWORDS)
    if language in STOPWORDS and language != "en":
        languages.append("en")
    for kind in ORDER:
        for one in languages:
            unless = _compiled(kind, f"{one}-unless")
            found = _search(kind, one, folded)
            if found and not (unless and unless.search(folded)):
                return Signal(kind, found)
    return Signal()


def _search(kind: str, language: str, folded: str) -> str:
    pattern = _compiled(kind, language)
    match = pattern.search(folded) if pattern else None
    return match.group() if match else ""


@cache
def _compiled(kind: str, language: str) -> re.Pattern[str] | None:
    lines = phrases.PHRASES[kind].get(language)
    return re.compile("|".join(f"(?:{line})" for line in lines)) if lines else None
