# SPDX-License-Identifier: MIT
"""The chats that the bot can live in, and what an operator sets to have it there.

A platform's author adds a function such as `_discord`, which imports the platform where it is called, never above (its
library is slow to import and belongs to it alone), and a line in `CHATS`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot.config import Config, ConfigError, variable
from bot.platforms.base import Platform

if TYPE_CHECKING:
    from bot.app import App

Builder = Callable[["App"], Platform]


@dataclass(frozen=True, slots=True)
class Chat:
    """One kind of chat; `needs` are the settings without which it is not used, `build` makes its platform.

    `instead` names settings that may be given in place of one of them.
    """

    name: str
    title: str
    needs: tuple[str, ...]
    build: Builder
    instead: Mapping[str, str] = field(default_factory=dict)

    def given(self, config: Config) -> tuple[str, ...]:
        """Return those of its settings that the operator gave."""
        return tuple(
            name
            for name in self.needs
            if getattr(config, name) or (name in self.instead and getattr(config, self.instead[name]))
        )

    @property
    def variables(self) -> str:
        """What to set, as a sentence names it."""
        return " and ".join(variable(name) for name in self.needs)


def _discord(app: "App") -> Platform:
    from bot.platforms.discord.client import Address
    from bot.platforms.discord.platform import DiscordPlatform, Surroundings

    config = app.config
    around = Surroundings(app.db, app.clock, app.catalogs, app.registry, app.health, app.outbox.poster, app.refresh)
    token = config.discord_token.get_secret_value() if config.discord_token else ""
    address = Address(config.discord_api_url, config.discord_gateway_url)
    return DiscordPlatform(around, token, address, sharded=config.discord_sharded)


def _matrix(app: "App") -> Platform:
    from bot.platforms.matrix import MatrixPlatform, RoomBook, Setup, Surroundings, migrations

    config = app.config
    setup = Setup(
        homeserver=config.matrix_homeserver,
        user_id=config.matrix_user,
        password=config.matrix_password,
        token=config.matrix_access_token,
        device_id=config.matrix_device_id,
        folder=config.matrix_store,
        welcome=config.matrix_invites,
        pace=config.matrix_pace,
    )
    given = Surroundings(
        db=app.db,
        clock=app.clock,
        catalogs=app.catalogs,
        registry=app.registry,
        book=RoomBook(app.db, app.settings),
        migrate=lambda: app.db.migrate(migrations()),
        poster=app.outbox.poster,
    )
    return MatrixPlatform(setup, given, app.health)


CHATS: tuple[Chat, ...] = (
    Chat("discord", "Discord", ("discord_token",), _discord),
    Chat(
        "matrix",
        "Matrix",
        ("matrix_homeserver", "matrix_user", "matrix_password"),
        _matrix,
        {"matrix_password": "matrix_access_token"},
    ),
)


def builders(config: Config, chats: Sequence[Chat] = CHATS) -> list[Builder]:
    """Return how to make the platforms that are set up; raises ConfigError when there is none, or half of one."""
    found = []
    for chat in (chat for chat in chats if chat.given(config)):
        if lacking := [variable(name) for name in chat.needs if name not in chat.given(config)]:
            raise ConfigError(f"To run on {chat.title}, {' and '.join(lacking)} must be set as well.")
        found.append(chat.build)
    if not found:
        ways = "; ".join(f"{chat.variables} for {chat.title}" for chat in chats)
        raise ConfigError(
            f"No chat is set up. Set {ways}, in the environment or in .env. "
            '"refdesk console" needs no settings: it runs the bot in this terminal.'
        )
    return found
