# SPDX-License-Identifier: MIT
"""Outages, restarts, refusals: nothing is lost, nothing is done twice, nothing spins."""

import logging
from datetime import timedelta

import pytest

from bot.core.courier import Gone, Parcel, Refused, Retry, Unclear
from bot.kit import Identity, Reply, State, t
from bot.platforms.matrix.errors import StartError
from bot.platforms.matrix.platform import Setup
from bot.storage import places
from tests.platforms.matrix.matrixplay import Bot
from tests.platforms.matrix.samplecog import Sample, meeting

MINUTE = 60_000


async def texts(bot, room):
    return [event["content"]["body"] for event in await bot.said(room)]


async def test_what_was_said_while_the_bot_was_down_is_answered_if_it_is_fresh(bot, server):
    room, ana = await bot.enter("Ana"), server.user("Ana")
    await bot.close()
    await server.say(room, ana, "!echo old", age=11 * MINUTE)
    await server.say(room, ana, "!echo fresh", age=9 * MINUTE)
    await bot.open()
    assert await texts(bot, room) == ["Ana (MODERATOR) said: fresh"]


async def test_a_gap_is_filled_with_what_is_fresh(bot, server):
    room, ana = await bot.enter("Ana"), server.user("Ana")
    await bot.close()
    await server.say(room, ana, "!echo too old", age=11 * MINUTE)
    await server.say(room, ana, "!echo first")
    for number in range(260):
        await server.say(room, ana, f"chatter {number}")
    await server.say(room, ana, "!echo last")
    await bot.open()
    assert sorted(await texts(bot, room)) == ["Ana (MODERATOR) said: first", "Ana (MODERATOR) said: last"]


async def test_the_first_time_the_history_is_not_listened_to(server, tmp_path):
    ana, me = server.user("Ana"), server.user("Refdesk")
    old = await server.room(ana, me)
    await server.member(old, me, me, "join")
    await server.say(old, ana, "!echo before my time")
    invited = await server.room(ana, me)
    bot = Bot(tmp_path, server, (Sample,))
    await bot.open()
    try:
        await bot.settle()
        assert await texts(bot, old) == []
        assert server.rooms[invited].membership(me) == "join"
        await server.say(old, ana, "!echo now")
        assert await texts(bot, old) == ["Ana (MODERATOR) said: now"]
    finally:
        await bot.close()


async def test_what_was_said_before_the_bot_was_invited_is_not_for_it(bot, server):
    ana = server.user("Ana")
    room = await server.room(ana)
    await server.say(room, ana, "!echo before")
    await server.member(room, ana, bot.user_id, "invite")
    await server.say(room, ana, "!echo after")
    await bot.settle()
    assert await texts(bot, room) == ["Ana (MODERATOR) said: after"]


async def test_an_event_that_comes_again_is_answered_once(bot, server):
    room = await bot.enter("Ana")
    await server.say(room, server.user("Ana"), "!echo hello")
    assert len(await texts(bot, room)) == 1
    await bot.app.db.write(lambda tx: tx.run("UPDATE matrix_tokens SET token = 's1'"))
    await bot.restart()
    assert len(await texts(bot, room)) == 1


async def test_who_was_interrupted_by_a_crash_is_told_and_nothing_is_done_twice(bot, server):
    room, ana = await bot.enter("Ana"), server.user("Ana")
    sample = bot.app.registry.cogs["sample"]
    sample.gate.clear()
    question = await server.say(room, ana, "!echo hello")
    await server.until(lambda: server.acked[bot.user_id] >= server.awaited(bot.user_id))
    await bot.passes(lambda: sample.runs)
    await bot.crash()
    await bot.open()
    [told] = await bot.said(room)
    assert "I was stopped while I worked on this." in told["content"]["body"]
    assert told["content"]["m.relates_to"]["m.in_reply_to"]["event_id"] == question
    assert bot.app.registry.cogs["sample"].runs == 0
    await bot.restart()
    assert len(await texts(bot, room)) == 1


