# SPDX-License-Identifier: MIT
"""What came of an event: numbers from the Dashboard and the hashtag tool, with their age, and nobody's name."""

from .gathering import gather
from .model import Figures, Measure
from .numbers import read_number
from .shown import Results

__all__ = ["Figures", "Measure", "Results", "gather", "read_number"]
