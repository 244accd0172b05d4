# SPDX-License-Identifier: MIT
"""Cuts a long Markdown text into pieces at the borders of its blocks, so that each piece shows what it showed before.

A block that is too long by itself is cut between its items, its lines of code, its lines, sentences or words; where a
cut would tear markup apart (a link over the limit), that block goes on as plain text. Nothing is left out. Links by
reference (`[words][1]`) work only in the piece that holds their definition.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from markdown_it.token import Token
from wcwidth import iter_graphemes

from bot.core.markup.escaping import clean, escape
from bot.core.markup.parser import parse
from bot.core.markup.plain import to_plain

Measure: TypeAlias = Callable[[str], int]

SMALLEST = 32
"""The smallest limit that leaves room for a letter with its marks and a fence of code around it."""

_TRIES = 40
_SENTENCE = re.compile(r"(?<=[.!?…。])\s+")
_BLANK = re.compile(r"\s+")
_UNCOMPARED = re.compile(r"[\s>]+")


def utf8(text: str) -> int:
    """Measure a text in bytes of UTF-8."""
    return len(text.encode("utf-8", "replace"))


def blocks(markdown: str, limit: int, measure: Measure = len) -> list[str]:
    """Return a text in pieces of at most `limit` (characters, or what `measure` counts), in order; [] for an empty one.

    Raises ValueError for a limit below `SMALLEST`.
    """
    if limit < SMALLEST:
        raise ValueError(f"A piece needs a limit of at least {SMALLEST}, not {limit}.")
    source = clean(markdown).strip("\n")
    if measure(source) <= limit:
        return [source] if source.strip() else []
    tokens = parse(source)
    return [piece for piece in _pack(source, _starts(tokens, 0), limit, measure, _split_block) if piece.strip()]


def _starts(tokens: Sequence[Token], level: int) -> list[int]:
    return [token.map[0] for token in tokens if token.map and token.level == level and token.nesting >= 0]


def _pack(
    source: str,
    starts: Sequence[int],
    limit: int,
    measure: Measure,
    split: Callable[[str, int, Measure], Iterator[str]],
) -> Iterator[str]:
    """Join neighbouring parts, which begin at the given lines, as long as they fit; split a part that never does."""
    lines = source.split("\n")
    borders = [0, *starts[1:], len(lines)]
    begin = 0
    for at in range(1, len(borders)):
        if measure(_slice(lines, borders[begin], borders[at])) <= limit:
            continue
        if at - 1 > begin:
            yield _slice(lines, borders[begin], borders[at - 1])
        begin = at - 1
        alone = _slice(lines, borders[begin], borders[at])
        if measure(alone) > limit:
            yield from split(alone, limit, measure)
            begin = at
    if begin < len(borders) - 1:
        yield _slice(lines, borders[begin], borders[-1])


def _slice(lines: Sequence[str], begin: int, end: int) -> str:
    return "\n".join(lines[begin:end]).strip("\n")


def _split_block(source: str, limit: int, measure: Measure) -> Iterator[str]:
    tokens = parse(source)
    first = tokens[0] if tokens else None
    if first and first.type == "fence":
        yield from _split_code(first, limit, measure)
    elif first and first.type in {"bullet_list_open", "ordered_list_open"}:
        yield from _pack(_numbered(source, tokens), _starts(tokens, 1), limit, measure, _split_words)
    else:
        yield from _split_words(source, limit, measure)


def _numbered(source: str, tokens: Sequence[Token]) -> str:
    """Write each item's true number before it, since a piece that begins with it counts on from there."""
    lines = source.split("\n")
    items = [token for token in tokens if token.type == "list_item_open" and token.level == 1 and token.info]
    borders = [item.map[0] for item in items if item.map] + [len(lines)]
    for number, item in enumerate(items, int(tokens[0].attrs.get("start", 1))):
        begin, end = borders[0], borders[1]
        borders = borders[1:]
        wider = max(0, len(str(number)) - len(item.info))
        lines[begin] = re.sub(
            r"\d+(.)", str(number) + r"\1" + " " * (len(item.info) - len(str(number))), lines[begin], count=1
        )
        lines[begin + 1 : end] = [" " * wider + line if line else line for line in lines[begin + 1 : end]]
    return "\n".join(lines)


