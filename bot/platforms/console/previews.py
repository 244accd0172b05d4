# SPDX-License-Identifier: MIT
"""How an answer would look elsewhere: pure renderers by name, to which other platforms add theirs."""

from collections.abc import Callable, Mapping

from bot.core import markup
from bot.core.i18n.voice import Voice
from bot.kit.reply import Reply
from bot.platforms.console.plain import lines
from bot.platforms.wholes import to_markdown

Renderer = Callable[[Reply, Voice], str]
"""Turns a reply into text that shows how it looks, or what is sent."""

EVERYWHERE = ("discord", "matrix")
"""The names that people will try, whether their renderers are here or not."""


def plain(reply: Reply, voice: Voice) -> str:
    """Show a reply as plain text."""
    return "\n".join(lines(reply, voice))


def html(reply: Reply, voice: Voice) -> str:
    """Show a reply as the HTML that a chat takes."""
    return markup.to_html(to_markdown(reply, voice))


RENDERERS: Mapping[str, Renderer] = {"plain": plain, "markdown": to_markdown, "html": html}
