# SPDX-License-Identifier: MIT
"""What happens by itself as time passes."""

import pytest

pytestmark = pytest.mark.cogs("requests", "settings")

FAIR = 'request open "Zagreb fair, 1921" kind=newspaper'


async def state(desk):
    return (await desk.mod.says("request show R-1")).fields["State"]


def asked_again(desk) -> list:
    return [post for post in desk.lib.inbox if "still looking" in post.plain]


async def test_a_silent_claim_is_asked_about_and_then_released(desk):
    await desk.ana.says(FAIR)
    await desk.lib.says("request claim R-1")
    await desk.world.passes(days=4, hours=23)
    assert asked_again(desk) == []
    await desk.world.passes(hours=2)
    assert len(asked_again(desk)) == 1
    await desk.world.passes(days=2, hours=22)
    assert await state(desk) == "🔎 Claimed · Lib is looking"
    await desk.world.passes(hours=3)
    assert await state(desk) == "🟢 Open"
    assert len(asked_again(desk)) == 1
    assert "open again" in desk.told(desk.ana)[-1]


async def test_who_says_so_goes_on_looking(desk):
    await desk.ana.says(FAIR)
    await desk.lib.says("request claim R-1")
    await desk.world.passes(days=5, hours=1)
    seen = await desk.lib.privately.presses("I am still looking", on=asked_again(desk)[0])
    assert seen.text == "Good luck with R-1!"
    await desk.world.passes(days=4, hours=20)
    assert await state(desk) == "🔎 Claimed · Lib is looking"
    await desk.world.passes(hours=5)
    assert len(asked_again(desk)) == 2


async def test_news_after_the_reminder_is_enough(desk):
    await desk.ana.says(FAIR)
    await desk.lib.says("request claim R-1")
    await desk.world.passes(days=5, hours=1)
    assert len(asked_again(desk)) == 1
    await desk.ana.says('request reply R-1 "It may be of 1922"')
    await desk.world.passes(days=4)
    assert await state(desk) == "🔎 Claimed · Lib is looking"


async def test_the_claimer_may_release_it_from_the_reminder(desk):
    await desk.ana.says(FAIR)
    await desk.lib.says("request claim R-1")
    await desk.world.passes(days=5, hours=1)
    await desk.lib.privately.presses("Release it", on=asked_again(desk)[0])
    assert await state(desk) == "🟢 Open"


async def test_waiting_for_the_asker_pauses_the_clocks(desk):
    await desk.ana.says(FAIR)
    await desk.lib.says('request ask R-1 "Which page?"')
    await desk.world.passes(days=9)
    assert asked_again(desk) == []
    assert await state(desk) == "⏳ Waiting for the asker · Lib is looking"
    await desk.ana.says('request reply R-1 "The first"')
    await desk.world.passes(days=4)
    assert asked_again(desk) == []
    await desk.world.passes(days=1, hours=1)
    assert len(asked_again(desk)) == 1


async def test_what_is_needed_soon_is_pointed_out_once(desk):
    await desk.ana.says(FAIR + " needed-by=2026-11-30")
    await desk.world.passes(days=5)
    assert not [post for post in desk.cards if "needed by" in post.text]
    await desk.world.passes(days=1, hours=1)
    warned = [post for post in desk.cards if "Nobody is looking" in post.text]
    assert len(warned) == 1
    assert (await desk.lib.at(desk.channel).presses("Claim", on=warned[0])).text == "Lib is looking for R-1."
    await desk.world.passes(days=3)
    assert len([post for post in desk.cards if "Nobody is looking" in post.text]) == 1


async def test_who_looks_hears_that_it_is_needed_soon(desk):
    await desk.ana.says(FAIR + ' needed-by="4 days"')
    await desk.lib.says("request claim R-1")
    await desk.world.passes(days=3)
    assert any("It is needed by" in post.text for post in desk.lib.inbox)
    assert not [post for post in desk.cards if "Nobody is looking" in post.text]


@pytest.mark.parametrize(
    ("day", "words"),
    [("2026-11-22", "over"), ("2026-02-30", "Write the day"), ("soonish", "Write the day"), ("2031-01-01", "three")],
)
async def test_a_day_that_cannot_be_is_asked_for_again(desk, day, words):
    assert words in (await desk.ana.says(f"{FAIR} needed-by={day}")).asked.error


async def test_the_digest_comes_at_its_hour_and_only_when_there_is_something(desk):
    await desk.mod.says("settings set community.zone Europe/Zagreb")
    await desk.mod.says("settings set requests.digest_hour 07:30")
    await desk.world.passes(days=1)
    assert desk.cards == []
    await desk.ana.says(FAIR)
    await desk.ben.says('request open "Graz fair, 1930"')
    await desk.lib.says("request claim R-2")
    await desk.world.passes(hours=18)
    assert len(desk.cards) == 2
    await desk.world.passes(hours=1)
    digest = desk.cards[-1]
    assert digest.text == "One request waits for somebody to look for it."
    assert "R-1" in digest.items[0]
    await desk.mod.says("settings set requests.digest no")
    await desk.world.passes(days=2)
    assert len(desk.cards) == 3


async def test_settings_change_the_clocks_of_what_is_claimed_already(desk):
    await desk.ana.says(FAIR)
    await desk.lib.says("request claim R-1")
    await desk.mod.says("settings set requests.remind_days 1")
    await desk.world.passes(days=1, hours=1)
    assert len(asked_again(desk)) == 1
