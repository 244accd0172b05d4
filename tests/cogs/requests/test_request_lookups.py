# SPDX-License-Identifier: MIT
"""Metadata and free copies behind the scenes: in time, late, missing, or junk."""

import asyncio

import pytest
from test_metadata import CITOID, CROSSREF, OPEN

from bot.kit import Fetched, Unavailable, Visible, t
from cogs.requests import Requests
from cogs.requests.metadata import LookupSettings

pytestmark = pytest.mark.cogs("requests", "settings")

USUAL = LookupSettings()
DOI = "10.1016/j.mayocp.2012.02.015"
OPENING = f'request open "Patient with diarrhea" identifier={DOI}'
FREE = {"is_oa": True, "best_oa_location": OPEN}


@pytest.fixture
async def services(desk):
    """Let Citoid and Crossref know the work, and have Unpaywall switched on."""
    desk.world.outside.answers |= {USUAL.citoid: [CITOID], USUAL.crossref: CROSSREF}
    with_email(desk)
    return desk


def with_email(desk):
    lookup = desk.world.cog(Requests).lookup
    lookup._settings = LookupSettings(email="me@example.org")


async def test_the_card_comes_with_what_catalogues_know(services):
    seen = await services.ana.says(OPENING)
    assert "look up" in seen.text
    await services.settles()
    (card,) = services.cards
    assert CITOID["title"] in card.fields["Work"]
    assert card.fields["DOI"] == f"{DOI} (https://doi.org/{DOI})" or DOI in card.fields["DOI"]
    assert card.note == "Bibliographic data from Citoid."


async def test_only_the_identifier_goes_out(services):
    await services.ana.says(OPENING + " details='for my neighbour Zdenka'")
    await services.settles()
    whole = str(services.world.outside.asked)
    assert "Zdenka" not in whole
    assert "diarrhea" not in whole
    assert "Ana" not in whole


async def test_the_card_waits_fifteen_seconds_and_no_longer(services):
    services.world.outside.hold()
    await services.ana.says(OPENING)
    await turns(services)
    assert services.cards == []
    services.world.clock.move(minutes=14 / 60)
    await turns(services)
    assert services.cards == []
    services.world.clock.move(minutes=1 / 60)
    await turns(services)
    (card,) = services.cards
    assert "Work" not in card.fields
    services.world.outside.release()
    await services.settles()
    (card,) = services.cards
    assert CITOID["title"] in card.fields["Work"], "what comes late completes the card"


async def turns(desk):
    """Let everything go on that does not wait for the outside."""
    for _ in range(20):
        for _ in range(50):
            await asyncio.sleep(0)
        await desk.world.app.db.write(lambda tx: None)
    await desk.world.app.outbox.settled()


async def test_nothing_answers_and_the_request_is_there_all_the_same(desk):
    await desk.ana.says(OPENING)
    await desk.settles()
    (card,) = desk.cards
    assert card.title == "R-1 · Patient with diarrhea"
    parts = {part.name: part for part in desk.world.app.health.snapshot().components}
    assert "Citoid and Crossref" in desk.world.voice().plain(parts["requests look-ups"].reason)


async def test_a_look_up_that_failed_is_tried_again_and_the_card_completed(desk):
    await desk.ana.says(OPENING)
    await desk.settles()
    desk.world.outside.answers |= {USUAL.citoid: [CITOID], USUAL.crossref: CROSSREF}
    await desk.world.passes(hours=1)
    (card,) = desk.cards
    assert CITOID["title"] in card.fields["Work"]
    asked = len(desk.world.outside.asked)
    await desk.world.passes(hours=3)
    assert len(desk.world.outside.asked) == asked, "what is known is not asked for again"


async def test_services_that_stay_down_are_asked_three_times(desk):
    await desk.ana.says(OPENING)
    await desk.world.passes(hours=8)
    assert len([url for url, _ in desk.world.outside.asked if url.startswith(USUAL.citoid)]) == 3


