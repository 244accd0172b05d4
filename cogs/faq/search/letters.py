# SPDX-License-Identifier: MIT
"""Similarity of spelling: TF-IDF cosine over runs of two to four letters within words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .model import Floats, Ints
from .postings import Interner, Postings
from .text import grams

Counts = tuple[Ints, Floats]


def analyse(text: str, interner: Interner) -> Counts:
    """Count a text's letter runs (1 + log of the count)."""
    counted = Counter(grams(text))
    counts = np.fromiter(counted.values(), dtype=np.float32, count=len(counted))
    return interner.add(counted), np.float32(1) + np.log(counts, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Letters:
    """The index of one snapshot."""

    interner: Interner
    postings: Postings
    idf: Floats
    centre_norms: Floats

    @classmethod
    def build(cls, rows: Sequence[Counts], group_of_row: Ints, interner: Interner) -> "Letters":
        """Weigh each letter run by how rare it is and give each row length 1."""
        n_terms = len(interner)
        raw = Postings.build([terms for terms, _ in rows], [counts for _, counts in rows], n_terms)
        idf = (np.log((1 + len(rows)) / (1 + raw.counts())) + 1).astype(np.float32)
        weights = raw.weights * np.repeat(idf, raw.counts())
        norms = np.sqrt(np.bincount(raw.rows, weights=weights * weights, minlength=len(rows)))
        weights /= np.maximum(norms, 1e-6)[raw.rows].astype(np.float32)
        postings = Postings(raw.starts, raw.rows, weights, len(rows))
        return cls(interner, postings, idf, _centre_norms(postings, group_of_row))

    def score(self, text: str) -> Floats:
        """Return the cosine between the text and each row."""
        counted = Counter(grams(text))
        terms: list[int] = []
        factors: list[float] = []
        norm = 0.0
        rarest = float(np.log(1 + self.postings.n_rows) + 1)
        for gram, count in counted.items():
            number = self.interner.find(gram)
            known = number is not None and number < len(self.idf)
            weight = (1 + np.log(count)) * (float(self.idf[number]) if known else rarest)
            norm += weight * weight
            if known and number is not None:
                terms.append(number)
                factors.append(weight)
        return self.postings.sum(terms, factors) / np.float32(max(norm, 1e-6) ** 0.5)


def _centre_norms(postings: Postings, group_of_row: Ints) -> Floats:
    """Return for each group the length of the sum of its rows."""
    if not len(group_of_row):
        return np.zeros(0, dtype=np.float32)
    n_groups = int(group_of_row[-1]) + 1
    # The rows of a term stand in order, and so do their groups: what belongs together stands side by side.
    groups = group_of_row[postings.rows]
    begins = np.ones(len(groups), dtype=bool)
    begins[1:] = groups[1:] != groups[:-1]
    begins[postings.starts[:-1][postings.counts() > 0]] = True
    first = np.flatnonzero(begins)
    sums = np.add.reduceat(postings.weights, first, dtype=np.float64)
    squares = np.bincount(groups[first], weights=sums * sums, minlength=n_groups)
    return np.maximum(np.sqrt(squares), 1e-6).astype(np.float32)
