# SPDX-License-Identifier: MIT
"""Finds what was asked for before: by the same identifier, or by a title that is nearly the same."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.kit import Transaction

from . import store_lists, store_words
from .identifiers import Identifier
from .model import Line, State

ALIKE = 86
"""From this likeness on (0 to 100) two titles are taken for the same."""

MAIN_WORDS = 3
"""How many words a title has at least before its colon for them to stand for all of it."""

SHOWN = 3
_NUMBER = re.compile(r"\d+")
_ROMAN = re.compile(r"x{0,3}(?:ix|iv|v?i{0,3})", re.IGNORECASE)
_LIVE = {State.OPEN, State.CLAIMED, State.WAITING, State.FULFILLED}


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A request that asks for the same, and how sure that is: 100 for the same identifier."""

    line: Line
    likeness: float


def duplicates(
    tx: Transaction, community_id: int, title: str, identifiers: Sequence[Identifier], besides: int | None = None
) -> list[Duplicate]:
    """Return the requests of a community, open or fulfilled, that ask for the same, the surest first."""
    same = _by_identifier(tx, community_id, identifiers)
    near = store_words.candidates(tx, community_id, title)
    lines = store_lists.lines_of(tx, community_id, [*same, *(each for each in near if each not in same)])
    found = [
        Duplicate(line, likeness)
        for line in lines
        if line.id != besides
        and line.state in _LIVE
        and (likeness := 100.0 if line.id in same else _likeness(title, line.title)) >= ALIKE
    ]
    return sorted(found, key=lambda each: (-each.likeness, each.line.state.closed, -each.line.id))[:SHOWN]


def _by_identifier(tx: Transaction, community_id: int, identifiers: Sequence[Identifier]) -> list[int]:
    found: dict[int, None] = {}
    for identifier in identifiers[:10]:
        rows = tx.all(
            """SELECT request_id FROM request_identifiers WHERE community_id = ? AND scheme = ? AND value = ?
               ORDER BY request_id DESC LIMIT 10""",
            community_id,
            identifier.scheme.value,
            identifier.value,
        )
        found |= dict.fromkeys(row["request_id"] for row in rows)
    return list(found)


def _likeness(one: str, other: str) -> float:
    """Compare two titles by their words in any order, also where only one has a subtitle.

    Other years or volumes make another work.
    """
    left, right = store_words.words_of(one), store_words.words_of(other)
    years = _numbers(one), _numbers(other)
    if not left or not right or (all(years) and years[0] != years[1]):
        return 0.0
    return max(_ratio(left, right), _ratio(_main_title(one), right), _ratio(left, _main_title(other)))


def _ratio(one: Sequence[str], other: Sequence[str]) -> float:
    from rapidfuzz import fuzz

    return float(fuzz.token_sort_ratio(" ".join(one), " ".join(other))) if one and other else 0.0


def _main_title(title: str) -> Sequence[str]:
    """Return the words before a colon, unless they are too few to tell a work by."""
    main, colon, _ = title.partition(":")
    words = store_words.words_of(main) if colon else ()
    return words if len(words) >= MAIN_WORDS else ()


def _numbers(title: str) -> set[str]:
    return set(_NUMBER.findall(title)) | {word for word in store_words.words_of(title) if _ROMAN.fullmatch(word)}
