# SPDX-License-Identifier: MIT
"""Keeps what people and outside services wrote from steering the terminal.

Sources: ECMA-48 (control sequences), xterm's "Control Sequences" (operating system commands), UAX #9 (overrides).
"""

import re

from bot.core import markup
from bot.core.i18n.style import PlainStyle
from bot.core.i18n.voice import Speakable, Voice
from bot.kit.people import Place
from bot.kit.text import Markdown

_SEQUENCES = re.compile(
    "(?:\x1b\\]|\x9d)[^\x07\x1b\x9c]*(?:\x07|\x1b\\\\|\x9c)?"  # operating system commands: titles, links, clipboard
    "|(?:\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\x1b\x9c]*(?:\x1b\\\\|\x9c)?"  # device control and the like
    "|(?:\x1b\\[|\x9b)[0-?]*[ -/]*[@-~]?"  # control sequences: colours, cursor movements
    "|\x1b[ -/]*[0-~]?"  # other escapes
)


def safe(text: str) -> str:
    """Return text without control sequences, control characters, direction overrides and lone surrogates."""
    return markup.clean(_SEQUENCES.sub("", text))


def one_line(text: str) -> str:
    """Return safe text on one line."""
    return " ".join(safe(text).split())


class ConsoleStyle(PlainStyle):
    """Writes what is not ours without control sequences."""

    def literal(self, text: str) -> str:
        """Write text so that it neither steers the terminal nor becomes markup."""
        return super().literal(safe(text))

    def code(self, text: str) -> str:
        """Write a code span."""
        return super().code(safe(text))

    def link(self, label: str, url: str) -> str:
        """Write a link whose address holds no control sequence."""
        return super().link(label, safe(url))

    def place(self, place: Place) -> str:
        """Write a room's name with its sign."""
        return self.literal(f"#{(place.name or place.channel_id).removeprefix('#')}")


STYLE = ConsoleStyle()


class Speech:
    """A voice as the terminal hears it: nothing that it says can steer the terminal."""

    def __init__(self, voice: Voice) -> None:
        self.voice = voice

    def plain(self, words: Speakable) -> str:
        """Return words as plain text."""
        return safe(self.voice.plain(_tamed(words), STYLE))

    def markdown(self, words: Speakable) -> str:
        """Return words as CommonMark source."""
        return safe(self.voice.markdown(_tamed(words), STYLE))

    def label(self, words: Speakable) -> str:
        """Return words on one line."""
        return one_line(self.plain(words))


def _tamed(words: Speakable) -> Speakable:
    if isinstance(words, str):
        return safe(words)
    return Markdown(safe(words.source)) if isinstance(words, Markdown) else words
