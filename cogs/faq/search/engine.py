# SPDX-License-Identifier: MIT
"""The answer engine: an immutable snapshot of a FAQ that ranks its entries for a question."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from . import fusion, softwords
from .analyses import Analyses
from .calibration import Calibrator, shipped
from .corpus import Corpus
from .features import describe
from .index import Index, Scores
from .model import Candidate, Document, Embedder, Floats, MemoryVectors, Ranking, Suggestion, VectorStore
from .names import foreignness, names
from .reading import Reading, read
from .repair import Repairer, openings
from .suggest import Titles
from .wordlist import WordList

TOP = 5
SHARPNESS = 12  # how fast the runners-up lose probability with their distance


@dataclass(frozen=True, slots=True)
class Engine:
    """A snapshot; `ask` and `suggest` may run in several threads at once. Build a new one when entries change.

    Without a `calibrator` the shipped constants are used, by what a question could be compared with.
    """

    documents: tuple[Document, ...]
    index: Index
    repairer: Repairer
    titles: Titles
    calibrator: Calibrator | None
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
        """Index the documents; blocks for as long as new texts take to embed (about 1 ms each)."""
        analyses, vectors = analyses or Analyses(), vectors or MemoryVectors()
        word_list: WordList | None = getattr(embedder, "word_list", None)
        commonness = word_list.commonness if word_list else softwords.no_opinion
        corpus = Corpus.build(documents)
        index = Index.build(corpus, analyses, commonness, embedder, vectors)
        return cls(
            documents=tuple(documents),
            index=index,
            repairer=Repairer(index.words.vocabulary, word_list, openings(corpus)),
            titles=Titles.build(documents),
            calibrator=calibrator,
            analyses=analyses,
            vectors=vectors,
        )

    def rebuild(self, documents: Sequence[Document], *, embedder: Embedder | None = None) -> "Engine":
        """Return a snapshot of other documents; what did not change is not worked out again.

        Pass an `embedder` once it is loaded to turn a lexical engine into a full one.
        """
        used = embedder or (self.index.meaning.embedder if self.index.meaning else None)
        return Engine.build(documents, embedder=used, vectors=self.vectors, analyses=self.analyses)

    @property
    def lexical(self) -> bool:
        """Whether the engine compares words only, without an embedding."""
        return self.index.meaning is None

    def with_calibrator(self, calibrator: Calibrator) -> "Engine":
        """Return the same snapshot with other constants."""
        return replace(self, calibrator=calibrator)

    def suggest(self, prefix: str, limit: int = 25) -> list[Suggestion]:
        """Return titles and aliases that complete what somebody is typing, best first."""
        return self.titles.suggest(prefix, limit)

    def ask(self, text: str, *, language: str | None = None) -> Ranking:
        """Rank the entries for a question; `language` overrides what is detected."""
        reading = read(text, language, self.index.words, self.repairer, self.index.corpus.spoken)
        if not self.index.corpus.slugs or not reading.query.words:
            return Ranking(language=reading.language, read_as=reading.text)
        scores = self.index.score(reading)
        total = self.total(reading, scores)
        features = self.features(reading, scores, total)
        calibrator = self.calibrator or shipped(fusion.mode(scores.parts))
        order = np.argsort(-total, kind="stable")[:TOP]
        shares = _shares(total[order], calibrator.probability(features))
        found = tuple(self._candidate(int(slug), share, scores) for slug, share in zip(order, shares, strict=True))
        return Ranking(found, reading.language, reading.repaired, reading.unknown, features)

    def total(self, reading: Reading, scores: Scores) -> Floats:
        """Add the components up."""
        index = self.index
        by = fusion.weights(scores.parts, index.trust(reading), with_answers=index.corpus.has_answers)
        return fusion.fuse(scores.parts, by)

    def features(self, reading: Reading, scores: Scores, total: Floats) -> dict[str, float]:
        """Describe the best entry for the calibrator."""
        best = int(total.argmax())
        missing = self.index.missing(best, scores.whole)
        named = names(reading.text, missing, capitals_tell=reading.language != "de")
        return describe(
            total,
            scores.parts,
            n_words=len(reading.telling),
            unsaid=self.index.unsaid(best, scores.whole),
            foreign=foreignness(named) + self.index.all_strange(reading),
            n_rows=len(scores.rows),
        )

    def _candidate(self, slug: int, share: float, scores: Scores) -> Candidate:
        corpus = self.index.corpus
        own = corpus.rows_of(slug)
        row = own.start + int(scores.rows[own].argmax())
        return Candidate(
            slug=corpus.slugs[slug],
            score=share,
            parts={name: round(float(by_entry[slug]), 4) for name, by_entry in scores.parts.items()},
            language=corpus.languages[row],
            matched=corpus.texts[row],
        )


def _shares(totals: Floats, chance: float) -> list[float]:
    """Give the best entry its probability and the others the rest, by how close they come; never above the best."""
    weights = np.exp((totals - totals[0]) * SHARPNESS)
    rest = float(weights[1:].sum())
    others = [min(chance, (1 - chance) * float(weight) / max(rest, 1.0)) for weight in weights[1:]]
    return [chance, *others]
