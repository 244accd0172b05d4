# SPDX-License-Identifier: MIT
"""Finds what was asked for before: by the same identifier, or by a title that is nearly the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.kit import Transaction

from . import store_lists, store_words
from .identifiers import Identifier
from .model import Line, State

ALIKE = 88
"""From this likeness on (0 to 100) two titles are taken for the same."""

SHOWN = 3
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
    """Compare two titles by their words in any order; other years or volumes make another work."""
    from rapidfuzz import fuzz

    left, right = store_words.words_of(one), store_words.words_of(other)
    years = _numbers(left), _numbers(right)
    if not left or not right or (all(years) and years[0] != years[1]):
        return 0.0
    return float(fuzz.token_sort_ratio(" ".join(left), " ".join(right)))


def _numbers(words: Sequence[str]) -> set[str]:
    return {word for word in words if word.isdecimal()}
