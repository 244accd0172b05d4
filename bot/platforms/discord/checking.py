# SPDX-License-Identifier: MIT
"""Looks, without connecting to the gateway, whether the token works and the bot may post in its places."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import discord

from bot.kit.text import Text
from bot.platforms.discord.client import Address, make_client, redirect
from bot.platforms.discord.permissions import lacking_of
from bot.platforms.discord.wire import BROKEN


@dataclass(frozen=True, slots=True)
class Asked:
    """A channel (or a thread in it) of a server, by Discord's ids."""

    guild_id: int
    channel_id: int
    thread: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What was found: who the bot is, what it lacks where, and what could not be looked at."""

    account: str = ""
    problem: str = ""
    remedy: str = ""
    lacking: Mapping[Asked, Sequence[Text]] | None = None
    unseen: Mapping[Asked, str] | None = None


async def examine(token: str, address: Address, places: Iterable[Asked]) -> Told:
    """Ask Discord; never raises for what Discord says."""
    redirect(address)
    async with make_client() as client:
        client.prepare = _nothing
        try:
            await client.login(token)
        except discord.LoginFailure:
            return Told(problem="Discord does not accept the token.", remedy="See DISCORD_TOKEN in .env.example.")
        except (discord.DiscordException, *BROKEN) as error:
            said = str(error).rstrip(".") or type(error).__name__
            return Told(problem=f"Discord cannot be reached: {said}.", remedy="See that this machine gets there.")
        lacking: dict[Asked, Sequence[Text]] = {}
        unseen: dict[Asked, str] = {}
        ordered = sorted(places, key=lambda place: place.guild_id)
        for guild_id, found in groupby(ordered, key=lambda place: place.guild_id):
            await _look(client, guild_id, list(found), lacking, unseen)
        return Told(str(client.user), lacking=lacking, unseen=unseen)


async def _look(
    client: discord.Client,
    guild_id: int,
    places: Sequence[Asked],
    lacking: dict[Asked, Sequence[Text]],
    unseen: dict[Asked, str],
) -> None:
    try:
        guild = await client.fetch_guild(guild_id)
        me = await guild.fetch_member(client.user.id if client.user else 0)
        channels = {channel.id: channel for channel in await guild.fetch_channels()}
    except (discord.DiscordException, *BROKEN) as error:
        unseen |= dict.fromkeys(places, f"the server cannot be seen ({error})")
        return
    for place in places:
        channel = channels.get(place.channel_id)
        if channel is None:
            unseen[place] = "the channel does not exist any more, or cannot be seen"
        else:
            lacking[place] = lacking_of(channel.permissions_for(me), thread=place.thread)


async def _nothing() -> None:
    """Have nothing to do between signing in and connecting."""
