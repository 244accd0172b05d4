# SPDX-License-Identifier: MIT
"""From the FAQ to a request, and from what was found to an FAQ draft."""

import pytest

from bot.kit import Level

pytestmark = pytest.mark.cogs("requests", "faq", "settings")

QUESTION = "Which shelf holds the atlas of the harbour of Rijeka in our branch?"


async def test_a_question_that_nothing_answers_becomes_a_request_in_one_click(desk_in_both_ways):
    desk = desk_in_both_ways
    seen = await desk.ana.says(f"ask {QUESTION}")
    done = await desk.ana.presses("Ask a librarian", on=seen)
    assert done.title == f"R-1 · {QUESTION}"
    assert done.fields["Kind"] == "Other"
    await desk.settles()
    assert desk.cards[0].title == f"R-1 · {QUESTION}"


async def test_a_question_asked_before_is_pointed_out(desk):
    await desk.ben.says(f'request open "{QUESTION}"')
    seen = await desk.ana.says(f"ask {QUESTION}")
    pressed = await desk.ana.presses("Ask a librarian", on=seen)
    assert pressed.asked.confirm.startswith("R-1 asks for this already: follow it?")
    assert (await desk.ana.confirms()).title.startswith("R-2")


async def test_what_was_found_becomes_a_draft_without_anybody_s_name(desk_in_both_ways):
    desk = desk_in_both_ways
    await desk.ana.says('request open "Where is the atlas of the harbour? Ana"')
    await desk.lib.says(
        'request fulfil R-1 "Dear Ana, on shelf 3; write to lib@example.org" link=https://example.org/a'
    )
    done = await desk.lib.confirms()
    seen = await desk.lib.presses("Make an FAQ draft", on=done)
    shown = seen.asked.confirm
    assert "Where is the atlas of the harbour? …" in shown
    assert "Dear …, on shelf 3; write to …" in shown
    drafted = await desk.lib.confirms()
    assert "waits for a moderator" in drafted.text
    slug = drafted.text.split()[2]
    await desk.mod.says(f"faq review {slug}")
    assert "shelf 3" in (await desk.ben.says(f"faq show {slug}")).plain


@pytest.mark.cogs("requests", "settings")
async def test_without_the_faq_there_is_nowhere_to_put_a_draft(world):
    world.app.registry.remove("faq")
    lib = world.member("Lib", Level.LIBRARIAN)
    await lib.says('request open "Zagreb fair, 1921"')
    done = await lib.says('request fulfil R-1 "Some paper"')
    assert "FAQ is switched off" in (await lib.presses("Make an FAQ draft", on=done)).text
