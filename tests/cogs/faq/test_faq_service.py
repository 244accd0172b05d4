# SPDX-License-Identifier: MIT
"""Entries in layers: adding, drafting, overriding, hiding, restoring, reviewing, with every change kept."""

import pytest
from faqplay import NOW, content

from bot.kit.errors import Invalid, NotFound
from cogs.faq import service
from cogs.faq.model import Change, Layer, Status

STARTER = "account-institution"


async def test_an_entry_added_by_a_moderator_is_published_and_reviewed_by_her(library):
    entry = await library.db.write(service.add, library.ana, content(), publish=True)
    assert entry.status is Status.PUBLISHED
    assert (entry.review.name, entry.review.at) == ("Ana", NOW)
    seen = await library.db.read(service.catalogue, 1)
    assert seen.entry("opening-hours").content == content()


async def test_an_entry_added_without_the_right_to_publish_waits_as_a_draft(library):
    await library.db.write(service.add, library.lib, content(), publish=False)
    seen = await library.db.read(service.catalogue, 1)
    assert seen.entry("opening-hours") is None
    assert seen.draft("opening-hours").content.answer == "Every day from 9 to 5."


async def test_reviewing_a_draft_publishes_it(library):
    await library.db.write(service.add, library.lib, content(), publish=False)
    entry = await library.db.write(service.review, library.ana, "opening-hours")
    assert (entry.status, entry.review.name) == (Status.PUBLISHED, "Ana")
    assert (await library.db.read(service.catalogue, 1)).drafts == ()


async def test_a_drafted_change_leaves_the_published_words_until_it_is_reviewed(library):
    await library.db.write(service.add, library.ana, content(), publish=True)
    await library.db.write(
        service.edit, library.lib, "opening-hours", "en", {"answer": "Never on Mondays."}, publish=False
    )
    seen = await library.db.read(service.catalogue, 1)
    assert seen.entry("opening-hours").content.answer == "Every day from 9 to 5."
    await library.db.write(service.review, library.ana, "opening-hours")
    seen = await library.db.read(service.catalogue, 1)
    assert seen.entry("opening-hours").content.answer == "Never on Mondays."


async def test_an_entry_is_not_added_twice(library):
    await library.db.write(service.add, library.ana, content(), publish=True)
    with pytest.raises(Invalid) as caught:
        await library.db.write(service.add, library.lib, content(), publish=False)
    assert caught.value.param == "slug"


async def test_a_slug_is_made_from_the_question_and_made_unique(library):
    first = await library.db.write(service.add, library.ana, content(slug=""), publish=True)
    second = await library.db.write(service.add, library.ana, content(slug=""), publish=True)
    assert (first.slug, second.slug) == ("reading-room-open", "reading-room-open-2")


async def test_editing_a_starter_entry_copies_it_for_this_community_alone(library):
    await library.db.write(service.edit, library.ana, STARTER, "en", {"answer": "Ask us first."}, publish=True)
    ours, theirs = await library.db.read(service.catalogue, 1), await library.db.read(service.catalogue, 2)
    assert (ours.entry(STARTER).layer, ours.entry(STARTER).content.answer) == (Layer.COMMUNITY, "Ask us first.")
    assert theirs.entry(STARTER).layer is Layer.STARTER


async def test_translations_of_a_rewritten_starter_entry_are_searched_but_not_shown(library):
    before = await library.db.read(service.catalogue, 1)
    others = set(before.entries[STARTER]) - {"en"}
    await library.db.write(service.edit, library.ana, STARTER, "en", {"answer": "Ask us first."}, publish=True)
    seen = await library.db.read(service.catalogue, 1)
    assert set(seen.entries[STARTER]) == {"en"}
    assert {document.language for document in seen.wordings if document.slug == STARTER} == others
    assert all(document.answer == "" for document in seen.wordings)


async def test_hiding_a_starter_entry_hides_every_language_and_restoring_brings_them_back(library):
    before = await library.db.read(service.catalogue, 1)
    await library.db.write(service.hide, library.ana, STARTER)
    hidden = await library.db.read(service.catalogue, 1)
    assert hidden.entry(STARTER) is None
    assert {entry.slug for entry in hidden.hidden} == {STARTER}
    await library.db.write(service.restore, library.ana, STARTER)
    assert (await library.db.read(service.catalogue, 1)).entries == before.entries


async def test_hiding_the_communitys_own_entry_does_not_bring_the_starter_back(library):
    await library.db.write(service.edit, library.ana, STARTER, "en", {"answer": "Ask us first."}, publish=True)
    await library.db.write(service.hide, library.ana, STARTER)
    assert (await library.db.read(service.catalogue, 1)).entry(STARTER) is None
    entry = await library.db.write(service.restore, library.ana, STARTER)
    assert entry.content.answer == "Ask us first."


