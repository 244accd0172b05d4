# SPDX-License-Identifier: MIT
"""Keeping the FAQ in the chat: adding, editing, hiding, restoring, reviewing, files in and out."""

import json

import pytest

from bot.kit import Level, Tone, Upload

pytestmark = pytest.mark.cogs("faq")

SHARED = "Can our library have one shared account?"
DOG = {"question": "May I bring my dog to the library?", "answer": "Only a *guide dog*.", "source": "House rules"}


async def test_members_cannot_change_the_faq(world):
    ana = world.member("Ana")
    before = await world.app.db.read(lambda tx: tx.value("SELECT COUNT(*) FROM faq_revisions"))
    for line in ("faq add", "faq hide account-institution", "faq review account-institution", "faq health"):
        assert (await ana.says(line)).tone is Tone.BAD
    assert await world.app.db.read(lambda tx: tx.value("SELECT COUNT(*) FROM faq_revisions")) == before


async def test_adding_asks_for_what_is_missing_and_the_entry_is_live_at_once(world_in_both_ways):
    world = world_in_both_ways
    mo, ana = world.member("Mo", Level.MODERATOR), world.member("Ana")
    await mo.says("faq add")
    seen = await mo.submits(**DOG)
    assert seen.text == "“May I bring my dog to the library?” is live."
    answer = await ana.says("ask can my dog come to the library with me?")
    assert (answer.title, answer.text) == (DOG["question"], "Only a guide dog.")
    assert answer.note == "Reviewed November 23, 2026 by Mo."
    assert answer.fields == {"Source": "House rules"}


async def test_a_librarians_entry_waits_for_a_moderator(world):
    lib, mo, ana = world.member("Lib", Level.LIBRARIAN), world.member("Mo", Level.MODERATOR), world.member("Ana")
    seen = await lib.uses("faq add", **DOG)
    assert "waits as a draft" in seen.text
    assert seen.buttons == ()
    assert (await ana.says("ask may I bring my dog to the library?")).title != DOG["question"]
    queue = await mo.says("faq review")
    assert DOG["question"] in queue.items[0]
    assert "reviewed by you" in (await mo.presses("Publish", on=queue)).text
    assert (await ana.says("ask may I bring my dog to the library?")).title == DOG["question"]


async def test_editing_shows_the_words_and_asks_for_new_ones(world_in_both_ways):
    world = world_in_both_ways
    mo, ana = world.member("Mo", Level.MODERATOR), world.member("Ana")
    shown = await mo.says("faq edit account-institution")
    assert "one person" in shown.text
    await mo.presses("Write a new answer", on=shown)
    seen = await mo.submits(answer="Ask the desk first.", source="https://library.example/rules")
    assert "is live" in seen.text
    answer = await ana.says(f"ask {SHARED}")
    assert (answer.text, answer.link) == ("Ask the desk first.", "https://library.example/rules")


async def test_an_entry_is_found_by_a_misspelt_name(world):
    seen = await world.member("Ana").says("faq show acount-institution")
    assert "Did you mean" in seen.text
    assert "account-institution" in seen.text


async def test_titles_are_completed_in_spite_of_slips(world):
    lib = world.member("Lib", Level.LIBRARIAN)
    assert "account-institution" in await lib.completes("faq show", "entry", "shared wikipeda acc")
    assert "account-institution" in await lib.completes("faq show", "entry", "account-ins")
    assert len(await lib.completes("faq show", "entry", "")) == 25
    assert "copyright" in await lib.completes("faq list", "tag", "copy")


async def test_hiding_wants_a_yes_and_can_be_undone(world):
    mo, ana = world.member("Mo", Level.MODERATOR), world.member("Ana")
    asked = await mo.says("faq hide account-institution")
    assert "account-institution" in asked.asked.confirm
    assert "is hidden" in (await mo.confirms()).text
    assert (await ana.says(f"ask {SHARED}")).title != "Can our library have one shared Wikipedia account?"
    assert "account-institution" in (await mo.says("faq list status=hidden")).items[0]
    assert "is live" in (await mo.says("faq restore account-institution")).text
    assert (await ana.says(f"ask {SHARED}")).title == "Can our library have one shared Wikipedia account?"


async def test_the_history_names_who_did_what_and_old_words_come_back(world):
    mo, lib = world.member("Mo", Level.MODERATOR), world.member("Lib", Level.LIBRARIAN)
    await mo.uses("faq add", **DOG, slug="dogs")
    await mo.uses("faq edit", entry="dogs", answer="No dogs.")
    await lib.says('faq alias dogs "is my poodle welcome"')
    history = await lib.says("faq history dogs")
    assert [line.split(",")[0] for line in history.items] == [
        "3. alias added (en) by Lib",
        "2. edited (en) by Mo",
        "1. added (en) by Mo",
    ]
    await mo.says("faq restore dogs revision=1")
    assert (await lib.says("ask is my poodle welcome")).text == "Only a guide dog."


