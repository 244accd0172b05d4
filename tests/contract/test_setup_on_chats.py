# SPDX-License-Identifier: MIT
"""A new moderator sets the bot up where people chat: on Discord and on Matrix, from the first step to the tests."""

from datetime import timedelta

import pytest
from chatwalk import on_discord, on_matrix
from discordplay import shown


async def test_a_moderator_sets_the_bot_up_on_discord(tmp_path):
    async with on_discord(tmp_path) as (walk, given):
        assert "Step 1 of 10: Language" in await walk.types("setup")
        assert "Which language" in await walk.presses("Choose the language")
        assert "Step 2 of 10" in await walk.answers(language="en")
        await walk.presses("Choose the time zone")
        assert "Did you mean Europe/Madrid" in await walk.answers(zone="Europe/Madird")
        assert "Step 3 of 10: Channel for reference requests" in await walk.answers(zone="Europe/Madrid")
        assert "Step 4 of 10: Channel for announcements" in await walk.presses("Here")
        await walk.presses("Another channel")
        assert "Step 5 of 10" in await walk.answers(place=given["news"])
        assert "6 steps are left" in await walk.presses("Stop here")
        await walk.chat.restart()
        assert "Step 5 of 10: Channel for the digest" in await walk.types("setup")
        for number in (6, 7):
            assert f"Step {number} of 10" in await walk.presses("Next")
        await walk.presses("Choose the role")
        assert "Step 8 of 10: Role of the organisers" in await walk.answers(role=given["librarians"])
        await walk.presses("Choose the role")
        assert "Step 9 of 10: Features" in await walk.answers(role=given["hosts"])
        assert "off: events" in await walk.presses("Switch events off")
        assert "on: requests, events" in await walk.presses("Switch events on")
        assert "Step 10 of 10" in await walk.presses("Next")
        done = await walk.presses("Post the tests")
        assert "Setting up: done" in done
        for _ in range(2):  # the posts are paced
            await walk.chat.server.settle()
            walk.chat.server.clock.move(timedelta(seconds=2))
        for channel in (walk.chat.server.channel, *given["news"]):
            last = shown(_latest(walk.chat.server, channel))
            assert last.splitlines() == ["This is a test: I can post here.", "-# Zoe is setting me up."]
        levels = await walk.types("settings levels")
        assert "the role Librarians: librarian" in levels
        assert "the role Hosts: organiser" in levels


async def test_a_moderator_sets_the_bot_up_on_matrix(tmp_path):
    async with on_matrix(tmp_path) as (walk, given):
        assert "Step 1 of 10: Language" in await walk.types("setup")
        assert "Which language" in await walk.presses("Choose the language")
        assert "Step 2 of 10" in await walk.answers(language="en")
        await walk.presses("Choose the time zone")
        assert "Did you mean Europe/Madrid" in await walk.answers(zone="Europe/Madird")
        step = await walk.answers(zone="Europe/Madrid")
        assert "Step 3 of 10: Channel for reference requests" in step
        assert "For another room, invite me there" in step
        assert "Another channel" not in step
        assert "Step 4 of 10: Channel for announcements" in await walk.presses("Here")
        assert "Step 5 of 10" in await walk.presses("Here")
        assert "6 steps are left" in await walk.presses("Stop here")
        await walk.chat.restart()
        assert "Step 5 of 10: Channel for the digest" in await walk.types("setup")
        for number in (6, 7):
            step = await walk.presses("Next")
            assert f"Step {number} of 10" in step
        assert "a power level" in step
        await walk.presses("Choose the role")
        assert "is no role of this room" in await walk.answers(role="volunteers")
        assert "Step 8 of 10: Role of the organisers" in await walk.answers(role=given["librarians"])
        await walk.presses("Choose the role")
        assert "Step 9 of 10: Features" in await walk.answers(role=given["hosts"])
        assert "off: events" in await walk.presses("Switch events off")
        assert "on: requests, events" in await walk.presses("Switch events on")
        assert "Step 10 of 10" in await walk.presses("Next")
        assert "Setting up: done" in await walk.presses("Post the tests")
        await walk.chat.bot.settle()
        posts = [post.text.splitlines()[0] for post in walk.chat.posted(await walk.chat.place())]
        assert posts == ["This is a test: I can post here."]
        levels = await walk.types("settings levels")
        assert "the role power:25: librarian" in levels
        assert "the role power:10: organiser" in levels


@pytest.mark.parametrize("chat", [on_discord, on_matrix])
async def test_a_member_is_told_that_it_is_for_moderators(chat, tmp_path):
    async with chat(tmp_path) as (walk, _):
        assert "Only a moderator may do this." in await walk.types("setup", who="Ana")


def _latest(server, channel):
    messages = server.env.backend.messages[channel.id].values()
    return next(message.components for message in reversed(messages) if not message.is_ephemeral)
