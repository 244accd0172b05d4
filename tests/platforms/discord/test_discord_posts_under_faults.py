# SPDX-License-Identifier: MIT
"""Posts through what goes wrong on the way to Discord: nothing lost, nothing doubled, each fault by its right name."""

import asyncio
import dataclasses

import pytest
from contractcog import Sample
from discord_loopback import Loopback
from discord_payloads import CHANNEL_ID, GUILD_ID, USER_ID
from loopbackplay import connected

from bot.core.courier import Gone, Refused, Retry, Unclear
from bot.kit import Identity
from bot.platforms.discord.components import texts_of
from bot.platforms.discord.courier import marks
from bot.platforms.discord.limits import CALLED_MAX

POST = f"POST /channels/{CHANNEL_ID}/messages"
ANA = Identity("discord", USER_ID, "Ana")


@pytest.fixture
async def place(bot):
    return await bot.place()


def said(bot) -> int:
    return len(bot.server.post_log())


async def test_asked_to_wait_the_bot_waits_and_delivers_once(bot, place):
    bot.server.fail(POST, status=429, body={"retry_after": 0.5, "global": False}, headers={"Retry-After": "0.5"})
    assert await bot.platform.courier.post(place, bot.parcel())
    assert said(bot) == 1
    assert 0.5 in bot.waits


async def test_asked_to_wait_for_long_the_outbox_is_told_how_long(bot, place):
    bot.server.fail(POST, status=429, body={"retry_after": 120.0, "global": False}, headers={"Retry-After": "120"})
    with pytest.raises(Retry) as told:
        await bot.platform.courier.post(place, bot.parcel())
    assert told.value.after == 120.0
    assert said(bot) == 0


@pytest.mark.parametrize("status", [500, 502, 504])
async def test_a_passing_error_of_discords_is_tried_again_and_delivered_once(bot, place, status):
    bot.server.fail(POST, status=status)
    assert await bot.platform.courier.post(place, bot.parcel())
    assert said(bot) == 1


@pytest.mark.parametrize("status", [500, 503])
async def test_a_lasting_error_of_discords_leaves_open_whether_it_arrived(bot, place, status):
    bot.server.fail(POST, status=status, times=9)
    with pytest.raises(Unclear):
        await bot.platform.courier.post(place, bot.parcel())


async def test_done_then_failed_is_delivered_once(bot, place):
    bot.server.fail(POST, status=500, done=True)
    message_id = await bot.platform.courier.post(place, bot.parcel())
    assert [each["id"] for each in bot.server.post_log()] == [message_id]


@pytest.mark.parametrize("done", [False, True], ids=["before", "after"])
async def test_a_broken_connection_is_unclear_and_the_next_try_delivers_once(bot, place, done):
    bot.server.fail(POST, reset=True, done=done)
    with pytest.raises(Unclear):
        await bot.platform.courier.post(place, bot.parcel())
    message_id = await bot.platform.courier.post(place, bot.parcel())
    assert [each["id"] for each in bot.server.post_log()] == [message_id]


async def test_no_connection_at_all_is_no_delivery(bot, place):
    await bot.server._runner.cleanup()
    with pytest.raises(Retry):
        await bot.platform.courier.post(place, bot.parcel())


async def test_an_answer_that_comes_late_is_waited_for(bot, place):
    hold = asyncio.Event()
    fault = bot.server.fail(POST, hold=hold)
    posting = asyncio.ensure_future(bot.platform.courier.post(place, bot.parcel()))
    await fault.met.wait()
    assert not posting.done()
    hold.set()
    assert await posting == bot.server.post_log()[0]["id"]


@pytest.mark.parametrize(
    ("status", "code", "kind", "words"),
    [
        (404, 10003, Gone, "channel"),
        (404, 10008, Gone, "message"),
        (403, 50001, Refused, "may not see"),
        (403, 50013, Refused, "permission"),
        (403, 50083, Refused, "thread"),
        (413, 40005, Refused, "larger"),
        (400, 50035, Refused, "refuses"),
        (401, 0, Retry, "token"),
        (503, 130000, Unclear, "trouble"),
        (400, 40003, Retry, "patience"),
        (403, 50278, Refused, "takes no private messages"),
    ],
)
async def test_what_discord_refuses_is_named(bot, place, status, code, kind, words):
    bot.server.fail(POST, status=status, body={"message": "no", "code": code}, times=9)
    with pytest.raises(kind) as told:
        await bot.platform.courier.post(place, bot.parcel())
    assert type(told.value) is kind
    assert words in told.value.reason


