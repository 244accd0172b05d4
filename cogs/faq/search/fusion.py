# SPDX-License-Identifier: MIT
"""How the components are added up, and how their weights shift with what is known about the question."""

from collections.abc import Iterable, Mapping

import numpy as np

from .model import Floats

WITH_MEANING: Mapping[str, float] = {
    "words": 0.16,
    "letters": 0.26,
    "meaning": 0.50,
    "literal": 0.10,
    "answer": 0.14,
    "whole": 0.28,
}
WITH_ENGLISH: Mapping[str, float] = {
    **WITH_MEANING,
    "words": 0.12,
    "letters": 0.20,
    "meaning": 0.45,
    "english": 1.10,
    "answer": 0.09,
    "english answer": 0.18,
    "whole": 0.32,
}
LEXICAL: Mapping[str, float] = {"words": 0.40, "letters": 0.60, "literal": 0.10, "whole": 0.55}
FROM_ANSWERS = frozenset({"answer", "english answer", "whole"})
BY_SPELLING = ("words", "letters", "whole")
MOST_SHIFT = 0.8  # share of the spelling's weight that meaning takes over where words cannot be compared
MEANING_FLOOR, ENGLISH_FLOOR = 0.2, 0.1  # cosines below it say nothing


_TABLES = {"english": WITH_ENGLISH, "meaning": WITH_MEANING, "lexical": LEXICAL}


def mode(parts: Iterable[str]) -> str:
    """Return what a question is compared by: "english" (both embeddings), "meaning" (one) or "lexical" (none)."""
    present = set(parts)
    return next((name for name in ("english", "meaning") if name in present), "lexical")


def weights(parts: Mapping[str, Floats], trust: float, *, with_answers: bool) -> dict[str, float]:
    """Return the components' weights.

    `trust` (0 to 1) says how far words can be compared with the FAQ's: the share of the question's words that the
    FAQ or a word list knows, lower where the FAQ has nothing in the question's language. Without answers the
    components that live on them are left out.
    """
    table = _TABLES[mode(parts)]
    found = {name: by for name, by in table.items() if name in parts and (with_answers or name not in FROM_ANSWERS)}
    if "meaning" in found:
        shift = (1.0 - trust) * MOST_SHIFT
        found["meaning"] += shift * sum(found.get(name, 0.0) for name in BY_SPELLING)
        found.update({name: found[name] * (1 - shift) for name in BY_SPELLING if name in found})
    return found


def fuse(parts: Mapping[str, Floats], by: Mapping[str, float]) -> Floats:
    """Return the weighted mean of the components for each entry; "literal" is a bonus on top of it."""
    total = np.zeros(len(next(iter(parts.values()))), dtype=np.float32)
    for name, weight in by.items():
        total += np.float32(weight) * parts[name]
    return total / np.float32(sum(weight for name, weight in by.items() if name != "literal"))


def spread(cosines: Floats, floor: float = MEANING_FLOOR) -> Floats:
    """Stretch cosines so that unrelated sentences get about 0."""
    stretched: Floats = np.clip((cosines - floor) / (1 - floor), 0, 1).astype(np.float32)
    return stretched