async def test_a_free_copy_goes_to_the_asker_first_and_no_librarian_is_asked(services):
    services.world.outside.answers[USUAL.unpaywall] = FREE
    await services.ana.says(OPENING)
    await services.settles()
    assert services.cards == []
    (offer,) = services.ana.inbox
    assert offer.visible is not Visible.PUBLIC or offer.seen_by <= {"Ana"}
    assert offer.buttons == ("That is what I needed", "I still need a librarian")
    assert "https://a.org/x" in offer.plain
    done = await services.ana.privately.presses("That is what I needed", on=offer)
    assert "closed" in done.text
    await services.world.passes(days=2)
    assert services.cards == []
    shown = await services.mod.says("request show R-1")
    assert shown.fields["State"] == "✅ Fulfilled"
    assert shown.fields["How"] == "It is free to read"
    assert (await services.lib.says("request stats")).fields["Found free"] == "1"


async def test_who_still_needs_a_librarian_gets_one(services):
    services.world.outside.answers[USUAL.unpaywall] = FREE
    await services.ana.says(OPENING)
    await services.settles()
    await services.ana.privately.presses("I still need a librarian", on=services.ana.inbox[0])
    await services.settles()
    (card,) = services.cards
    assert "https://a.org/x" in card.plain
    assert card.fields["State"] == "🟢 Open"


async def test_a_free_copy_without_a_word_from_the_asker_goes_on_to_librarians(services):
    services.world.outside.answers[USUAL.unpaywall] = FREE
    await services.ana.says(OPENING)
    await services.world.passes(hours=23)
    assert services.cards == []
    await services.world.passes(hours=3)
    assert len(services.cards) == 1


async def test_nobody_else_settles_a_request_by_its_free_copy(services):
    services.world.outside.answers[USUAL.unpaywall] = FREE
    await services.ana.says(OPENING)
    await services.settles()
    offer = services.ana.inbox[0]
    button = offer.button("That is what I needed")
    exchange = await services.ben._exchange()
    await services.world.app.inbox.press(exchange, button.target, dict(button.arguments))
    assert "Only whoever asked" in services.ben._seen(exchange).text


async def test_a_retraction_is_pointed_out(services):
    message = CROSSREF["message"] | {"updated-by": [{"type": "retraction"}]}
    services.world.outside.answers[USUAL.crossref] = CROSSREF | {"message": message}
    await services.ana.says(OPENING)
    await services.settles()
    assert "retracted" in services.cards[0].fields["Beware"]


async def test_a_dead_page_is_offered_from_the_archive(services):
    services.world.outside.answers |= {
        USUAL.citoid: Fetched({"error": "Unable to load URL"}, 404),
        USUAL.cdx: [["timestamp", "original"], ["20190103040506", "https://example.org/a"]],
    }
    await services.ana.says('request open "A page that is gone" kind=web identifier=https://example.org/a')
    await services.settles()
    assert "web.archive.org/web/20190103040506" in services.ana.inbox[0].plain


JUNK = [
    Fetched(None, 404),
    Fetched({"error": "x"}, 500),
    Fetched("<html>", 200),
    [],
    [{}],
    [{"title": "[No title found]"}],
    {"message": {"title": ["x}} {{evil | author=z ~~~~ <ref>[[A]]\n\n=="]}},
    [{"title": "x}} {{evil | author=z ~~~~ <ref>[[A]]\n\n==", "itemType": "book", "author": [["", None], 7]}],
    Unavailable(t("It answered with 429.")),
    [{"title": "a" * 1_000_000, "itemType": "book"}],
]


