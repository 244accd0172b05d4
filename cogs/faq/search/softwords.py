# SPDX-License-Identifier: MIT
"""Soft word match: how much of the question a wording covers, and how much of the wording the question covers.

Words match exactly, by stem, or by similar spelling; rare words weigh more than common ones.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from .model import LANGUAGES, Floats, Ints
from .postings import Interner, Postings
from .stopwords import is_stopword
from .text import fold, words
from .vocabulary import Matches, Vocabulary, key

Commonness = Callable[[str], float]
STOPWORD_WEIGHT = 0.12
COMMON_DISCOUNT = 0.5
SHARPNESS = 1.5  # exponent of a word's rarity
ASKED_SHARE = 0.65  # how much covering the question counts, against covering the wording
MAX_QUERY_WORDS = 24
STEMMED = frozenset(LANGUAGES)


def analyse(text: str, language: str, interner: Interner) -> Ints:
    """Return the distinct terms of a text, in order."""
    return interner.add(dict.fromkeys(key(word, language) for word in words(text)))


def no_opinion(_word: str) -> float:
    """Say of every word that it is rare (0); used where no general word list is at hand."""
    return 0.0


@dataclass(frozen=True, slots=True)
class Query:
    """The distinct words of a question with their weights and how well the FAQ knows each (0 to 1)."""

    words: tuple[str, ...]
    weights: Floats
    known: Floats
    matches: tuple[Matches, ...]

    @property
    def total(self) -> np.float32:
        """The weight of all words, never 0."""
        return np.float32(max(float(self.weights.sum()), 1e-6))


@dataclass(frozen=True, slots=True)
class SoftWords:
    """The index of one snapshot."""

    vocabulary: Vocabulary
    postings: Postings
    weights: Floats
    totals: Floats
    commonness: Commonness

    @classmethod
    def build(
        cls, rows: Sequence[Ints], slug_of_row: Ints, interner: Interner, commonness: Commonness = no_opinion
    ) -> "SoftWords":
        """Weigh each term by the number of entries that contain it."""
        ones = [np.ones(len(terms), dtype=np.float32) for terms in rows]
        postings = Postings.build(rows, ones, len(interner))
        vocabulary = Vocabulary.build(interner, np.flatnonzero(postings.counts()).tolist())
        frequency = _entry_frequency(postings, slug_of_row, vocabulary.spellings)
        n_entries = int(slug_of_row[-1]) + 1 if len(slug_of_row) else 0
        named = zip(vocabulary.spellings, vocabulary.languages, frequency.tolist(), strict=True)
        weights = np.array(
            [_weight(spelling, language, count, n_entries, commonness) for spelling, language, count in named],
            dtype=np.float32,
        )
        totals = np.array([weights[terms].sum() for terms in rows], dtype=np.float32)
        return cls(vocabulary, postings, weights, np.maximum(totals, np.float32(1e-6)), commonness)

    def read(self, text: str, language: str) -> Query:
        """Look the words of a question up."""
        distinct = tuple(dict.fromkeys(words(text)))[:MAX_QUERY_WORDS]
        matches = tuple(self.vocabulary.similar(word, language) for word in distinct)
        known = np.array([found.max(initial=0.0) for _, found in matches], dtype=np.float32)
        weights = [self._query_weight(word, language, match) for word, match in zip(distinct, matches, strict=True)]
        return Query(distinct, np.array(weights, dtype=np.float32), known, matches)

    def score(self, query: Query) -> Floats:
        """Return for each row the weighted geometric mean of both coverages."""
        best: dict[int, float] = {}
        for terms, similarities in query.matches:
            for term, similarity in zip(terms.tolist(), similarities.tolist(), strict=True):
                best[term] = max(best.get(term, 0.0), similarity)
        factors = [similarity * float(self.weights[term]) for term, similarity in best.items()]
        returned = np.minimum(self.postings.sum(list(best), factors) / self.totals, np.float32(1))
        both: Floats = self.coverage(query) ** np.float32(ASKED_SHARE) * returned ** np.float32(1 - ASKED_SHARE)
        return both

    def coverage(self, query: Query) -> Floats:
        """Return for each row how much of the question it covers, whatever else it says."""
        covered = np.zeros(self.postings.n_rows, dtype=np.float32)
        for weight, (terms, similarities) in zip(query.weights, query.matches, strict=True):
            row = np.zeros(self.postings.n_rows, dtype=np.float32)
            for term, similarity in zip(terms.tolist(), similarities.tolist(), strict=True):
                at, _ = self.postings.of(term)
                row[at] = np.maximum(row[at], np.float32(similarity))
            covered += weight * row
        return covered / query.total

    def _query_weight(self, word: str, language: str, match: Matches) -> float:
        spelling = fold(word)
        if is_stopword(spelling, language):
            return STOPWORD_WEIGHT
        terms, similarities = match
        if len(terms):
            return float(self.weights[terms[int(similarities.argmax())]])
        return float((1.0 - COMMON_DISCOUNT * self.commonness(spelling)) ** SHARPNESS)


def _entry_frequency(postings: Postings, slug_of_row: Ints, spellings: Sequence[str]) -> Floats:
    """Count for each term the entries that contain its spelling in any language."""
    terms = np.repeat(np.arange(postings.n_terms, dtype=np.int64), postings.counts())
    if not len(terms):
        return np.zeros(postings.n_terms, dtype=np.float32)
    numbers = {spelling: number for number, spelling in enumerate(dict.fromkeys(spellings))}
    number_of = np.array([numbers[spelling] for spelling in spellings], dtype=np.int64)
    n_entries = int(slug_of_row.max()) + 1
    pairs = np.unique(number_of[terms] * n_entries + slug_of_row[postings.rows])
    return np.bincount(pairs // n_entries, minlength=len(numbers))[number_of].astype(np.float32)


def _weight(spelling: str, language: str, frequency: float, n_entries: int, commonness: Commonness) -> float:
    """Return a word's weight, 0 to 1: rare among the entries and rare in the language is telling."""
    if is_stopword(spelling, language):
        return STOPWORD_WEIGHT
    rarity = float(np.log((n_entries + 1) / (frequency + 0.5)) / np.log(2 * (n_entries + 1)))
    return float((max(0.05, rarity) * (1.0 - COMMON_DISCOUNT * commonness(spelling))) ** SHARPNESS)
