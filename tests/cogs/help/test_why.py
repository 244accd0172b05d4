# SPDX-License-Identifier: MIT
"""Anybody learns why a command does not work for them, and what to do; moderators learn it about others."""

import pytest

from bot.kit import Level

pytestmark = pytest.mark.cogs("settings", "help", "status", "requests", "privacy")


async def test_what_one_may_do_passes_every_check(world):
    seen = await world.member("Ana").says("why status")
    assert seen.text == "You can use status here."
    assert all(line.startswith("✓") for line in seen.items)


async def test_a_level_that_is_missing_is_named_with_its_remedy(world):
    seen = await world.member("Ana").says("why settings set")
    assert seen.text == "You cannot use settings set here now."
    (refused,) = [line for line in seen.items if line.startswith("✗")]
    assert "Only a moderator" in refused
    assert "settings level" in refused


async def test_a_switch_is_named(world):
    ana, mia = world.member("Ana"), world.member("Mia", Level.MODERATOR)
    await mia.says("settings switch status off")
    seen = await ana.says("why status")
    assert "A moderator has switched status off here." in seen.plain
    assert "settings switch" in seen.plain


async def test_moderators_are_told_how_what_is_off_is_switched_on_again(world):
    ana, mia = world.member("Ana"), world.member("Mia", Level.MODERATOR)
    await mia.says("settings switch help off")
    await mia.says('settings switch "request open" off place=#main')
    assert (await ana.says("why status")).text == "A moderator has switched help off here."
    assert "settings switch help on changes that" in (await mia.says("why status")).text
    there = 'request open is switched off in this place. settings switch "request open" on place=#… changes that.'
    assert (await mia.says('request open "Zagreb fair"')).text == there
    await mia.says("settings switch help on")
    assert (await ana.says("why status")).text == "You can use status here."


@pytest.mark.parametrize(("who", "typed"), [("Ana", "person=Ana"), ("Ana Novak", 'person="Ana Novak"')])
async def test_a_person_behind_the_command_is_told_how_to_be_named(world, who, typed):
    mia = world.member("Mia", Level.MODERATOR)
    assert f"write why settings set {typed}." in (await mia.says(f"why settings set {who}")).text


async def test_a_pause_is_named(world):
    ana, mia = world.member("Ana"), world.member("Mia", Level.MODERATOR)
    await mia.says("settings pause bot")
    assert "settings resume bot" in (await ana.says('why "request open"')).plain


async def test_being_too_quick_is_named_and_passes(world):
    ana = world.member("Ana")
    for _ in range(6):
        await ana.says("status")
    assert "in a short time" in (await ana.says("why status")).plain
    world.clock.move(minutes=1)
    assert (await ana.says("why status")).text == "You can use status here."


async def test_a_missing_channel_is_told_and_keeps_nobody_from_asking(world):
    ana, mia = world.member("Ana"), world.member("Mia", Level.MODERATOR)
    seen = await ana.says('why "request open"')
    assert seen.text == "You can use request open here."
    assert "! There is a channel for it: No channel is chosen for requests." in seen.plain
    await mia.says("settings channel requests")
    assert "No channel" not in (await ana.says('why "request open"')).plain


async def test_a_moderator_asks_about_somebody_else_and_a_member_does_not(world):
    ana, mia = world.member("Ana"), world.member("Mia", Level.MODERATOR)
    await ana.says("status")
    seen = await mia.says("why settings set person=Ana")
    assert seen.text == "Ana cannot use settings set here now."
    await mia.says("settings level Ana moderator")
    assert (await mia.says('why "settings set" person=Ana')).text == "Ana can use settings set here."
    ben = world.member("Ben")
    assert "Only a moderator may ask" in (await ben.says("why status person=Mia")).text


async def test_a_block_is_named_to_a_moderator(world):
    ana, mia = world.member("Ana"), world.member("Mia", Level.MODERATOR)
    await ana.says("status")
    await mia.says("settings block Ana")
    await mia.confirms(True)
    seen = await mia.says("why status person=Ana")
    assert "✗ Not blocked: they are told “The moderators of this community have blocked you" in seen.plain
    assert "settings unblock" in seen.plain


async def test_a_misspelt_command_is_met_with_its_likeness(world):
    assert "Did you mean status" in (await world.member("Ana").says("why statsu")).text


async def test_in_private_where_the_bot_knows_nobody_it_says_so(world):
    seen = await world.member("Zoe").privately.says('why "request open"')
    assert "This works only in a community" in seen.plain
