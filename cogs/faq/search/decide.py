# SPDX-License-Identifier: MIT
"""From a ranking to what the bot does: answer, suggest, hand over to people, decline, or say that it does not know."""

from dataclasses import dataclass
from typing import Literal

from .model import Candidate, Ranking
from .signals import Signal, is_specific, read_signals

Action = Literal["answer", "suggest", "handoff", "decline", "unknown"]
KEYWORD_FROM = 0.5  # word match from which one or two words are taken to name a topic
LITERAL_FROM = 0.9  # word match from which the question is the entry's own wording, whatever it looks like
_DECLINED = {"professional-advice", "account-specific", "abuse"}


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which probability the bot answers, and from which it shows titles to choose from."""

    answer: float = 0.7
    suggest: float = 0.15
    most_suggestions: int = 3


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do. `kind` names the reason where a rule of language decided, for example "reference-request".

    `candidates` holds the entry to show ("answer") or those to offer ("suggest", and as an extra in "handoff").
    """

    action: Action
    candidates: tuple[Candidate, ...] = ()
    probability: float = 0.0
    kind: str | None = None
    smalltalk: bool = False

    @property
    def candidate(self) -> Candidate | None:
        """The entry to answer with."""
        return self.candidates[0] if self.action == "answer" else None


def decide(ranking: Ranking, text: str, thresholds: Thresholds | None = None) -> Decision:
    """Decide from the engine's probability and from what kind of message it is."""
    limits = thresholds or Thresholds()
    best = ranking.best
    probability = best.score if best else 0.0
    literal = best is not None and best.parts.get("words", 0.0) >= LITERAL_FROM
    signal = Signal() if literal else read_signals(text, ranking.language)
    offers = _offers(ranking, limits)
    if signal.kind == "smalltalk":
        return Decision("unknown", probability=probability, kind=signal.kind, smalltalk=True)
    sure = best is not None and probability >= limits.answer
    if signal.kind == "reference-request" and (not sure or is_specific(text)):
        return Decision("handoff", offers, probability, signal.kind)
    if signal.kind in _DECLINED:
        return Decision("decline", (), probability, signal.kind)
    if signal.kind not in {None, "reference-request"}:
        return Decision("unknown", (), probability, signal.kind)
    if best is not None and sure:
        return Decision("answer", (best,), probability)
    return Decision("suggest" if offers else "unknown", offers, probability)


def _offers(ranking: Ranking, limits: Thresholds) -> tuple[Candidate, ...]:
    """Return the entries worth offering: the best must be likely enough, the others not far behind."""
    best = ranking.best
    if best is None or (best.score < limits.suggest and not _is_keyword(ranking, best)):
        return ()
    near = (candidate for candidate in ranking.candidates if candidate.score >= best.score / 8)
    return tuple(near)[: limits.most_suggestions]


def _is_keyword(ranking: Ranking, best: Candidate) -> bool:
    """Tell whether one or two words name a topic of the best entry; what they ask about it remains open."""
    features = ranking.features
    telling = features.get("length", 0.0) > 0 and features.get("short") == 1.0
    said = features.get("unsaid") == 0.0 and features.get("foreign") == 0.0
    return telling and said and best.parts.get("words", 0.0) >= KEYWORD_FROM
