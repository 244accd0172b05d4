# SPDX-License-Identifier: MIT
"""Splits a line into words, quoted stretches and `key=value` pairs; it never fails, whatever the line holds."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_CLOSING = {'"': '"', "“": "”“", "„": "“”", "”": "”", "«": "»", "»": "«", "'": "'", "‘": "’"}
_APOSTROPHES = "'‘"
_KEY = re.compile(r"([^\W\d][\w-]*)([=:])")
_WORD = re.compile(r"\S+")
_PLAIN = re.compile(r"[^\s\"'“”„«»‘’\\=:]+")


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a line, whose value begins at `value_at`; `unclosed` is an opening mark without its closing one."""

    start: int
    end: int
    value_at: int
    value: str
    key: str | None = None
    unclosed: str = ""
    quoted: bool = False


def quote(value: str) -> str:
    """Return a value as it is typed: in quotes where it is more than a plain word."""
    if _PLAIN.fullmatch(value):
        return value
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def split(text: str, key_of: Callable[[str, str], str | None]) -> Iterator[Word]:
    """Yield the words of a text; `key_of` tells which parameter a `key` before a `separator` names, if any."""
    at, hopeless = 0, set[str]()
    while found := _WORD.search(text, at):
        start = found.start()
        key, value_at = _key(text, start, key_of)
        word = _quoted(text, start, value_at, key, hopeless)
        if word is None:
            end = max(found.end(), value_at)
            mark = text[value_at : value_at + 1]
            unclosed = mark if mark in hopeless and mark not in _APOSTROPHES else ""
            word = Word(start, end, value_at, text[value_at:end], key, unclosed)
        yield word
        at = word.end


def _key(text: str, start: int, key_of: Callable[[str, str], str | None]) -> tuple[str | None, int]:
    found = _KEY.match(text, start)
    if not found or (found[2] == ":" and text[found.end() : found.end() + 1].isspace()):
        return None, start
    key = key_of(found[1], found[2])
    return key, found.end() if key else start


def _quoted(text: str, start: int, value_at: int, key: str | None, hopeless: set[str]) -> Word | None:
    """Read a quotation; a mark that is never closed is remembered, so that a long line is read only once."""
    mark = text[value_at : value_at + 1]
    if not mark or mark not in _CLOSING or mark in hopeless:
        return None
    end = _closing(text, value_at + 1, mark)
    if end is None:
        hopeless.add(mark)
        return None
    if end + 1 < len(text) and not text[end + 1].isspace():
        return None
    inner = re.sub(rf"\\([\\{_CLOSING[mark]}])", r"\1", text[value_at + 1 : end])
    return Word(start, end + 1, value_at, inner.strip() if mark in "«»" else inner, key, quoted=True)


def _closing(text: str, at: int, mark: str) -> int | None:
    """Find the mark that ends a quotation; an apostrophe ends one only where a word ends ('the fair's')."""
    closing = _CLOSING[mark]
    inside = rf"[^\\{closing}]|\\." + (rf"|[{closing}](?!\s|$)" if mark in _APOSTROPHES else "")
    found = re.compile(rf"(?:{inside})*+[{closing}]", re.DOTALL).match(text, at)
    return found.end() - 1 if found else None
