# SPDX-License-Identifier: MIT
"""The words of a FAQ, and which of them a word of a question stands for."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import JaroWinkler

from .model import Floats, Ints
from .postings import Interner
from .stopwords import is_stopword
from .text import fold, stem

SAME_STEM = 0.94
SIMILAR_FROM = 0.88  # Jaro-Winkler; below it two words are taken for different ones
SIMILAR_LOW, SIMILAR_RANGE = 0.5, 0.4
_CACHE_SIZE = 4_096
Matches = tuple[Ints, Floats]


def key(word: str, language: str) -> str:
    """Return the term of a word: its stem depends on the language, so the language is part of it."""
    return f"{language}:{fold(word)}:{stem(word, language)}"


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms in use, by spelling and by stem."""

    languages: tuple[str, ...]
    spellings: tuple[str, ...]
    by_spelling: dict[str, list[int]]
    by_stem: dict[str, list[int]]
    cache: dict[tuple[str, str], Matches] = field(default_factory=dict)

    @classmethod
    def build(cls, interner: Interner, used: Sequence[int]) -> "Vocabulary":
        """Index the terms that are in use; `languages` and `spellings` cover all, by number."""
        parts = [interner.term(number).split(":") for number in range(len(interner))]
        by_spelling: dict[str, list[int]] = {}
        by_stem: dict[str, list[int]] = {}
        for number in used:
            language, spelling, root = parts[number]
            by_spelling.setdefault(spelling, []).append(number)
            by_stem.setdefault(f"{language}:{root}", []).append(number)
        languages, spellings = tuple(part[0] for part in parts), tuple(part[1] for part in parts)
        return cls(languages, spellings, by_spelling, by_stem)

    def __contains__(self, spelling: object) -> bool:
        return spelling in self.by_spelling

    def similar(self, word: str, language: str) -> Matches:
        """Return the terms that match a word, and how well: 1 the same, 0.94 the same stem, less if spelt alike."""
        cached = self.cache.get((word, language))
        if cached is None:
            cached = self._compare(word, language)
            if len(self.cache) >= _CACHE_SIZE:
                self.cache.clear()
            self.cache[word, language] = cached
        return cached

    def _compare(self, word: str, language: str) -> Matches:
        spelling = fold(word)
        found: dict[int, float] = {}
        if len(spelling) > 3 and not is_stopword(spelling, language):
            for other, similarity, _ in process.extract(
                spelling, self.by_spelling.keys(), scorer=JaroWinkler.similarity, score_cutoff=SIMILAR_FROM, limit=30
            ):
                score = SIMILAR_LOW + SIMILAR_RANGE * (similarity - SIMILAR_FROM) / (1 - SIMILAR_FROM)
                found.update(dict.fromkeys(self.by_spelling[other], score))
        found.update(dict.fromkeys(self.by_stem.get(f"{language}:{stem(word, language)}", ()), SAME_STEM))
        found.update(dict.fromkeys(self.by_spelling.get(spelling, ()), 1.0))
        return np.array(list(found), dtype=np.int32), np.array(list(found.values()), dtype=np.float32)
