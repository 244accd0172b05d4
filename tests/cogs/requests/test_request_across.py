# SPDX-License-Identifier: MIT
"""Two homes with one list, and a bot that stops at any moment."""

from pathlib import Path

import pytest

from bot.core.courier import Unclear
from bot.kit import Level
from bot.platforms.memory import MemoryPlatform
from bot.testing import World

pytestmark = pytest.mark.cogs("requests", "settings")

FAIR = 'request open "Zagreb fair, 1921" kind=newspaper'


@pytest.fixture
async def joined(desk):
    """Let a second home, with a request and a channel of its own, join the first one's community."""
    world = desk.world
    desk.eva = world.member("Eva", home="Museum")
    desk.max = world.member("Max", Level.MODERATOR, home="Museum")
    desk.hall = world.home("Museum").place("hall")
    await desk.max.at(desk.hall).says("settings channel requests")
    await desk.ana.says('request open "A map of the harbour"')
    await desk.eva.says('request open "A list of whales"')
    await desk.eva.says('request open "A list of seals"')
    await desk.settles()
    assert [card.title for card in desk.hall.posts] == ["R-1 · A list of whales", "R-2 · A list of seals"]
    code = (await desk.mod.says("settings link")).title.rpartition(" ")[2]
    await desk.max.says(f"settings link {code}")
    await desk.max.confirms()
    await desk.mod.says(f"settings link {code}")
    await desk.mod.confirms()
    return desk


async def test_a_joined_home_brings_its_requests_under_new_numbers(joined):
    lines = " ".join((await joined.ana.says("request list")).items)
    assert ["R-1 A map" in lines, "R-2 A list of whales" in lines, "R-3 A list of seals" in lines] == [True] * 3
    assert (await joined.eva.says("request show R-2")).title == "R-2 · A list of whales"
    assert (await joined.eva.says("request search seals")).items
    seen = await joined.ana.says('request open "A list of whales"')
    assert "R-2 asks for this already" in seen.all[0].text


async def test_asked_in_one_home_claimed_and_found_in_the_other_and_both_hear(joined):
    desk = joined
    await desk.ana.says(FAIR)
    await desk.settles()
    assert desk.hall.posts[-1].title == desk.cards[-1].title == "R-4 · Zagreb fair, 1921"
    lea = desk.world.member("Lea", Level.LIBRARIAN, home="Museum").at(desk.hall)
    assert (await lea.presses("Claim", on=desk.hall.posts[-1])).text == "Lea is looking for R-4."
    await desk.settles()
    for spot in (desk.channel, desk.hall):
        assert spot.posts[-1].fields["State"] == "🔎 Claimed · Lea is looking"
    assert (await desk.lib.says("request claim R-4")).text == "Lea is already looking for R-4."
    await lea.presses("I have it", on=desk.hall.posts[-1])
    await lea.answers("In our basement")
    await desk.settles()
    assert "In our basement" in desk.told(desk.ana)[-1]
    for spot in (desk.channel, desk.hall):
        assert spot.posts[-1].fields["Found"] == "In our basement"


async def test_old_cards_work_after_joining(joined):
    old = joined.hall.posts[0]
    seen = await joined.max.at(joined.hall).presses("Claim", on=old)
    assert seen.text == "Max is looking for R-2."
    await joined.settles()
    assert joined.hall.posts[0].title == "R-2 · A list of whales"


async def test_who_leaves_takes_what_is_their_own(joined):
    await joined.max.at(joined.hall).presses("Claim", on=joined.hall.posts[0])
    await joined.max.says("settings unlink")
    await joined.max.confirms()
    lines = " ".join((await joined.ana.says("request list")).items)
    assert "whales" not in lines
    own = " ".join((await joined.eva.says("request list")).items)
    assert "R-1 A list of whales" in own
    assert "harbour" not in own
    assert "There is no request" in (await joined.ana.says("request show R-2")).text


