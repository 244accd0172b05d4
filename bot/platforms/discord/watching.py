# SPDX-License-Identifier: MIT
"""Follows what happens to servers, channels and roles, and what was missed while the bot was away."""

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import discord

from bot.kit.database import Database, Transaction
from bot.kit.moment import Clock
from bot.kit.posting import Poster
from bot.platforms.discord import homes
from bot.platforms.discord.origins import place_ref
from bot.platforms.discord.permissions import lacking_of

log = logging.getLogger(__name__)

AT_ONCE = 50
"""Servers that one transaction catches up with, so that others need not wait long."""


JUST_JOINED = timedelta(hours=1)
"""A server that the bot joined that long ago at most is greeted also when it was not running just then."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a watcher works with. `forget` drops what is remembered elsewhere; `commands` are the names of all."""

    db: Database
    clock: Clock
    poster: Poster
    forget: Callable[[], None]
    commands: Callable[[], Collection[str]]


class Watcher:
    """Keeps the rows true."""

    def __init__(self, client: discord.Client, around: Surroundings) -> None:
        self._client = client
        self._db = around.db
        self._clock = around.clock
        self._poster = around.poster
        self._forget = around.forget
        self._commands = around.commands
        self._caught_up = False

    async def on_ready(self) -> None:
        """Catch up with what happened while the bot was not connected."""
        present = frozenset(guild.id for guild in self._client.guilds)
        if gone := await self._db.write(homes.leave_others, present):
            log.info("The bot was removed from %d servers meanwhile.", gone)
        known = [guild for guild in self._client.guilds if guild.name and not guild.unavailable]
        self._caught_up = True  # one that comes back from here on is taken up by itself
        for at in range(0, len(known), AT_ONCE):
            await self._catch_up(known[at : at + AT_ONCE])
        since = self._clock.now() - JUST_JOINED
        for guild in known:
            if guild.me is not None and guild.me.joined_at is not None and guild.me.joined_at > since:
                await self._greet(guild)
        self._forget()

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """Begin a community for a server that the bot was added to, or go on with the one that it had."""
        await self._db.write(homes.arrive, guild.id, guild.name, _language(guild))
        await self._greet(guild)
        self._forget()
        log.info("The bot is now in %r.", guild.name)

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """Take up a server that Discord could not serve for a while; at the start all of them are taken up at once."""
        if self._caught_up:
            await self._catch_up([guild])
            self._forget()

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Note that the bot is gone from a server."""
        await self._db.write(homes.leave, guild.id)
        self._forget()
        log.info("The bot is gone from %r.", guild.name)

    async def on_guild_update(self, before: discord.Guild, after: discord.Guild) -> None:
        """Follow a server's new name."""
        if before.name != after.name:
            await self._db.write(homes.arrive, after.id, after.name, _language(after))
            self._forget()

    async def on_guild_channel_update(self, before: discord.abc.GuildChannel, after: discord.abc.GuildChannel) -> None:
        """Follow a channel's new name."""
        if before.name != after.name:
            await self._db.write(homes.rename, self._poster, str(after.id), None, after.name)
            self._forget()

    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """Note that a channel is gone."""
        await self._db.write(homes.lose_place, self._poster, str(channel.id))
        self._forget()

    async def on_thread_update(self, before: discord.Thread, after: discord.Thread) -> None:
        """Follow a thread's new name."""
        if before.name != after.name:
            ref = place_ref(after)
            await self._db.write(homes.rename, self._poster, ref.channel_id, ref.thread_id, ref.name)
            self._forget()

    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """Note that a thread is gone."""
        channel_id, thread_id = str(payload.parent_id), str(payload.thread_id)
        await self._db.write(homes.lose_place, self._poster, channel_id, thread_id)
        self._forget()

    async def on_guild_role_update(self, before: discord.Role, after: discord.Role) -> None:
        """Follow a role's new name."""
        if before.name != after.name:
            await self._db.write(homes.rename_role, self._poster, after.guild.id, after.id, after.name)

    async def on_guild_role_delete(self, role: discord.Role) -> None:
        """Note that a role is gone."""
        await self._db.write(homes.lose_role, self._poster, role.guild.id, role.id)
        self._forget()

    async def _greet(self, guild: discord.Guild) -> None:
        """Say hello where people see it and the bot may write; nothing where there is no such channel."""
        channel = meeting_place(guild)
        if channel is not None:
            await self._db.write(homes.greet, self._poster, guild.id, channel.id, channel.name, self._commands())

    async def _catch_up(self, guilds: Sequence[discord.Guild]) -> None:
        seen = [Seen.of(guild) for guild in guilds]  # discord.py's own objects stay on the event loop
        await self._db.write(_catch_up, self._poster, seen)


@dataclass(frozen=True, slots=True)
class Seen:
    """A server as it is now: its channels and roles are the names by id."""

    id: int
    name: str
    language: str
    channels: Mapping[int, str]
    roles: Mapping[int, str]

    @classmethod
    def of(cls, guild: discord.Guild) -> "Seen":
        """Look at a server."""
        channels = {channel.id: channel.name for channel in guild.channels}
        return cls(guild.id, guild.name, _language(guild), channels, {role.id: role.name for role in guild.roles})


def _catch_up(tx: Transaction, poster: Poster, guilds: Sequence[Seen]) -> None:
    for guild in guilds:
        homes.arrive(tx, guild.id, guild.name, guild.language)
        homes.catch_up_places(tx, poster, guild.id, guild.channels)
        homes.catch_up_roles(tx, poster, guild.id, guild.roles)


def meeting_place(guild: discord.Guild) -> discord.TextChannel | None:
    """Return the channel for a server's own messages, else the first one, where the bot may write."""
    listed = ([guild.system_channel] if guild.system_channel else []) + guild.text_channels
    free = (channel for channel in listed if not lacking_of(channel.permissions_for(guild.me), files=False))
    return None if guild.me is None else next(free, None)


def _language(guild: discord.Guild) -> str:
    """Return a server's language as the catalogs name languages; a server that chose none says "en-US"."""
    locale = guild.preferred_locale.value
    return "en" if locale == "en-US" else locale
