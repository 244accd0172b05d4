# SPDX-License-Identifier: MIT
"""The chats that the bot can live in, and what an operator sets to have it there.

A platform's author writes a function that imports the platform where it is called, never above (its library is slow
to import and belongs to it alone), and puts it into `CHATS`:

    def discord(app: App) -> Platform:
        from bot.platforms.discord import DiscordPlatform

        return DiscordPlatform(app.config.discord_token, app.catalogs, app.clock)
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.config import Config, ConfigError, variable
from bot.platforms.base import Platform

if TYPE_CHECKING:
    from bot.app import App

Builder = Callable[["App"], Platform]


@dataclass(frozen=True, slots=True)
class Chat:
    """One kind of chat; `needs` are the settings without which it is not used. `build` is None until it is there."""

    name: str
    title: str
    needs: tuple[str, ...]
    build: Builder | None = None

    def given(self, config: Config) -> tuple[str, ...]:
        """Return those of its settings that the operator gave."""
        return tuple(name for name in self.needs if getattr(config, name))

    @property
    def variables(self) -> str:
        """What to set, as a sentence names it."""
        return " and ".join(variable(name) for name in self.needs)


CHATS: tuple[Chat, ...] = (
    Chat("discord", "Discord", ("discord_token",)),
    Chat("matrix", "Matrix", ("matrix_homeserver", "matrix_user", "matrix_password")),
)


def builders(config: Config, chats: Sequence[Chat] = CHATS) -> list[Builder]:
    """Return how to make the platforms that are set up; raises ConfigError when there is none, or half of one."""
    found = []
    for chat in (chat for chat in chats if chat.given(config)):
        if lacking := [variable(name) for name in chat.needs if name not in chat.given(config)]:
            raise ConfigError(f"To run on {chat.title}, {' and '.join(lacking)} must be set as well.")
        if chat.build is None:
            raise ConfigError(
                f"This version of Refdesk cannot connect to {chat.title} yet."
                f" Take {chat.variables} out of the settings."
            )
        found.append(chat.build)
    if not found:
        ways = "; ".join(f"{chat.variables} for {chat.title}" for chat in chats)
        raise ConfigError(
            f"No chat is set up. Set {ways}, in the environment or in .env. "
            '"refdesk console" needs no settings: it runs the bot in this terminal.'
        )
    return found