async def test_asked_on_one_platform_claimed_and_found_on_another(desk):
    other = World(MemoryPlatform("other", forms=False), desk.world.clock, Path(), ())
    other.app = desk.world.app
    await other.app._connect(other.chat)
    eva, lea = other.member("Eva", Level.MODERATOR), other.member("Lea", Level.LIBRARIAN)
    hall = other.place("hall")
    await eva.at(hall).says("settings channel requests")
    code = (await desk.mod.says("settings link")).title.rpartition(" ")[2]
    await eva.says(f"settings link {code}")
    await eva.confirms()
    await desk.mod.says(f"settings link {code}")
    await desk.mod.confirms()
    await desk.ana.says(FAIR)
    await desk.settles()
    (card,) = hall.posts
    assert card.title == desk.cards[0].title == "R-1 · Zagreb fair, 1921"
    assert (await lea.at(hall).presses("✋", on=card)).text == "Lea is looking for R-1."
    assert (
        await desk.lib.at(desk.channel).presses("Claim", on=desk.cards[0])
    ).text == "Lea is already looking for R-1."
    await lea.says('request ask R-1 "Which page?"')
    await desk.settles()
    await desk.ana.presses("Reply", on=desk.ana.spot.posts[-1])
    await desk.ana.answers("The front page")
    await desk.settles()
    assert "The front page" in lea.inbox[-1].plain
    await lea.at(hall).presses("I have it", on=hall.posts[0])
    assert (await lea.at(hall).answers("In our basement")).text == "R-1 is fulfilled. Thank you!"
    await desk.settles()
    assert "In our basement" in desk.told(desk.ana)[-1]
    assert [spot.posts[0].fields["State"] for spot in (desk.channel, hall)] == ["✅ Fulfilled"] * 2
    assert [len(spot.posts) for spot in (desk.channel, hall)] == [1, 1]


async def test_a_restart_at_every_change_loses_nothing_and_tells_nothing_twice(desk):
    world = desk.world
    lines = [
        (desk.ana, FAIR),
        (desk.lib, "request claim R-1"),
        (desk.lib, 'request ask R-1 "Which page?"'),
        (desk.ana, 'request reply R-1 "The first"'),
        (desk.lib, "request release R-1"),
        (desk.lib, "request claim R-1"),
        (desk.lib, 'request fulfil R-1 "Jutarnji list"'),
        (desk.ana, "request reopen R-1"),
        (desk.lib, 'request decline R-1 "Lost in a fire"'),
        (desk.ana, "request reopen R-1"),
        (desk.ana, "request withdraw R-1"),
    ]
    for member, line in lines:
        await member.says(line)
        await world.restart()
        await world.settle()
    told = desk.told(desk.ana)
    expected = ["is looking", "know more", "open again", "is looking", "found it", "could not get it"]
    assert [words in post for words, post in zip(expected, told, strict=True)] == [True] * len(expected)
    assert len(desk.cards) == 1
    assert desk.cards[0].fields["State"] == "↩️ Withdrawn"
    story = (await desk.ana.says("request show R-1")).items
    done = ["asked for", "claimed", "asked back", "replied", "released", "claimed", "fulfilled", "reopened", "declined"]
    done += ["reopened", "withdrew"]
    assert [words in item for words, item in zip(done, story, strict=True)] == [True] * len(done)


async def test_a_restart_before_anything_was_delivered_delivers_it_once(desk):
    desk.world.outside.hold()
    await desk.ana.says('request open "Patient with diarrhea" identifier=10.1016/j.mayocp.2012.02.015')
    desk.world.outside.release()
    await desk.world.restart()
    await desk.world.passes(hours=1)
    assert [card.title for card in desk.cards] == ["R-1 · Patient with diarrhea"]


async def test_a_delivery_that_may_have_arrived_is_not_doubled(desk):
    desk.world.fails(Unclear("the line was cut"), arrived=True)
    await desk.ana.says(FAIR)
    await desk.world.passes(hours=1)
    assert [card.title for card in desk.cards] == ["R-1 · Zagreb fair, 1921"]


async def test_a_form_opened_before_a_restart_is_answered_after_it(desk):
    await desk.ana.says(FAIR)
    await desk.settles()
    asked = await desk.lib.at(desk.channel).presses("I have it", on=desk.cards[0])
    await desk.world.restart()
    assert (await desk.lib.at(desk.channel).submits(asked, source="Some paper")).text == "R-1 is fulfilled. Thank you!"
