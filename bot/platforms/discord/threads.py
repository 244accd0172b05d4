# SPDX-License-Identifier: MIT
"""Opens the thread on a message, once: Discord gives it the message's own id, and refuses a second one."""

import logging
from typing import Literal

import discord

from bot.core.courier import Parcel

log = logging.getLogger(__name__)

NAME_MAX = 100
ARCHIVED_AFTER: Literal[10080] = 10_080
"""Minutes without news after which Discord folds a thread away, the longest; a new post unfolds it."""

ARCHIVED = 50_083
"""Discord's code for what cannot be done in a thread that is folded away."""

_OPENED_ALREADY = 160_004
_MAY_NOT = 50_013
_REMEMBERED = 1_000


class Threads:
    """Remembers lately opened threads, so that Discord is not asked again for each post in them."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._open: dict[int, None] = {}
        self._closed: set[int] = set()

    def wanting(self, channel_id: int) -> bool:
        """Tell whether a thread was wished in a channel, and the bot may still not open one there."""
        return channel_id in self._closed and not self._may_open(channel_id)

    async def open(self, channel_id: int, message_id: int, parcel: Parcel) -> None:
        """See to it that there is a thread on a message; raises discord's errors where there can be none."""
        if message_id in self._open or self._client.get_channel(message_id) is not None:
            return
        name = parcel.voice.label(parcel.reply.title, NAME_MAX) or "…"
        try:
            await self._client.http.start_thread_with_message(
                channel_id, message_id, name=name, auto_archive_duration=ARCHIVED_AFTER
            )
        except discord.HTTPException as error:
            if error.code == _MAY_NOT and channel_id not in self._closed:
                self._closed.add(channel_id)
                log.warning("In the channel %d the bot may not open threads (Create Public Threads).", channel_id)
            if error.code != _OPENED_ALREADY:
                raise
        self._closed.discard(channel_id)
        self._open[message_id] = None
        while len(self._open) > _REMEMBERED:
            del self._open[next(iter(self._open))]

    async def unfold(self, thread_id: int) -> None:
        """Bring back a thread that was folded away; raises discord's errors where it is locked."""
        await self._client.http.edit_channel(thread_id, archived=False)

    def _may_open(self, channel_id: int) -> bool:
        channel = self._client.get_channel(channel_id)
        if not isinstance(channel, discord.abc.GuildChannel) or channel.guild.me is None:
            return False
        return channel.permissions_for(channel.guild.me).create_public_threads
