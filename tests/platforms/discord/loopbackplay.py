# SPDX-License-Identifier: MIT
"""The bot with discord.py's real HTTP and gateway, connected to a Discord on this machine."""

import asyncio
import logging
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import discord
from discord.gateway import DiscordWebSocket, KeepAliveHandler
from discord.http import Route
from discord_loopback import Loopback
from discord_payloads import CHANNEL_ID, GUILD_ID, TOKEN
from discordplay import NOW, around
from discordspec import check_payload

from bot.app import App
from bot.config import Config
from bot.core.clock import ManualClock
from bot.core.courier import Parcel
from bot.kit import Cog, HomeKind, Place, Reply, t
from bot.platforms.discord import client as client_module
from bot.platforms.discord.client import Address
from bot.platforms.discord.platform import DiscordPlatform
from bot.storage import homes, places
from bot.testing.world import sources_of


class Hurry:
    """asyncio for discord.py, whose waits pass at once; `waits` are their seconds."""

    def __init__(self, waits: list[float]) -> None:
        self._waits = waits

    def __getattr__(self, name: str) -> Any:
        return getattr(asyncio, name)

    async def sleep(self, seconds: float, result: Any = None) -> Any:
        self._waits.append(seconds)
        await asyncio.sleep(0)
        return result


@dataclass
class Connected:
    """A bot that is connected; `waits` are the seconds that discord.py would have waited between tries."""

    server: Loopback
    folder: Path
    cogs: tuple[type[Cog] | str, ...]
    waits: list[float] = field(default_factory=list)
    clock: ManualClock = field(default_factory=lambda: ManualClock(NOW))
    token: str = TOKEN
    sharded: bool = False
    tuning: Mapping[str, Any] = field(default_factory=lambda: {"guild_ready_timeout": 0.02})

    async def open(self) -> None:
        self.app = await App.open(
            Config(database=self.folder / "refdesk.db", models=False, _env_file=None),
            clock=self.clock,
            platforms=[self._build],
            cogs=frozenset(cog if isinstance(cog, str) else cog.name for cog in self.cogs),
            sources=sources_of(self.cogs),
        )

    def _build(self, app: App) -> DiscordPlatform:
        address = Address(self.server.api_url, self.server.gateway_url)
        self.platform = DiscordPlatform(around(app), self.token, address, sharded=self.sharded, tuning=self.tuning)
        return self.platform

    async def close(self) -> None:
        await self.app.close()
        for method, path, body in self.server.requests:
            check_payload(method, path, body)

    async def place(self) -> Place:
        """Return the channel as the outbox knows it."""

        def ensure(tx: Any) -> Place:
            home = homes.arrive(tx, "discord", GUILD_ID, "Library 0", HomeKind.SERVER)
            return places.ensure(tx, "discord", CHANNEL_ID, name="main", home_id=home.id)

        await self.until(lambda: bool(self.platform.client.guilds and self.platform.client.is_ready()))
        return await self.app.db.write(ensure)

    def parcel(self, marker: str = "marker-1", words: str = "Zagreb fair, 1921") -> Parcel:
        voice = self.app.catalogs.voice("en", "UTC", self.clock.now())
        return Parcel(marker, Reply(t("{words}", words=words)), voice)

    async def until(self, met: Callable[[], bool]) -> None:
        """Let the event loop run until something holds, for a minute at most."""
        async with asyncio.timeout(60):
            while not met():  # noqa: ASYNC110 (what is waited for lies in several places, none of which rings)
                await asyncio.sleep(0)


@asynccontextmanager
async def connected(
    folder: Path, monkeypatch: Any, server: Loopback, *cogs: type[Cog] | str, opened: bool = True
) -> AsyncIterator[Connected]:
    waits: list[float] = []
    for module in (discord.http, discord.client, discord.webhook.async_, client_module):
        monkeypatch.setattr(module, "asyncio", Hurry(waits))
    monkeypatch.setattr(Route, "BASE", Route.BASE)
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)
    logging.getLogger("discord").setLevel(logging.CRITICAL)
    async with server, _without_heartbeats():
        bot = Connected(server, folder, cogs, waits)
        if not opened:
            yield bot
            return
        await bot.open()
        try:
            yield bot
        finally:
            await bot.close()


@asynccontextmanager
async def _without_heartbeats() -> AsyncIterator[None]:
    """Leave none of discord.py's threads behind: one that beats once more beats on a loop that is closed."""
    try:
        yield
    finally:
        for thread in threading.enumerate():
            if isinstance(thread, KeepAliveHandler):
                thread.stop()
                await asyncio.to_thread(thread.join)
