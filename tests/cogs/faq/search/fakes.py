# SPDX-License-Identifier: MIT
"""A small FAQ and an embedding that knows nothing but words."""

import zlib
from collections.abc import Mapping, Sequence

import numpy as np

from cogs.faq.search import Document, MemoryVectors
from cogs.faq.search.text import clean, fold, words

SIZE = 256


class WordEmbedder:
    """Each word points in a direction of its own; counts what it is asked to encode."""

    name = "words/1"

    def __init__(self) -> None:
        self.encoded: list[str] = []

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        self.encoded.extend(texts)
        rows = np.zeros((len(texts), SIZE), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for word in words(clean(text)):
                row[zlib.crc32(fold(word).encode()) % SIZE] += 1
        return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-6))


class CountingVectors(MemoryVectors):
    """Remembers what was asked of it."""

    def __init__(self) -> None:
        super().__init__()
        self.put: list[str] = []

    def put_many(self, model: str, vectors: Mapping[str, bytes]) -> None:
        self.put.extend(vectors)
        super().put_many(model, vectors)


DOCUMENTS = [
    Document(
        "cite-how",
        "en",
        "How do I add a citation to a Wikipedia article?",
        ("add a reference with the Cite button", "insert a footnote"),
        "Press Cite and paste a DOI or ISBN.",
    ),
    Document("cite-how", "es", "¿Cómo añado una cita a un artículo?", ("insertar una referencia",), "Pulsa Citar."),
    Document(
        "dead-link",
        "en",
        "What do I do with a dead link in a reference?",
        ("the URL of a source returns an error 404",),
        "Look for an archived copy in the Wayback Machine.",
    ),
    Document("account-create", "en", "How do I create an account?", ("register as an editor", "sign up")),
    Document(
        "image-upload",
        "en",
        "Which images may I upload to Wikimedia Commons?",
        ("upload a photograph", "licence for pictures"),
        "Only free licences or public domain.",
    ),
    Document("article-deleted", "en", "Why was my article deleted?", ("my page has disappeared",)),
    Document("user-group", "de", "Wie werde ich Mitglied der Benutzergruppe?", ("der Gruppe beitreten",)),
]
