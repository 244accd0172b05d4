# SPDX-License-Identifier: MIT
"""A homeserver that takes requests and falls silent: no answer, only its headers, half of it. The bot comes back."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.courier import Parcel, Unclear
from bot.kit import Reply, State, t
from bot.storage import places
from tests.platforms.matrix.matrixplay import Bot
from tests.platforms.matrix.samplecog import Sample

HASTE = 50.0
"""Limits of time are a fiftieth of what they are outside: the silences are real, and short."""

RETRY = timedelta(seconds=5)
"""The clock stands still while the bot waits for the homeserver, save for the pauses between its attempts."""

SILENCES = [{"hang": True}, {"stall": 0.0}, {"stall": 0.5}]


@pytest.fixture
async def bot(server, tmp_path):
    hasty = Bot(tmp_path, server, (Sample,), setup=lambda setup: replace(setup, haste=HASTE))
    await hasty.open()
    yield hasty
    server.heal()
    await hasty.close()


def bodies(bot, server, room):
    return [event["content"]["body"] for event in server.from_(room, bot.user_id)]


@pytest.mark.parametrize("silence", SILENCES)
@pytest.mark.parametrize("takes_effect", [True, False])
async def test_reading_goes_on_after_a_silence_in_a_sync(bot, server, silence, takes_effect):
    room, ana = await bot.enter("Ana"), server.user("Ana")
    broken = server.fail("GET .*/sync", times=3, takes_effect=takes_effect, **silence)
    await server.say(room, ana, "!echo one")
    await server.nudge()
    await bot.passes(lambda: broken.times == 0 and bodies(bot, server, room))
    await server.say(room, ana, "!echo two")
    await bot.passes(lambda: len(bodies(bot, server, room)) > 1)
    await bot.settle()
    assert bodies(bot, server, room) == ["Ana (MODERATOR) said: one", "Ana (MODERATOR) said: two"]
    assert bot.health() is State.OK


@pytest.mark.parametrize("silence", SILENCES)
@pytest.mark.parametrize("takes_effect", [True, False])
async def test_an_answer_survives_a_silence_and_comes_once(bot, server, silence, takes_effect):
    room = await bot.enter("Ana")
    broken = server.fail("PUT .*/send/", times=2, takes_effect=takes_effect, **silence)
    await server.say(room, server.user("Ana"), "!echo hello")
    await bot.passes(lambda: not broken.times and bot.idle and bodies(bot, server, room), near=RETRY)
    await bot.settle()
    assert bodies(bot, server, room) == ["Ana (MODERATOR) said: hello"]
    assert len(server.seen("PUT .*/send/")) == 3


@pytest.mark.parametrize("silence", SILENCES)
async def test_a_post_after_a_silence_is_tried_again_and_arrives_once(bot, server, silence):
    room = await bot.enter("Ana")
    place = await bot.app.db.read(places.find, "matrix", room)
    parcel = Parcel("post-1", Reply(t("News.")), bot.app.catalogs.voice("en", "UTC", bot.clock.now()))
    server.fail("PUT .*/send/", takes_effect=True, **silence)
    with pytest.raises(Unclear, match="did not answer within"):
        await bot.platform.courier.post(place, parcel)
    await bot.platform.courier.post(place, parcel)
    assert bodies(bot, server, room) == ["News."]


@pytest.mark.parametrize("silence", SILENCES)
async def test_a_homeserver_that_is_silent_altogether_is_shown_as_away_and_waited_for(bot, server, silence):
    room = await bot.enter("Ana")
    broken = server.fail(".", times=4, **silence)
    await server.nudge()
    await bot.passes(lambda: bot.health() is State.DEGRADED)
    await server.say(room, server.user("Ana"), "!echo hello")
    await bot.passes(lambda: broken.times == 0 and bodies(bot, server, room))
    await bot.settle()
    assert bodies(bot, server, room) == ["Ana (MODERATOR) said: hello"]
    assert bot.health() is State.OK
