# SPDX-License-Identifier: MIT
"""The one Markdown parser: CommonMark with strikethrough, no raw HTML, line breaks kept, safe links only."""

from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from bot.core.markup.escaping import safe_url


class _Parser(MarkdownIt):
    """Takes for a link only what may be one; anything else stays text."""

    def validateLink(self, url: str) -> bool:  # noqa: N802 (the library's name)
        return safe_url(url) is not None


def make(renderer: type[RendererHTML] = RendererHTML) -> MarkdownIt:
    """Return a new parser; it keeps nothing between two texts."""
    options = {"html": False, "breaks": True, "linkify": False, "typographer": False}
    return _Parser("commonmark", options, renderer_cls=renderer).enable("strikethrough")


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return make()


def parse(markdown: str) -> list[Token]:
    """Return the block tokens of a Markdown text."""
    return _parser().parse(markdown)
