# SPDX-License-Identifier: MIT
"""Some 20,000 English words, the commonest first: those of BERT's word pieces that are whole words."""

import math
from functools import cache

from .wordpieces import all_pieces

_FIRST = 1_995  # the pieces before it are marks, letters and digits
_AT_FIRST = -3.0  # log probability of the commonest word; it falls by Zipf's law


class Lexicon:
    """English words with the log probability that their rank suggests."""

    def __init__(self) -> None:
        self._log = {
            piece: _AT_FIRST - math.log(number - _FIRST)
            for number, piece in enumerate(all_pieces())
            if number > _FIRST and len(piece) > 1 and piece.isascii() and piece.isalpha()
        }
        self._by_beginning: dict[str, list[str]] = {}
        for word in self._log:
            self._by_beginning.setdefault(word[0], []).append(word)

    def __contains__(self, folded: object) -> bool:
        """Tell whether a folded word is listed, or another form of one."""
        return isinstance(folded, str) and (folded in self._log or any(form in self._log for form in _forms(folded)))

    def log_probability(self, folded: str) -> float | None:
        """Return how probable a word is in English text, if it is listed itself."""
        return self._log.get(folded)

    def beginning_with(self, letter: str) -> list[str]:
        """Return the words that begin with a letter."""
        return self._by_beginning.get(letter, [])


@cache
def lexicon() -> Lexicon:
    """Return the list; it is read once."""
    return Lexicon()


def _forms(word: str) -> list[str]:
    """Return the words of which this could be a plural, a participle or the like, and its own plural and past."""
    found = [word + "s"] if len(word) > 3 else []
    if word.endswith("e"):
        found.append(word + "d")
    for ending in ("s", "es", "ed", "d", "ing", "er", "ers", "ly", "able"):
        root = word.removesuffix(ending)
        if root != word and len(root) > 2:
            found.append(root)
            if ending in {"ing", "able", "ed", "er", "ers"}:
                found += [root + "e", root + "ed"]
                if root[-1] == root[-2]:
                    found.append(root[:-1])
    if word.endswith(("ies", "ied")):
        found.append(word[:-3] + "y")
    return found
