# SPDX-License-Identifier: MIT
"""What a community decides about its FAQ."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from bot.kit import Arg

from .search import LANGUAGES
from .search.decide import Thresholds
from .store_learning import Counts

FEW_VERDICTS = 20
GOOD_SHARE = 0.95


class AnswerLanguage(StrEnum):
    """In which language an answer is given, where there is a choice."""

    ASKED = "asked"
    EN = "en"
    ES = "es"
    FR = "fr"
    DE = "de"
    CA = "ca"

    @property
    def label(self) -> str:
        """The words for people."""
        names = {"en": "English", "es": "Spanish", "fr": "French", "de": "German", "ca": "Catalan"}
        return names.get(self.value, "As the question is asked")

    @property
    def code(self) -> str | None:
        """The language, or None where the question decides."""
        return None if self is AnswerLanguage.ASKED else self.value


@dataclass(frozen=True, slots=True)
class FaqSettings:
    """The settings of the FAQ; the percentages are how sure the bot must be."""

    sure_at_least: Annotated[
        int, Arg("Answers are never given when less sure than this, in percent", min=20, max=99)
    ] = 40
    sure_at_most: Annotated[int, Arg("Answers are always given when surer than this, in percent", min=20, max=99)] = 80
    suggest_from: Annotated[int, Arg("Entries are offered from this likelihood, in percent", min=2, max=90)] = 15
    suggestions: Annotated[bool, Arg("Whether the two next-best entries are offered under an answer")] = True
    remember_questions: Annotated[
        bool, Arg("Whether unanswered questions are kept, without names, so that moderators see what is missing")
    ] = False
    review_months: Annotated[int, Arg("After how many months an entry should be looked at again", min=1, max=120)] = 12
    language: Annotated[AnswerLanguage, Arg("The language of answers")] = AnswerLanguage.ASKED


def thresholds(settings: FaqSettings, fared: Counts, learnt: float | None = None) -> Thresholds:
    """Return from which probability to answer: the usual one, moved by what people said, within the moderators' bounds.

    `learnt` raises it where a community's own entries are easily taken for each other. Twenty verdicts of which one is
    bad change nothing; each further bad one in ten raises the threshold by five points.
    """
    usual = Thresholds()
    verdicts = fared.helped + fared.refused
    answer = max(usual.answer, learnt or 0.0)
    if verdicts >= FEW_VERDICTS:
        answer += 0.5 * (GOOD_SHARE - fared.helped / verdicts)
    least = settings.sure_at_least / 100
    most = max(settings.sure_at_most / 100, least)
    suggest = min(settings.suggest_from / 100, least)
    return Thresholds(min(max(answer, least), most), suggest, usual.most_suggestions)


def spoken(code: str | None) -> str | None:
    """Return a language code where the starter FAQ speaks it."""
    short = (code or "").partition("-")[0].casefold()
    return short if short in LANGUAGES else None
