# SPDX-License-Identifier: MIT
"""CommonMark as the bot speaks it: escaped, rendered to safe HTML and to plain text, and cut between blocks."""

from bot.core.markup.escaping import clean, code, escape, link
from bot.core.markup.plain import to_plain

__all__ = ["clean", "code", "escape", "link", "to_plain"]
