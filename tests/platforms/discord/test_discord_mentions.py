# SPDX-License-Identifier: MIT
"""Mentions where the bot may do less than answer by a reply, and by those whom it must not answer."""

import discord
import pytest
from discord_payloads import APP_ID, BOT_ID, CHANNEL_ID, GUILD_ID, slash
from discordplay import shown

ANA = {"id": "4100000000000000001", "username": "ana", "discriminator": "0", "avatar": None, "global_name": "Ana"}
SAID = f"<@{BOT_ID}> Where can I read this?"


async def say(bot, words=SAID, **about) -> None:
    """Let somebody write in the channel, and the bot do what it does about it."""
    made = bot.server._message(CHANNEL_ID, {"content": words})
    await bot.server.gateway.dispatch("MESSAGE_CREATE", {**made, "author": ANA, "guild_id": GUILD_ID, **about})
    sent = await bot.server.interact(2, slash("sample quiet"))
    await sent.answer()  # events are taken in turn, so that the message has been seen by now
    await bot.until(lambda: not bot.platform._under_way)


@pytest.mark.parametrize(
    "about",
    [
        {"author": {**ANA, "bot": True}},
        {"webhook_id": "5100000000000000001"},
        {"author": {**ANA, "id": BOT_ID, "bot": True}},
        {"type": 7},
    ],
    ids=["a bot", "a webhook", "the bot itself", "Discord"],
)
async def test_who_is_no_person_is_not_answered(bot, about):
    await bot.place()
    await say(bot, **about)
    assert len(bot.server.post_log()) == 1


@pytest.mark.parametrize("words", ["Hello", "@everyone", f"<@&{APP_ID}> hello", "<@123> hello", f"`{BOT_ID}`"])
async def test_what_does_not_name_the_bot_is_not_answered(bot, words):
    await bot.place()
    await say(bot, words)
    assert len(bot.server.post_log()) == 1


async def test_a_message_that_is_delivered_twice_is_answered_once(bot):
    await bot.place()
    made = bot.server._message(CHANNEL_ID, {"content": SAID})
    for _ in range(2):
        await bot.server.gateway.dispatch("MESSAGE_CREATE", {**made, "author": ANA, "guild_id": GUILD_ID})
    await say(bot, "Hello")
    assert len(bot.server.post_log()) == 3


async def test_where_the_bot_may_not_write_it_answers_in_private_and_names_what_it_lacks(server):
    allowed, refused = (discord.PermissionOverwrite(send_messages=may) for may in (True, False))
    writers = server.guild.create_role("Writers")
    hall = server.guild.create_text_channel("hall", overwrites={server.guild.default_role: refused, writers: allowed})
    ana = server.member("Ana", roles=(writers,))
    await ana.send(hall, f"<@{server.env.backend.bot_user.id}> Where can I read this?")
    assert len(server.env.backend.messages[hall.id]) == 1
    [said] = server.env.backend.messages[ana.user.dm_channel.id].values()
    text = shown(said.components)
    assert "You said: Where can I read this?" in text
    assert "I may not write in #hall" in text
    assert "give me what I lack there: Send Messages." in text


async def test_without_the_history_an_answer_is_no_reply_but_it_is_there(bot):
    await bot.place()
    refusal = {"message": "You cannot reply without permission to read message history", "code": 160002}
    bot.server.fail(f"POST /channels/{CHANNEL_ID}/messages", status=400, body=refusal)
    await say(bot)
    assert "You said: Where can I read this?" in str(bot.server.post_log()[1]["components"])
    tried = [body for method, path, body in bot.server.requests if method == "POST" and path.endswith("/messages")]
    assert ["message_reference" in body for body in tried] == [True, False]
