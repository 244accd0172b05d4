# SPDX-License-Identifier: MIT
"""Who may handle requests: librarians by role also in private, and only known librarians are assigned."""

from dataclasses import replace

import pytest

from bot.kit import Level

pytestmark = pytest.mark.cogs("requests", "settings")

FAIR = 'request open "Zagreb fair, 1921" kind=newspaper'


@pytest.fixture
async def asked(desk):
    """Let a request wait, and the librarian be seen."""
    await desk.ana.says(FAIR)
    await desk.lib.says("request list")
    await desk.settles()
    return desk


async def test_a_librarian_by_role_is_one_in_private(asked):
    assert (await asked.lib.privately.says("request claim R-1")).text == "Lib is looking for R-1."
    done = await asked.lib.privately.says('request fulfil R-1 "In the basement"')
    assert done.text == "R-1 is fulfilled. Thank you!"


async def test_a_member_is_none_in_private_and_told_how_to_become_known(asked):
    seen = await asked.ben.says("request list")
    assert seen.title
    refused = await asked.ben.privately.says("request claim R-1")
    assert "Only a librarian" in refused.text
    assert "use me once where you have it" in refused.text


async def test_a_rank_is_remembered_for_two_weeks_and_renewed_by_being_seen(asked):
    await asked.world.passes(days=10)
    await asked.lib.says("request list")
    await asked.world.passes(days=13)
    assert (await asked.lib.privately.says("request claim R-1")).text == "Lib is looking for R-1."
    await asked.lib.privately.says("request release R-1")
    await asked.world.passes(days=2)
    assert "Only a librarian" in (await asked.lib.privately.says("request claim R-1")).text


async def test_who_is_seen_without_the_role_is_no_librarian_in_private_any_more(asked):
    assert (await asked.lib.privately.says("request claim R-1")).text == "Lib is looking for R-1."
    await asked.lib.privately.says("request release R-1")
    await replace(asked.lib, level=Level.MEMBER).says("request list")
    assert "Only a librarian" in (await asked.lib.privately.says("request claim R-1")).text


async def test_a_role_that_is_worth_nothing_any_more_is_worth_nothing_in_private(asked):
    lia = asked.world.member("Lia", roles=frozenset({"readers"}))
    await asked.mod.says("settings role role=readers level=librarian")
    await lia.says("request list")
    assert (await lia.privately.says("request claim R-1")).text == "Lia is looking for R-1."
    await lia.privately.says("request release R-1")
    await asked.mod.says("settings role role=readers level=none")
    assert "Only a librarian" in (await lia.privately.says("request claim R-1")).text


async def test_nobody_moderates_in_private_by_a_role(asked):
    await asked.mod.says("request list")
    seen = await asked.mod.privately.says('request unmask R-1 "Threats in the details"')
    assert "Only a moderator" in seen.text


async def test_a_librarian_of_one_community_is_none_in_another(asked):
    """A follower of a request may be a librarian elsewhere: in private that is worth nothing here."""
    stranger = asked.world.member("Lia")
    await stranger.says("request follow R-1 private=yes")
    await asked.lib.says("request claim R-1")
    await asked.settles()
    await asked.lib.says('request ask R-1 "Which page?"')
    await asked.settles()
    elsewhere = asked.world.member("Lia", Level.LIBRARIAN, home="Archive")
    asked.world.clock.move(minutes=1)
    await elsewhere.says("request list")
    seen = await elsewhere.privately.pushes("requests.press_close", {"request_id": "1", "reason": "No"})
    assert "Only a librarian may do this" in seen.text
    assert (await asked.ana.says("request show R-1")).fields["State"].startswith("⏳")


async def test_only_a_known_librarian_is_assigned(asked):
    await asked.ben.says("request list")
    seen = await asked.mod.uses("request assign", number="R-1", person=asked.ben)
    assert "As far as I know Ben is no librarian here" in seen.text
    assert "settings level person=Ben level=librarian" in seen.text
    assert (await asked.ana.says("request show R-1")).fields["State"] == "🟢 Open"
    await asked.mod.says("settings level person=Ben level=librarian")
    assert (await asked.mod.uses("request assign", number="R-1", person=asked.ben)).text == "Ben is to look for R-1."


async def test_a_librarian_who_was_not_seen_for_long_is_not_assigned(asked):
    await asked.world.passes(days=15)
    seen = await asked.mod.uses("request assign", number="R-1", person=asked.lib)
    assert "As far as I know Lib is no librarian here" in seen.text
    await asked.lib.says("request list")
    assert (await asked.mod.uses("request assign", number="R-1", person=asked.lib)).text == "Lib is to look for R-1."


async def test_whoever_is_forgotten_is_no_librarian_any_more(asked):
    rows = "SELECT count(*) FROM memberships WHERE level > 0"
    before = await asked.world.app.db.read(lambda tx: tx.value(rows))
    person = await asked.world.person(asked.lib)
    await asked.world.app.db.write(asked.world.app.forgetting.forget, person.id)
    assert await asked.world.app.db.read(lambda tx: tx.value(rows)) == before - 1