async def test_one_broken_event_does_not_cost_the_others_their_answers(bot, server, caplog):
    room, ana = await bot.enter("Ana"), server.user("Ana")
    await bot.close()
    await server.say(room, ana, "!echo before")
    shapes = ["zz", 7, None, [], {"event_id": 7}, {"rel_type": "m.thread", "event_id": []}, {"m.in_reply_to": "x"}]
    for shape in shapes:
        await server.send(room, ana, "m.room.message", {"msgtype": "m.text", "body": "x", "m.relates_to": shape})
        await server.send(room, ana, "m.room.message", {"msgtype": "m.text", "body": "x", "m.mentions": shape})
        await server.send(room, ana, "m.room.message", {"msgtype": "m.text", "body": shape})
        await server.send(room, ana, "m.reaction", {"m.relates_to": shape})
        await server.send(room, ana, "m.room.redaction", {"redacts": shape}, redacts=shape)
        await server.send(room, ana, "m.room.message", shape)
        await server.put_state(room, ana, "m.room.name", "", {"name": shape})
        await server.put_state(room, ana, "m.room.tombstone", "", {"replacement_room": shape})
    await server.put_state(room, ana, "m.room.power_levels", "", {"users": "zz", "events": 7, "users_default": "x"})
    await server.say(room, ana, "!echo after")
    await bot.open()
    found = await texts(bot, room)
    assert found[0] == "Ana (MODERATOR) said: before"
    assert found[-1] == "Ana (MODERATOR) said: after"
    assert "could not be dealt with" not in caplog.text


async def test_an_event_that_breaks_the_handler_costs_the_others_nothing(bot, server, monkeypatch, caplog):
    room, ana = await bot.enter("Ana"), server.user("Ana")
    listener = bot.platform.session.intake._listener
    message = listener._message

    async def breaks(room, event):
        if "poison" in event["content"]["body"]:
            raise RuntimeError("poison")
        return await message(room, event)

    monkeypatch.setattr(listener, "_message", breaks)
    with caplog.at_level(logging.CRITICAL):
        for words in ("!echo one", "!echo poison", "!echo two"):
            await server.say(room, ana, words)
        wanted = ["Ana (MODERATOR) said: one", "Ana (MODERATOR) said: two"]
        assert await texts(bot, room) == wanted
        await bot.restart()
        assert await texts(bot, room) == wanted, "The poison kept what came with it from being done with."


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 500},
        {"status": 502, "body": "<html>"},
        {"status": 429, "body": {"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 2000}},
        {"cut": True},
        {"cut": True, "takes_effect": True},
    ],
)
async def test_an_answer_survives_an_outage_and_comes_once(bot, server, fault):
    room = await bot.enter("Ana")
    broken = server.fail("PUT .*/send/", times=4, **fault)
    await server.say(room, server.user("Ana"), "!echo hello")
    await bot.passes(lambda: not broken.times and bot.idle)
    assert await texts(bot, room) == ["Ana (MODERATOR) said: hello"]


