# SPDX-License-Identifier: MIT
"""Slips of the keyboard: how unlikely it is that one word was typed for another."""

from string import ascii_lowercase

from rapidfuzz.distance import OSA

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_SWAPPED, _DOUBLED, _NEIGHBOUR = 2.0, 1.5, 2.0  # log odds against each kind of slip
_LOST_OR_ADDED, _REPLACED = 2.5, 3.5
_FIRST_LETTER = 1.0
_SECOND_SLIP = 3.5


def _neighbours() -> frozenset[tuple[str, str]]:
    found = set()
    for row, keys in enumerate(_ROWS):
        for place, key in enumerate(keys):
            near = [*keys[max(0, place - 1) : place + 2]]
            if row + 1 < len(_ROWS):
                near += _ROWS[row + 1][max(0, place - 1) : place + 1]
            found |= {pair for other in near for pair in ((key, other), (other, key))}
    return frozenset(found)


_NEAR = _neighbours()


def one_slip_away(word: str) -> set[str]:
    """Return all that is one slip away: a letter lost, added, replaced, or two swapped."""
    parts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    found = {start + end[1:] for start, end in parts if end}
    found |= {start + end[1] + end[0] + end[2:] for start, end in parts if len(end) > 1}
    found |= {start + letter + end[1:] for start, end in parts if end for letter in ascii_lowercase}
    found |= {start + letter + end for start, end in parts for letter in ascii_lowercase}
    return found - {word}


def unlikeliness(typed: str, meant: str) -> float:
    """Return the log odds against typing `typed` for `meant`: 0 for the same, some 2 for a common slip."""
    distance = OSA.distance(typed, meant)
    if distance == 0:
        return 0.0
    start = next((at for at, (one, other) in enumerate(zip(typed, meant, strict=False)) if one != other), None)
    if start is None:
        start = min(len(typed), len(meant))
    first = _FIRST_LETTER if start == 0 else 0.0
    if distance > 1:
        return _REPLACED + (distance - 1) * _SECOND_SLIP + first
    return _single(typed, meant, start) + first


def _single(typed: str, meant: str, at: int) -> float:
    if len(typed) > len(meant):
        return _DOUBLED if at and typed[at] == typed[at - 1] else _LOST_OR_ADDED
    if len(typed) < len(meant):
        return _DOUBLED if at and meant[at] == meant[at - 1] else _LOST_OR_ADDED
    if typed[at] != meant[at] and typed[at : at + 2] == meant[at : at + 2][::-1]:
        return _SWAPPED
    return _NEIGHBOUR if (typed[at], meant[at]) in _NEAR else _REPLACED
