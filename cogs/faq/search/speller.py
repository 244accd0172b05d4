# SPDX-License-Identifier: MIT
"""Which words an English sentence meant: the likeliest path through what each word may have been typed for.

This is the noisy channel of spelling correction (Kernighan, Church and Gale 1990; Mays, Damerau and Mercer 1991): a
reading is as likely as its words are side by side, times how likely fingers are to slip so. How often they slip is
estimated from the sentence itself, so that known words are only doubted beside unknown ones. The constants were chosen
on StackFAQ's questions and on the starter FAQ's wordings with made-up slips.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .lexicon import Lexicon
from .names import is_service
from .slips import one_slip_away, unlikeliness
from .stopwords import EVERY_STOPWORD, is_stopword
from .wordlist import WordList

_LONG = 7  # from this many letters on, two slips are forgiven
_MOST = 8  # readings of a word that are followed up
_OWN_BONUS, _OWN_LEAST = 2.5, -11.0  # log odds for the FAQ's telling words, and how rare these are at most
_FUNCTION_WORD, _OTHER_LANGUAGE, _SERVICE, _PLURAL = -11.0, -12.0, -13.0, -15.5
_UNLISTED = -18.0  # what is less likely than this is more likely a word that is on no list
_FOREIGN = -1.5  # a word of 16 languages that is not among the English ones is less likely in an English question
_SLIP_WEIGHT, _SLIP_COST = 1.15, 1.0
_LEAST_RATE, _MOST_RATE = 0.03, 0.3  # share of mistyped words in a sentence that has any
_NEW_OPENING = 3  # how much a first word that the FAQ's questions have not counts


@dataclass(frozen=True, slots=True)
class Typed:
    """A word of a sentence, folded: whether it stays as it is, and whether it directly follows the one before it."""

    word: str
    stays: bool = False
    follows: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    """A word that may have been meant, how probable it is anywhere, and the log odds against this slip."""

    word: str
    probability: float
    against: float


@dataclass(frozen=True, slots=True)
class Path:
    """The likeliest reading of a sentence that ends in a certain word."""

    score: float
    words: tuple[str, ...]


class Speller:
    """Knows the words of one FAQ snapshot: English ones, those of all languages, and those that questions open with."""

    def __init__(
        self,
        english: Lexicon,
        own: Collection[str],
        spellings: Collection[str],
        openings: Mapping[str, int],
        word_list: WordList | None,
    ) -> None:
        self._english, self._spellings, self._list = english, spellings, word_list
        self._own = frozenset(own)
        self._own_by_letter: dict[str, list[str]] = {}
        for word in sorted(self._own):
            self._own_by_letter.setdefault(word[0], []).append(word)
        self._openings, self._opened = openings, sum(openings.values())
        self._choices = lru_cache(maxsize=4_096)(self._find_choices)
        self._probability = lru_cache(maxsize=16_384)(self._find_probability)

    def knows(self, folded: str) -> bool:
        """Tell whether a word is one of the FAQ, of English, or a function word of another language."""
        return folded in self._spellings or folded in EVERY_STOPWORD or is_service(folded) or folded in self._english

    def mend(self, sentence: Sequence[Typed], *, doubt_known: bool) -> list[str]:
        """Return the words that were likeliest meant; known ones are kept unless `doubt_known` and others are wrong."""
        known = [self.knows(typed.word) for typed in sentence]
        wrong = sum(
            not fine and not typed.stays and bool(self._choices(typed.word))
            for fine, typed in zip(known, sentence, strict=True)
        )
        if not wrong:
            return [typed.word for typed in sentence]
        rate = min(max(wrong / (len(sentence) + 1), _LEAST_RATE), _MOST_RATE)
        right, slip = math.log(1 - rate), math.log(rate) - _SLIP_COST
        paths = [Path(0.0, ())]
        for typed, fine in zip(sentence, known, strict=True):
            found = [Choice(typed.word, self._probability(typed.word), -right)]
            if not typed.stays and (not fine or (doubt_known and not self._is_the_faqs_alone(typed.word))):
                found += [
                    Choice(one.word, one.probability, _SLIP_WEIGHT * one.against - slip)
                    for one in self._choices(typed.word)
                ]
            paths = [self._extend(paths, choice, follows=typed.follows) for choice in found]
        return list(max(paths, key=lambda path: path.score).words)

    def _is_the_faqs_alone(self, folded: str) -> bool:
        """Tell whether the FAQ has a word that English has not: an abbreviation, the name of a tool."""
        return folded in self._own and folded not in self._english

    def _extend(self, paths: Sequence[Path], choice: Choice, *, follows: bool) -> Path:
        """Return the likeliest of the paths with a word added to it."""
        score, words = max(
            (path.score + math.log(self._after(path.words, choice, follows)), path.words) for path in paths
        )
        return Path(score - choice.against, (*words, choice.word))

    def _after(self, before: Sequence[str], choice: Choice, follows: bool) -> float:
        if before:
            alone = choice.probability
            return self._english.probability_after(before[-1], choice.word, alone) if follows else alone
        new = _NEW_OPENING * len(self._openings)
        if not new:
            return choice.probability
        return (self._openings.get(choice.word, 0) + new * choice.probability) / (self._opened + new)

    def _find_choices(self, folded: str) -> tuple[Choice, ...]:
        """Return the likeliest words that this one may have been typed for, itself not among them."""
        if len(folded) < 2 or is_service(folded):
            return ()
        found = {
            other
            for other in one_slip_away(folded)
            if other in self._own or self._english.log_probability(other) is not None
        }
        if not found and len(folded) >= _LONG and not self.knows(folded):
            found = self._two_slips_away(folded)
        choices = [Choice(other, self._probability(other), unlikeliness(folded, other)) for other in found]
        choices.sort(key=lambda one: (one.against - math.log(one.probability), one.word))
        return tuple(choices[:_MOST])

    def _two_slips_away(self, folded: str) -> set[str]:
        """Return words with the same first letter that two slips turn into this one."""
        own = self._own_by_letter.get(folded[0], [])
        return {
            str(other)
            for words in (own, self._english.alike(folded, slips=2))
            for other, _, _ in process.extract(folded, words, scorer=OSA.distance, score_cutoff=2, limit=40)
        }

    def _find_probability(self, folded: str) -> float:
        """Return how probable a word is in a question to this FAQ."""
        listed = self._english.log_probability(folded)
        if folded in self._own:
            bonus = 0.0 if is_stopword(folded, None) else _OWN_BONUS
            return math.exp(max(_OWN_LEAST, listed if listed is not None else _OWN_LEAST) + bonus)
        return math.exp(listed if listed is not None else self._unlisted(folded))

    def _unlisted(self, folded: str) -> float:
        if folded in EVERY_STOPWORD:
            return _FUNCTION_WORD
        if folded in self._spellings:
            return _OTHER_LANGUAGE
        if is_service(folded):
            return _SERVICE
        elsewhere = self._list.log_probability(folded) if self._list is not None else None
        least = _PLURAL if folded in self._english else _UNLISTED
        return least if elsewhere is None else max(least, elsewhere + _FOREIGN)
