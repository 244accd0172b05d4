# SPDX-License-Identifier: MIT
"""Markdown as plain text that reads well aloud: links as "label (address)", lists with "- ", code as it is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from markdown_it.token import Token

from bot.core.markup.escaping import clean
from bot.core.markup.parser import parse

# Most of what is said: a line that begins with a letter and holds nothing that Markdown takes for markup. Parsing it
# would cost more than all else that its rendering does.
_BARE = re.compile(r"[^\W\d_](?:(?:[^\W_]|[ ,.;:?%/()'\"“”„‘’«»…–—·-])*(?:[^\W_]|[.;:?%)'\"”’»…]))?")

_MENTION = ("https://matrix.to/#/@", "https://matrix.to/#/%40")


def to_plain(markdown: str) -> str:
    """Return a Markdown text as plain text; single line breaks are kept, blocks are parted by one empty line."""
    text = clean(markdown)
    return text if _BARE.fullmatch(text) else _Page().write(parse(text))


def inline_plain(tokens: Sequence[Token]) -> str:
    """Return the tokens of one paragraph as plain text."""
    return "".join(_pieces(tokens))


def _pieces(tokens: Sequence[Token]) -> Iterator[str]:
    opened: list[tuple[str, list[str]]] = []
    for token in tokens:
        if token.type == "link_open":
            opened.append((str(token.attrs.get("href", "")), []))
        elif token.type == "link_close" and opened:
            url, label = opened.pop()
            yield _with_address("".join(label), url)
        elif piece := _piece(token):
            if opened:
                opened[-1][1].append(piece)
            else:
                yield piece


def _piece(token: Token) -> str:
    if token.type == "image":
        return _with_address(inline_plain(token.children or ()), str(token.attrs.get("src", "")))
    return "\n" if token.type in {"softbreak", "hardbreak"} else token.content


def _with_address(label: str, url: str) -> str:
    shown = url.removeprefix("mailto:")
    if not label.strip() or label in (url, shown):
        return shown
    return label if url.startswith(_MENTION) else f"{label} ({shown})"


@dataclass(slots=True)
class _Page:
    """Collects blocks; `marks` holds what each open list or quotation puts before its lines."""

    blocks: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)
    numbers: list[int | None] = field(default_factory=list)
    bullet: str = ""
    tight: list[bool] = field(default_factory=list)
    outermost: bool = False

    def write(self, tokens: Sequence[Token]) -> str:
        for token in tokens:
            self._take(token)
        return "".join(self.blocks).strip("\n")

    def _take(self, token: Token) -> None:
        if token.type == "inline":
            self._put(inline_plain(token.children or ()))
        elif token.type in {"fence", "code_block"}:
            self._put(token.content.removesuffix("\n"))
        elif token.type == "blockquote_open":
            self.marks.append("> ")
        elif token.type in {"bullet_list_open", "ordered_list_open"}:
            ordered = token.type == "ordered_list_open"
            self.outermost = not self.numbers
            self.numbers.append(int(token.attrs.get("start", 1)) if ordered else None)
            self.tight.append(False)
        elif token.type in {"bullet_list_close", "ordered_list_close"}:
            self.numbers.pop()
            self.tight.pop()
        elif token.type == "list_item_open":
            self._open_item()
        elif token.type == "paragraph_open" and self.tight:
            self.tight[-1] = token.hidden
        elif token.type in {"blockquote_close", "list_item_close"}:
            self.marks.pop()
            self.bullet = ""

    def _open_item(self) -> None:
        number = self.numbers[-1]
        self.bullet = "- " if number is None else f"{number}. "
        if number is not None:
            self.numbers[-1] = number + 1
        self.marks.append(" " * len(self.bullet))

    def _put(self, text: str) -> None:
        margin = "".join(self.marks)
        first = margin[: len(margin) - len(self.bullet)] + self.bullet
        lines = text.split("\n")
        shown = [first + lines[0], *((margin + line).rstrip() for line in lines[1:])]
        if self.blocks:
            close = self.tight and self.tight[-1] and not self.outermost
            self.blocks.append("\n" if close else "\n\n")
        self.blocks.append("\n".join(shown))
        self.bullet, self.outermost = "", False
