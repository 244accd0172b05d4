# SPDX-License-Identifier: MIT
"""Moderators change how the bot behaves; members cannot; everything is logged."""

import ast
import re
from pathlib import Path

import pytest

from bot.kit import Level
from cogs.settings.values import ACTIONS

pytestmark = pytest.mark.cogs("settings", "help", "status")


async def test_a_moderator_changes_the_time_zone_and_it_is_logged(world):
    mia = world.member("Mia", Level.MODERATOR)
    seen = await mia.says("settings set community.zone madrid")
    assert seen.text == "community.zone was UTC and is now Europe/Madrid."
    log = await mia.says("settings log")
    assert "Mia changed a setting: community.zone (UTC → Europe/Madrid)" in log.plain
    await mia.says("settings switch status off")
    await mia.says("settings role hosts organiser")
    logged = (await mia.says("settings log")).plain
    assert "switched something on or off: status (on → off)" in logged
    assert "valued a role: hosts (member → organiser)" in logged


async def test_a_wrong_value_is_asked_for_again_with_the_nearest_names(world):
    mia = world.member("Mia", Level.MODERATOR)
    seen = await mia.says("settings set community.zone Europe/Madird")
    assert "Europe/Madrid" in seen.asked.error
    assert seen.asked.names == ("value",)
    assert (await mia.answers("Europe/Madrid")).text.endswith("Europe/Madrid.")


@pytest.mark.parametrize(
    "line", ["settings set comunity.zone UTC", "settings set comunity.zone", "settings reset comunity.zone"]
)
async def test_an_unknown_setting_is_met_with_its_likeness_before_a_value_is_asked_for(world_in_both_ways, line):
    mia = world_in_both_ways.member("Mia", Level.MODERATOR)
    seen = await mia.says(line)
    assert seen.asked.names[0] == "name"
    assert "community.zone" in seen.asked.error


async def linked(host, guest):
    """Let the guest's home join the host's community; return the code."""
    code = (await host.says("settings link")).title.removeprefix("Your code is ")
    for moderator in (guest, host):
        await moderator.says(f"settings link {code}")
        await moderator.confirms(True)
    return code


async def test_a_moderator_of_a_joined_home_decides_for_their_own_places_only(world):
    other = world.home("Library of Babel")
    mia, lea = world.member("Mia", Level.MODERATOR), world.member("Lea", Level.MODERATOR, home=other)
    await linked(mia, lea)
    for line in ("settings set community.name Ours", "settings reset community.zone", "settings switch status off"):
        assert "name it with" in (await lea.says(line)).text
    assert (await lea.says("settings switch status off place=#main")).text == "In main, status is off."
    assert "switched" in (await world.member("Ben", home=other).says("status")).text
    assert "well" in (await world.member("Ana").says("status")).text
    assert "do not know the place" in (await lea.says("settings switch status off place=place:1")).asked.error
    for line in ("settings undo", "settings import", "settings block Mia", "settings level Lea moderator"):
        assert "Only a moderator of the community's first home" in (await lea.says(line)).text


async def test_a_member_changes_nothing_and_is_told_whom_to_ask(world):
    ana, mia = world.member("Ana"), world.member("Mia", Level.MODERATOR)
    assert "moderator" in (await ana.says("settings set community.zone Europe/Madrid")).text
    assert "UTC" in (await mia.says("settings show community.zone")).plain


async def test_reset_returns_to_the_default(world):
    mia = world.member("Mia", Level.MODERATOR)
    assert "⟦" in (await mia.says("settings set community.language qps")).text
    assert "en" in (await mia.says("settings reset community.language")).text


async def test_a_language_holds_for_the_person_who_chose_it(world):
    ana, ben = world.member("Ana"), world.member("Ben")
    assert "⟦" in (await ana.says("account language qps")).text, "the answer speaks it already"
    assert "⟦" in (await ana.says("status")).text
    assert (await ben.says("status")).text == "I am well: everything works."


