# SPDX-License-Identifier: MIT
"""How alike questions are: by meaning where the index has it, else by their words."""

from collections.abc import Sequence

import numpy as np
from rapidfuzz import fuzz, process

from .search import Engine
from .search.model import Floats

SAME_QUESTION = 0.72
"""Likeness from which two questions are taken to ask the same; by meaning or by words alike."""

DOUBLED = 0.9
"""Likeness from which two entries' titles are worth a look."""

_AT_ONCE = 500


def alike(texts: Sequence[str], engine: Engine) -> Floats:
    """Return the likeness (0 to 1) of each text to each other one."""
    meaning = engine.index.meaning
    if meaning is not None:
        vectors = meaning.embedder.encode(list(texts))
        return np.asarray(np.clip(vectors @ vectors.T, 0, 1), dtype=np.float32)
    folded = [text.casefold() for text in texts]
    found = process.cdist(folded, folded, scorer=fuzz.token_sort_ratio, dtype=np.float32)
    return np.asarray(found / 100, dtype=np.float32)


def doubled(engine: Engine) -> list[tuple[str, str, float]]:
    """Return pairs of entries whose titles are near-duplicates, the most alike first."""
    corpus, meaning = engine.index.corpus, engine.index.meaning
    if not corpus.slugs:
        return []
    found: list[tuple[str, str, float]] = []
    titles = [corpus.texts[start].casefold() for start in corpus.starts]
    vectors = meaning.rows.at(corpus.starts) if meaning is not None else None
    for start in range(0, len(titles), _AT_ONCE):
        some = slice(start, start + _AT_ONCE)
        if vectors is not None:
            likeness = vectors[some] @ vectors.T
        else:
            likeness = process.cdist(titles[some], titles, scorer=fuzz.token_sort_ratio, dtype=np.float32) / 100
        for row, column in zip(*np.nonzero(likeness >= DOUBLED), strict=True):
            if column > start + row:
                pair = corpus.slugs[start + row], corpus.slugs[column]
                found.append((*pair, float(likeness[row, column])))
    return sorted(found, key=lambda pair: -pair[2])
