# SPDX-License-Identifier: MIT
"""Spelling repair before embedding: an unknown word becomes the nearest word of the FAQ, else of the language."""

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .names import is_service
from .stopwords import EVERY_STOPWORD
from .text import fold
from .vocabulary import Vocabulary
from .wordlist import WordList

_LETTERS = re.compile(r"[^\W\d_]+")
_LONG = 8  # from this many letters on, two slips are forgiven
_SHORTEST = 4
KNOWN_SHARE = 0.5
_REPAIRED = frozenset({"en", "es", "fr", "de", None})  # the word list has no Catalan: every word would look wrong


class Repairer:
    """Repairs the words of one FAQ snapshot."""

    def __init__(self, vocabulary: Vocabulary, word_list: WordList | None) -> None:
        self._vocabulary = vocabulary
        self._list = word_list
        self._own = sorted(spelling for spelling in vocabulary.by_spelling if spelling.isalpha())
        self._fix_english = lru_cache(maxsize=4_096)(self._find_english)
        self._fix_other = lru_cache(maxsize=4_096)(self._find_other)

    def known(self, word: str) -> bool:
        """Tell whether a word needs no repair."""
        folded = fold(word)
        return (
            folded in self._vocabulary
            or folded in EVERY_STOPWORD
            or is_service(folded)
            or (self._list is not None and folded in self._list)
        )

    def known_share(self, words: Sequence[str]) -> float:
        """Return which share of the words is known (1 for no words)."""
        return sum(map(self.known, words)) / len(words) if words else 1.0

    def repair(self, text: str, language: str | None) -> str:
        """Return the text with unknown words replaced.

        Without a general word list nothing is replaced, as any rare word would look like a slip; nor where
        fewer than half of the words are known, as that is more likely another language. The word list is richest
        in English; in other languages only the FAQ's own words are close enough to trust, and only one slip away.
        """
        if self._list is None or language not in _REPAIRED or self.known_share(_LETTERS.findall(text)) < KNOWN_SHARE:
            return text
        fix = self._fix_english if language in {"en", None} else self._fix_other
        return _LETTERS.sub(lambda match: fix(match.group()) or match.group(), text)

    def _find_english(self, word: str) -> str | None:
        folded = fold(word)
        if len(folded) < _SHORTEST or self.known(word):
            return None
        limit = 2 if len(folded) >= _LONG else 1
        return self._own_word(folded, limit) or self._general_word(folded, limit)

    def _find_other(self, word: str) -> str | None:
        folded = fold(word)
        return None if len(folded) <= _SHORTEST or self.known(word) else self._own_word(folded, 1)

    def _own_word(self, folded: str, limit: int) -> str | None:
        own = process.extractOne(folded, self._own, scorer=OSA.distance, score_cutoff=limit)
        return str(own[0]) if own is not None else None

    def _general_word(self, folded: str, limit: int) -> str | None:
        """Return the nearest general word, the commonest of several; its beginning must be alike."""
        if self._list is None:
            return None
        near = process.extract(folded, self._list.alike(folded), scorer=OSA.distance, score_cutoff=limit, limit=20)
        ranked = [(distance, -(self._list.log_probability(word) or -99.0), word) for word, distance, _ in near]
        return min(ranked)[2] if ranked else None
