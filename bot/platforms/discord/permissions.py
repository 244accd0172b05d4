# SPDX-License-Identifier: MIT
"""What the bot may do in a channel, as far as Discord has told it; what it lacks is named as in Discord's settings."""

import discord

from bot.kit.people import Place
from bot.kit.text import Text, t

_NAMES = {
    "view_channel": t("View Channel"),
    "send_messages": t("Send Messages"),
    "send_messages_in_threads": t("Send Messages in Threads"),
    "attach_files": t("Attach Files"),
    "read_message_history": t("Read Message History"),
}
"""The permissions that posting takes, by discord.py's name."""

CREATE_EVENTS = t("Create Events")
"""What entering events into a server's own list takes, and changing those that the bot entered."""

CREATE_THREADS = t("Create Public Threads")
"""What giving each request a thread of its own takes, where moderators wish that."""

CALL_ROLES = t("Mention @everyone, @here, and All Roles (or let the role be mentioned by anyone)")
"""What calling a role takes that its settings do not let everybody call."""

_ALWAYS = ("view_channel", "read_message_history")


def channel_of(client: discord.Client, place: Place) -> discord.abc.GuildChannel | discord.Thread | None:
    """Return a place's channel or thread; None while Discord has not told of it."""
    channel = client.get_channel(int(place.thread_id or place.channel_id))
    return channel if isinstance(channel, discord.abc.GuildChannel | discord.Thread) else None


def lacking(client: discord.Client, place: Place, *, files: bool = False) -> tuple[Text, ...]:
    """Return the permissions that the bot lacks to post in a place; () where nothing is known of it."""
    if not place.channel_id.isdigit():
        return ()
    channel = channel_of(client, place)
    if channel is None:
        parent = client.get_channel(int(place.channel_id))
        channel = parent if isinstance(parent, discord.abc.GuildChannel) else None
    if channel is None or channel.guild.me is None:
        return ()
    return lacking_of(channel.permissions_for(channel.guild.me), thread=place.thread_id is not None, files=files)


def lacking_of(granted: discord.Permissions, *, thread: bool = False, files: bool = True) -> tuple[Text, ...]:
    """Return what is not among the permissions that were granted."""
    send = "send_messages_in_threads" if thread else "send_messages"
    attach = files and getattr(granted, send)  # who may not write may not attach either: one is named
    needed = (*_ALWAYS, send, *(("attach_files",) if attach else ()))
    return tuple(_NAMES[name] for name in needed if not getattr(granted, name))


def missing_in(channel: discord.abc.GuildChannel | discord.Thread) -> tuple[Text, ...]:
    """Return what the bot lacks to answer in a channel or thread."""
    me = channel.guild.me
    if me is None:
        return ()
    return lacking_of(channel.permissions_for(me), thread=isinstance(channel, discord.Thread), files=False)


def as_sentence(client: discord.Client, place: Place, missing: tuple[Text, ...]) -> str:
    """Say, in English, what is missing where: a courier's reasons are shown to moderators as they are."""
    channel = channel_of(client, place)
    name = channel.name if channel else place.name or place.channel_id
    return f"In #{name} I lack the permission {' and '.join(each.message for each in missing)}."


def lacking_for_events(client: discord.Client, guild_id: int) -> tuple[Text, ...]:
    """Return the permissions that the bot lacks to make events of a server; () where nothing is known of it."""
    guild = client.get_guild(guild_id)
    if guild is None or guild.me is None:
        return ()
    return () if guild.me.guild_permissions.create_events else (CREATE_EVENTS,)