async def test_hiding_a_draft_discards_it_and_its_words_stay_in_the_history(library):
    await library.db.write(service.add, library.lib, content(), publish=False)
    assert await library.db.write(service.hide, library.ana, "opening-hours") is Change.DISCARDED
    assert (await library.db.read(service.catalogue, 1)).drafts == ()
    history = await library.db.read(service.history, 1, "opening-hours")
    assert history[0].content == content()


async def test_older_words_come_back_by_their_revision(library):
    await library.db.write(service.add, library.ana, content(), publish=True)
    await library.db.write(service.edit, library.ana, "opening-hours", "en", {"answer": "Closed."}, publish=True)
    await library.db.write(service.restore, library.ana, "opening-hours", 1)
    assert (await library.db.read(service.catalogue, 1)).entry("opening-hours").content == content()
    history = await library.db.read(service.history, 1, "opening-hours")
    assert [(each.number, each.change, each.name) for each in history] == [
        (3, Change.RESTORED, "Ana"),
        (2, Change.EDITED, "Ana"),
        (1, Change.ADDED, "Ana"),
    ]


async def test_a_revision_that_does_not_exist_cannot_come_back(library):
    await library.db.write(service.add, library.ana, content(), publish=True)
    with pytest.raises(Invalid):
        await library.db.write(service.restore, library.ana, "opening-hours", 7)


async def test_an_alias_is_added_to_a_starter_entry_without_copying_it(library):
    await library.db.write(service.alias, library.lib, STARTER, "en", "  one login\nfor all of us? ")
    entry = (await library.db.read(service.catalogue, 1)).entry(STARTER)
    assert entry.layer is Layer.STARTER
    assert "one login for all of us?" in entry.aliases
    with pytest.raises(Invalid):
        await library.db.write(service.alias, library.lib, STARTER, "en", "One login for all of us?")


async def test_a_starter_entry_is_reviewed_without_being_copied(library):
    entry = await library.db.write(service.review, library.ana, STARTER)
    assert (entry.layer, entry.review.name) == (Layer.STARTER, "Ana")
    assert (await library.db.read(service.catalogue, 2)).entry(STARTER).review is None


async def test_a_review_is_gone_when_the_words_change(library):
    await library.db.write(service.review, library.ana, STARTER)
    await library.db.write(lambda tx: tx.run("UPDATE faq_marks SET digest = 'another'"))
    assert (await library.db.read(service.catalogue, 1)).entry(STARTER).review is None


async def test_communities_do_not_see_each_others_entries(library):
    await library.db.write(service.add, library.ana, content(), publish=True)
    assert (await library.db.read(service.catalogue, 2)).entry("opening-hours") is None
    with pytest.raises(NotFound):
        await library.db.write(service.hide, library.other, "opening-hours")


@pytest.mark.parametrize(
    ("changes", "param"),
    [
        ({"question": "   "}, "question"),
        ({"question": "?!?!?!"}, "question"),
        ({"question": "x" * 301}, "question"),
        ({"answer": ""}, "answer"),
        ({"answer": "x" * 4_001}, "answer"),
        ({"slug": "Opening hours!"}, "slug"),
        ({"language": "klingon"}, "language"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
        ({"source_url": "https://ana:secret@library.example/"}, "source_url"),
        ({"as_of": "last week"}, "as_of"),
        ({"aliases": ("y" * 301,)}, "alias"),
        ({"tags": tuple(f"tag {number}" for number in range(13))}, "tags"),
    ],
)
async def test_what_cannot_be_kept_is_named_and_nothing_is_written(library, changes, param):
    with pytest.raises(Invalid) as caught:
        await library.db.write(service.add, library.ana, content(**changes), publish=True)
    assert caught.value.param == param
    assert await library.db.read(lambda tx: tx.value("SELECT COUNT(*) FROM faq_revisions")) == 0


async def test_nul_and_lone_surrogates_are_left_out(library):
    odd = content(question="When is it\x00 open\ud800 today?", answer="At 9.\r\n\x07Or later.")
    entry = await library.db.write(service.add, library.ana, odd, publish=True)
    assert entry.content.question == "When is it open today?"
    assert entry.content.answer == "At 9.\nOr later."


async def test_two_homes_of_a_community_may_bring_the_same_entry_and_the_older_one_stands(library):
    await library.db.write(service.add, library.ana, content(), publish=True)
    await library.db.write(service.add, library.other, content(answer="At our place: never."), publish=True)
    await library.db.write(lambda tx: tx.run("UPDATE faq_entries SET community_id = 1"))
    seen = await library.db.read(service.catalogue, 1)
    assert seen.entry("opening-hours").content.answer == "Every day from 9 to 5."


async def test_every_change_raises_the_version(library):
    from cogs.faq import store

    before = await library.db.read(store.version, 1)
    await library.db.write(service.hide, library.ana, STARTER)
    assert await library.db.read(store.version, 1) != before
    assert await library.db.read(store.version, 2) == (0, 1)
