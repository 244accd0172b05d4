# SPDX-License-Identifier: MIT
"""The voice of the terminal itself, for what it says without asking the bot."""

from bot.core.i18n.catalogs import Catalogs
from bot.core.i18n.voice import Voice
from bot.kit.moment import Clock


class Voices:
    """Speaks in a person's language, else in the terminal's."""

    def __init__(self, catalogs: Catalogs, clock: Clock, locale: str = "en", zone: str = "UTC") -> None:
        self._catalogs = catalogs
        self._clock = clock
        self._locale = locale
        self._zone = zone

    def __call__(self, locale: str | None = None) -> Voice:
        """Return the voice for a reader."""
        return self._catalogs.voice((locale, self._locale), self._zone, self._clock.now())
