# SPDX-License-Identifier: MIT
"""Similarity of meaning: cosine between sentence vectors, the best wording and the centre of all wordings."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .corpus import Corpus
from .model import Embedder, Floats, VectorStore

BATCH = 64


def text_hash(text: str) -> str:
    """Return the key under which a text's vector is stored."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def embed(texts: Sequence[str], embedder: Embedder, vectors: VectorStore) -> dict[str, Floats]:
    """Return a vector for each distinct text; only those not stored yet are computed, and then stored."""
    by_hash = {text_hash(text): text for text in texts}
    stored = vectors.get_many(embedder.name, list(by_hash))
    found = {by_hash[key]: np.frombuffer(row, dtype="<f2").astype(np.float32) for key, row in stored.items()}
    missing = [key for key in by_hash if key not in stored]
    for start in range(0, len(missing), BATCH):
        keys = missing[start : start + BATCH]
        matrix = embedder.encode([by_hash[key] for key in keys]).astype("<f2")
        vectors.put_many(embedder.name, {key: row.tobytes() for key, row in zip(keys, matrix, strict=True)})
        found.update({by_hash[key]: row.astype(np.float32) for key, row in zip(keys, matrix, strict=True)})
    return found


@dataclass(frozen=True, slots=True)
class Meaning:
    """The vectors of one snapshot: a row per wording and per answer, and the length of each entry's sum of rows."""

    embedder: Embedder
    rows: Floats
    centre_norms: Floats
    answers: Floats

    @classmethod
    def build(cls, corpus: Corpus, embedder: Embedder, vectors: VectorStore) -> "Meaning":
        """Embed what is new and lay the vectors out like the corpus."""
        found = embed([*corpus.texts, *(text for text in corpus.answers if text)], embedder, vectors)
        size = next((len(vector) for vector in found.values()), 0)
        nothing = np.zeros(size, dtype=np.float32)
        rows = np.array([found[text] for text in corpus.texts], dtype=np.float32).reshape(-1, size)
        answers = np.array([found.get(text, nothing) for text in corpus.answers], dtype=np.float32).reshape(-1, size)
        lengths = np.linalg.norm(np.add.reduceat(rows, corpus.starts, axis=0), axis=1)
        return cls(embedder, rows, np.maximum(lengths, 1e-6).astype(np.float32), answers)

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
