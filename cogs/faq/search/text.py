# SPDX-License-Identifier: MIT
"""Normalising and splitting text, so that anything a person can type becomes harmless words."""

import re
import unicodedata
from functools import lru_cache

import snowballstemmer

MAX_CHARACTERS = 600
MAX_WORDS = 60
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+")
_BLANKS = {"Cc": " ", "Cs": " ", "Co": " ", "Cn": " ", "Zl": " ", "Zp": " ", "Zs": " ", "Cf": ""}  # Cf: soft hyphens
_STEMMERS = {"en": "english", "es": "spanish", "fr": "french", "de": "german", "ca": "catalan"}


def clean(text: str) -> str:
    """Return one line of printable text (NFKC), without control characters, lone surrogates or links; cut to size.

    A text longer than MAX_CHARACTERS keeps its beginning and its end, where the question usually stands.
    """
    if len(text) > 4 * MAX_CHARACTERS:
        text = text[: 2 * MAX_CHARACTERS] + " " + text[-2 * MAX_CHARACTERS :]
    if not text.isprintable():
        text = "".join(_BLANKS.get(unicodedata.category(char), char) for char in text)
    text = " ".join(_LINK.sub(" ", unicodedata.normalize("NFKC", text)).split())
    if len(text) <= MAX_CHARACTERS:
        return text
    half = MAX_CHARACTERS // 2
    return f"{text[: half - 1].rstrip()} {text[-half:].lstrip()}"


@lru_cache(maxsize=16_384)
def fold(text: str) -> str:
    """Lower-case and drop accents: what two spellings of one word have in common."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def words(text: str) -> list[str]:
    """Split a cleaned text into lower-case words with their accents, at most MAX_WORDS."""
    return [match.group() for match in _WORD.finditer(text.casefold())][:MAX_WORDS]


@lru_cache(maxsize=16_384)
def stem(word: str, language: str) -> str:
    """Reduce a word to its folded stem by the language's Snowball rules (English where there are none)."""
    stemmer = snowballstemmer.stemmer(_STEMMERS.get(language, "english"))
    return fold(str(stemmer.stemWord(word)))


def grams(text: str, shortest: int = 2, longest: int = 4) -> list[str]:
    """Cut each folded word, padded by a blank on both sides, into overlapping runs of letters."""
    found: list[str] = []
    for word in words(fold(text)):
        padded = f" {word} "
        for size in range(shortest, longest + 1):
            found.extend(padded[start : start + size] for start in range(max(1, len(padded) - size + 1)))
    return found
