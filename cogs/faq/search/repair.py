# SPDX-License-Identifier: MIT
"""Spelling repair before embedding: an unknown word becomes the nearest word of the FAQ, else of the language."""

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .stopwords import EVERY_STOPWORD
from .text import fold
from .vocabulary import Vocabulary
from .wordlist import WordList

_LETTERS = re.compile(r"[^\W\d_]+")
_LONG = 8  # from this many letters on, two slips are forgiven
_SHORTEST = 4
KNOWN_SHARE = 0.5
_FREQUENT = -13.0  # log probability


class Repairer:
    """Repairs the words of one FAQ snapshot."""

    def __init__(self, vocabulary: Vocabulary, word_list: WordList | None) -> None:
        self._vocabulary = vocabulary
        self._list = word_list
        self._own = sorted(spelling for spelling in vocabulary.by_spelling if spelling.isalpha())
        self._general = _by_first_letters(word_list) if word_list else {}
        self._fix = lru_cache(maxsize=4_096)(self._find)

    def known(self, word: str) -> bool:
        """Tell whether a word needs no repair."""
        folded = fold(word)
        return (
            folded in self._vocabulary or folded in EVERY_STOPWORD or (self._list is not None and folded in self._list)
        )

    def known_share(self, words: Sequence[str]) -> float:
        """Return which share of the words is known (1 for no words)."""
        return sum(map(self.known, words)) / len(words) if words else 1.0

    def repair(self, text: str, *, safe: bool) -> str:
        """Return the text with unknown words replaced; `safe` says that the language is one the FAQ is written in.

        Without a general word list nothing is replaced, as any rare word would look like a slip; nor where
        fewer than half of the words are known, as that is more likely another language.
        """
        found = _LETTERS.findall(text)
        if self._list is None or not safe or self.known_share(found) < KNOWN_SHARE:
            return text
        return _LETTERS.sub(lambda match: self._fix(match.group()) or match.group(), text)

    def _find(self, word: str) -> str | None:
        folded = fold(word)
        if len(folded) < _SHORTEST or self.known(word):
            return None
        limit = 2 if len(folded) >= _LONG else 1
        own = process.extractOne(folded, self._own, scorer=OSA.distance, score_cutoff=limit)
        if own is not None:
            return str(own[0])
        return self._general_word(folded, limit)

    def _general_word(self, folded: str, limit: int) -> str | None:
        """Return the nearest general word, the commonest of several; its beginning must be alike."""
        if self._list is None:
            return None
        keys = (f"0{folded[0]}", f"1{folded[0]}", f"0{folded[1]}")
        choices = dict.fromkeys(word for key in keys for word in self._general.get(key, ()))
        near = process.extract(folded, choices.keys(), scorer=OSA.distance, score_cutoff=limit, limit=20)
        ranked = [(distance, -(self._list.log_probability(word) or -99.0), word) for word, distance, _ in near]
        return min(ranked)[2] if ranked else None


def _by_first_letters(word_list: WordList) -> dict[str, list[str]]:
    """List the frequent words by their first letter ("0a") and by their second ("1a")."""
    found: dict[str, list[str]] = {}
    for word in word_list:
        if (word_list.log_probability(word) or 0.0) >= _FREQUENT:
            found.setdefault(f"0{word[0]}", []).append(word)
            found.setdefault(f"1{word[1:2]}", []).append(word)
    return found