async def test_a_person_who_takes_no_messages_is_named(bot, place):
    bot.server.fail("/messages", status=403, body={"message": "no", "code": 50007})
    with pytest.raises(Refused, match="takes no private messages"):
        await bot.platform.courier.tell(ANA, bot.parcel())


async def test_a_post_is_found_among_others_by_its_marker(bot, place):
    wanted = await bot.platform.courier.post(place, bot.parcel("wanted"))
    for number in range(130):
        await bot.platform.courier.post(place, bot.parcel(f"other-{number}"))
    assert await bot.platform.courier.find(place, "wanted") == wanted
    assert await bot.platform.courier.find(place, "never sent") is None


async def test_a_history_that_may_not_be_read_leaves_it_open(bot, place):
    bot.server.fail("GET /channels", status=403, body={"message": "no", "code": 50001})
    with pytest.raises(Refused):
        await bot.platform.courier.find(place, "wanted")


async def test_a_message_that_was_deleted_is_gone_when_it_is_edited(bot, place):
    message_id = await bot.platform.courier.post(place, bot.parcel())
    bot.server.messages[CHANNEL_ID].clear()
    with pytest.raises(Gone):
        await bot.platform.courier.edit(place, message_id, bot.parcel("edit"))


async def test_nobody_is_called_by_a_post_unless_it_is_meant(bot, place):
    await bot.platform.courier.post(place, bot.parcel(words="@everyone <@1> <@&2>"))
    [body] = [body for method, path, body in bot.server.requests if f"{method} {path}" == POST]
    assert not any(body["allowed_mentions"].get(key) for key in ("parse", "users", "roles", "replied_user"))
    assert body["enforce_nonce"] is True


async def test_roles_are_called_that_the_server_has_and_none_else(tmp_path, monkeypatch):
    server = Loopback()
    everybody = server.gateway.guilds[0]["roles"][0]
    server.gateway.guilds[0]["roles"].append({**everybody, "id": "2500000000000000001", "name": "Librarians"})
    async with connected(tmp_path, monkeypatch, server, Sample) as bot:
        place = await bot.place()
        parcel = dataclasses.replace(
            bot.parcel(words="<@&2500000000000000002>"),
            roles=("2500000000000000001", "2599999999999999999", GUILD_ID, "!room:example.org"),
            mentions=(ANA,),
        )
        await bot.platform.courier.post(place, parcel)
        [body] = [body for method, path, body in server.requests if f"{method} {path}" == POST]
        allowed = {key: value for key, value in body["allowed_mentions"].items() if value}
        assert allowed == {"roles": [2500000000000000001], "users": [int(USER_ID)]}
        assert body["components"][0]["content"] == f"<@&2500000000000000001> <@{USER_ID}>"


async def test_a_role_that_would_not_hear_it_is_named_to_moderators(tmp_path, monkeypatch, caplog):
    server = Loopback()
    everybody = server.gateway.guilds[0]["roles"][0]
    everybody["permissions"] = str(int(everybody["permissions"]) & ~(1 << 17 | 1 << 3))
    role = {**everybody, "id": "2500000000000000001", "name": "Librarians", "mentionable": False}
    server.gateway.guilds[0]["roles"].append(role)
    async with connected(tmp_path, monkeypatch, server, Sample) as bot:
        place = await bot.place()
        assert bot.platform.lacking(place) == ()
        for number in range(2):
            parcel = dataclasses.replace(bot.parcel(f"m-{number}"), roles=("2500000000000000001",))
            await bot.platform.courier.post(place, parcel)
        assert ["All Roles" in words.message for words in bot.platform.lacking(place)] == [True]
        assert caplog.text.count("nobody hears that these roles are called: Librarians") == 1
        bot.platform.client.get_guild(int(GUILD_ID)).get_role(2500000000000000001).mentionable = True
        assert bot.platform.lacking(place) == ()


