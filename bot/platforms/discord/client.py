# SPDX-License-Identifier: MIT
"""The connection to Discord: what it asks for, what it keeps in memory, and where it connects to."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

import discord
from discord.gateway import DiscordWebSocket
from discord.http import HTTPClient, Route
from yarl import URL

from bot.platforms.discord.sessions import SHORTEST, Sessions

log = logging.getLogger(__name__)

LONGEST_PATIENCE = 30.0
"""Seconds that a request may wait at Discord's wish; what is asked to wait longer is told to."""

_REMEMBERED = 10_000
"""How many channels are remembered with their server."""

_LOOKED_AFTER = 256
"""New limits after which discord.py looks which old ones it may forget; it keeps as many at least anyway."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where Discord is; empty: Discord's own. A proxy, or a server for tests, is put here."""

    api: str = ""
    gateway: str = ""


def intents() -> discord.Intents:
    """Return what the bot asks to be told of; none of it is privileged."""
    return discord.Intents(guilds=True, guild_messages=True, dm_messages=True)


def options() -> dict[str, Any]:
    """Return how discord.py is to work: no members, messages or presences are kept, nobody is ever called by text."""
    return {
        "intents": intents(),
        "member_cache_flags": discord.MemberCacheFlags.none(),
        "chunk_guilds_at_startup": False,
        "max_messages": None,
        "allowed_mentions": discord.AllowedMentions.none(),
        "max_ratelimit_timeout": LONGEST_PATIENCE,
        "enable_debug_events": False,
    }


class _Direct(discord.Client):
    """A client whose interactions are acted on at once: one task each, where discord.py would start another for it.

    Its sessions begin no faster than Discord has them for a whole day.
    """

    act: Callable[[discord.Interaction], None] | None = None

    def __init__(self, **changed: Any) -> None:
        super().__init__(**changed)
        self._begun = Sessions()
        self._server_of: dict[int, int] = {}
        _look_seldom(self.http)

    def get_channel(self, channel_id: int, /) -> Any:
        """Return a channel, a thread or a private conversation; where it was last is looked first.

        discord.py itself asks each of perhaps a thousand servers, for each of a thousand posts.
        """
        server = self.get_guild(self._server_of.get(channel_id, 0))
        found: Any = server.get_channel_or_thread(channel_id) if server else None
        if found is None:
            found = super().get_channel(channel_id)
            self._remember(channel_id, getattr(found, "guild", None))
        return found

    def _remember(self, channel_id: int, server: discord.Guild | None) -> None:
        self._server_of.pop(channel_id, None)
        if server is not None:
            if len(self._server_of) >= _REMEMBERED:
                self._server_of.clear()
            self._server_of[channel_id] = server.id

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """Wait before a session begins, the longer the more of them broke."""
        now = asyncio.get_running_loop().time()
        seconds = self._begun.pause(shard_id, now, initial=initial, shards=self.shard_count or 1)
        if seconds > SHORTEST:
            log.warning("Sessions with Discord break again and again; the next one begins in %.0f seconds.", seconds)
        if seconds:
            await asyncio.sleep(seconds)

    def dispatch(self, event: str, /, *args: Any, **kwargs: Any) -> None:
        """Pass an event on; nobody listens for the kind of each message of the gateway."""
        if event == "interaction" and self.act is not None:
            self.act(*args)
        elif event != "socket_event_type":
            super().dispatch(event, *args, **kwargs)


class Link(_Direct):
    """One connection; enough for a thousand servers and more."""

    async def setup_hook(self) -> None:
        """Do what is due between signing in and connecting."""
        await self.prepare()

    prepare: Callable[[], Awaitable[object]]


class ShardedLink(_Direct, discord.AutoShardedClient):
    """As many connections as Discord advises."""

    async def setup_hook(self) -> None:
        """Do what is due between signing in and connecting."""
        await self.prepare()

    prepare: Callable[[], Awaitable[object]]


def make_client(*, sharded: bool = False, **changed: Any) -> Link | ShardedLink:
    """Make a client; `changed` are options of discord.py's."""
    kind = ShardedLink if sharded else Link
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nobody misses the voice here
    return kind(**(options() | changed))


async def begin_anew(client: Link | ShardedLink) -> None:
    """Let go of a connection that never came about, so that the client can sign in again."""
    await client.http.close()
    client.http.connector = discord.utils.MISSING
    client.clear()
    if isinstance(client, ShardedLink):
        client.shard_count = None  # type: ignore[assignment]  # Discord may advise another number by now


def _look_seldom(http: HTTPClient) -> None:
    """Let discord.py look for limits that it may forget now and then, not whenever it makes a new one.

    Of those there are as many as channels: an announcement to a thousand of them would look at each a thousand times,
    which takes longer than the posts themselves. They can be forgotten after five minutes at the earliest.
    """
    look, made = http._try_clear_expired_ratelimits, count(1)  # noqa: SLF001 (discord.py's version is pinned)

    def look_now_and_then() -> None:
        if next(made) % _LOOKED_AFTER == 0:
            look()

    http._try_clear_expired_ratelimits = look_now_and_then  # type: ignore[method-assign]  # noqa: SLF001


def redirect(address: Address) -> None:
    """Let discord.py connect elsewhere; it holds its addresses in its classes, for the whole process."""
    if address.api:
        Route.BASE = address.api.rstrip("/")
    if address.gateway:
        DiscordWebSocket.DEFAULT_GATEWAY = URL(address.gateway)