async def test_the_bot_waits_as_long_as_the_homeserver_wants(bot, server):
    room = await bot.enter("Ana")
    server.fail("PUT .*/send/", status=429, body={"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 7000})
    started_at = bot.clock.now()
    await server.say(room, server.user("Ana"), "!echo hello")
    await bot.passes(lambda: len(server.from_(room, bot.user_id)) == 1)
    assert bot.clock.now() - started_at >= timedelta(seconds=7)


@pytest.mark.parametrize("fault", [{"status": 500}, {"status": 429}, {"cut": True}, {"status": 200, "body": "[]"}])
async def test_reading_goes_on_by_itself_after_an_outage(bot, server, fault):
    room = await bot.enter("Ana")
    broken = server.fail("GET .*/sync", times=5, **fault)
    await server.say(room, server.user("Ana"), "!echo hello")
    await bot.passes(lambda: broken.times == 0 and len(server.from_(room, bot.user_id)) == 1)
    assert broken.times == 0
    assert len([1 for method, path, _ in server.requests if path.endswith("/sync")]) < 40


async def test_the_homeserver_may_stop_and_come_back(bot, server):
    room = await bot.enter("Ana")
    await server.__aexit__()
    await bot.passes(lambda: bot.health() is not State.OK)
    await server.__aenter__()
    await server.say(room, server.user("Ana"), "!echo hello")
    await bot.passes(lambda: len(server.from_(room, bot.user_id)) == 1)
    assert bot.health() is State.OK


async def test_a_token_that_was_worn_out_begins_reading_anew(bot, server):
    room = await bot.enter("Ana")
    worn_out = {"errcode": "M_INVALID_PARAM", "error": "bad token"}
    server.fail("GET .*/sync.*since=s", times=4, status=400, body=worn_out)
    await server.say(room, server.user("Ana"), "!echo lost")
    await bot.passes(lambda: "without since" in whole_syncs(server))
    server.heal()
    await bot.passes(lambda: server.acked[bot.user_id] >= server.awaited(bot.user_id))
    await server.say(room, server.user("Ana"), "!echo hello")
    await bot.passes(lambda: len(server.from_(room, bot.user_id)) >= 1)
    assert (await texts(bot, room))[-1] == "Ana (MODERATOR) said: hello"


def whole_syncs(server):
    """How the bot asked for news lately, once it had been refused."""
    lines = [line for line in server.lines if "/sync" in line]
    return ["without since" for line in lines[2:] if "since=" not in line]


async def test_a_revoked_token_stops_with_a_clear_message_and_no_hot_loop(server, tmp_path, caplog):
    account = server.accounts[server.user("Refdesk")]
    account.tokens["given"] = "GIVEN"
    bot = Bot(tmp_path, server, (Sample,), setup=lambda setup: token_setup(setup, "given", "GIVEN"))
    await bot.open()
    try:
        await bot.settle()
        account.tokens.clear()
        with caplog.at_level(logging.CRITICAL):
            await server.say(await server.room(server.user("Ana")), server.user("Ana"), "news")
            before = len(server.requests)
            await server.nudge()
            await bot.passes(lambda: bot.health() is State.DOWN)
        assert "MATRIX_ACCESS_TOKEN" in caplog.text
        await bot.clock_turns(hours=1)
        assert len(server.requests) - before < 10
    finally:
        await bot.close()


def token_setup(setup, token, device_id):
    from dataclasses import replace

    from pydantic import SecretStr

    return replace(setup, password=None, token=SecretStr(token), device_id=device_id)


async def test_a_wrong_password_is_told_at_the_start(server, tmp_path):
    from dataclasses import replace

    from pydantic import SecretStr

    def wrong(setup: Setup) -> Setup:
        return replace(setup, password=SecretStr("wrong"))

    with pytest.raises(StartError, match="MATRIX_PASSWORD"):
        await Bot(tmp_path, server, (Sample,), setup=wrong).open()


async def test_a_homeserver_that_is_away_at_the_start_is_waited_for(server, tmp_path):
    bot = Bot(tmp_path, server, (Sample,))
    server.fail("POST .*/login", times=4, status=503)
    await bot.open()
    try:
        await bot.passes(lambda: bot.platform.session is not None)
        room = await bot.enter("Ana")
        await server.say(room, server.user("Ana"), "!echo hello")
        assert await texts(bot, room) == ["Ana (MODERATOR) said: hello"]
    finally:
        await bot.close()


async def test_the_folder_of_the_keys_is_private(bot, tmp_path):
    assert (tmp_path / "matrix").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "matrix" / "login.json").stat().st_mode & 0o777 == 0o600


# What the courier makes of refusals.


@pytest.fixture
async def post(bot):
    room = await bot.enter("Ana")
    place = await bot.app.db.read(places.find, "matrix", room)
    return place, Parcel("post-1", Reply(t("News.")), bot.app.catalogs.voice("en", "UTC", bot.clock.now()))


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"status": 429, "body": {"errcode": "M_LIMIT_EXCEEDED", "retry_after_ms": 1500}}, Retry),
        ({"status": 403, "body": {"errcode": "M_FORBIDDEN", "error": "not in room"}}, Refused),
        ({"status": 404, "body": {"errcode": "M_NOT_FOUND", "error": "no room"}}, Gone),
        ({"status": 413, "body": {"errcode": "M_TOO_LARGE", "error": "too large"}}, Refused),
        ({"status": 401, "body": {"errcode": "M_UNKNOWN_TOKEN"}}, Retry),
        ({"status": 500}, Unclear),
        ({"cut": True, "times": 2}, Unclear),  # the HTTP library itself tries a broken line once more
    ],
)
async def test_the_courier_says_what_a_failure_means_for_a_post(bot, server, post, fault, error):
    place, parcel = post
    server.fail("PUT .*/send/", **fault)
    with pytest.raises(error) as caught:
        await bot.platform.courier.post(place, parcel)
    assert type(caught.value) is error
    if error is Retry and fault["status"] == 429:
        assert caught.value.after == 1.5
    assert await bot.platform.courier.post(place, parcel)


