# SPDX-License-Identifier: MIT
"""CommonMark as the bot speaks it: escaped, rendered to safe HTML and to plain text, and cut between blocks."""

from bot.core.markup.cutting import cut
from bot.core.markup.escaping import clean, code, escape, link, safe_url
from bot.core.markup.html import sanitise, to_html
from bot.core.markup.plain import to_plain
from bot.core.markup.splitting import blocks, utf8

__all__ = [
    "blocks",
    "clean",
    "code",
    "cut",
    "escape",
    "link",
    "safe_url",
    "sanitise",
    "to_html",
    "to_plain",
    "utf8",
]
