# SPDX-License-Identifier: MIT
"""What a ranking looks like from outside: the numbers from which the probability of being right is estimated."""

import math
from collections.abc import Mapping

import numpy as np

from .model import Floats

FEWEST_ENTRIES = 30  # the constants were fitted on FAQs of at least this size
FITTED = (
    "top",
    "gap",
    "z",
    "words",
    "letters",
    "meaning",
    "english",
    "agreement",
    "length",
    "short",
    "unsaid",
    "entries",
    "wordings",
)
"""The features whose weights are fitted; "foreign" has a fixed weight (calibration.NAME_PENALTY)."""


def describe(
    total: Floats,
    parts: Mapping[str, Floats],
    *,
    n_words: int,
    unsaid: float,
    foreign: int,
    n_rows: int,
) -> dict[str, float]:
    """Return the features of the best entry.

    `unsaid` is the weight share of the question's words that the best entry says nowhere, counted by how much that
    entry says; `foreign` is how strongly the names in the question speak against it.
    """
    order = np.argsort(-total)
    best = int(order[0])
    n_entries = len(total)
    second = float(total[order[1]]) if n_entries > 1 else 0.0
    deviation = float(total.std()) if n_entries > 2 else 0.0
    z = (float(total[best]) - float(total.mean())) / deviation if deviation > 1e-6 else 0.0
    voters = [parts[name] for name in ("words", "letters", "meaning", "english") if name in parts]
    return {
        "top": float(total[best]),
        "gap": float(total[best]) - second,
        "z": min(z, 12.0) / 4,
        "words": float(parts["words"][best]),
        "letters": float(parts["letters"][best]),
        "meaning": float(parts["meaning"][best]) if "meaning" in parts else 0.0,
        "english": float(parts["english"][best]) if "english" in parts else 0.0,
        "agreement": sum(float(voter[best]) >= float(voter.max()) - 1e-6 for voter in voters) / len(voters),
        "length": math.log1p(n_words),
        "short": 1.0 if n_words <= 2 else 0.0,
        "unsaid": unsaid,
        "foreign": float(foreign),
        "entries": math.log10(max(n_entries, FEWEST_ENTRIES)),
        "wordings": math.log2(max(n_rows / max(n_entries, 1), 1.0)),
    }
