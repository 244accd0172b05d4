# SPDX-License-Identifier: MIT
"""The life of a request in the chat: asked, claimed, found, told."""

import asyncio

import pytest

from bot.kit import Level

pytestmark = pytest.mark.cogs("requests", "settings")

FAIR = 'request open "Zagreb fair, 1921" kind=newspaper'


async def test_from_asking_to_delivery(desk_in_both_ways):
    desk = desk_in_both_ways
    await desk.ana.says(FAIR)
    await desk.settles()
    card = desk.cards[0]
    assert card.title == "R-1 · Zagreb fair, 1921"
    assert card.fields["Kind"] == "Newspaper"
    await desk.settles()
    (shown,) = desk.cards
    assert shown.title == "R-1 · Zagreb fair, 1921"
    assert shown.buttons == ("Claim", "I have it", "Follow", "Close")
    claimed = await desk.lib.at(desk.channel).presses("Claim", on=shown)
    assert claimed.text == "Lib is looking for R-1."
    await desk.settles()
    (shown,) = desk.cards
    assert shown.fields["State"] == "🔎 Claimed · Lib is looking"
    assert desk.told(desk.ana) == ["R-1 · Zagreb fair, 1921\nLib is looking for it."]
    done = await desk.lib.says('request fulfil R-1 "Jutarnji list, 3 May 1921" link=https://example.org/a effort=3')
    assert done.text == "R-1 is fulfilled. Thank you!"
    await desk.settles()
    (shown,) = desk.cards
    assert shown.fields["State"] == "✅ Fulfilled"
    assert shown.fields["Found"] == "Jutarnji list, 3 May 1921"
    assert "Lib found it." in desk.told(desk.ana)[-1]
    assert "copyright" in desk.told(desk.ana)[-1]


async def test_only_a_librarian_claims(desk):
    await desk.ana.says(FAIR)
    await desk.settles()
    card = desk.cards[0]
    assert "librarian" in (await desk.ben.at(desk.channel).presses("Claim", on=card)).text
    assert (await desk.lib.at(desk.channel).presses("Claim", on=card)).text == "Lib is looking for R-1."


async def test_of_two_who_claim_one_wins_and_the_other_is_told_who(desk):
    lia = desk.world.member("Lia", Level.LIBRARIAN)
    await desk.ana.says(FAIR)
    await desk.settles()
    card = desk.cards[0]
    both = await asyncio.gather(
        desk.lib.at(desk.channel).presses("Claim", on=card), lia.at(desk.channel).presses("Claim", on=card)
    )
    texts = sorted(seen.text for seen in both)
    assert texts in (
        ["Lib is already looking for R-1.", "Lib is looking for R-1."],
        ["Lia is already looking for R-1.", "Lia is looking for R-1."],
    )
    await desk.settles()
    assert len(desk.told(desk.ana)) == 1


async def test_only_the_title_is_needed_and_asked_for(desk_in_both_ways):
    seen = await desk_in_both_ways.ana.says("request open")
    assert seen.asked.names[0] == "title"
    assert (await desk_in_both_ways.ana.submits(title="Zagreb fair, 1921")).title == "R-1 · Zagreb fair, 1921"
