# SPDX-License-Identifier: MIT
"""Where the settings, the places, the levels and the links are changed; each change is noted and holds at once."""

from bot.core.desks.levels import Levels
from bot.core.desks.links import Links
from bot.core.desks.moderation import Moderation
from bot.core.desks.places import Places
from bot.core.desks.privacy import Privacy
from bot.core.desks.settings import Settings

__all__ = ["Levels", "Links", "Moderation", "Places", "Privacy", "Settings"]
