# SPDX-License-Identifier: MIT
"""All indices of one snapshot, and the components' scores for a question."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from . import fusion
from .analyses import Analyses
from .corpus import Corpus
from .letters import Letters
from .meaning import EnglishMeaning, Meaning
from .model import Embedder, Floats, Ints, VectorStore
from .reading import KNOWN_FROM, Reading
from .softwords import Commonness, Query, SoftWords

LITERAL_FROM = 0.6  # word match from which a wording is taken to be what was asked, almost literally
STRANGE_FROM = 0.8  # share of a question's weight
RICH_FROM = 80  # distinct words
RARE_FROM = 0.3  # weight from which a word is rare enough to tell entries apart


@dataclass(frozen=True, slots=True)
class Scores:
    """Each component's score per entry, the rows' sum that tells which wording came closest, the words looked up."""

    parts: Mapping[str, Floats]
    rows: Floats
    whole: Query


@dataclass(frozen=True, slots=True)
class Index:
    """The corpus and what is known about it.

    `whole` has a row per entry: all that its wordings and answers say; `sizes` are how many words those are.
    """

    corpus: Corpus
    words: SoftWords
    whole: SoftWords
    letters: Letters
    meaning: Meaning | None
    english: EnglishMeaning | None
    sizes: Ints

    @classmethod
    def build(
        cls, corpus: Corpus, analyses: Analyses, commonness: Commonness, embedder: Embedder | None, vectors: VectorStore
    ) -> "Index":
        """Index a corpus; only texts that the analyses and the vectors lack cost much."""
        with analyses.lock:
            rows = [analyses.words(text, lang) for text, lang in zip(corpus.texts, corpus.languages, strict=True)]
            answers = [analyses.words(text, lang) for text, lang in corpus.said()]
            grams = [analyses.letters(text) for text in corpus.texts]
            whole = [np.unique(np.concatenate(terms)) for terms in corpus.by_entry(rows, answers)]
            entries = np.arange(len(whole), dtype=np.int32)
            analyses.keep({*corpus.texts, *corpus.answers})
            return cls(
                corpus=corpus,
                words=SoftWords.build(rows, corpus.slug_of_row, analyses.terms, commonness),
                whole=SoftWords.build(whole, entries, analyses.terms, commonness),
                letters=Letters.build(grams, corpus.group_of_row, analyses.grams),
                meaning=Meaning.build(corpus, embedder, vectors) if embedder is not None and corpus.texts else None,
                english=EnglishMeaning.build(corpus, getattr(embedder, "english", None), vectors),
                sizes=np.array([len(terms) for terms in whole], dtype=np.int32),
            )

    def score(self, reading: Reading) -> Scores:
        """Return the components' scores."""
        corpus = self.corpus
        row_words, row_letters = self.words.score(reading.query), self.letters.score(reading.repaired)
        in_whole = self.whole.read(reading.repaired, reading.stem_language)
        parts = {
            "words": corpus.best(row_words),
            "letters": corpus.best_and_centre(row_letters, self.letters.centre_norms),
            "whole": self.whole.coverage(in_whole),
            "literal": corpus.best(np.clip((row_words - LITERAL_FROM) / (1 - LITERAL_FROM), 0, 1)),
        }
        rows = row_words + row_letters
        if self.meaning is not None:
            vector = self.meaning.encode(reading.repaired)
            cosines = self.meaning.score_rows(vector)
            parts["meaning"] = fusion.spread(corpus.best_and_centre(cosines, self.meaning.centre_norms))
            parts["answer"] = fusion.spread(corpus.best_answer(self.meaning.score_answers(vector)))
            rows = rows + cosines
            if self.english is not None and self._in_english(reading):
                parts |= self.english.score(reading.repaired, parts)
        return Scores(parts, rows, in_whole)

    def _in_english(self, reading: Reading) -> bool:
        """Tell whether a question is English; where that cannot be told, it is if the whole FAQ is."""
        return reading.language == "en" or (reading.language is None and self.corpus.spoken == {"en"})

    def trust(self, reading: Reading) -> float:
        """Return how far the question's words can be compared with the FAQ's (0 to 1)."""
        spoken = reading.language is None or reading.language in self.corpus.spoken
        return reading.known_share * (1.0 if spoken else 0.4)

    def all_strange(self, reading: Reading) -> bool:
        """Tell whether a question in a language of the FAQ has hardly a word in common with it."""
        spoken = reading.language is None or reading.language in self.corpus.spoken
        return spoken and reading.unknown_share >= STRANGE_FROM

    def missing(self, entry: int, query: Query) -> list[str]:
        """Return the question's rare words that an entry says nowhere."""
        return [word for word, weight in self._unsaid(entry, query) if weight >= RARE_FROM]

    def unsaid(self, entry: int, query: Query) -> float:
        """Return the weight share of the question's words that an entry says nowhere, times how much it says (0 to 1).

        What a rich entry says nowhere is likely something else; one with a single wording leaves most words out.
        """
        richness = min(1.0, float(self.sizes[entry]) / RICH_FROM)
        return richness * float(sum(weight for _, weight in self._unsaid(entry, query)) / query.total)

    def _unsaid(self, entry: int, query: Query) -> list[tuple[str, float]]:
        return [
            (word, weight)
            for word, weight, (terms, similarities) in zip(
                query.words, query.weights.tolist(), query.matches, strict=True
            )
            if not any(
                similarity >= KNOWN_FROM and self._says(entry, term)
                for term, similarity in zip(terms.tolist(), similarities.tolist(), strict=True)
            )
        ]

    def _says(self, entry: int, term: int) -> bool:
        rows, _ = self.whole.postings.of(term)
        at = int(np.searchsorted(rows, entry))
        return at < len(rows) and int(rows[at]) == entry
