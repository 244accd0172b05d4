# SPDX-License-Identifier: MIT
"""A general word list with how common each word is, read from the embedding model's own SentencePiece file."""

import struct
from collections.abc import Iterator, Mapping
from pathlib import Path

from .protobuf import fields
from .text import fold

_SPACE = "\u2581"  # SentencePiece marks the beginning of a word with it
_COMMONEST, _RAREST = -7.0, -14.0  # log probabilities between which commonness falls from 1 to 0
_FREQUENT = -13.0  # log probability from which a word may replace a misspelt one
_ENDINGS = ("s", "es", "ed", "d", "ing", "er", "ers", "ly", "en", "n", "e", "er", "em", "r", "a", "as", "os", "o")


def _pieces(model: memoryview) -> Iterator[tuple[str, float]]:
    for field, wire, content in fields(model):
        if field == 1 and wire == 2:
            parts = {number: bytes(part) for number, _, part in fields(content)}
            yield parts.get(1, b"").decode("utf-8", "ignore"), struct.unpack("<f", parts.get(2, bytes(4)))[0]


class WordList:
    """Words (folded) with their log probability in general text of 16 languages (not Catalan)."""

    def __init__(self, log_probabilities: Mapping[str, float]) -> None:
        self._log = log_probabilities
        self._by_letter: dict[tuple[int, str], list[str]] = {}
        for word, log_probability in log_probabilities.items():
            if log_probability >= _FREQUENT:
                self._by_letter.setdefault((0, word[0]), []).append(word)
                self._by_letter.setdefault((1, word[1:2]), []).append(word)

    @classmethod
    def read(cls, path: Path) -> "WordList":
        """Read the whole words out of a SentencePiece model; raises OSError if there is none."""
        found: dict[str, float] = {}
        for piece, log_probability in _pieces(memoryview(path.read_bytes())):
            word = piece[1:]
            if piece.startswith(_SPACE) and len(word) > 1 and word.isalpha() and word.upper() != word.lower():
                folded = fold(word)
                found[folded] = max(log_probability, found.get(folded, -99.0))
        return cls(found)

    def __len__(self) -> int:
        return len(self._log)

    def __iter__(self) -> Iterator[str]:
        return iter(self._log)

    def __contains__(self, folded: object) -> bool:
        """Tell whether a folded word, or the word that it is an inflection of, is listed."""
        if not isinstance(folded, str):
            return False
        return folded in self._log or any(
            folded.endswith(ending) and len(folded) - len(ending) > 3 and folded[: -len(ending)] in self._log
            for ending in _ENDINGS
        )

    def alike(self, folded: str) -> list[str]:
        """Return frequent words that could be meant: they begin like it, or would if one letter were added or lost."""
        starts = ((0, folded[:1]), (1, folded[:1]), (0, folded[1:2]))
        return list(dict.fromkeys(word for start in starts for word in self._by_letter.get(start, ())))

    def log_probability(self, folded: str) -> float | None:
        """Return how probable a word is in general text, if it is listed itself."""
        return self._log.get(folded)

    def commonness(self, folded: str) -> float:
        """Return 1 for the commonest words, 0 for the rarest and the unknown."""
        log_probability = self._log.get(folded, _RAREST)
        return min(1.0, max(0.0, (log_probability - _RAREST) / (_COMMONEST - _RAREST)))
