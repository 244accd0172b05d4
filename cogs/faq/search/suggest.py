# SPDX-License-Identifier: MIT
"""Completing titles and aliases while somebody types, forgiving slips."""

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from .corpus import wordings
from .model import Document, Suggestion
from .text import clean, fold

_BEGINS, _WORD_BEGINS = 2.0, 1.5
_FUZZY_FROM = 60.0
_SHORTEST_FUZZY = 3
_MISSING = 2  # letters that may have been left out
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Titles:
    """All wordings, folded, with the title that is shown for each."""

    folded: tuple[str, ...]
    titles: tuple[Suggestion, ...]
    is_alias: tuple[bool, ...]

    @classmethod
    def build(cls, documents: Sequence[Document]) -> "Titles":
        """List every wording of every document."""
        folded: list[str] = []
        titles: list[Suggestion] = []
        is_alias: list[bool] = []
        for document in documents:
            title = Suggestion(document.slug, document.question, document.language, 0.0)
            for number, text in enumerate(wordings(document)):
                folded.append(fold(text))
                titles.append(title)
                is_alias.append(number > 0)
        return cls(tuple(folded), tuple(titles), tuple(is_alias))

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        """Return at most `limit` titles: those that begin so, then those with such a word, then similar ones.

        A title appears once, however many of its aliases match. An empty prefix lists the first titles.
        """
        typed = fold(clean(prefix))[:_LONGEST]
        found: dict[tuple[str, str], Suggestion] = {}
        for number, score in self._ranked(typed, limit):
            title = self.titles[number]
            found.setdefault(
                (title.slug, title.language), Suggestion(title.slug, title.title, title.language, round(score, 3))
            )
            if len(found) >= limit:
                break
        return list(found.values())

    def _ranked(self, typed: str, limit: int) -> list[tuple[int, float]]:
        exact = []
        inner = f" {typed}"
        for number, text in enumerate(self.folded):
            if text.startswith(typed):
                exact.append((number, _BEGINS - 0.1 * self.is_alias[number]))
            elif inner in text:
                exact.append((number, _WORD_BEGINS - 0.1 * self.is_alias[number]))
        exact.sort(key=lambda pair: -pair[1])
        if len({self.titles[number].slug for number, _ in exact}) >= limit or len(typed) < _SHORTEST_FUZZY:
            return exact
        seen = {number for number, _ in exact}
        # partial_ratio finds a misspelt beginning inside a long title.
        similar = process.extract(
            typed, self.folded, scorer=fuzz.partial_ratio, score_cutoff=_FUZZY_FROM, limit=8 * limit
        )
        long_enough = len(typed) - _MISSING  # a short alias would be found inside anything
        return exact + [
            (number, score / 100) for text, score, number in similar if number not in seen and len(text) >= long_enough
        ]
