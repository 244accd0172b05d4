# SPDX-License-Identifier: MIT
"""The answer engine: an immutable snapshot of a FAQ that ranks its entries for a question."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from . import fusion, language, letters, softwords
from .calibration import Calibrator, shipped
from .corpus import Corpus
from .features import describe
from .letters import Letters
from .meaning import Meaning
from .model import Candidate, Document, Embedder, Floats, Ints, MemoryVectors, Ranking, Suggestion, VectorStore
from .postings import Interner
from .repair import Repairer
from .softwords import Query, SoftWords
from .stopwords import is_stopword
from .suggest import Titles
from .text import clean, fold, words
from .wordlist import WordList

TOP = 5
KNOWN_FROM = 0.75  # a word this similar to one of the FAQ's counts as known


class Analyses:
    """What was worked out about each text, kept from one snapshot to the next so that only new texts cost."""

    def __init__(self) -> None:
        self.terms = Interner()
        self.grams = Interner()
        self._terms_of: dict[tuple[str, str], Ints] = {}
        self._grams_of: dict[str, letters.Counts] = {}

    def words(self, text: str, in_language: str) -> Ints:
        """Return a text's word terms."""
        found = self._terms_of.get((text, in_language))
        if found is None:
            found = self._terms_of[text, in_language] = softwords.analyse(text, in_language, self.terms)
        return found

    def letters(self, text: str) -> letters.Counts:
        """Return a text's letter runs."""
        found = self._grams_of.get(text)
        if found is None:
            found = self._grams_of[text] = letters.analyse(text, self.grams)
        return found


@dataclass(frozen=True, slots=True)
class Reading:
    """A question as the engine understood it."""

    text: str
    repaired: str
    language: str | None
    query: Query
    known_share: float


