# SPDX-License-Identifier: MIT
"""The bot in a simulated Discord: a server with a channel, people who act as their clients let them, and what they see.

Everything that is sent is checked against Discord's own OpenAPI document, where that is at hand.
"""

import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import discord
import simcord
from discordspec import check_payload

from bot.app import App
from bot.config import Config
from bot.core.clock import ManualClock
from bot.core.markup import to_plain
from bot.kit import Cog, Level
from bot.platforms.discord.components import texts_of
from bot.platforms.discord.limits import NAME
from bot.platforms.discord.platform import DiscordPlatform, Surroundings
from bot.storage import homes, levels
from bot.testing.world import sources_of

PATIENCE = 60.0
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)

_ADDRESS = re.compile(r"<(https?://[^>]*)>")
_MOMENT = re.compile(r"<t:(-?\d+):[FR]>")


def around(app: App) -> Surroundings:
    return Surroundings(app.db, app.clock, app.catalogs, app.registry, app.health, app.outbox.poster, app.refresh)


class PatientEnv(simcord.Env):
    """A simulated Discord that waits longer than five seconds for a bot on a busy machine."""

    def __init__(self, client: discord.Client) -> None:
        super().__init__(client, settle_timeout=PATIENCE)

    async def _settle_internal(self, *, timeout: float | None = None, **more: Any) -> None:  # noqa: ASYNC109
        await super()._settle_internal(timeout=max(timeout or 0.0, PATIENCE), **more)


@dataclass
class Server:
    """A simulated Discord with one server; `open` and `close` it once."""

    folder: Path
    cogs: tuple[type[Cog] | str, ...]
    clock: ManualClock = field(default_factory=lambda: ManualClock(NOW))
    app: App = field(init=False)
    platform: DiscordPlatform = field(init=False)
    env: simcord.Env = field(init=False)
    checked: int = 0
    nonces: dict[tuple[str, str], Any] = field(default_factory=dict)

    async def open(self) -> None:
        await self._open_app()
        self.env = PatientEnv(self.platform.client)
        await self.env.start()
        self._remember_nonces()
        self.guild = self.env.create_guild("Library of X")
        self.channel = self.guild.create_text_channel("main")
        self.librarians = self.guild.create_role("Librarians")
        await self.settle()
        await self.app.db.write(self._value_role)
        self.app.refresh()

    async def _open_app(self) -> None:
        names = frozenset(cog if isinstance(cog, str) else cog.name for cog in self.cogs)
        self.app = await App.open(
            Config(database=self.folder / "refdesk.db", models=False, _env_file=None),
            clock=self.clock,
            platforms=[self._build],
            cogs=names,
            sources=sources_of(self.cogs),
        )

    def _build(self, app: App) -> DiscordPlatform:
        self.platform = DiscordPlatform(around(app), "token", connect=_do_not_connect)
        return self.platform

    def _value_role(self, tx: Any) -> None:
        home = homes.find(tx, NAME, str(self.guild.id))
        levels.set_role_level(tx, home.id, str(self.librarians.id), "Librarians", Level.LIBRARIAN, None)

    def member(self, name: str, *, librarian: bool = False, roles: tuple[Any, ...] = ()) -> simcord.MemberActor:
        user = self.env.create_user(name.lower(), global_name=name)
        return self.guild.add_member(user, roles=[*roles, *([self.librarians] if librarian else [])])

    async def settle(self) -> None:
        """Wait until the bot has done all that it does before the clock moves."""
        await self.env.settle()
        await self.app.settled()
        await self.env.settle()
        self.check()

    async def restart(self) -> None:
        await self.app.close()
        await self._open_app()
        await self.env.restart_bot(self.platform.client)
        self._remember_nonces()
        await self.settle()

    def _remember_nonces(self) -> None:
        """Answer a post whose nonce is known with the first one, as Discord does and the simulation does not."""
        http, request = self.platform.client.http, self.platform.client.http.request

        async def remembering(route: Any, **options: Any) -> Any:
            nonce = (options.get("json") or {}).get("nonce")
            if route.method != "POST" or nonce is None:
                return await request(route, **options)
            if (route.url, nonce) not in self.nonces:
                self.nonces[route.url, nonce] = await request(route, **options)
            return self.nonces[route.url, nonce]

        http.request = remembering

    async def close(self) -> None:
        self.check()
        await self.app.close()
        await self.env.shutdown()
        self.env.raise_errors()

    def check(self) -> None:
        """Check what was sent since the last time against Discord's own description."""
        for request in self.env.http_requests[self.checked :]:
            check_payload(request.method, request.path, request.json)
        self.checked = len(self.env.http_requests)


async def _do_not_connect(client: discord.Client, token: str) -> None:
    """Leave signing in to the simulation."""


@asynccontextmanager
async def discord_server(folder: Path, *cogs: type[Cog] | str) -> AsyncIterator[Server]:
    server = Server(folder, cogs)
    await server.open()
    try:
        yield server
    finally:
        await server.close()


def shown(components: list[Mapping[str, Any]]) -> str:
    """Return what a reader sees of components, in plain text."""
    lines = _MOMENT.sub(_in_words, "\n".join(texts_of(components)))
    return to_plain(_ADDRESS.sub(r"\1", lines)).replace("\u200b", "")


def _in_words(found: re.Match[str]) -> str:
    return f"{datetime.fromtimestamp(int(found[1]), UTC):%A, %d %B %Y %H:%M} UTC"


def buttons_of(components: list[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Return the buttons in components, in order."""
    found: list[Mapping[str, Any]] = []
    for component in components:
        if component.get("type") == 2:
            found.append(component)
        found += buttons_of(component.get("components") or [])
    return found


Finder = Callable[[Mapping[str, Any]], bool]