def _split_code(fence: Token, limit: int, measure: Measure) -> Iterator[str]:
    opening, closing = f"{fence.markup}{fence.info}", fence.markup
    room = limit - measure(f"{opening}\n\n{closing}")
    if room < SMALLEST // 2:
        yield from _literal(fence.content, limit, measure)
        return
    for chunk in _lines(fence.content.removesuffix("\n"), room, measure):
        yield f"{opening}\n{chunk}\n{closing}"


def _lines(text: str, room: int, measure: Measure) -> Iterator[str]:
    chunk: list[str] = []
    for line in (part for whole in text.split("\n") for part in _letters(whole, room, measure)):
        if chunk and measure("\n".join([*chunk, line])) > room:
            yield "\n".join(chunk)
            chunk = []
        chunk.append(line)
    yield "\n".join(chunk)


def _letters(line: str, room: int, measure: Measure) -> Iterator[str]:
    """Yield a line in parts that fit, torn only between letters."""
    if measure(line) <= room:
        yield line
        return
    part, size = "", 0
    for letter in iter_graphemes(line):
        # A "letter" of endless combining marks is torn all the same.
        for mark in [letter] if measure(letter) <= room else letter:
            if size + measure(mark) > room:
                yield part
                part, size = "", 0
            part += mark
            size += measure(mark)
    yield part


def _split_words(source: str, limit: int, measure: Measure) -> Iterator[str]:
    rest = source
    while measure(rest) > limit:
        found = _cut(rest, limit, measure)
        if found is None:
            yield from _literal(to_plain(rest), limit, measure)
            return
        head, rest = found
        yield head
    yield rest


def _cut(source: str, limit: int, measure: Measure) -> tuple[str, str] | None:
    """Part a text in two that show together what it shows; None where no cut does."""
    shown = _compared(source)
    for begin, end in _borders(source, _fitting(source, limit, measure)):
        head, tail = source[:begin].rstrip(), source[end:].lstrip()
        for part in (head, head.removesuffix("\\")):
            if part and tail and _compared(part) + _compared(tail) == shown:
                return part, tail
    return None


def _borders(source: str, most: int) -> list[tuple[int, int]]:
    """Return where a text may be cut, the best first: between lines, then sentences, then words; late before early."""
    kinds = [re.compile(r"\n+"), _SENTENCE, _BLANK]
    found: list[tuple[int, int]] = []
    for kind in kinds:
        spans = [span.span() for span in kind.finditer(source, 0, most + 1)]
        late = [span for span in reversed(spans) if span[0] > most // 2 or kind is _BLANK]
        found += late[: _TRIES // len(kinds)]
    return found


def _fitting(text: str, limit: int, measure: Measure) -> int:
    """Return how many characters from the beginning fit."""
    low, high = 0, min(len(text), limit)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if measure(text[:middle]) <= limit else (low, middle - 1)
    return low


def _compared(markdown: str) -> str:
    return _UNCOMPARED.sub("", to_plain(markdown))


def _literal(text: str, limit: int, measure: Measure) -> Iterator[str]:
    """Yield plain text, escaped, in pieces that fit."""
    for paragraph in re.split(r"\n\n+", text):
        piece = ""
        for word in (part for whole in paragraph.split() for part in _letters(whole, limit // 2, measure)):
            longer = escape(f"{piece} {word}")
            if piece and measure(longer) > limit:
                yield escape(piece)
                piece = word
            else:
                piece = f"{piece} {word}".strip()
        if piece:
            yield escape(piece)