async def test_a_post_that_arrived_although_nobody_heard_so_arrives_once(bot, server, post):
    place, parcel = post
    server.fail("PUT .*/send/", cut=True, takes_effect=True, times=2)
    with pytest.raises(Unclear):
        await bot.platform.courier.post(place, parcel)
    message_id = await bot.platform.courier.post(place, parcel)
    assert [e["event_id"] for e in server.from_(place.channel_id, bot.user_id)] == [message_id]
    assert await bot.platform.courier.find(place, "post-1") == message_id


async def test_the_homeserver_remembers_posts_of_this_device_for_a_day(bot, post):
    assert bot.platform.courier.memory == 0
    bot.clock.move(timedelta(hours=3))
    assert bot.platform.courier.memory == timedelta(hours=3).total_seconds()
    bot.clock.move(timedelta(days=3))
    assert bot.platform.courier.memory == timedelta(hours=24).total_seconds()


async def test_an_edit_of_a_deleted_message_is_dropped(bot, server, post):
    place, parcel = post
    message_id = await bot.platform.courier.post(place, parcel)
    await server.redact(place.channel_id, server.user("Ana"), message_id)
    with pytest.raises(Gone):
        await bot.platform.courier.edit(place, message_id, parcel)


async def test_a_post_calls_those_whom_it_names_and_the_room_only_with_the_power_to(bot, server, post):
    place, parcel = post
    ana = Identity("matrix", server.user("Ana"), "Ana <b>")
    called = Parcel("post-2", parcel.reply, parcel.voice, mention_role=True, mentions=(ana,))
    await bot.platform.courier.post(place, called)
    [event] = server.from_(place.channel_id, bot.user_id)
    assert event["content"]["msgtype"] == "m.text"
    assert event["content"]["m.mentions"] == {"user_ids": [server.user("Ana")]}
    assert event["content"]["body"] == "Ana <b>:\n\nNews."
    assert '<a href="https://matrix.to/#/@ana:hs.example">Ana &lt;b&gt;</a>' in event["content"]["formatted_body"]
    await server.put_state(
        place.channel_id, server.user("Ana"), "m.room.power_levels", "", {"users": {bot.user_id: 50}}
    )
    await bot.settle()
    await bot.platform.courier.post(place, Parcel("post-3", parcel.reply, parcel.voice, mention_role=True))
    assert server.from_(place.channel_id, bot.user_id)[-1]["content"]["m.mentions"] == {"room": True}


async def test_poison_in_a_post_is_cleaned_and_hurts_nobody(bot, server, post):
    place, parcel = post
    poison = Parcel("post-4", Reply("a\ud800b\x00c", title="\udfff"), parcel.voice)
    assert await bot.platform.courier.post(place, poison)
    body = server.from_(place.channel_id, bot.user_id)[-1]["content"]["body"]
    assert not set(body) & {"\ud800", "\x00"}


async def test_a_card_of_the_outbox_has_its_reactions(bot, server, post):
    place, parcel = post
    card = Parcel("post-5", meeting(bot.app.registry.cogs["sample"]), parcel.voice)
    message_id = await bot.platform.courier.post(place, card)
    signs = [e["content"]["m.relates_to"]["key"] for e in server.from_(place.channel_id, bot.user_id, "m.reaction")]
    assert signs == ["✋\ufe0f", "1\ufe0f\u20e3", "2\ufe0f\u20e3"]
    assert await bot.platform.courier.post(place, card) == message_id
    assert len(server.from_(place.channel_id, bot.user_id, "m.reaction")) == 3
