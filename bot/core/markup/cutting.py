# SPDX-License-Identifier: MIT
"""Cuts plain text where a reader sees a border between letters (Unicode's grapheme clusters, UAX #29)."""

from wcwidth import iter_graphemes

_MORE = "…"


def cut(text: str, limit: int) -> str:
    """Return at most `limit` characters of a text, with "…" where something is left out; no letter is torn apart."""
    if len(text) <= limit:
        return text
    if limit < 1:
        return ""
    kept, size = [], len(_MORE)
    for letter in iter_graphemes(text[: limit + 64]):
        size += len(letter)
        if size > limit:
            break
        kept.append(letter)
    return "".join(kept).rstrip() + _MORE
