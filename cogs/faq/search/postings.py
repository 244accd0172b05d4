# SPDX-License-Identifier: MIT
"""A sparse matrix "term × row" stored by term, and the ids that terms get."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from .model import Floats, Ints


class Interner:
    """Gives each term a number that never changes, so that analyses of unchanged texts stay valid.

    It only grows; an older snapshot ignores the numbers that came after it.
    """

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}
        self._terms: list[str] = []

    def add(self, terms: Iterable[str]) -> Ints:
        """Return the terms' numbers, giving new ones where needed."""
        found: list[int] = []
        for term in terms:
            number = self._ids.get(term)
            if number is None:
                number = self._ids.setdefault(term, len(self._terms))
                self._terms.append(term)
            found.append(number)
        return np.array(found, dtype=np.int32)

    def find(self, term: str) -> int | None:
        """Return a term's number, if it has one."""
        return self._ids.get(term)

    def term(self, number: int) -> str:
        """Return the term of a number."""
        return self._terms[number]

    def __len__(self) -> int:
        return len(self._terms)


@dataclass(frozen=True, slots=True)
class Postings:
    """For each term the rows that contain it, with a weight; rows of one term are distinct."""

    starts: Ints
    rows: Ints
    weights: Floats
    n_rows: int

    @classmethod
    def build(cls, terms_of: Sequence[Ints], weights_of: Sequence[Floats], n_terms: int) -> "Postings":
        """Turn the term numbers of each row (distinct within the row) around."""
        lengths = np.fromiter((len(terms) for terms in terms_of), dtype=np.int64, count=len(terms_of))
        rows = np.repeat(np.arange(len(terms_of), dtype=np.int32), lengths)
        terms = np.concatenate(terms_of) if len(terms_of) else np.zeros(0, dtype=np.int32)
        weights = np.concatenate(weights_of) if len(weights_of) else np.zeros(0, dtype=np.float32)
        order = np.argsort(terms, kind="stable")
        starts = np.zeros(n_terms + 1, dtype=np.int32)
        np.cumsum(np.bincount(terms, minlength=n_terms), out=starts[1:])
        return cls(starts, rows[order], weights[order].astype(np.float32), len(terms_of))

    @property
    def n_terms(self) -> int:
        """How many terms this snapshot knows."""
        return len(self.starts) - 1

    def counts(self) -> Ints:
        """Return in how many rows each term occurs."""
        return np.diff(self.starts)

    def of(self, term: int) -> tuple[Ints, Floats]:
        """Return the rows of one term and its weight in each."""
        part = slice(int(self.starts[term]), int(self.starts[term + 1]))
        return self.rows[part], self.weights[part]

    def sum(self, terms: Sequence[int], factors: Sequence[float]) -> Floats:
        """Return for each row the weights of the given terms, each times its factor, added up."""
        parts = [(self.of(term), factor) for term, factor in zip(terms, factors, strict=True) if term < self.n_terms]
        if not parts:
            return np.zeros(self.n_rows, dtype=np.float32)
        rows = np.concatenate([rows for (rows, _), _ in parts])
        weights = np.concatenate([weights * np.float32(factor) for (_, weights), factor in parts])
        return np.bincount(rows, weights=weights, minlength=self.n_rows).astype(np.float32)
