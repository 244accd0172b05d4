# SPDX-License-Identifier: MIT
"""Invitations, kicks, upgrades, reactions, and what clients are told of the commands."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.platforms.matrix.slash import DESCRIPTION, described, key_of
from bot.storage import homes, places, settings
from tests.platforms.matrix.matrixplay import Bot
from tests.platforms.matrix.samplecog import Sample

MINE = ("hs.example", "@guest:other.example")


async def texts(bot, room):
    return [event["content"]["body"] for event in await bot.said(room)]


@pytest.mark.parametrize(
    ("inviter", "welcome"), [("@ana:hs.example", True), ("@guest:other.example", True), ("@x:other.example", False)]
)
async def test_the_bot_goes_where_it_may_be_invited(server, tmp_path, inviter, welcome):
    bot = Bot(tmp_path, server, (Sample,), setup=lambda setup: replace(setup, welcome=MINE))
    await bot.open()
    try:
        room = await server.room(inviter, bot.user_id)
        await bot.settle()
        assert server.rooms[room].membership(bot.user_id) == ("join" if welcome else "leave")
    finally:
        await bot.close()


async def test_an_invitation_is_answered_though_the_homeserver_hesitates(bot, server):
    server.fail("POST .*/join/", times=3, status=502)
    room = await server.room(server.user("Ana"), bot.user_id)
    await bot.passes(lambda: server.rooms[room].membership(bot.user_id) == "join")
    await server.say(room, server.user("Ana"), "!echo hello")
    assert await texts(bot, room) == ["Ana (MODERATOR) said: hello"]


async def test_after_a_kick_the_home_is_left_and_after_an_invitation_it_is_back(bot, server):
    room, ana = await bot.enter("Ana"), server.user("Ana")
    await server.member(room, ana, bot.user_id, "leave")
    await bot.settle()
    assert await bot.app.db.read(lambda tx: homes.present(tx, "matrix")) == ()
    await server.member(room, ana, bot.user_id, "invite")
    await bot.settle()
    [home] = await bot.app.db.read(lambda tx: homes.present(tx, "matrix"))
    assert home.external_id == room
    await server.say(room, ana, "!echo hello")
    assert (await texts(bot, room))[-1] == "Ana (MODERATOR) said: hello"


async def test_a_room_that_does_not_let_the_bot_speak_is_left(bot, server):
    room, ana = await bot.enter("Ana"), server.user("Ana")
    await server.put_state(room, ana, "m.room.power_levels", "", {"events_default": 50})
    await server.say(room, ana, "!echo hello")
    await bot.settle()
    assert server.rooms[room].membership(bot.user_id) == "leave"


async def test_a_room_that_everybody_has_left_is_left(bot, server):
    room, ana = await bot.enter("Ana"), server.user("Ana")
    await server.member(room, ana, ana, "leave")
    await bot.settle()
    assert server.rooms[room].membership(bot.user_id) == "leave"


async def upgraded(bot, server, room, **new):
    """Upgrade a room as clients do: the tombstone in the old room names the new one."""
    ana = server.user("Ana")
    predecessor = {"predecessor": {"room_id": room, "event_id": "$tombstone"}}
    successor = await server.room(ana, create=predecessor, **new)
    await server.put_state(room, ana, "m.room.tombstone", "", {"replacement_room": successor, "body": "Moved"})
    return successor


PUBLIC = {"m.room.join_rules": {"join_rule": "public"}}


async def test_settings_move_along_when_a_room_is_upgraded(bot, server):
    room, ana = await bot.enter("Ana", version="10"), server.user("Ana")

    def change(tx):
        found = places.whereabouts(tx, "matrix", room)
        settings.change(tx, found.community.id, "matrix", "prefix", "%", None, place_id=found.place.id)
        return found.home.id, found.place.id

    kept = await bot.app.db.write(change)
    bot.app.refresh()
    successor = await upgraded(bot, server, room, state=PUBLIC)
    await bot.settle()
    assert server.rooms[successor].membership(bot.user_id) == "join"
    assert server.rooms[room].membership(bot.user_id) == "leave"
    await server.say(successor, ana, "%echo hello")
    assert await texts(bot, successor) == ["Ana (MODERATOR) said: hello"]
    found = await bot.app.db.read(places.whereabouts, "matrix", successor)
    assert (found.home.id, found.place.id) == kept
    assert found.home.external_id == room
    await bot.restart()
    await server.say(successor, ana, "%echo again")
    assert (await texts(bot, successor))[-1] == "Ana (MODERATOR) said: again"
    [home] = await bot.app.db.read(lambda tx: homes.present(tx, "matrix"))
    assert home.id == kept[0]


async def test_to_a_private_successor_the_bot_comes_when_it_is_invited(bot, server):
    room, ana = await bot.enter("Ana", version="10"), server.user("Ana")
    successor = await upgraded(bot, server, room)
    await bot.settle()
    assert server.rooms[successor].membership(bot.user_id) == "leave"
    await server.member(successor, ana, bot.user_id, "invite")
    await bot.settle()
    assert server.rooms[room].membership(bot.user_id) == "leave"
    await server.say(successor, ana, "!echo hello")
    assert await texts(bot, successor) == ["Ana (MODERATOR) said: hello"]
    found = await bot.app.db.read(places.whereabouts, "matrix", successor)
    assert found.home.external_id == room


async def test_a_room_that_only_claims_to_be_a_successor_inherits_nothing(bot, server):
    room, eve = await bot.enter("Ana"), server.user("Eve")
    claim = {"predecessor": {"room_id": room, "event_id": "$tombstone"}}
    forged = await server.room(eve, bot.user_id, create=claim)
    await bot.settle()
    found = await bot.app.db.read(places.whereabouts, "matrix", forged)
    assert found.home.external_id == forged
    rightful = await bot.app.db.read(places.whereabouts, "matrix", room)
    assert rightful.home.external_id == room


# Reactions.


@pytest.fixture
async def card(bot, server):
    room = await bot.enter("Ana", "Ben")
    await server.say(room, server.user("Ana"), "!card")
    [event] = await bot.said(room)
    return room, event["event_id"]


async def test_a_card_has_three_reactions_of_the_bot_and_names_them_all(bot, server, card):
    room, _ = card
    signs = [e["content"]["m.relates_to"]["key"] for e in server.from_(room, bot.user_id, "m.reaction")]
    assert signs == ["✋\ufe0f", "1\ufe0f\u20e3", "2\ufe0f\u20e3"]
    assert (await texts(bot, room))[0].endswith(
        "✋\ufe0f I come · 1\ufe0f\u20e3 Close · 2\ufe0f\u20e3 Close too · 3\ufe0f\u20e3 Come too"
    )


@pytest.mark.parametrize("key", ["✋", "✋\ufe0f", "3\ufe0f\u20e3"])
async def test_a_reaction_presses_a_button_whatever_its_variation(bot, server, card, key):
    room, message = card
    await server.react(room, server.user("Ben"), message, key)
    answer = (await bot.said(room))[-1]["content"]
    assert answer["body"] == "Ben comes to 7."
    assert answer["m.relates_to"] == {"m.in_reply_to": {"event_id": message}}


@pytest.mark.parametrize("relation", ["reply", "thread"])
async def test_a_sign_said_in_reply_to_a_card_presses_too_for_those_who_cannot_react(bot, server, card, relation):
    room, message = card
    to = (
        {"m.in_reply_to": {"event_id": message}}
        if relation == "reply"
        else {"rel_type": "m.thread", "event_id": message}
    )
    for sign in ("✋", "✋\ufe0f"):
        await server.say(room, server.user("Ben"), sign, **{"m.relates_to": to})
        assert (await texts(bot, room))[-1] == "Ben comes to 7."
    said = len(await texts(bot, room))
    await server.say(room, server.user("Ben"), "👍", **{"m.relates_to": to})
    await server.say(room, server.user("Ben"), "✋")
    assert len(await texts(bot, room)) == said
    await server.say(room, server.user("Ben"), "1", **{"m.relates_to": to})
    assert (await texts(bot, room))[-1] == "Closed."


async def test_a_reaction_works_after_a_restart_and_is_undone_when_it_is_taken_back(bot, server, card):
    room, message = card
    bot.clock.move(timedelta(days=60))
    await bot.restart()
    reaction = await server.react(room, server.user("Ben"), message, "✋")
    assert (await texts(bot, room))[-1] == "Ben comes to 7."
    await bot.restart()
    await server.redact(room, server.user("Ana"), reaction)
    assert (await texts(bot, room))[-1] == "Ben comes to 7."
    await server.redact(room, server.user("Ben"), reaction)
    assert (await texts(bot, room))[-1] == "Ben stays away from 7."
    await server.redact(room, server.user("Ben"), reaction)
    assert (await texts(bot, room)).count("Ben stays away from 7.") == 1


async def test_foreign_and_forged_reactions_do_nothing(bot, server, card):
    room, message = card
    other = await bot.enter("Ana", "Ben")
    mine = await server.say(room, server.user("Ben"), "mine")
    before = await texts(bot, room)
    ben = server.user("Ben")
    await server.react(other, ben, message, "✋")
    await server.react(room, ben, mine, "✋")
    await server.react(room, ben, message, "👍")
    await server.react(room, ben, message, "1")
    wrong = {"rel_type": "m.reference", "event_id": message, "key": "✋"}
    await server.send(room, ben, "m.reaction", {"m.relates_to": wrong})
    await server.react(room, bot.user_id, message, "✋")
    assert await texts(bot, room) == before
    assert await texts(bot, other) == []


async def test_a_press_may_change_the_card_and_takes_the_reactions_that_went_with_it(bot, server, card):
    room, message = card
    await server.react(room, server.user("Ben"), message, "1\ufe0f\u20e3")
    await bot.settle()
    [edit] = [e for e in server.from_(room, bot.user_id) if "m.new_content" in e["content"]]
    assert edit["content"]["m.new_content"]["body"] == "It is over."
    assert edit["content"]["m.relates_to"] == {"rel_type": "m.replace", "event_id": message}
    assert edit["content"]["m.mentions"] == edit["content"]["m.new_content"]["m.mentions"] == {}
    assert [e for e in server.from_(room, bot.user_id, "m.reaction") if e["content"]] == []
    before = await texts(bot, room)
    await server.react(room, server.user("Ben"), message, "✋")
    assert await texts(bot, room) == before


# Descriptions of the commands.


async def test_commands_are_described_where_the_bot_may_and_the_room_wants_it(bot, server):
    ana = server.user("Ana")
    levels = {"users": {ana: 100, bot.user_id: 50}}
    quiet = await bot.enter("Ana", version="10")
    told = await server.room(ana, bot.user_id, version="10", levels=levels)
    wanted = len(bot.app.registry.commands)
    await bot.passes(lambda: len(descriptions(server, told)) == wanted)
    assert descriptions(server, quiet) == {}
    found = descriptions(server, told)[key_of("echo", bot.user_id)]
    assert found["command"] == "echo"
    assert found["parameters"][0]["key"] == "words"
    sent = len(server.seen(f"PUT .*{DESCRIPTION}"))
    await bot.platform.session.slash.publish(bot.platform.rooms.get(told))
    assert len(server.seen(f"PUT .*{DESCRIPTION}")) == sent


def descriptions(server, room):
    return {key: e["content"] for (kind, key), e in server.rooms[room].state.items() if kind == DESCRIPTION}


async def test_every_command_can_be_described(bot):
    for command in bot.app.registry.commands:
        found = described(command)
        assert found["command"] == command.name
        assert len(found["parameters"]) == len(command.params)


async def test_a_room_is_greeted_once_and_a_private_chat_never(server, tmp_path):
    bot = Bot(tmp_path, server, (Sample,), greets=True)
    await bot.open()
    try:
        room = await bot.enter("Ana")
        private = await bot.enter("Ben", name="", is_direct=True)
        await bot.passes(lambda: server.from_(room, bot.user_id), near=timedelta(seconds=5))
        await server.member(room, server.user("Ana"), bot.user_id, "leave")
        await bot.settle()
        await server.member(room, server.user("Ana"), bot.user_id, "invite")
        await bot.restart()
        await bot.settle()
        await bot.app.settled()
        [hello] = server.from_(room, bot.user_id)
        assert "Hello, I am Refdesk" in hello["content"]["body"]
        assert hello["content"]["m.mentions"] == {}
        assert server.from_(private, bot.user_id) == []
    finally:
        await bot.close()


async def test_a_private_chat_is_known_as_one_before_the_bot_is_in(server, tmp_path):
    hasty = Bot(tmp_path, server, (Sample,), greets=True, setup=lambda setup: replace(setup, haste=50.0))
    await hasty.open()
    try:
        server.fail("POST .*/join/", hang=True, takes_effect=True)
        private = await server.room(server.user("Ben"), hasty.user_id, name="", is_direct=True)
        await hasty.passes(lambda: len(server.seen("POST .*/join/")) > 1, near=timedelta(seconds=5))
        await hasty.settle()
        assert server.rooms[private].membership(hasty.user_id) == "join"
        assert server.from_(private, hasty.user_id) == []
        assert await hasty.app.db.read(homes.find, "matrix", private) is None
    finally:
        await hasty.close()


async def test_a_private_chat_that_cannot_be_joined_is_none(bot, server):
    server.fail("POST .*/join/", status=403, body={"errcode": "M_FORBIDDEN"})
    await bot.enter("Ben", name="", is_direct=True)
    assert bot.platform.rooms.direct == {}
    assert server.accounts[bot.user_id].data["m.direct"] == {}
