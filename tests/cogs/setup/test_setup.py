# SPDX-License-Identifier: MIT
"""A new moderator sets the bot up, with and without forms; stops, comes back, and sees a test in each channel."""

import pytest

from bot.kit import Level

pytestmark = pytest.mark.cogs("setup", "settings", "help", "requests")


@pytest.fixture
def mia(world_in_both_ways):
    return world_in_both_ways.member("Mia", Level.MODERATOR)


async def answer(who, button, on, **values):
    """Press a button and answer what it asks."""
    asked = await who.presses(button, on=on)
    assert asked.asked, asked.plain
    return await who.submits(asked, **values)


async def test_a_moderator_goes_through_all_steps_to_the_tests(world_in_both_ways, mia):
    world = world_in_both_ways
    desk, news = world.place("desk"), world.place("news")
    await mia.at(desk).says("help")
    seen = await mia.says("setup")
    assert seen.title == "Step 1 of 10: Language"
    assert seen.fields == {"Now": "English (en)"}
    seen = await answer(mia, "Choose the language", seen, language="en")
    assert seen.title == "Step 2 of 10: Time zone"
    assert seen.fields == {"✓ Language": "English (en)", "Now": "UTC"}
    seen = await answer(mia, "Choose the time zone", seen, zone="madrid")
    assert seen.title == "Step 3 of 10: Channel for reference requests"
    assert seen.fields == {"✓ Time zone": "Europe/Madrid"}
    seen = await answer(mia, "Another channel", seen, place="desk")
    assert seen.title == "Step 4 of 10: Channel for announcements"
    assert seen.fields == {"✓ Channel for reference requests": "desk"}
    seen = await mia.at(news).presses("Here", on=seen)
    for number in (5, 6):
        assert seen.title.startswith(f"Step {number} of 10")
        seen = await mia.presses("Next", on=seen)
        assert seen.fields == {}
        world.clock.move(minutes=1)
    seen = await answer(mia, "Choose the role", seen, role="volunteers")
    assert seen.title == "Step 8 of 10: Role of the organisers"
    seen = await answer(mia, "Choose the role", seen, role="hosts")
    assert seen.title == "Step 9 of 10: Features"
    seen = await mia.presses("Switch requests off", on=seen)
    assert "off: requests" in seen.fields["Now"]
    seen = await mia.presses("Switch requests on", on=seen)
    seen = await mia.presses("Next", on=seen)
    done = await mia.presses("Post the tests", on=seen)
    assert done.title == "Setting up: done"
    await world.settle()
    assert [post.text for post in desk.posts] == ["This is a test: I can post here."]
    assert [post.text for post in news.posts] == ["This is a test: I can post here."]
    shown = (await mia.says("settings show community")).plain
    assert "Europe/Madrid" in shown
    valued = (await mia.says("settings levels")).items
    assert set(valued) == {"the role volunteers: librarian", "the role hosts: organiser"}
    assert (await mia.says("setup")).title == "Setting up: done"


async def test_it_is_stopped_and_resumed_also_after_a_restart(world):
    mia = world.member("Mia", Level.MODERATOR)
    seen = await mia.presses("Next", on=await mia.says("setup"))
    assert "9 steps are left." in (await mia.presses("Stop here", on=seen)).text
    await world.restart()
    assert (await mia.says("setup")).title == "Step 2 of 10: Time zone"


async def test_a_step_is_shown_again_by_its_name(world):
    mia = world.member("Mia", Level.MODERATOR)
    assert (await mia.says("setup step=zone")).title == "Step 2 of 10: Time zone"


async def test_a_wrong_value_is_asked_for_again(world_in_both_ways, mia):
    seen = await answer(mia, "Choose the time zone", await mia.says("setup step=zone"), zone="Middle/Earth")
    assert "I do not know the time zone" in seen.asked.error
    assert (await mia.submits(seen, zone="Europe/Zagreb")).title == "Step 1 of 10: Language"


async def test_a_member_sets_nothing_up_by_any_road(world):
    ana, mia = world.member("Ana"), world.member("Mia", Level.MODERATOR)
    assert "Only a moderator" in (await ana.says("setup")).text
    card = await mia.says("setup step=announcements")
    for label in ("Here", "Another channel", "Next", "Stop here"):
        button = card.button(label)
        exchange = await ana._exchange()
        await world.app.inbox.press(exchange, button.target, dict(button.arguments))
        assert "Only a moderator" in ana._seen(exchange).text


async def test_a_moderator_of_a_joined_home_sets_up_their_own_home_only(world):
    mia = world.member("Mia", Level.MODERATOR)
    lea = world.member("Lea", Level.MODERATOR, home="Library of Babel")
    code = (await mia.says("settings link")).title.removeprefix("Your code is ")
    await lea.says(f"settings link {code}")
    await lea.confirms(True)
    await mia.says(f"settings link {code}")
    await mia.confirms(True)
    seen = await lea.says("setup")
    assert seen.title == "Step 1 of 7: Channel for reference requests"
    assert "moderators of the whole community" in (await lea.says("setup step=zone")).text


async def test_without_any_channel_there_is_nothing_to_test(world):
    mia = world.member("Mia", Level.MODERATOR)
    seen = await mia.presses("Post the tests", on=await mia.says("setup step=test"))
    assert "No channel is chosen yet" in seen.text


async def test_in_private_one_is_sent_to_the_place(world):
    mia = world.member("Mia", Level.MODERATOR)
    await mia.says("help")
    assert "Only a moderator" in (await mia.privately.says("setup")).text
