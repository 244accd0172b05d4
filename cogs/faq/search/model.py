# SPDX-License-Identifier: MIT
"""The data that goes into the answer engine and comes out of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]

LANGUAGES = ("en", "es", "fr", "de", "ca")


@dataclass(frozen=True, slots=True)
class Document:
    """One FAQ entry in one language; entries that share a slug are translations of each other."""

    slug: str
    language: str
    question: str
    aliases: tuple[str, ...] = ()
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry that may answer the question, with the probability (0 to 1) that it does.

    `language` and `matched` name the wording that came closest; `parts` holds each component's score.
    """

    slug: str
    score: float
    parts: Mapping[str, float]
    language: str
    matched: str = ""


@dataclass(frozen=True, slots=True)
class Ranking:
    """What the engine found for one question, best first, with the reasons.

    `language` is one of LANGUAGES, "other", or None where the text is too short to tell.
    `read_as` is the text after spelling repair; `unknown` are its telling words that the FAQ does not contain.
    """

    candidates: tuple[Candidate, ...] = ()
    language: str | None = None
    read_as: str = ""
    unknown: tuple[str, ...] = ()
    features: Mapping[str, float] = field(default_factory=dict)

    @property
    def best(self) -> Candidate | None:
        """The likeliest entry, if there is any."""
        return self.candidates[0] if self.candidates else None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A title or alias that completes what somebody is typing."""

    slug: str
    title: str
    language: str
    score: float


class Embedder(Protocol):
    """Turns sentences into unit vectors; `name` identifies model and version, as stored vectors depend on it."""

    @property
    def name(self) -> str:
        """Identifies the model; a new name makes every stored vector stale."""
        ...

    def encode(self, texts: Sequence[str]) -> Floats:
        """Return one row of length 1 (Euclidean) per text."""
        ...


class VectorStore(Protocol):
    """Keeps vectors (little-endian float16 bytes) by model and text hash, so that only new texts are embedded."""

    def get_many(self, model: str, hashes: Sequence[str]) -> Mapping[str, bytes]:
        """Return those that are stored."""
        ...

    def put_many(self, model: str, vectors: Mapping[str, bytes]) -> None:
        """Store new ones."""
        ...


class MemoryVectors:
    """A VectorStore that forgets everything when the process ends."""

    def __init__(self) -> None:
        self._rows: dict[tuple[str, str], bytes] = {}

    def get_many(self, model: str, hashes: Sequence[str]) -> Mapping[str, bytes]:
        """Return those that are stored."""
        return {key: self._rows[model, key] for key in hashes if (model, key) in self._rows}

    def put_many(self, model: str, vectors: Mapping[str, bytes]) -> None:
        """Store new ones."""
        self._rows.update({(model, key): row for key, row in vectors.items()})
