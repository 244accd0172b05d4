# SPDX-License-Identifier: MIT
"""What kind of message it is, by how five languages put things."""

import re
from dataclasses import dataclass

from .model import LANGUAGES
from .rules import KINDS, pattern
from .text import clean, fold

_CERTAIN = re.compile(r"\d|[\"“”„«»]|\b(this|that|these|those|est[ae]s?|es[ae]s?|ces?|cette|dies\w+|aquest\w*)\b")
_ENOUGH_NAMES = 2
_SOCIAL = ("smalltalk", "abuse")  # these are often English, whatever the language of the room


@dataclass(frozen=True, slots=True)
class Signal:
    """The kind of message, or None for an ordinary question, and the phrase that told."""

    kind: str | None = None
    phrase: str = ""


def read_signals(text: str, language: str | None = None) -> Signal:
    """Return the first kind whose phrases occur: those of the language, or of all where it is unknown."""
    folded = fold(clean(text)).replace("’", "'").lstrip("¡¿ ")
    spoken = (language,) if language in LANGUAGES else LANGUAGES
    for kind in KINDS:
        for one in dict.fromkeys(("any", *spoken, *(("en",) if kind in _SOCIAL else ()))):
            phrase = _search(kind, str(one), folded)
            if phrase and not _search(kind, "unless", folded):
                return Signal(kind, phrase)
    return Signal()


def is_specific(text: str) -> bool:
    """Tell whether a message names a certain thing: by a number, a quotation, a name, or "this" and "that"."""
    cleaned = clean(text)
    inner_names = re.findall(r"(?<=[^\W\d_,;] )[A-ZÀ-Þ]\w{2,}", cleaned)
    return bool(_CERTAIN.search(fold(cleaned)) or len(inner_names) >= _ENOUGH_NAMES)


def _search(kind: str, language: str, folded: str) -> str:
    compiled = pattern(kind, language)
    match = compiled.search(folded) if compiled else None
    return match.group() or " " if match else ""
