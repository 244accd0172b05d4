# SPDX-License-Identifier: MIT
"""How sure the bot must be, learnt from the FAQ itself: aliases are asked as if nobody had written them down."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from .search import Analyses, Document, Embedder, Engine, VectorStore

PRECISION = 0.95
FOLDS = 4
ASKED_MAX = 240
ASKED_LEAST = 40
"""From fewer aliases nothing is learnt: one slip would decide."""


def learn_threshold(
    documents: Sequence[Document], embedder: Embedder, vectors: VectorStore | None, analyses: Analyses
) -> float | None:
    """Return the probability from which 19 of 20 left-out aliases find their own entry, or None for too small an FAQ.

    Takes some seconds. Where even the surest answers are wrong more often, the result is 1.
    """
    wordings = [
        (row, alias)
        for row, document in enumerate(documents)
        if len(document.aliases) > 1
        for alias in document.aliases
    ]
    if len(wordings) < ASKED_LEAST:
        return None
    step = max(1, len(wordings) // ASKED_MAX)
    chosen = wordings[::step][:ASKED_MAX]
    asked: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        left_out = chosen[fold::FOLDS]
        engine = Engine.build(_without(documents, left_out), embedder=embedder, vectors=vectors, analyses=analyses)
        for row, alias in left_out:
            best = engine.ask(alias, language=documents[row].language).best
            if best is not None:
                asked.append((best.score, best.slug == documents[row].slug))
    return lowest_threshold(asked)


def lowest_threshold(asked: Iterable[tuple[float, bool]], precision: float = PRECISION) -> float:
    """Return the lowest probability from which at least this share of the answers is right; 1 where there is none."""
    ranked = sorted(asked, reverse=True)
    right, found = 0, 1.0
    for number, (score, is_right) in enumerate(ranked, 1):
        right += is_right
        last_of_ties = number == len(ranked) or ranked[number][0] < score
        if last_of_ties and right / number >= precision:
            found = score
    return found


def _without(documents: Sequence[Document], left_out: Sequence[tuple[int, str]]) -> list[Document]:
    gone: dict[int, set[str]] = {}
    for row, alias in left_out:
        gone.setdefault(row, set()).add(alias)
    return [
        replace(document, aliases=tuple(alias for alias in document.aliases if alias not in gone.get(row, ())))
        for row, document in enumerate(documents)
    ]
