# SPDX-License-Identifier: MIT
"""What levels are called."""

from collections.abc import Mapping

from bot.kit.people import Level
from bot.kit.text import Text, t

_NAMES: Mapping[Level, Text] = {
    Level.MEMBER: t("member"),
    Level.ORGANISER: t("organiser"),
    Level.LIBRARIAN: t("librarian"),
    Level.MODERATOR: t("moderator"),
    Level.OWNER: t("owner"),
}


def level_name(level: Level) -> Text:
    """Return a level as a sentence names it."""
    return _NAMES[level]
