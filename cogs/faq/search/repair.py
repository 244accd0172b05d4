# SPDX-License-Identifier: MIT
"""Spelling repair before embedding: an unknown word becomes the likeliest word of the FAQ or of the language."""

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .lexicon import Lexicon, lexicon
from .names import is_service
from .slips import one_slip_away, unlikeliness
from .stopwords import EVERY_STOPWORD
from .text import fold
from .vocabulary import Vocabulary
from .wordlist import WordList

_LETTERS = re.compile(r"[^\W\d_]+")
_LONG = 8  # from this many letters on, two slips are forgiven
_SHORT = 3  # words of so few letters are only taken for very common ones
_SHORTEST = 5  # in other languages than English
KNOWN_SHARE = 0.5
_REPAIRED = frozenset({"en", "es", "fr", "de", None})  # the word list has no Catalan: every word would look wrong
_ENGLISH = frozenset({"en", None})
_OWN_BONUS = 3.0  # log odds for words of the FAQ
_OWN_LEAST, _UNLISTED = -10.0, -13.0
_VERY_COMMON = -10.5
_LEAST = -15.0  # what is less likely than this is more likely a word that is on no list
_FOREIGN = -1.0  # a word of 16 languages that is not among the English ones is less likely in an English question


class Repairer:
    """Repairs the words of one FAQ snapshot."""

    def __init__(self, vocabulary: Vocabulary, word_list: WordList | None) -> None:
        self._vocabulary = vocabulary
        self._list = word_list
        self._english: Lexicon = lexicon()
        self._own = sorted(spelling for spelling in vocabulary.by_spelling if spelling.isalpha())
        self._fix_english = lru_cache(maxsize=4_096)(self._find_english)
        self._fix_other = lru_cache(maxsize=4_096)(self._find_other)

    def known(self, word: str) -> bool:
        """Tell whether a word is one of the FAQ, of English or of another language."""
        folded = fold(word)
        return self._certain(folded) or (self._list is not None and folded in self._list)

    def known_share(self, words: Sequence[str]) -> float:
        """Return which share of the words is known (1 for no words)."""
        return sum(map(self.known, words)) / len(words) if words else 1.0

    def repair(self, text: str, language: str | None) -> str:
        """Return the text with unknown words replaced.

        Without a general word list nothing is replaced outside English, as any rare word would look like a slip; nor
        where fewer than half of the words are known, as that is more likely another language. In other languages than
        English only the FAQ's own words are close enough to trust, and only one slip away.
        """
        if language not in _REPAIRED or self.known_share(_LETTERS.findall(text)) < KNOWN_SHARE:
            return text
        if language not in _ENGLISH and self._list is None:
            return text
        fix = self._fix_english if language in _ENGLISH else self._fix_other
        return _LETTERS.sub(lambda match: fix(match.group()) or match.group(), text)

    def _certain(self, folded: str) -> bool:
        return folded in self._vocabulary or folded in EVERY_STOPWORD or is_service(folded) or folded in self._english

    def _find_english(self, word: str) -> str | None:
        """Return the likeliest word that was meant, the typed one among them: how common it is, how likely the slip."""
        folded = fold(word)
        if len(folded) < 2 or self._certain(folded) or (word.isupper() and len(word) > 1):
            return None
        found = {
            other
            for other in one_slip_away(folded)
            if other in self._vocabulary or self._english.log_probability(other) is not None
        }
        if not found and len(folded) >= _LONG:
            found = self._two_slips_away(folded)
        best = max(found, key=lambda other: (self._likelihood(folded, other), other), default=None)
        return best if best is not None and self._likelihood(folded, best) > self._as_typed(folded) else None

    def _two_slips_away(self, folded: str) -> set[str]:
        """Return words with the same first letter that two slips turn into this one."""
        own = [word for word in self._own if word[0] == folded[0]]
        listed = self._english.beginning_with(folded[0])
        return {
            str(other)
            for words in (own, listed)
            for other, _, _ in process.extract(folded, words, scorer=OSA.distance, score_cutoff=2, limit=40)
        }

    def _likelihood(self, typed: str, meant: str) -> float:
        common = self._english.log_probability(meant)
        if meant in self._vocabulary:
            likely = max(common or _UNLISTED, _OWN_LEAST) + _OWN_BONUS
        elif common is None or (len(typed) <= _SHORT and common < _VERY_COMMON):
            return -99.0
        else:
            likely = common
        return likely - unlikeliness(typed, meant)

    def _as_typed(self, folded: str) -> float:
        listed = self._list.log_probability(folded) if self._list is not None else None
        return _LEAST if listed is None else max(_LEAST, listed + _FOREIGN)

    def _find_other(self, word: str) -> str | None:
        folded = fold(word)
        if len(folded) < _SHORTEST or self.known(word):
            return None
        own = process.extractOne(folded, self._own, scorer=OSA.distance, score_cutoff=1)
        return str(own[0]) if own is not None else None
