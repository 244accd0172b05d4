# SPDX-License-Identifier: MIT
"""Takes messages to the bot to the inbox: a mention of it, or words in a private conversation. Never those of bots."""

import re
from collections.abc import Callable, Collection

import discord

from bot.core.greeting import greeting
from bot.core.inbox import Inbox
from bot.kit.reply import Visible
from bot.platforms.discord.exchange import Desk
from bot.platforms.discord.origins import of_message
from bot.platforms.discord.replying import MessageExchange
from bot.platforms.discord.routing import Seen


class Listener:
    """Takes messages to the inbox; who only calls the bot by its name is told what it is for."""

    def __init__(self, inbox: Inbox, desk: Desk, commands: Callable[[], Collection[str]]) -> None:
        self._inbox = inbox
        self._desk = desk
        self._commands = commands
        self._seen = Seen()

    async def take(self, message: discord.Message, own_id: int) -> None:
        """Answer a message if it is for the bot; `own_id` is the bot's account."""
        words = addressed(message, own_id)
        if words is None or self._seen.again(message.id):
            return
        exchange = MessageExchange(message, of_message(message, self._desk.names), self._desk)
        if not words:
            voice = await self._inbox.voice_to(exchange)
            await exchange.show(greeting(self._commands()), Visible.PUBLIC, voice)
        elif message.guild is None and words.startswith("/"):
            await self._inbox.line(exchange, words.removeprefix("/"), exact_first=False)
        else:
            await self._inbox.say(exchange, words)


def addressed(message: discord.Message, own_id: int) -> str | None:
    """Return what is said to the bot; None where it is not meant: the bot's own name must stand in the message."""
    if message.author.bot or message.webhook_id is not None or message.is_system():
        return None
    if message.guild is None:
        return message.content.strip()
    mention = re.compile(rf"<@!?{own_id}>")
    if not mention.search(message.content):
        return None
    return " ".join(mention.sub(" ", message.content).split(" ")).strip()
