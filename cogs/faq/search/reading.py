# SPDX-License-Identifier: MIT
"""A question as the engine understood it."""

from collections.abc import Collection
from dataclasses import dataclass

from . import language as languages
from .model import LANGUAGES
from .repair import Repairer
from .softwords import Query, SoftWords
from .stopwords import is_stopword
from .text import clean, fold, words

KNOWN_FROM = 0.75  # a word this similar to one of the FAQ's counts as known


@dataclass(frozen=True, slots=True)
class Reading:
    """The cleaned text, the same after spelling repair, its language and its words looked up in the FAQ."""

    text: str
    repaired: str
    language: str | None
    query: Query
    known_share: float

    @property
    def stem_language(self) -> str:
        """The language by whose rules words are stemmed."""
        return stem_language(self.language)

    @property
    def telling(self) -> list[str]:
        """The words that carry a topic."""
        return [word for word in self.query.words if not is_stopword(fold(word), self.language)]

    @property
    def unknown(self) -> tuple[str, ...]:
        """The telling words that the FAQ lacks."""
        known = dict(zip(self.query.words, self.query.known.tolist(), strict=True))
        return tuple(word for word in self.telling if known[word] < KNOWN_FROM)

    @property
    def unknown_share(self) -> float:
        """The weight share of the words that the FAQ lacks."""
        return float((self.query.weights * (self.query.known < KNOWN_FROM)).sum() / self.query.total)


def stem_language(detected: str | None) -> str:
    """Return the language to stem by: English where the language is unknown or another one."""
    return detected if detected in LANGUAGES and detected is not None else "en"


def read(text: str, asked_in: str | None, softwords: SoftWords, repairer: Repairer, spoken: Collection[str]) -> Reading:
    """Clean the text, detect its language unless the caller knows it, repair its spelling and look its words up.

    `spoken` are the languages of the FAQ: a question is likelier to be in one of these.
    """
    cleaned = clean(text)
    language = asked_in or languages.detect(cleaned, expected=spoken)
    repaired = repairer.repair(cleaned, language)
    query = softwords.read(repaired, stem_language(language))
    return Reading(cleaned, repaired, language, query, repairer.known_share(words(cleaned)))
