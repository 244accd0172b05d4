# SPDX-License-Identifier: MIT
"""Who did something on Discord, where, and with which rank, in the core's terms."""

from collections.abc import Mapping
from typing import Any

import discord

from bot.core.exchange import HomeRef, Origin, PlaceRef, Rank, primary
from bot.core.markup import to_plain
from bot.kit.context import Message
from bot.kit.people import HomeKind, Identity, Level
from bot.platforms.discord.components import texts_of
from bot.platforms.discord.limits import NAME

ALONE = "user:"
"""Begins the id of a place that is a person's own: where the bot itself is not, it can reach nobody but the asker."""

LANGUAGES = frozenset(primary(locale.value) for locale in discord.Locale)
"""The languages that Discord's clients can be in; Catalan, for one, is none of them."""

_THREADS = (10, 11, 12)


Names = Mapping[str, str]
"""The names under which servers are known, by id: just after the start Discord has not told them all."""


def of_interaction(interaction: discord.Interaction, names: Names, message: Message | None = None) -> Origin:
    """Return the origin of an interaction."""
    user = interaction.user
    home = home_of(interaction, names)
    return Origin(
        NAME,
        identity(user),
        _place(interaction, home),
        home,
        rank_of(user) if home and isinstance(user, discord.Member) else Rank(),
        interaction.locale.value,
        message,
        languages=LANGUAGES,
    )


def of_message(message: discord.Message, names: Names) -> Origin:
    """Return the origin of a message to the bot. Its locale is not known: Discord sends none with messages."""
    author = message.author
    return Origin(
        NAME,
        identity(author),
        place_ref(message.channel),
        home_ref(message.guild, names) if message.guild else None,
        rank_of(author) if isinstance(author, discord.Member) else Rank(),
        overheard=message.guild is not None,
    )


def home_of(interaction: discord.Interaction, names: Names) -> HomeRef | None:
    """Return the server, provided that the bot itself is in it, and not only in the asker's own list of apps."""
    known = interaction.client.get_guild(interaction.guild_id) if interaction.guild_id else None
    return None if known is None else home_ref(known, names)


def home_ref(guild: discord.Guild, names: Names) -> HomeRef:
    """Return a server in the core's terms."""
    return HomeRef(str(guild.id), guild.name or names.get(str(guild.id), str(guild.id)), HomeKind.SERVER)


def identity(user: discord.User | discord.Member) -> Identity:
    """Return an account."""
    return Identity(NAME, str(user.id), user.display_name)


def rank_of(member: discord.Member) -> Rank:
    """Return what Discord itself says of a member: who manages the server is a moderator."""
    manages = member.guild.owner_id == member.id or _may_manage(member)
    own = member._roles  # noqa: SLF001 (the roles' ids, without the cache)
    roles = frozenset(map(str, (*own, member.guild.id)))  # @everyone has the server's id, and is in no list
    return Rank(Level.MODERATOR if manages else Level.MEMBER, roles)


def _may_manage(member: discord.Member) -> bool:
    granted = member.resolved_permissions or member.guild_permissions
    return granted.manage_guild or granted.administrator


def place_ref(channel: Any) -> PlaceRef:
    """Return a channel, a thread or a private conversation in the core's terms."""
    name = getattr(channel, "name", None) or ""
    if isinstance(channel, discord.Thread):
        return PlaceRef(str(channel.parent_id), str(channel.id), name)
    return PlaceRef(str(channel.id), None, name)


def resolved_place(raw: Mapping[str, Any]) -> PlaceRef:
    """Return a channel that was chosen in a command or a form."""
    name = str(raw.get("name") or "")
    if raw.get("type") in _THREADS and raw.get("parent_id"):
        return PlaceRef(str(raw["parent_id"]), str(raw["id"]), name)
    return PlaceRef(str(raw["id"]), None, name)


def _place(interaction: discord.Interaction, home: HomeRef | None) -> PlaceRef:
    own_direct = interaction.context.dm_channel and not interaction.guild_id
    if interaction.channel is not None and (home or own_direct):
        return place_ref(interaction.channel)
    return PlaceRef(f"{ALONE}{interaction.user.id}")


def resolved_identity(user_id: str, resolved: Mapping[str, Any]) -> Identity:
    """Return an account that was chosen in a command or a form, by the name that it has in the server."""
    user = resolved.get("users", {}).get(user_id, {})
    member = resolved.get("members", {}).get(user_id, {})
    name = member.get("nick") or user.get("global_name") or user.get("username") or user_id
    return Identity(NAME, user_id, str(name))


def resolved_message(raw: Mapping[str, Any], guild_id: int | None) -> Message:
    """Return the message that a shortcut was used on; of a message of ours, its text without the markup."""
    author = raw.get("author", {})
    said = [str(raw.get("content") or ""), *texts_of(raw.get("components", ()))]
    said += [str(embed.get("description") or "") for embed in raw.get("embeds", ())]
    text = "\n".join(part for part in said if part)
    url = f"https://discord.com/channels/{guild_id or '@me'}/{raw['channel_id']}/{raw['id']}"
    name = author.get("global_name") or author.get("username") or ""
    return Message(to_plain(text) if author.get("bot") else text, str(name), url)
