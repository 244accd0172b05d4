# SPDX-License-Identifier: MIT
"""Measures an engine on a file of questions: is the right entry found, is it answered, are strangers left alone."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from .decide import Decision, Thresholds, decide
from .engine import Engine
from .model import Ranking

TARGET_PRECISION = 0.95
BINS = 10


@dataclass(frozen=True, slots=True)
class Question:
    """A line of a question file; `topic` is the slug of the right entry, None if none must be given."""

    text: str
    topic: str | None
    language: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened to one question."""

    question: Question
    ranking: Ranking
    decision: Decision

    @property
    def rank(self) -> int | None:
        """The position (from 1) of the right entry among the candidates."""
        slugs = [candidate.slug for candidate in self.ranking.candidates]
        return slugs.index(self.question.topic) + 1 if self.question.topic in slugs else None

    @property
    def answered(self) -> bool:
        """Whether the bot gave an answer."""
        return self.decision.action == "answer"

    @property
    def right(self) -> bool:
        """Whether the best entry is the right one."""
        return self.rank == 1

    @property
    def confidence(self) -> float:
        """The probability that the bot would act on: 0 where a rule kept it from answering."""
        return self.decision.probability if self.decision.kind is None else 0.0


@dataclass(frozen=True, slots=True)
class Score:
    """Figures of one group; shares between 0 and 1. `coverage` is at 95 % precision, whatever the thresholds."""

    name: str
    questions: int
    answerable: int
    hit_at_1: float
    mrr_at_5: float
    coverage: float
    coverage_threshold: float
    answered_right: float
    answered_wrong: float
    offered_right: float
    intruders: int
    intruders_answered: float


@dataclass(frozen=True, slots=True)
class Bin:
    """Of the questions with a probability in this range, how many were right."""

    low: float
    high: float
    questions: int
    mean_probability: float
    share_right: float


@dataclass(frozen=True, slots=True)
class Report:
    """The whole evaluation."""

    overall: Score
    by_language: tuple[Score, ...]
    by_kind: tuple[Score, ...]
    reliability: tuple[Bin, ...]
    outcomes: tuple[Outcome, ...]

    @property
    def failures(self) -> tuple[Outcome, ...]:
        """Wrong answers first, then right entries missed, the most confident first."""
        wrong = [one for one in self.outcomes if one.answered and not one.right]
        missed = [one for one in self.outcomes if one.question.topic is not None and not one.right and one not in wrong]
        return tuple(sorted(wrong, key=lambda one: -one.confidence) + sorted(missed, key=lambda one: -one.confidence))


def read_questions(path: Path) -> list[Question]:
    """Read a JSON-lines file of {"q", "topic", "lang", "kind"?}; raises ValueError naming a bad line."""
    found = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            found.append(Question(str(row["q"]), row["topic"], str(row["lang"]), str(row.get("kind") or "")))
        except (ValueError, KeyError, TypeError) as error:
            raise ValueError(f'{path.name}, line {number}: expected {{"q", "topic", "lang"}}: {error}') from error
    return found


def evaluate(engine: Engine, questions: Sequence[Question], thresholds: Thresholds | None = None) -> Report:
    """Ask every question and count."""
    outcomes = []
    for question in questions:
        ranking = engine.ask(question.text)
        outcomes.append(Outcome(question, ranking, decide(ranking, question.text, thresholds)))
    return summarise(outcomes)


def summarise(outcomes: Sequence[Outcome]) -> Report:
    """Count the outcomes as a whole, by language and by kind."""
    return Report(
        overall=score("all", outcomes),
        by_language=_grouped(outcomes, lambda one: one.question.language),
        by_kind=_grouped(outcomes, lambda one: one.question.kind or "faq"),
        reliability=tuple(reliability(outcomes)),
        outcomes=tuple(outcomes),
    )


def score(name: str, outcomes: Sequence[Outcome]) -> Score:
    """Count one group."""
    answerable = [one for one in outcomes if one.question.topic is not None]
    intruders = [one for one in outcomes if one.question.topic is None]
    coverage, threshold = coverage_at(outcomes, TARGET_PRECISION)
    return Score(
        name=name,
        questions=len(outcomes),
        answerable=len(answerable),
        hit_at_1=_share(one.right for one in answerable),
        mrr_at_5=_mean(1 / one.rank if one.rank else 0.0 for one in answerable),
        coverage=coverage,
        coverage_threshold=threshold,
        answered_right=_share(one.answered and one.right for one in answerable),
        answered_wrong=_share(one.answered and not one.right for one in answerable),
        offered_right=_share(_offered(one) for one in answerable),
        intruders=len(intruders),
        intruders_answered=_share(one.answered for one in intruders),
    )


def coverage_at(outcomes: Sequence[Outcome], precision: float) -> tuple[float, float]:
    """Return the largest share of answerable questions answered right at a precision, and the threshold for it.

    An answer to a question that must not be answered counts as wrong.
    """
    answerable = sum(one.question.topic is not None for one in outcomes)
    ranked = sorted((one for one in outcomes if one.confidence > 0), key=lambda one: -one.confidence)
    best, threshold, right = 0.0, 1.0, 0
    for number, one in enumerate(ranked, start=1):
        right += one.right
        last_of_ties = number == len(ranked) or ranked[number].confidence < one.confidence
        if last_of_ties and right / number >= precision and answerable and right / answerable > best:
            best, threshold = right / answerable, one.confidence
    return best, threshold


def reliability(outcomes: Sequence[Outcome]) -> list[Bin]:
    """Compare the probability with the share that was right, in ten ranges; rules of phrasing are left out."""
    bins = []
    for number in range(BINS):
        low, high = number / BINS, (number + 1) / BINS
        inside = [
            one
            for one in outcomes
            if low <= one.decision.probability < high or (number == BINS - 1 and one.decision.probability == 1)
        ]
        bins.append(
            Bin(
                low,
                high,
                len(inside),
                _mean(one.decision.probability for one in inside),
                _share(one.right for one in inside),
            )
        )
    return bins


def _offered(one: Outcome) -> bool:
    shown = {candidate.slug for candidate in one.decision.candidates}
    return one.question.topic in shown and one.decision.action in {"answer", "suggest"}


def _grouped(outcomes: Sequence[Outcome], by: Callable[[Outcome], str]) -> tuple[Score, ...]:
    groups: dict[str, list[Outcome]] = {}
    for one in outcomes:
        groups.setdefault(by(one), []).append(one)
    return tuple(score(name, groups[name]) for name in sorted(groups))


def _share(flags: Iterable[bool]) -> float:
    return _mean(float(flag) for flag in flags)


def _mean(numbers: Iterable[float]) -> float:
    found = list(numbers)
    return sum(found) / len(found) if found else 0.0
