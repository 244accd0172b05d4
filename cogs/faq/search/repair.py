# SPDX-License-Identifier: MIT
"""Spelling repair before embedding: an unknown word becomes the likeliest word of the FAQ or of the language."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .corpus import Corpus
from .lexicon import lexicon
from .speller import Speller, Typed
from .text import fold
from .vocabulary import Vocabulary
from .wordlist import WordList

_LETTERS = re.compile(r"[^\W\d_]+")
_JOINTS = frozenset({" ", "'", "’"})  # what two words that belong together have between them
_SHORTEST = 5  # in other languages than English
KNOWN_SHARE, KNOWN_SHARE_ENGLISH = 0.5, 0.4
_REPAIRED = frozenset({"en", "es", "fr", "de", None})  # the word list has no Catalan: every word would look wrong
_ENGLISH = frozenset({"en", None})


class Repairer:
    """Repairs the words of one FAQ snapshot; `openings` counts the first words of its English wordings."""

    def __init__(
        self, vocabulary: Vocabulary, word_list: WordList | None, openings: Mapping[str, int] | None = None
    ) -> None:
        self._list = word_list
        self._own = sorted(spelling for spelling in vocabulary.by_spelling if spelling.isalpha())
        english = [
            spelling
            for spelling in self._own
            if any(vocabulary.languages[number] == "en" for number in vocabulary.by_spelling[spelling])
        ]
        self._speller = Speller(lexicon(), english, vocabulary.by_spelling.keys(), openings or {}, word_list)
        self._fix_other = lru_cache(maxsize=4_096)(self._find_other)

    def known(self, word: str) -> bool:
        """Tell whether a word is one of the FAQ, of English or of another language."""
        folded = fold(word)
        return self._speller.knows(folded) or (self._list is not None and folded in self._list)

    def known_share(self, words: Sequence[str]) -> float:
        """Return which share of the words is known (1 for no words)."""
        return sum(map(self.known, words)) / len(words) if words else 1.0

    def repair(self, text: str, language: str | None) -> str:
        """Return the text with misspelt words replaced.

        Without a general word list nothing is replaced outside English, as any rare word would look like a slip; nor
        where too few of the words are known, as that is more likely another language. In other languages than
        English only the FAQ's own words are close enough to trust, and only one slip away.
        """
        least = KNOWN_SHARE_ENGLISH if language == "en" else KNOWN_SHARE
        if language not in _REPAIRED or self.known_share(_LETTERS.findall(text)) < least:
            return text
        if language in _ENGLISH:
            return self._repair_english(text, doubt_known=language == "en")
        if self._list is None:
            return text
        return _LETTERS.sub(lambda match: self._fix_other(match.group()) or match.group(), text)

    def _repair_english(self, text: str, *, doubt_known: bool) -> str:
        found = list(_LETTERS.finditer(text))
        shouted = text.isupper()
        sentence = [
            Typed(
                fold(match.group()),
                stays=not shouted and len(match.group()) > 1 and match.group().isupper(),
                follows=before is not None and text[before.end() : match.start()] in _JOINTS,
            )
            for before, match in zip((None, *found), found, strict=False)
        ]
        meant = iter(zip(sentence, self._speller.mend(sentence, doubt_known=doubt_known), strict=True))

        def replace(match: re.Match[str]) -> str:
            typed, word = next(meant)
            return match.group() if word == typed.word else word

        return _LETTERS.sub(replace, text)

    def _find_other(self, word: str) -> str | None:
        folded = fold(word)
        if len(folded) < _SHORTEST or self.known(word):
            return None
        own = process.extractOne(folded, self._own, scorer=OSA.distance, score_cutoff=1)
        return str(own[0]) if own is not None else None


def openings(corpus: Corpus) -> Mapping[str, int]:
    """Count the words that the English wordings of a FAQ begin with."""
    pairs = zip(corpus.texts, corpus.languages, strict=True)
    first = (_LETTERS.search(text) for text, language in pairs if language == "en")
    return Counter(fold(match.group()) for match in first if match)