async def test_however_many_are_called_the_words_have_room(bot, place):
    crowd = tuple(Identity("discord", str(10**17 + number), "Somebody") for number in range(120))
    parcel = dataclasses.replace(bot.parcel(words="word " * 750), mentions=crowd)
    await bot.platform.courier.post(place, parcel)
    [said] = [body for method, path, body in bot.server.requests if f"{method} {path}" == POST]
    assert sum(map(len, texts_of(said["components"]))) <= 4_000
    assert len(said["allowed_mentions"]["users"]) == CALLED_MAX
    assert said["components"][0]["content"].count("<@") == CALLED_MAX


async def test_a_message_in_a_thread_that_was_folded_away_is_changed_all_the_same(bot, place):
    message_id = await bot.platform.courier.post(place, bot.parcel())
    edit = f"PATCH /channels/{CHANNEL_ID}/messages"
    bot.server.fail(edit, status=400, body={"message": "Thread is archived", "code": 50083})
    await bot.platform.courier.edit(place, message_id, bot.parcel(words="changed"))
    assert "changed" in str(bot.server.messages[CHANNEL_ID][message_id]["components"])
    assert ("PATCH", f"/channels/{CHANNEL_ID}", {"archived": False}) in bot.server.requests
    bot.server.fail(edit, status=400, body={"message": "Thread is archived", "code": 50083}, times=2)
    with pytest.raises(Refused, match="thread is locked"):
        await bot.platform.courier.edit(place, message_id, bot.parcel(words="again"))


async def test_what_a_locked_thread_does_not_take_goes_to_the_channel_of_the_card(bot, place):
    card = await bot.platform.courier.post(place, bot.parcel())
    opening, talking = f"POST /channels/{CHANNEL_ID}/messages/{card}/threads", f"POST /channels/{card}/messages"
    bot.server.fail(opening, status=400, body={"message": "A thread has already been created", "code": 160004})
    bot.server.fail(talking, status=400, body={"message": "Thread is archived", "code": 50083})
    below = await bot.platform.courier.post(place, dataclasses.replace(bot.parcel("below"), below=card))
    assert [path for method, path, _ in bot.server.requests if f"{method} {path}" == talking]
    assert below in bot.server.messages[CHANNEL_ID]
    assert await bot.platform.courier.find(place, "below", card) == below


async def test_a_post_farther_back_than_a_thousand_messages_leaves_it_open(bot, place):
    wanted = await bot.platform.courier.post(place, bot.parcel("wanted"))
    for number in range(999):
        bot.server.seed(number)
    assert await bot.platform.courier.find(place, "wanted") == wanted
    bot.server.seed(1_000)
    asked = len(bot.server.requests)
    with pytest.raises(Unclear, match="latest 1000 messages"):
        await bot.platform.courier.find(place, "wanted")
    assert len(bot.server.requests) - asked == 10


def test_two_markers_hardly_ever_look_the_same():
    assert len({marks(f"marker-{number}") for number in range(5_000)}) == 5_000


async def test_limits_of_a_thousand_channels_are_not_looked_through_for_each_new_one(bot):
    http = bot.platform.client.http
    asked: list[str] = []
    idle: set[str] = set()

    class Limit:
        def __init__(self, key: str) -> None:
            self.key = key

        def is_inactive(self) -> bool:
            asked.append(self.key)
            return self.key in idle

    old = [f"old:{number}" for number in range(300)]
    http._buckets |= {key: Limit(key) for key in old}
    for number in range(512):
        http.get_ratelimit(f"new:{number}")
    assert 300 <= len(asked) <= 600
    idle.update(old)
    for number in range(512, 768):
        http.get_ratelimit(f"new:{number}")
    assert not idle & http._buckets.keys()


async def test_a_channel_is_found_where_it_was_and_not_when_it_is_gone(bot):
    client, channel_id = bot.platform.client, int(CHANNEL_ID)
    first = client.get_channel(channel_id)
    assert first is not None
    assert client.get_channel(channel_id) is first
    del client.get_guild(int(GUILD_ID))._channels[channel_id]
    assert client.get_channel(channel_id) is None
    client.get_guild(int(GUILD_ID))._channels[channel_id] = first
    assert client.get_channel(channel_id) is first
