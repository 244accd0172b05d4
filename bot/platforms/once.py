# SPDX-License-Identifier: MIT
"""Renders a reply once for all the places that hear it in the same words: an announcement goes to a thousand."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Generic, TypeVar

from bot.core.i18n.style import Style
from bot.core.i18n.voice import Voice
from bot.kit.reply import Reply

S = TypeVar("S")

FRESH = timedelta(seconds=1)
"""For how long a rendering is good: nothing that is said changes with the second."""

READERS = 8
"""How many languages and time zones are remembered at a time."""


@dataclass(frozen=True, slots=True)
class _Rendered(Generic[S]):
    reply: Reply
    voice: Voice
    style: Style
    sheet: S

    def serves(self, reply: Reply, voice: Voice, style: Style) -> bool:
        """Tell whether it is this very reply, in this style and at this time; comparing replies would cost more."""
        same = self.reply is reply and self.style is style and self.voice.catalogs is voice.catalogs
        return same and abs(voice.now - self.voice.now) < FRESH


class Once(Generic[S]):
    """Remembers what `render` made last for each language and time zone. Replies with files are not held on to.

    `above` is what else the rendering depends on, such as the words that call people; `render` is given it, too.
    """

    def __init__(self, render: Callable[[Reply, Voice, Style, str], S]) -> None:
        self._render = render
        self._known: dict[tuple[str, str, str], _Rendered[S]] = {}

    def __call__(self, reply: Reply, voice: Voice, style: Style, above: str = "") -> S:
        """Return the reply's rendering."""
        if reply.files or reply.image:
            return self._render(reply, voice, style, above)
        reader = voice.locale, voice.zone, above
        known = self._known.get(reader)
        if known is not None and known.serves(reply, voice, style):
            return known.sheet
        sheet = self._render(reply, voice, style, above)
        if len(self._known) >= READERS:
            self._known.clear()
        self._known[reader] = _Rendered(reply, voice, style, sheet)
        return sheet
