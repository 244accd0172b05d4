# SPDX-License-Identifier: MIT
"""Moments and channels in Discord's own way: every reader sees their own clock, and can follow a channel's name."""

import re
from collections.abc import Mapping
from datetime import datetime

from bot.core.i18n.formats import aware
from bot.core.i18n.style import PlainStyle
from bot.core.i18n.voice import Voice
from bot.kit.people import Place
from bot.platforms.discord.limits import NAME
from bot.platforms.discord.markdown import tag, without_tags

_BETWEEN = re.compile(r"( · |, )")
"""What stands between several commands that are named at once."""


class DiscordStyle(PlainStyle):
    """CommonMark with Discord's tags in it; `named` are the commands by their English names, as readers see them."""

    def __init__(self, named: Mapping[str, str] | None = None) -> None:
        self._named = named or {}

    def literal(self, text: str) -> str:
        """Write text so that it is shown as it is."""
        return super().literal(without_tags(text))

    def code(self, text: str) -> str:
        """Write something that people may copy; a command as it is typed here."""
        return super().code("".join(map(self._typed, _BETWEEN.split(text))) if self._named else text)

    def _typed(self, text: str) -> str:
        words = text.removeprefix("/").split(" ")
        for size in (2, 1):
            if named := self._named.get(" ".join(words[:size])):
                return " ".join([f"/{named}", *words[size:]])
        return text

    def moment(self, at: datetime, voice: Voice) -> str:
        """Write a moment that each reader sees in their own time zone."""
        del voice
        return tag(f"t:{int(aware(at).timestamp())}:F")

    def ago(self, at: datetime, voice: Voice) -> str:
        """Write a moment as a distance from now that stays true."""
        del voice
        return tag(f"t:{int(aware(at).timestamp())}:R")

    def place(self, place: Place) -> str:
        """Write a channel so that it can be followed."""
        if place.platform != NAME or place.direct or not place.channel_id.isdigit():
            return super().place(place)
        return tag(f"#{place.thread_id or place.channel_id}")


STYLE = DiscordStyle()
"""The style where nothing is known of commands."""
