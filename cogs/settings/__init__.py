# SPDX-License-Identifier: MIT
"""Settings in the chat: values, channels, levels, languages and links; every change is logged."""

from bot.kit import Cog, Database, LevelsDesk, LinksDesk, Manifest, ModerationDesk, PlacesDesk, Poster, SettingsDesk
from cogs.settings.accounts import AccountCommands
from cogs.settings.levels import LevelCommands
from cogs.settings.linking import LinkCommands
from cogs.settings.moderating import ModerationCommands
from cogs.settings.pauses import PauseCommands
from cogs.settings.places import PlaceCommands
from cogs.settings.transfer import TransferCommands
from cogs.settings.values import ValueCommands


class Settings(
    ValueCommands,
    PlaceCommands,
    LevelCommands,
    LinkCommands,
    AccountCommands,
    PauseCommands,
    ModerationCommands,
    TransferCommands,
    Cog,
):
    """Let moderators and members change how the bot behaves."""

    name = "settings"
    manifest = Manifest(
        summary="Change how the bot behaves here: values, channels, levels, languages and links.",
        keeps="Your language, time zone and linked accounts, levels granted to you, and who changed which setting.",
        groups={"settings": "How I behave here", "account": "Your own accounts, language and time zone"},
    )

    def __init__(
        self,
        settings: SettingsDesk,
        places: PlacesDesk,
        levels: LevelsDesk,
        links: LinksDesk,
        moderation: ModerationDesk,
        db: Database,
        poster: Poster,
    ) -> None:
        self.desk = settings
        self.places = places
        self.levels = levels
        self.links = links
        self.moderation = moderation
        self.db = db
        self.poster = poster


__all__ = ["Settings"]
