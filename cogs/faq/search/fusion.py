# SPDX-License-Identifier: MIT
"""How the components are added up, and how their weights shift with what is known about the question."""

from collections.abc import Mapping

import numpy as np

from .model import Floats

# Per component: weight in general.
WITH_MEANING: Mapping[str, float] = {
    "words": 0.30,
    "letters": 0.20,
    "meaning": 0.50,
    "answer": 0.08,
    "answer_words": 0.04,
}
LEXICAL: Mapping[str, float] = {"words": 0.60, "letters": 0.40, "answer_words": 0.06}
MEANING_FLOOR = 0.2  # cosines below it say nothing


def weights(parts: Mapping[str, Floats], trust: float) -> dict[str, float]:
    """Return the components' weights, adding up to about 1.

    `trust` (0 to 1) says how far words can be compared with the FAQ's: the share of the question's words that the
    FAQ or a word list knows, lower where the FAQ has nothing in the question's language.
    """
    if "meaning" not in parts:
        return {name: weight for name, weight in LEXICAL.items() if name in parts}
    found = {name: weight for name, weight in WITH_MEANING.items() if name in parts}
    shift = (1.0 - trust) * 0.8
    moved = sum(found[name] * shift for name in ("words", "letters"))
    found["words"] *= 1 - shift
    found["letters"] *= 1 - shift
    found["meaning"] += moved
    return found


def fuse(parts: Mapping[str, Floats], by: Mapping[str, float]) -> Floats:
    """Return the weighted sum of the components for each entry."""
    total = np.zeros(len(next(iter(parts.values()))), dtype=np.float32)
    for name, weight in by.items():
        total += np.float32(weight) * parts[name]
    return total


def spread(cosines: Floats) -> Floats:
    """Stretch cosines so that unrelated sentences get about 0."""
    stretched: Floats = np.clip((cosines - MEANING_FLOOR) / (1 - MEANING_FLOOR), 0, 1).astype(np.float32)
    return stretched