async def test_a_channel_is_chosen_and_given_up(world):
    mia = world.member("Mia", Level.MODERATOR)
    assert "from now on in" in (await mia.says("settings channel announcements")).text
    assert "Announcements" in (await mia.says("settings channels")).plain
    assert "no longer" in (await mia.says("settings channel announcements remove=yes")).text


async def test_a_command_is_switched_off_for_everybody_and_on_again(world):
    ana, mia = world.member("Ana"), world.member("Mia", Level.MODERATOR)
    assert (await mia.says("settings switch status off")).text == "status is off."
    assert "switched" in (await ana.says("status")).text
    await mia.says("settings switch status on")
    assert "well" in (await ana.says("status")).text


async def test_the_settings_themselves_cannot_be_switched_off(world):
    mia = world.member("Mia", Level.MODERATOR)
    refused = await mia.says("settings switch settings off")
    assert (refused.asked.names, "no feature or command settings" in refused.asked.error) == (("name",), True)


async def test_a_level_is_granted_by_name_and_taken_back(world):
    ana, mia = world.member("Ana"), world.member("Mia", Level.MODERATOR)
    await ana.says("status")
    assert (await mia.says("settings level Ana librarian")).text == "Ana now has the level: librarian."
    assert "Your level here: librarian." in (await ana.says("settings levels")).text
    await mia.says("settings level Ana none")
    assert "Your level here: member." in (await ana.says("settings levels")).text


async def test_nobody_gives_a_level_that_they_do_not_have(world):
    lib, ana = world.member("Lib", Level.LIBRARIAN), world.member("Ana")
    await ana.says("status")
    assert "moderator" in (await lib.says("settings level Ana moderator")).text


async def test_two_homes_become_one_community_and_part_again(world):
    other = world.home("Library of Babel")
    mia, lea = world.member("Mia", Level.MODERATOR), world.member("Lea", Level.MODERATOR, home=other)
    code = (await mia.says("settings link")).title.removeprefix("Your code is ")
    preview = await lea.says(f"settings link {code}")
    assert "will share everything" in preview.asked.confirm
    assert "Nothing has moved yet" in (await lea.confirms(True)).text
    assert "Library of Babel will share everything" in (await mia.says(f"settings link {code}")).asked.confirm
    assert "is now part of" in (await mia.confirms(True)).text
    assert "moderators of its first home" in (await lea.says("settings set community.zone UTC")).text
    await lea.says("settings unlink")
    assert "on its own again" in (await lea.confirms(True)).text


async def test_a_used_or_foreign_code_is_refused(world):
    other = world.home("Library of Babel")
    mia, lea = world.member("Mia", Level.MODERATOR), world.member("Lea", Level.MODERATOR, home=other)
    code = (await mia.says("settings link")).title.removeprefix("Your code is ")
    await world.passes(minutes=11)
    refused = await lea.says(f"settings link {code}")
    assert "ten minutes" in refused.asked.error


async def test_the_side_that_gave_the_code_sees_what_would_move_and_has_the_last_word(world):
    mia, lea = world.member("Mia", Level.MODERATOR), world.member("Lea", Level.MODERATOR, home="Library of Babel")
    await lea.says("settings channel log")
    await mia.at(world.place("log")).says("settings channel log")
    given = await mia.says("settings link")
    code = given.title.removeprefix("Your code is ")
    assert "has used this code yet" in (await mia.presses("Look and decide", on=given)).text
    await lea.says(f"settings link {code}")
    await lea.confirms(True)
    await world.settle()
    asked = world.place("log").posts[-1]
    assert "Library of Babel asks to share everything with Library." in asked.plain
    assert "other entries" in asked.plain or "other entry" in asked.plain
    assert "asks to share everything" in mia.inbox[-1].plain
    assert "first home" not in (await lea.says("settings set community.name Ours")).text, "nothing has moved"
    assert "Only a moderator" in (await world.member("Ana").says(f"settings link {code}")).text
    looked = await mia.at(world.place("log")).presses("Look and decide", on=asked)
    assert "Library of Babel will share everything with Library: " in looked.asked.confirm
    assert "is now part of Library" in (await mia.at(world.place("log")).confirms(True)).text
    await world.settle()
    assert "is now part of Library" in lea.inbox[-1].plain
    assert "By Mia." in lea.spot.posts[-1].plain


