# SPDX-License-Identifier: MIT
"""Plain rooms: who is answered, where, and who is not."""

from typing import Annotated

import pytest

from bot.kit import Arg, Cog, Context, Manifest, Text, command, t
from tests.platforms.matrix.homeserver import Homeserver
from tests.platforms.matrix.matrixplay import Bot


class Echo(Cog):
    """Says things again."""

    name = "echo"
    manifest = Manifest("Says things again.", "Nothing.", {})

    @command("echo", "Say it again", free="words", alone=True)
    async def echo(self, ctx: Context, words: Annotated[str, Arg("What to say", ask=True)]) -> Text:
        """Say it again."""
        return t("{name} said: {words}", name=ctx.person.name, words=words)


@pytest.fixture
async def server():
    async with Homeserver() as running:
        yield running


@pytest.fixture
async def bot(server, tmp_path):
    bot = Bot(tmp_path, server, (Echo,))
    await bot.open()
    yield bot
    await bot.close()


async def test_a_command_is_answered_where_it_was_given(bot, server):
    room = await bot.enter("Ana")
    asked = await server.say(room, server.user("Ana"), "!echo hello")
    [answer] = await bot.said(room)
    assert answer["content"] == {
        "msgtype": "m.notice",
        "body": "Ana said: hello",
        "m.mentions": {},
        "m.relates_to": {"m.in_reply_to": {"event_id": asked}},
    }
