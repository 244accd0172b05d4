# SPDX-License-Identifier: MIT
"""The one Markdown parser: CommonMark with strikethrough, no raw HTML, line breaks kept."""

from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from bot.core.markup.escaping import safe_url


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """Return the parser; it keeps nothing between two texts."""
    made = MarkdownIt("commonmark", {"html": False, "breaks": True, "linkify": False, "typographer": False})
    made.enable("strikethrough")
    made.validateLink = lambda url: safe_url(url) is not None  # type: ignore[method-assign]
    return made


def parse(markdown: str) -> list[Token]:
    """Return the block tokens of a Markdown text."""
    return parser().parse(markdown)