@pytest.mark.parametrize("answer", JUNK, ids=range(len(JUNK)))
async def test_no_answer_breaks_a_request(services, answer):
    services.world.outside.answers |= {USUAL.citoid: answer, USUAL.crossref: answer, USUAL.unpaywall: answer}
    await services.ana.says(OPENING)
    await services.settles()
    (card,) = services.cards
    assert card.title == "R-1 · Patient with diarrhea"
    seen = await services.ana.says("cite R-1")
    assert "people who run me" not in seen.plain


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("978-2-07-046423-5", "This ISBN is mistyped"),
        ("12345679", "Write which one: ISSN 1234-5679, PMID 12345679, OCLC 12345679"),
        ("hello", "No identifier was recognised"),
    ],
)
async def test_a_mistyped_identifier_is_asked_for_again_with_the_reason(desk_in_both_ways, typed, words):
    seen = await desk_in_both_ways.ana.says(f'request open "A book that I need" identifier="{typed}"')
    assert words in seen.asked.error
    done = await desk_in_both_ways.ana.answers("ISBN 978-2-07-046423-4")
    assert done.title == "R-1 · A book that I need"
    assert "9782070464234" in done.fields["ISBN"]


async def test_an_identifier_in_the_title_is_found(services):
    seen = await services.ana.says(f'request open "Please find https://doi.org/{DOI}, thanks"')
    assert DOI in seen.fields["DOI"]


async def test_other_identifiers_are_looked_up_anew(services):
    await services.ana.says('request open "Patient with diarrhea"')
    await services.settles()
    await services.ana.says(f"request edit R-1 identifier={DOI}")
    await services.settles()
    assert CITOID["title"] in services.cards[0].fields["Work"]
    await services.ana.says("request edit R-1 language=en")
    await services.settles()
    assert CITOID["title"] in services.cards[0].fields["Work"], "an edit of something else forgets nothing"


async def test_a_citation_is_ready_to_paste(services):
    seen = await services.ana.says(f"cite {DOI}")
    assert seen.text.startswith('<ref name="Sweetser 2012">{{cite journal |')
    seen = await services.ana.says(f"cite {DOI} style=de")
    assert "{{Literatur" in seen.text
    await services.ana.says(OPENING + " wiki=es")
    await services.settles()
    assert "{{cita publicación" in (await services.ana.says("cite R-1")).text.casefold()


async def test_what_cannot_be_cited_says_why(desk):
    assert "Citoid and Crossref" in (await desk.ana.says(f"cite {DOI}")).text
    desk.world.outside.answers |= {USUAL.citoid: Fetched({"error": "x"}, 404), USUAL.crossref: Fetched(None, 404)}
    assert "No catalogue knows" in (await desk.ana.says(f"cite {DOI}")).text
    assert "no request R-9" in (await desk.ana.says("cite R-9")).text
    await desk.ana.says('request open "Zagreb fair, 1921"')
    made = await desk.ana.says("cite R-1")
    assert made.text == '<ref name="Zagreb fair 1921">{{cite book |title=Zagreb fair, 1921}}</ref>'
    assert "Complete it before you publish" in made.plain


async def test_the_citation_is_offered_with_what_was_found(services):
    await services.ana.says(OPENING)
    await services.settles()
    done = await services.lib.says('request fulfil R-1 "Mayo Clinic Proceedings 87"')
    assert done.buttons[0] == "Citation"
    await services.settles()
    post = services.ana.spot.posts[-1]
    assert "{{cite journal" in (await services.ana.presses("Citation", on=post)).text


@pytest.mark.parametrize(
    ("typed", "kind"),
    [("978-2-07-046423-4", "Book"), ("https://example.org/a", "Web page"), (DOI, "Journal article")],
)
async def test_the_sort_of_source_is_guessed_from_its_identifier(desk, typed, kind):
    assert (await desk.ana.says(f"request open 'Something I need' identifier={typed}")).fields["Kind"] == kind


async def test_a_free_copy_of_another_work_is_offered_anew(services):
    services.world.outside.answers[USUAL.unpaywall] = FREE
    await services.ana.says(OPENING)
    await services.settles()
    services.world.clock.move(minutes=1)
    await services.ana.says("request edit R-1 identifier=10.1000/182")
    await services.settles()
    assert len(services.ana.inbox) == 2
    history = (await services.ana.says("request show R-1")).items
    assert len([item for item in history if "free copy" in item]) == 2
    services.world.clock.move(hours=1)
    await services.settles()
    assert len(services.ana.inbox) == 2
