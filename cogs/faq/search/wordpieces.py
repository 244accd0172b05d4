# SPDX-License-Identifier: MIT
"""Cuts English text into the word pieces of BERT (uncased): the longest known piece first.

The list of pieces is Google's (Apache License 2.0), as published with BERT and used by MiniLM.
"""

import gzip
import unicodedata
from functools import lru_cache
from importlib.resources import files

from .text import fold

PIECES = "wordpieces.txt.gz"
UNKNOWN, BEGIN, END = 100, 101, 102
MOST = 128  # the model was trained on no longer texts
_LONGEST_WORD = 100
_SYMBOLS = frozenset("$+<=>^`|~")  # symbols that BERT takes for punctuation


def all_pieces() -> list[str]:
    """Return the pieces in the order of their numbers: marks and letters, then words, the commonest first."""
    text = gzip.decompress(files(__package__).joinpath(PIECES).read_bytes()).decode("utf-8")
    return text.rstrip("\n").split("\n")


class WordPieces:
    """The list of pieces, 30,522 of them."""

    def __init__(self) -> None:
        self._numbers = {piece: number for number, piece in enumerate(all_pieces())}
        self._of_word = lru_cache(maxsize=4_096)(self._cut)

    def encode(self, text: str) -> list[int]:
        """Return the numbers of a text's pieces between the marks of beginning and end, at most MOST."""
        found: list[int] = []
        for word in _words(fold(text)):
            found.extend(self._of_word(word))
        return [BEGIN, *found[: MOST - 2], END]

    def _cut(self, word: str) -> tuple[int, ...]:
        found: list[int] = []
        start = 0
        while start < len(word) <= _LONGEST_WORD:
            mark = "##" if start else ""
            known = (end for end in range(len(word), start, -1) if mark + word[start:end] in self._numbers)
            end = next(known, None)
            if end is None:
                return (UNKNOWN,)
            found.append(self._numbers[mark + word[start:end]])
            start = end
        return tuple(found) or (UNKNOWN,)


def _words(text: str) -> list[str]:
    """Split at blanks; punctuation marks and ideographs are words of their own."""
    return "".join(f" {char} " if _stands_alone(char) else char for char in text).split()


@lru_cache(maxsize=1_024)
def _stands_alone(char: str) -> bool:
    ideograph = "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or "\uf900" <= char <= "\ufaff"
    return ideograph or char in _SYMBOLS or unicodedata.category(char).startswith("P")
