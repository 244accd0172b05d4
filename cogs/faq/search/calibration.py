# SPDX-License-Identifier: MIT
"""From features to a probability: a logistic regression whose constants scripts/fit_calibrator.py fits."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

CONSTANTS = "calibration.json"
NAME_PENALTY = (
    2.0  # log odds lost per name that the entry does not mention; set by hand, as few public sets have capitals
)


@dataclass(frozen=True, slots=True)
class Calibrator:
    """A logistic regression: probability = 1 / (1 + exp(-(bias + sum of weight × feature)))."""

    bias: float
    weights: Mapping[str, float]

    def probability(self, features: Mapping[str, float]) -> float:
        """Return the probability that the best entry answers the question."""
        total = self.bias + sum(weight * features.get(name, 0.0) for name, weight in self.weights.items())
        total -= NAME_PENALTY * features.get("foreign", 0.0)
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def shipped(mode: str) -> Calibrator:
    """Return the constants in the package for a mode ("lexical", "meaning" or "english")."""
    stored = json.loads(files(__package__).joinpath(CONSTANTS).read_text("utf-8"))[mode]
    return Calibrator(float(stored["bias"]), {name: float(weight) for name, weight in stored["weights"].items()})
