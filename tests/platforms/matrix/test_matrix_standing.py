# SPDX-License-Identifier: MIT
"""What somebody who moderates a room may do in a private conversation: just what its state says at that moment."""

from datetime import timedelta

import pytest

from cogs.settings import Settings
from tests.platforms.matrix.matrixplay import Bot
from tests.platforms.matrix.samplecog import Sample
from tests.platforms.matrix.test_matrix_rooms import asked, choose

POWERS = "m.room.power_levels"


@pytest.fixture
async def chooser(server, tmp_path):
    """The bot with the command that chooses a community."""
    bot = Bot(tmp_path, server, (Sample, Settings))
    await bot.open()
    yield bot
    await bot.close()


def powers(server, **levels):
    return {"users": {server.user(name): power for name, power in levels.items()}}


async def test_who_moderates_a_room_does_so_in_private_as_long_as_the_room_says_so(bot, server):
    ana, ben = server.user("Ana"), server.user("Ben")
    room = await bot.enter("Ana", "Ben", version="10", levels=powers(server, Ana=100, Ben=50))
    direct = await bot.enter("Ben", is_direct=True, name="")
    assert await asked(bot, room, "Ben", "!echo hello") == ["Ben (MODERATOR) said: hello"]
    assert await asked(bot, direct, "Ben", "room rule") == ["You rule."]
    await server.put_state(room, ana, POWERS, "", powers(server, Ana=100, Ben=0))
    [refusal] = await asked(bot, direct, "Ben", "room rule")
    assert "Only a moderator of Library may do this." in refusal
    await server.put_state(room, ana, POWERS, "", powers(server, Ana=100, Ben=50))
    assert await asked(bot, direct, "Ben", "room rule") == ["You rule."]
    await server.member(room, ana, ben, "leave")
    [refusal] = await asked(bot, direct, "Ben", "room rule")
    assert "Only a moderator of Library may do this." in refusal


async def test_a_moderator_who_said_nothing_yet_is_known_in_private(bot, server):
    direct = await bot.enter("Zoe", is_direct=True, name="")
    assert "only in a community" in (await asked(bot, direct, "Zoe", "room rule"))[0]
    await bot.enter("Zoe")
    assert await asked(bot, direct, "Zoe", "room rule") == ["You rule."]


async def test_a_room_s_own_setting_says_from_which_power_on_somebody_moderates_in_private_too(bot, server):
    room = await bot.enter("Ana", "Eva", version="10", levels=powers(server, Ana=100, Eva=20))
    direct = await bot.enter("Eva", is_direct=True, name="")
    await asked(bot, room, "Eva", "!echo hello")
    assert "Only a moderator of Library" in (await asked(bot, direct, "Eva", "room rule"))[0]
    await choose(bot, room, "moderator_power", 20)
    assert await asked(bot, direct, "Eva", "room rule") == ["You rule."]


async def test_who_moderates_one_of_two_communities_chooses_it_in_private_and_acts_there(chooser, server):
    quiet = {"version": "10", "levels": powers(server, Ana=100)}
    theirs = await chooser.enter("Ana", "Ben", name="Reading room", **quiet)
    own = await chooser.enter("Ben", name="Archive", version="10")
    direct = await chooser.enter("Ben", is_direct=True, name="")
    for room in (own, theirs):
        await asked(chooser, room, "Ben", "!echo hello")
    [question] = await asked(chooser, direct, "Ben", "room rule")
    assert "Which one do you mean" in question
    [chosen, refusal] = await asked(chooser, direct, "Ben", "account community Reading room")
    assert chosen.endswith("In private we speak about Reading room from now on.")
    assert "Only a moderator of Reading room may do this. If you mean another community, choose it" in refusal
    await asked(chooser, direct, "Ben", "account community Archive")
    assert await asked(chooser, direct, "Ben", "room rule") == ["You rule."]
    [name] = await asked(chooser, direct, "Ben", "settings set community.name Attic")
    assert "Attic" in name
    [where] = await asked(chooser, direct, "Ben", "settings channel requests")
    assert where == "This is about one channel or room: say it in the server or room that it is in."
    [why] = await asked(chooser, direct, "Ben", "settings level person=@ben:hs.example colour=red")
    assert "colour= names nothing here." in why


async def test_two_rooms_of_one_name_are_told_apart_in_private(chooser, server):
    rooms = [await chooser.enter("Ben", name="Reading room", version="10") for _ in range(2)]
    direct = await chooser.enter("Ben", is_direct=True, name="")
    for room in rooms:
        await asked(chooser, room, "Ben", "!echo hello")
        chooser.clock.move(timedelta(hours=2))
    [question] = await asked(chooser, direct, "Ben", "room rule")
    assert "1. Reading room (Matrix, where you were 2 hours ago)" in question
    assert "2. Reading room (Matrix, where you were 4 hours ago)" in question


async def test_after_a_gap_it_is_asked_anew_who_is_in_a_room(bot, server):
    room = await bot.enter("Ana", "Ben", version="10", levels=powers(server, Ana=100, Ben=50))
    direct = await bot.enter("Ben", is_direct=True, name="")
    assert await asked(bot, direct, "Ben", "room rule") == ["You rule."]
    known = bot.platform.rooms.get(room)
    assert known.members[server.user("Ben")] == "join"
    del server.rooms[room].state["m.room.member", server.user("Ben")]  # in the gap, and nobody tells us
    intake = bot.platform.session.intake
    gap = {"timeline": {"limited": True, "events": []}}
    await intake.take({"rooms": {"join": {room: gap}}, "next_batch": intake.since}, first=False)
    [refusal] = await asked(bot, direct, "Ben", "room rule")
    assert "Only a moderator of Library" in refusal


async def test_an_account_is_known_that_is_in_the_room_and_has_not_said_a_word(chooser, server):
    room = await chooser.enter("Ana", "Lib", version="10")
    direct = await chooser.enter("Ana", is_direct=True, name="")
    grant = "settings level level=librarian person={}"
    [answer] = await asked(chooser, room, "Ana", f"!{grant.format(server.user('Lib'))}")
    assert answer == "Lib now has the level: librarian."
    assert await asked(chooser, room, "Lib", "!echo hello") == ["Lib (LIBRARIAN) said: hello"]
    server.user("Eva")
    [unknown] = await asked(chooser, room, "Ana", f"!{grant.format(server.user('Eva'))}")
    assert "I see nobody with the account @eva:hs.example in this community." in unknown
    await server.member(room, server.user("Eva"), server.user("Eva"), "join")
    [answer] = await asked(chooser, direct, "Ana", grant.format(server.user("Eva")))
    assert answer == "Eva now has the level: librarian."
