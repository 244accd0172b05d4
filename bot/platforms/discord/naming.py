# SPDX-License-Identifier: MIT
"""Commands in what is said, as readers find them in Discord: with a slash, by the name that their client shows."""

from functools import partial

from bot.core.i18n.catalogs import Catalogs
from bot.core.i18n.names import COMMAND, command_names
from bot.core.registry import Registry
from bot.platforms.discord.commands import LOCALES
from bot.platforms.discord.style import DiscordStyle

_TAGS = {each.partition("-")[0]: each for each in LOCALES} | {each: each for each in LOCALES}
"""Discord's locale for a locale or a language; there is none for many languages."""


class Tongue:
    """Knows what commands are called in each language; reads the registry again after `forget`."""

    def __init__(self, registry: Registry, catalogs: Catalogs) -> None:
        self._registry = registry
        self._catalogs = catalogs
        self._styles: dict[str | None, DiscordStyle] = {}

    def style(self, locale: str) -> DiscordStyle:
        """Return the style for readers whose client has a locale; Discord shows English names where it has no such."""
        tag = _TAGS.get(locale)
        if tag not in self._styles:
            language = self._catalogs.negotiate(tag)
            self._styles[tag] = DiscordStyle(command_names(self._registry.commands, partial(self._say, language)))
        return self._styles[tag]

    def forget(self) -> None:
        """Read the registry anew: features came or went."""
        self._styles.clear()

    def _say(self, language: str, word: str) -> str:
        return self._catalogs.translate(language, word, context=COMMAND)
