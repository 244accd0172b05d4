# SPDX-License-Identifier: MIT
"""Settings in the chat: values, channels, levels, languages and links; every change is logged."""

from bot.kit import Cog, LevelsDesk, LinksDesk, Manifest, PlacesDesk, SettingsDesk
from cogs.settings.accounts import AccountCommands
from cogs.settings.levels import LevelCommands
from cogs.settings.linking import LinkCommands
from cogs.settings.places import PlaceCommands
from cogs.settings.values import ValueCommands


class Settings(ValueCommands, PlaceCommands, LevelCommands, LinkCommands, AccountCommands, Cog):
    """Let moderators and members change how the bot behaves."""

    name = "settings"
    manifest = Manifest(
        summary="Change how the bot behaves here: values, channels, levels, languages and links.",
        keeps="Your language, time zone and linked accounts, levels granted to you, and who changed which setting.",
        groups={"settings": "How I behave here", "account": "Your own accounts, language and time zone"},
    )

    def __init__(self, settings: SettingsDesk, places: PlacesDesk, levels: LevelsDesk, links: LinksDesk) -> None:
        self.desk = settings
        self.places = places
        self.levels = levels
        self.links = links


__all__ = ["Settings"]
