# SPDX-License-Identifier: MIT
"""Saying something outside of an interaction: in a channel, as a reply, or to one person in private."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

import aiohttp
import discord
from discord.http import handle_message_parameters

from bot.kit.errors import Unavailable
from bot.kit.reply import Attachment
from bot.kit.text import t
from bot.platforms.discord.components import Component
from bot.platforms.discord.limits import NONCE_MAX
from bot.platforms.discord.payload import Carried, Shown, as_files


class Speaker:
    """Posts and edits messages by id, whether or not the channel is known."""

    def __init__(self, client: discord.Client) -> None:
        self._client = client
        self._directs: dict[int, int] = {}

    async def post(
        self,
        channel_id: int,
        components: Sequence[Component],
        files: Sequence[Attachment] = (),
        *,
        nonce: str,
        mentions: discord.AllowedMentions | None = None,
        reply_to: int | None = None,
    ) -> int:
        """Post and return the message's id. A second post with the same nonce is the first one, for some minutes."""
        answering: Any = discord.utils.MISSING
        if reply_to is not None:
            answering = {"message_id": reply_to, "channel_id": channel_id, "fail_if_not_exists": False}
        view: Any = Carried(components)
        # What discord.py's own `send` does besides, to make a message of the answer, takes as long again.
        with handle_message_parameters(
            view=view,
            files=as_files(files),
            nonce=short(nonce),
            allowed_mentions=mentions,
            previous_allowed_mentions=self._client.allowed_mentions,
            message_reference=answering,
            mention_author=None if reply_to is None else False,
        ) as parameters:
            sent = await self._client.http.send_message(channel_id, params=parameters)
        return int(sent["id"])

    async def edit(
        self, channel_id: int, message_id: int, components: Sequence[Component], files: Sequence[Attachment] | None = ()
    ) -> None:
        """Replace a message; files of None stay as they are."""
        message = self._client.get_partial_messageable(channel_id).get_partial_message(message_id)
        view: Any = Shown(components)
        attached: Any = discord.utils.MISSING if files is None else as_files(files)
        await message.edit(view=view, attachments=attached)

    async def fetch(self, url: str) -> bytes:
        """Read a file that somebody attached; raises Unavailable."""
        try:
            return await self._client.http.get_from_cdn(url)
        except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
            raise Unavailable(t("Discord does not hand your file over. Please try again.")) from error

    async def direct(self, user_id: int) -> int:
        """Return the channel of the private conversation with somebody."""
        if user_id not in self._directs:
            raw: Mapping[str, Any] = await self._client.http.start_private_message(user_id)
            self._directs[user_id] = int(raw["id"])
        return self._directs[user_id]

    async def typing(self, channel_id: int) -> None:
        """Show that work goes on."""
        await self._client.http.send_typing(channel_id)


def short(nonce: str) -> str:
    """Return a nonce that Discord takes; a longer one becomes its hash."""
    return nonce if len(nonce) <= NONCE_MAX else hashlib.sha256(nonce.encode()).hexdigest()[:NONCE_MAX]