@dataclass(frozen=True, slots=True)
class Engine:
    """A snapshot; `ask` and `suggest` may run in several threads at once. Build a new one when entries change."""

    documents: tuple[Document, ...]
    corpus: Corpus
    words: SoftWords
    answer_words: SoftWords
    letters: Letters
    meaning: Meaning | None
    repairer: Repairer
    titles: Titles
    calibrator: Calibrator
    analyses: Analyses
    vectors: VectorStore

    @classmethod
    def build(
        cls,
        documents: Sequence[Document],
        *,
        embedder: Embedder | None = None,
        vectors: VectorStore | None = None,
        analyses: Analyses | None = None,
        calibrator: Calibrator | None = None,
    ) -> "Engine":
        """Index the documents; blocks for as long as new texts take to embed (about 1.2 ms each)."""
        analyses, vectors = analyses or Analyses(), vectors or MemoryVectors()
        corpus = Corpus.build(documents)
        meaning = Meaning.build(corpus, embedder, vectors) if embedder is not None and corpus.texts else None
        word_list: WordList | None = getattr(embedder, "word_list", None)
        commonness = word_list.commonness if word_list else softwords.no_opinion
        rows = [analyses.words(text, lang) for text, lang in zip(corpus.texts, corpus.languages, strict=True)]
        of_answers = [analyses.words(t, lang) for t, lang in zip(corpus.answers, corpus.answer_languages, strict=True)]
        grams = [analyses.letters(text) for text in corpus.texts]
        soft = SoftWords.build(rows, corpus.slug_of_row, analyses.terms, commonness)
        sizes = np.diff([*corpus.answer_starts.tolist(), len(corpus.answers)])
        slug_of_answer = np.repeat(np.arange(len(corpus.slugs), dtype=np.int32), sizes)
        return cls(
            documents=tuple(documents),
            corpus=corpus,
            words=soft,
            answer_words=SoftWords.build(of_answers, slug_of_answer, analyses.terms, commonness),
            letters=Letters.build(grams, analyses.grams),
            meaning=meaning,
            repairer=Repairer(soft.vocabulary, word_list),
            titles=Titles.build(documents),
            calibrator=calibrator or shipped("lexical" if meaning is None else "meaning"),
            analyses=analyses,
            vectors=vectors,
        )

    def rebuild(self, documents: Sequence[Document], *, embedder: Embedder | None = None) -> "Engine":
        """Return a snapshot of other documents; what did not change is not worked out again.

        Pass an `embedder` once it is loaded to turn a lexical engine into a full one.
        """
        used = embedder or (self.meaning.embedder if self.meaning else None)
        return Engine.build(documents, embedder=used, vectors=self.vectors, analyses=self.analyses)

    def suggest(self, prefix: str, limit: int = 25) -> list[Suggestion]:
        """Return titles and aliases that complete what somebody is typing, best first."""
        return self.titles.suggest(prefix, limit)

    def ask(self, text: str, *, language: str | None = None) -> Ranking:
        """Rank the entries for a question; `language` overrides what is detected."""
        reading = self.read(text, language)
        if not self.corpus.slugs or not any(char.isalnum() for char in reading.text):
            return Ranking(language=reading.language, read_as=reading.text)
        return self._rank(reading)

    def read(self, text: str, in_language: str | None = None) -> Reading:
        """Detect the language and repair the spelling."""
        cleaned = clean(text)
        detected = in_language or language.detect(cleaned)
        found = words(cleaned)
        safe = detected is None or detected in self.corpus.languages
        repaired = self.repairer.repair(cleaned, safe=safe)
        query = self.words.read(repaired, _stem_language(detected))
        return Reading(cleaned, repaired, detected, query, self.repairer.known_share(found))

    def _rank(self, reading: Reading) -> Ranking:
        parts, rows = self._score(reading)
        by = fusion.weights(parts, self._trust(reading))
        total = fusion.fuse(parts, by)
        order = np.argsort(-total, kind="stable")[:TOP]
        features = self._features(reading, total, parts, rows)
        chance = self.calibrator.probability(features)
        shares = _shares(total[order], chance)
        found = tuple(self._candidate(int(slug), share, parts, rows) for slug, share in zip(order, shares, strict=True))
        return Ranking(found, reading.language, reading.repaired, self._unknown(reading), features)

    def _score(self, reading: Reading) -> tuple[dict[str, Floats], Floats]:
        """Return each component's score per entry, and the rows' sum that tells which wording came closest."""
        corpus = self.corpus
        row_words, row_letters = self.words.score(reading.query), self.letters.score(reading.repaired)
        in_answers = self.answer_words.read(reading.repaired, _stem_language(reading.language))
        parts = {
            "words": corpus.best(row_words),
            "letters": corpus.best(row_letters),
            "answer_words": corpus.best_answer(self.answer_words.coverage(in_answers)),
        }
        rows = row_words + row_letters
        if self.meaning is not None:
            vector = self.meaning.encode(reading.repaired)
            cosines = self.meaning.score_rows(vector)
            parts["meaning"] = fusion.spread(self.meaning.score_entries(vector, corpus.best(cosines)))
            parts["answer"] = fusion.spread(corpus.best_answer(self.meaning.score_answers(vector)))
            rows = rows + cosines
        return parts, rows

    def _trust(self, reading: Reading) -> float:
        """Return how far the question's words can be compared with the FAQ's."""
        spoken = reading.language is None or reading.language in self.corpus.languages
        return reading.known_share * (1.0 if spoken else 0.4)

    def _features(self, reading: Reading, total: Floats, parts: Mapping[str, Floats], rows: Floats) -> dict[str, float]:
        best = int(total.argmax())
        query = reading.query
        missing = float((query.weights * (query.known < KNOWN_FROM)).sum() / query.total)
        covered = self.words.coverage(query)[self.corpus.rows_of(best)].max(initial=0.0)
        telling = [w for w in query.words if not is_stopword(fold(w), reading.language)]
        return describe(total, parts, n_words=len(telling), unknown=missing, covered=float(covered), n_rows=len(rows))

    def _unknown(self, reading: Reading) -> tuple[str, ...]:
        query = reading.query
        return tuple(
            word
            for word, known in zip(query.words, query.known.tolist(), strict=True)
            if known < KNOWN_FROM and not is_stopword(fold(word), reading.language)
        )

    def _candidate(self, slug: int, share: float, parts: Mapping[str, Floats], rows: Floats) -> Candidate:
        own = self.corpus.rows_of(slug)
        row = own.start + int(rows[own].argmax())
        return Candidate(
            slug=self.corpus.slugs[slug],
            score=share,
            parts={name: round(float(scores[slug]), 4) for name, scores in parts.items()},
            language=self.corpus.languages[row],
            matched=self.corpus.texts[row],
        )

    def with_calibrator(self, calibrator: Calibrator) -> "Engine":
        """Return the same snapshot with other constants."""
        return replace(self, calibrator=calibrator)


def _stem_language(detected: str | None) -> str:
    return detected if detected in softwords.STEMMED else "en"


def _shares(totals: Floats, chance: float) -> list[float]:
    """Give the best entry its probability and the others the rest, by how close they come; never above the best."""
    weights = np.exp((totals - totals[0]) * 12)
    rest = float(weights[1:].sum())
    others = [min(chance, (1 - chance) * float(weight) / max(rest, 1.0)) for weight in weights[1:]]
    return [chance, *others]