async def test_an_alias_helps_at_once(world):
    lib, ana = world.member("Lib", Level.LIBRARIAN), world.member("Ana")
    words = "zwiebelfisch kontoteilung nachschlagepult"
    assert (await ana.says(f"ask {words}")).title == ""
    await lib.uses("faq alias", entry="account-institution", words=words)
    assert (await ana.says(f"ask {words}")).title.startswith("Darf unsere Bibliothek ein gemeinsames")


async def test_a_message_is_saved_as_a_draft(world_in_both_ways):
    lib = world_in_both_ways.member("Lib", Level.LIBRARIAN)
    saved = await lib.shortcuts("save", on="You find the old maps on the third floor, behind the **globe**.")
    assert "old maps" in (await lib.says("faq list status=draft")).items[0]
    await lib.presses("Write the question", on=saved)
    seen = await lib.submits(question="Where are the old maps?", source="-")
    assert "waits as a draft" in seen.text
    assert (await lib.says("faq list status=draft")).items[0].startswith("Where are the old maps?")


async def test_a_tag_that_nobody_uses_is_named_with_those_that_there_are(world):
    seen = await world.member("Ana").says("faq list unicorns")
    assert "accounts" in seen.plain


async def test_a_spreadsheet_is_previewed_and_then_imported(world):
    mo, ana = world.member("Mo", Level.MODERATOR), world.member("Ana")
    file = Upload("faq.csv", b"Question;Answer\r\nMay I bring my dog to the library?;Only a guide dog.\r\n", "text/csv")
    preview = await mo.uses("faq import", file=file)
    assert preview.fields == {"Added": "1", "Changed": "0", "Unchanged": "0", "Rejected": "0"}
    assert preview.buttons == ("Import it", "Do not import it")
    done = await mo.uses("faq import", file=file, apply=True)
    assert done.text.startswith("Imported.")
    answer = await ana.says("ask may I bring my dog to the library?")
    assert (answer.title, answer.note) == (DOG["question"], "From your community, not reviewed yet.")


async def test_a_broken_spreadsheet_is_refused_row_by_row(world):
    mo = world.member("Mo", Level.MODERATOR)
    file = Upload("faq.csv", b'question,answer\nMay I?,"Never\nMay we?,Yes\n', "text/csv")
    seen = await mo.uses("faq import", file=file, apply=True)
    assert seen.text.startswith("Nothing was imported")
    assert seen.items[0].startswith("Row 2: ")
    assert "no table" not in (await mo.uses("faq import", file=Upload("x.csv", b"", "text/csv"))).text


async def test_what_is_exported_can_be_read_again(world):
    mo = world.member("Mo", Level.MODERATOR)
    assert "no entries of its own" in (await mo.says("faq export")).text
    everything = (await mo.says("faq export json all")).files["faq.json"]
    entries = json.loads(everything.content)["entries"]
    assert {"account-institution"} <= {entry["slug"] for entry in entries}
    seen = await mo.uses("faq import", file=Upload("faq.json", everything.content, "application/json"), apply=True)
    assert seen.fields["Unchanged"] == str(len(entries))
    assert (seen.fields["Added"], seen.fields["Rejected"]) == ("0", "0")


async def test_another_home_does_not_see_the_entries(world):
    mo, eve = world.member("Mo", Level.MODERATOR), world.member("Eve", home="Elsewhere")
    await mo.uses("faq add", **DOG)
    assert (await eve.says("ask may I bring my dog to the library?")).title != DOG["question"]


async def test_a_person_can_have_and_forget_what_is_kept_of_them(world):
    mo = world.member("Mo", Level.MODERATOR)
    await mo.uses("faq add", **DOG)
    answer = await mo.says("ask may I bring my dog to the library?")
    await mo.presses("This helped", on=answer)
    cog = world.app.registry.cogs["faq"]
    person = await world.person(mo)
    kept = await world.app.db.read(cog.export, person.id)
    assert [row["change"] for row in kept["changes"]] == ["added"]
    assert [row["verdict"] for row in kept["verdicts"]] == ["helped"]
    await world.app.db.write(cog.forget, person.id)
    assert not any((await world.app.db.read(cog.export, person.id)).values())
    assert "by your community" in (await mo.says("ask may I bring my dog to the library?")).note
