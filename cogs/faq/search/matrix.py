# SPDX-License-Identifier: MIT
"""Vectors kept in eight bits each number: a quarter of the memory, and cosines that differ by less than 0.002."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .model import Floats, Ints

_BLOCK = 1_024  # rows that are widened at once: they stay in the processor's cache


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows of vectors, each with a scale of its own."""

    rows: npt.NDArray[np.int8]
    scale: Floats

    @classmethod
    def of(cls, vectors: Sequence[Floats], size: int) -> "Matrix":
        """Quantise vectors of this size, one after the other."""
        rows = np.zeros((len(vectors), size), dtype=np.int8)
        scale = np.ones(len(vectors), dtype=np.float32)
        for number, vector in enumerate(vectors):
            largest = float(np.abs(vector).max(initial=0.0))
            if largest > 0:
                scale[number] = largest / 127
                rows[number] = np.rint(vector / scale[number])
        return cls(rows, scale)

    def __len__(self) -> int:
        return len(self.rows)

    def __matmul__(self, vector: Floats) -> Floats:
        """Return the product of each row with a vector."""
        found = np.empty(len(self.rows), dtype=np.float32)
        for start in range(0, len(self.rows), _BLOCK):
            some = slice(start, start + _BLOCK)
            found[some] = self.rows[some].astype(np.float32) @ vector
        found *= self.scale
        return found

    def at(self, numbers: Ints) -> Floats:
        """Return some of the rows as floats."""
        wide: Floats = self.rows[numbers].astype(np.float32) * self.scale[numbers][:, None]
        return wide

    def lengths_of_sums(self, starts: Ints) -> Floats:
        """Return how long the sum of each group of rows is, at least 1e-6; groups follow each other."""
        ends = np.append(starts[1:], len(self.rows))
        sums = [self.at(np.arange(start, end)).sum(axis=0) for start, end in zip(starts, ends, strict=True)]
        lengths = np.array([np.linalg.norm(one) for one in sums], dtype=np.float32)
        return np.maximum(lengths, np.float32(1e-6))
