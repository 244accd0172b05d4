# SPDX-License-Identifier: MIT
"""The answer engine of the FAQ: ranks entries for a question, with a probability that can be trusted."""

from .analyses import Analyses
from .calibration import Calibrator
from .decide import Decision, Thresholds, decide
from .embedder import SentenceEncoder
from .engine import Engine
from .english import EnglishEncoder
from .language import detect as detect_language
from .model import (
    LANGUAGES,
    Candidate,
    Document,
    Embedder,
    MemoryVectors,
    Ranking,
    Suggestion,
    VectorStore,
)

__all__ = [
    "LANGUAGES",
    "Analyses",
    "Calibrator",
    "Candidate",
    "Decision",
    "Document",
    "Embedder",
    "Engine",
    "EnglishEncoder",
    "MemoryVectors",
    "Ranking",
    "SentenceEncoder",
    "Suggestion",
    "Thresholds",
    "VectorStore",
    "decide",
    "detect_language",
]
