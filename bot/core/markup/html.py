# SPDX-License-Identifier: MIT
"""Markdown as HTML that any Matrix client shows, and that holds nothing else.

Source: Matrix client-server API v1.13, "m.room.message msgtypes": the tags and attributes that clients should allow.
"""

import re
from collections.abc import MutableMapping, Sequence
from functools import lru_cache
from html import escape as escape_html
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from bot.core.markup.escaping import SCHEMES, clean
from bot.core.markup.parser import make
from bot.core.markup.plain import inline_plain

_TAGS = {"p", "br", "strong", "em", "del", "code", "pre", "blockquote", "ul", "ol", "li", "hr", "a"} | {
    f"h{level}" for level in range(1, 7)
}
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "code": {"class"}}
_LANGUAGE = re.compile(r"language-[\w+#-]{1,32}")
_ONE_PARAGRAPH = 3


class _Renderer(RendererHTML):
    """Pictures become links: a client would load them from where its reader does not expect."""

    def image(self, tokens: Sequence[Token], idx: int, _options: Any, _env: MutableMapping[str, Any]) -> str:
        source = escape_html(str(tokens[idx].attrs.get("src", "")))
        label = inline_plain(tokens[idx].children or ()).strip()
        return f'<a href="{source}">{escape_html(label) or source}</a>'

    def s_open(self, *_: Any) -> str:
        return "<del>"

    def s_close(self, *_: Any) -> str:
        return "</del>"


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return make(_Renderer)


def to_html(markdown: str) -> str:
    """Return a Markdown text as sanitised HTML; a single paragraph comes without its `<p>`."""
    parser = _parser()
    tokens = parser.parse(clean(markdown))
    if len(tokens) == _ONE_PARAGRAPH and tokens[0].type == "paragraph_open":
        tokens = tokens[1:2]
    return sanitise(parser.renderer.render(tokens, parser.options, {}).strip())


def sanitise(html: str) -> str:
    """Return HTML with nothing but the tags, attributes and addresses that are let through."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_filter,
        url_schemes=set(SCHEMES),
        link_rel=None,
    )


def _filter(_: str, attribute: str, value: str) -> str | None:
    return value if attribute != "class" or _LANGUAGE.fullmatch(value) else None
