# SPDX-License-Identifier: MIT
"""Answers one message to the bot: a mention in a channel or a thread, or words in a private conversation."""

import logging
from collections.abc import Awaitable, Callable

import discord
from discord.abc import GuildChannel

from bot.core.exchange import Origin, Question
from bot.core.i18n.voice import Voice
from bot.kit.reply import Reply, Visible, Words
from bot.kit.text import t
from bot.platforms.discord import components as parts
from bot.platforms.discord.exchange import Desk
from bot.platforms.discord.forms import render_confirm, render_continue
from bot.platforms.discord.markdown import to_discord
from bot.platforms.discord.paging import Ready, prepare
from bot.platforms.discord.permissions import missing_in
from bot.platforms.discord.render import render
from bot.platforms.discord.wire import BROKEN

log = logging.getLogger(__name__)

_NO_HISTORY = 160_002
"""Discord's code where a reply is refused because the bot may not read the channel's history."""

_OF_SERVERS = (GuildChannel, discord.Thread)


class MessageExchange:
    """Answers a message by replies to it; there is nothing that only one reader sees, so secrets go to the asker."""

    def __init__(self, message: discord.Message, origin: Origin, desk: Desk) -> None:
        self._message = message
        self._origin = origin
        self._desk = desk
        self._said = 0

    @property
    def origin(self) -> Origin:
        """Who did this, and where."""
        return self._origin

    async def begin(self, visible: Visible) -> None:
        """Show that work goes on."""
        if visible is not Visible.SECRET or self._origin.home is None:
            await self._quietly(lambda: self._desk.speaker.typing(self._message.channel.id))

    async def show(self, reply: Reply, visible: Visible, voice: Voice) -> None:
        """Say something in reply, or to the asker alone."""
        sheet = render(reply, voice, framed=reply.card, style=self._desk.style(voice.language))
        ready = await prepare(self._desk.db, sheet, voice, visible, self._origin.person.external_id)
        await self._deliver(ready, visible, voice)

    async def ask(self, question: Question, visible: Visible, voice: Voice) -> None:
        """Ask behind a button: only those may open a form."""
        style = self._desk.style(voice.language)
        shown = (render_confirm if question.confirm else render_continue)(question, voice, style)
        await self._deliver(Ready(shown), visible, voice)

    async def progress(self, words: Words, voice: Voice) -> None:
        """Show that work goes on."""
        del words, voice
        await self.begin(Visible.PUBLIC)

    async def edit(self, reply: Reply, voice: Voice) -> None:
        """Show the reply: there was no button."""
        await self.show(reply, Visible.PUBLIC, voice)

    async def _deliver(self, ready: Ready, visible: Visible, voice: Voice) -> None:
        if visible is not Visible.SECRET or self._origin.home is None:
            await self._quietly(lambda: self._reply(ready, voice))
            return
        try:
            channel_id = await self._desk.speaker.direct(self._message.author.id)
            await self._desk.speaker.post(channel_id, ready.components, ready.files or (), nonce=self._nonce())
        except discord.Forbidden:
            words = t("I cannot write to you in private. Start a conversation with me and ask there.")
        except (discord.DiscordException, *BROKEN) as error:
            log.warning("A private answer could not be sent: %s", error)
            return
        else:
            words = t("I answered you in private.")
        await self._quietly(lambda: self._reply(Ready(render(Reply(words), voice).first), voice))

    async def _reply(self, ready: Ready, voice: Voice) -> None:
        nonce = self._nonce()
        try:
            await self._post(ready, nonce, self._message.id)
        except discord.HTTPException as error:
            if error.code == _NO_HISTORY:
                await self._post(ready, nonce, None)
            elif isinstance(error, discord.Forbidden) and isinstance(self._message.channel, _OF_SERVERS):
                await self._answer_apart(ready, voice, self._message.channel)
            else:
                raise

    async def _post(self, ready: Ready, nonce: str, reply_to: int | None) -> None:
        channel_id = self._message.channel.id
        await self._desk.speaker.post(channel_id, ready.components, ready.files or (), nonce=nonce, reply_to=reply_to)

    async def _answer_apart(self, ready: Ready, voice: Voice, channel: GuildChannel | discord.Thread) -> None:
        """Answer in private where the bot may not write, and say who can mend that."""
        missing = missing_in(channel)
        names = voice.label(missing) if missing else "?"
        log.warning("In #%s the bot is asked and may not answer; it lacks: %s.", channel.name, names)
        words = t(
            "I may not write in #{name}, so I answer here. A moderator can give me what I lack there: {permissions}.",
            name=channel.name,
            permissions=missing or "?",
        )
        above = parts.text(to_discord(voice.markdown(words)))
        channel_id = await self._desk.speaker.direct(self._message.author.id)
        await self._desk.speaker.post(
            channel_id, (above, *ready.components), ready.files or (), nonce=f"{self._nonce()}p"
        )

    def _nonce(self) -> str:
        """Return the same nonce for the same answer, should the message be delivered to the bot twice."""
        self._said += 1
        return f"m{self._message.id}-{self._said}"

    async def _quietly(self, act: Callable[[], Awaitable[object]]) -> None:
        try:
            await act()
        except (discord.DiscordException, *BROKEN) as error:
            log.warning("An answer in the channel %d could not be sent: %s", self._message.channel.id, error)
