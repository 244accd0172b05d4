# SPDX-License-Identifier: MIT
"""What waits for somebody: every group of questions, suggestion and draft can be reached; files wait for a yes."""

import pytest
from faqplay import content
from test_faq_knowledge import FakeEncoder
from test_faq_learning import remember

from bot.kit import Level
from bot.kit.arg import Upload
from cogs.faq import service, store_waiting
from cogs.faq.knowledge import Knowledge

pytestmark = pytest.mark.cogs("faq")

TABLE = b"question,answer\nWhere is the cafe of the archive?,On the ground floor.\n"


def upload(content=TABLE) -> Upload:
    return Upload("faq.csv", content, "text/csv")


async def entries(world) -> int:
    return await world.app.db.read(lambda tx: tx.value("SELECT COUNT(*) FROM faq_entries"))


async def test_every_group_of_questions_has_buttons(world_in_both_ways):
    world = world_in_both_ways
    await remember(world)
    ana, lib = world.member("Ana"), world.member("Lib", Level.LIBRARIAN)
    for word in ("xyzzy harpsichord", "plugh zorkmid", "frobnitz quux"):
        await ana.says(f"ask who tunes the {word}")
    first = await lib.says("faq gaps")
    assert "group 1 of 3" in first.note
    second = await lib.presses("Next: 2", on=first)
    assert "Set 2 aside" in second.buttons
    await lib.presses("Set 2 aside", on=second)
    left = await lib.says("faq gaps 2")
    assert left.title == "2 unanswered questions"
    assert "Set 2 aside" in left.buttons
    assert not [label for label in left.buttons if label.startswith("Next")]


async def test_a_group_that_is_no_more_is_taken_for_the_last_one(world):
    await remember(world)
    lib = world.member("Lib", Level.LIBRARIAN)
    await lib.says("ask who tunes the xyzzy harpsichord")
    assert "Set 1 aside" in (await lib.says("faq gaps 9")).buttons


async def test_every_draft_and_suggestion_can_be_decided(world):
    lib, mo = world.member("Lib", Level.LIBRARIAN), world.member("Mo", Level.MODERATOR)
    for word in ("dogs", "cats", "birds"):
        await lib.uses("faq add", question=f"May {word} come in?", answer="No.", source="-", slug=f"may-{word}")
    queue = await mo.says("faq review")
    assert len(queue.items) == 3
    assert queue.items[1].startswith("2. Draft: ")
    third = await mo.says("faq review 3")
    label = next(label for label in third.buttons if label.startswith("Publish"))
    assert "reviewed by you" in (await mo.presses(label, on=third)).text
    assert len((await mo.says("faq review")).items) == 2


async def test_an_entry_past_its_date_can_be_confirmed_from_the_list(world):
    mo = world.member("Mo", Level.MODERATOR)
    await mo.uses("faq add", question="May dogs come in?", answer="No.", source="-", slug="may-dogs")
    world.clock.move(days=800)
    queue = await mo.says("faq review")
    label = next(label for label in queue.buttons if label.startswith("It still holds"))
    assert "reviewed by you" in (await mo.presses(label, on=queue)).text


async def test_a_file_is_looked_through_and_imported_by_a_button(world):
    mo = world.member("Mo", Level.MODERATOR)
    seen = await mo.uses("faq import", file=upload())
    assert seen.buttons == ("Import it", "Do not import it")
    assert await entries(world) == 0
    assert "Imported" in (await mo.presses("Import it", on=seen)).text
    assert await entries(world) == 1
    assert "no longer kept" in (await mo.presses("Import it", on=seen)).text


async def test_a_file_that_is_not_wanted_is_forgotten(world):
    mo = world.member("Mo", Level.MODERATOR)
    seen = await mo.uses("faq import", file=upload())
    assert "Nothing was imported" in (await mo.presses("Do not import it", on=seen)).text
    assert "no longer kept" in (await mo.presses("Import it", on=seen)).text
    assert await entries(world) == 0


async def test_a_file_waits_for_a_day_only(library):
    file = store_waiting.WaitingFile("faq.csv", "en", TABLE)
    file_id = await library.db.write(store_waiting.keep_file, library.ana, file)
    assert await library.db.read(store_waiting.waiting_file, 1, file_id) == file
    assert await library.db.read(store_waiting.waiting_file, 2, file_id) is None
    library.clock.move(hours=25)
    await library.db.write(store_waiting.purge_files, 1)
    assert await library.db.read(store_waiting.waiting_file, 1, file_id) is None


async def test_a_path_is_not_taken_for_a_language(world):
    mo = world.member("Mo", Level.MODERATOR)
    seen = await mo.uses("faq import", file=upload(), language="faq.csv")
    assert "no language code" in seen.text
    assert await entries(world) == 0


async def test_what_was_learnt_is_known_after_a_restart(library):
    encoder = FakeEncoder()
    encoder.may_load.set()
    words = tuple(f"when may I use the reading room on day {number}" for number in range(45))
    await library.db.write(service.add, library.ana, content(aliases=words[:12]), publish=True)
    first = Knowledge(library.db, encoder)
    first.start()
    await first.complete(1)
    await first.settled()
    learnt = await first.learnt(1)
    assert learnt is not None
    await first.stop()
    again = Knowledge(library.db, None)
    assert await again.learnt(1) == learnt
    assert await again.learnt(2) is None
