# SPDX-License-Identifier: MIT
"""Opens the thread on a message, once: Discord gives it the message's own id, and refuses a second one."""

from typing import Literal

import discord

from bot.core.courier import Parcel

NAME_MAX = 100
ARCHIVED_AFTER: Literal[10080] = 10_080
"""Minutes without news after which Discord folds a thread away, the longest; a new post unfolds it."""

_OPENED_ALREADY = 160_004
_REMEMBERED = 1_000


class Threads:
    """Remembers lately opened threads, so that Discord is not asked again for each post in them."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._open: dict[int, None] = {}

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
            if error.code != _OPENED_ALREADY:
                raise
        self._open[message_id] = None
        while len(self._open) > _REMEMBERED:
            del self._open[next(iter(self._open))]
