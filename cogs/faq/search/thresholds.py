# SPDX-License-Identifier: MIT
"""Derives the answer threshold from the FAQ itself: each entry is asked by a wording that it was not told."""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from .decide import Thresholds
from .engine import Engine
from .model import Document

LOWEST, HIGHEST = 0.40, 0.75
RIDGE = 5.0
STEPS = 20
STRANGERS = 0.2  # share of the entries that are taken out, to be asked for in vain
MOST_ASKED = 160
FEWEST_ASKED = 30  # with fewer questions chance would decide
FEWEST_WORDINGS = 3


@dataclass(frozen=True, slots=True)
class _Trial:
    probability: float
    right: bool


def derive_thresholds(engine: Engine, *, seed: int = 0) -> Thresholds:
    """Return thresholds that mean for this FAQ what the defaults mean in general, within bounds.

    One alias per entry is left out and asked; a fifth of the entries is left out altogether and asked too, as
    nobody may answer those. Small FAQs keep the default. Takes about as long as 160 questions (a second or two).
    """
    default = Thresholds()
    trials = _trials(engine, random.Random(seed))  # noqa: S311 (no secret: a reproducible sample)
    if len(trials) < FEWEST_ASKED:
        return default
    slope, shift = _correction(trials)
    # The probability at which the corrected probability reaches the default threshold.
    answer = _chance((_log_odds(default.answer) - shift) / slope)
    return replace(default, answer=round(min(HIGHEST, max(LOWEST, answer)), 3))


def _correction(trials: Sequence[_Trial]) -> tuple[float, float]:
    """Fit slope and shift that make the log odds fit these trials, held near 1 and 0 by a few imagined ones."""
    odds = np.array([_log_odds(trial.probability) for trial in trials])
    right = np.array([trial.right for trial in trials], dtype=float)
    rows = np.column_stack([odds, np.ones(len(odds))])
    prior, beta = np.array([1.0, 0.0]), np.array([1.0, 0.0])
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-rows @ beta))
        gradient = rows.T @ (right - chance) - RIDGE * (beta - prior)
        beta += np.linalg.solve((rows.T * (chance * (1 - chance))) @ rows + RIDGE * np.eye(2), gradient)
    return max(0.3, float(beta[0])), float(beta[1])


def _log_odds(probability: float) -> float:
    inside = min(0.999, max(0.001, probability))
    return math.log(inside / (1 - inside))


def _chance(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))


def _trials(engine: Engine, chooser: random.Random) -> list[_Trial]:
    slugs = sorted({document.slug for document in engine.documents})
    strangers = set(chooser.sample(slugs, round(len(slugs) * STRANGERS)))
    kept: list[Document] = []
    asked: list[tuple[str, str, str | None]] = []
    for document in engine.documents:
        if document.slug in strangers:
            asked.append((document.question, document.language, None))
        elif len(document.aliases) + 1 >= FEWEST_WORDINGS:
            out = chooser.randrange(len(document.aliases))
            asked.append((document.aliases[out], document.language, document.slug))
            kept.append(replace(document, aliases=_without(document.aliases, out)))
        else:
            kept.append(document)
    if not kept:
        return []
    smaller = Engine.build(
        kept,
        embedder=engine.index.meaning.embedder if engine.index.meaning else None,
        vectors=engine.vectors,
        calibrator=engine.calibrator,
    )
    chosen = asked if len(asked) <= MOST_ASKED else chooser.sample(asked, MOST_ASKED)
    found = []
    for text, language, slug in chosen:
        best = smaller.ask(text, language=language).best
        if best is not None:
            found.append(_Trial(best.score, best.slug == slug))
    return found


def _without(texts: Sequence[str], number: int) -> tuple[str, ...]:
    return (*texts[:number], *texts[number + 1 :])
