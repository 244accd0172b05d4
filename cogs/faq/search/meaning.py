# SPDX-License-Identifier: MIT
"""Similarity of meaning: cosine between sentence vectors, the best wording and the centre of all wordings."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from . import fusion
from .corpus import Corpus
from .matrix import Matrix
from .model import Embedder, Floats, Ints, VectorStore

BATCH = 64


def text_hash(text: str) -> str:
    """Return the key under which a text's vector is stored."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def embed(texts: Sequence[str], embedder: Embedder, vectors: VectorStore) -> dict[str, Floats]:
    """Return a vector (float16) for each distinct text; only those not stored yet are computed, and then stored."""
    by_hash = {text_hash(text): text for text in texts}
    stored = vectors.get_many(embedder.name, list(by_hash))
    found = {by_hash[key]: np.frombuffer(row, dtype="<f2") for key, row in stored.items()}
    missing = [key for key in by_hash if key not in stored]
    for start in range(0, len(missing), BATCH):
        keys = missing[start : start + BATCH]
        matrix = embedder.encode([by_hash[key] for key in keys]).astype("<f2")
        vectors.put_many(embedder.name, {key: row.tobytes() for key, row in zip(keys, matrix, strict=True)})
        found.update({by_hash[key]: row for key, row in zip(keys, matrix, strict=True)})
    return found


@dataclass(frozen=True, slots=True)
class Meaning:
    """The vectors of one snapshot: a row per wording and per answer, and the length of each entry's sum of rows."""

    embedder: Embedder
    rows: Matrix
    centre_norms: Floats
    answers: Matrix

    @classmethod
    def build(cls, corpus: Corpus, embedder: Embedder, vectors: VectorStore) -> "Meaning":
        """Embed what is new and lay the vectors out like the corpus."""
        found = embed([*corpus.texts, *(text for text in corpus.answers if text)], embedder, vectors)
        size = next((len(vector) for vector in found.values()), 0)
        nothing = np.zeros(size, dtype=np.float32)
        rows = Matrix.of([found[text] for text in corpus.texts], size)
        answers = Matrix.of([found.get(text, nothing) for text in corpus.answers], size)
        return cls(embedder, rows, rows.lengths_of_sums(corpus.group_starts), answers)

    def encode(self, text: str) -> Floats:
        """Return the vector of a question."""
        vector: Floats = self.embedder.encode([text])[0]
        return vector

    def score_rows(self, vector: Floats) -> Floats:
        """Return the cosine with each wording."""
        return self.rows @ vector

    def score_answers(self, vector: Floats) -> Floats:
        """Return the cosine with each answer's text."""
        return self.answers @ vector


@dataclass(frozen=True, slots=True)
class EnglishMeaning:
    """The English wordings and answers in an embedding for English; `entries` are their places among all entries."""

    corpus: Corpus
    meaning: Meaning
    entries: Ints

    @classmethod
    def build(cls, corpus: Corpus, embedder: Embedder | None, vectors: VectorStore) -> "EnglishMeaning | None":
        """Embed what is new; None without an embedder or without anything English."""
        if embedder is None:
            return None
        own, entries = corpus.only("en")
        return cls(own, Meaning.build(own, embedder, vectors), entries) if own.texts else None

    def score(self, text: str, parts: Mapping[str, Floats]) -> dict[str, Floats]:
        """Return the scores "english" and "english answer"; entries without English keep those of the other model."""
        vector = self.meaning.encode(text)
        cosines = self.meaning.score_rows(vector)
        wordings, answers = parts["meaning"].copy(), parts["answer"].copy()
        wordings[self.entries] = fusion.spread(
            self.corpus.best_and_centre(cosines, self.meaning.centre_norms), fusion.ENGLISH_FLOOR
        )
        answers[self.entries] = fusion.spread(
            self.corpus.best_answer(self.meaning.score_answers(vector)), fusion.ENGLISH_FLOOR
        )
        return {"english": wordings, "english answer": answers}