async def test_a_no_of_either_side_leaves_both_alone(world):
    mia, lea = world.member("Mia", Level.MODERATOR), world.member("Lea", Level.MODERATOR, home="Library of Babel")
    code = (await mia.says("settings link")).title.removeprefix("Your code is ")
    await lea.says(f"settings link {code}")
    await lea.confirms(False)
    assert "has used this code yet" in (await mia.says(f"settings link {code}")).text
    await lea.says(f"settings link {code}")
    await lea.confirms(True)
    await mia.says(f"settings link {code}")
    await mia.confirms(False)
    assert "there is nothing to leave" in (await lea.says("settings unlink")).text


async def test_a_code_that_was_redeemed_is_nobody_else_s_and_ends_after_ten_minutes(world):
    mia, lea = world.member("Mia", Level.MODERATOR), world.member("Lea", Level.MODERATOR, home="Library of Babel")
    eve = world.member("Eve", Level.MODERATOR, home="Elsewhere")
    code = (await mia.says("settings link")).title.removeprefix("Your code is ")
    await eve.says(f"settings link {code}")
    await lea.says(f"settings link {code}")
    await lea.confirms(True)
    assert "used already" in (await eve.confirms(True)).asked.error
    assert "used already" in (await eve.says(f"settings link {code}")).asked.error
    await mia.says(f"settings link {code}")
    await world.passes(minutes=11)
    assert "ten minutes" in (await mia.confirms(True)).asked.error
    assert "ten minutes" in (await lea.says(f"settings link {code}")).asked.error


async def test_a_code_that_brought_a_home_in_works_for_neither_side_again(world):
    mia, lea = world.member("Mia", Level.MODERATOR), world.member("Lea", Level.MODERATOR, home="Library of Babel")
    code = await linked(mia, lea)
    for moderator in (mia, lea):
        assert "used already" in (await moderator.says(f"settings link {code}")).asked.error


async def test_who_joins_is_for_the_moderators_of_the_first_home_to_say(world):
    other = world.home("Library of Babel")
    mia, lea = world.member("Mia", Level.MODERATOR), world.member("Lea", Level.MODERATOR, home=other)
    await linked(mia, lea)
    refused = await lea.says("settings link")
    assert "first home" in refused.text
    assert "code" not in refused.title
    assert (await mia.says("settings link")).title.startswith("Your code is ")


async def test_ones_own_language_is_named_and_not_coded(world):
    ana = world.member("Ana")
    assert "I speak English with you" in (await ana.says("account show")).text
    assert await ana.completes("account language", "language", "engl") == {"en": "English"}


async def test_the_moderators_of_the_other_side_read_who_joined_and_who_left(world):
    mia, lea = world.member("Mia", Level.MODERATOR), world.member("Lea", Level.MODERATOR, home="Library of Babel")
    await mia.at(world.place("log")).says("settings channel log")
    await linked(mia, lea)
    await world.settle()
    assert "Library of Babel is now part of Library." in world.place("log").posts[-1].plain
    assert "By Mia." in world.place("log").posts[-1].plain
    await lea.says("settings unlink")
    await lea.confirms(True)
    await world.settle()
    assert "Library of Babel is on its own again" in world.place("log").posts[-1].plain


def test_every_change_that_is_logged_has_its_words():
    calls = (
        node
        for folder in ("bot", "cogs")
        for path in Path(folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "note"
    )
    texts = {each.value for call in calls for each in call.args[3:4] if isinstance(each, ast.Constant)}
    logged = {text for text in texts if isinstance(text, str) and re.fullmatch(r"[a-z]+(\.[a-z-]+)?", text)}
    assert {"events.role", "request.unmasked", "home.joined"} <= logged
    assert logged - ACTIONS.keys() == set()
