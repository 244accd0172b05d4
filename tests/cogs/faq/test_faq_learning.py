# SPDX-License-Identifier: MIT
"""Learning from people, not by itself: gaps, suggested aliases, and what needs care."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit import Level
from cogs.faq.scrub import without_names
from cogs.faq.search import Thresholds
from cogs.faq.settings import FaqSettings, thresholds
from cogs.faq.store_learning import Counts

pytestmark = pytest.mark.cogs("faq")

USUAL = Thresholds().answer
SHARED = "Can our library have one shared account?"


async def remember(world) -> None:
    await world.member("Mo", Level.MODERATOR).says("faq list")  # the home is known from the first word on
    await world.app.db.write(
        lambda tx: tx.insert(
            """INSERT INTO settings (community_id, cog, key, value, changed_at)
               VALUES (1, 'faq', 'remember_questions', 'true', 0)"""
        )
    )
    world.app.refresh()


async def test_gaps_are_not_kept_unless_the_community_wants_them(world):
    lib = world.member("Lib", Level.LIBRARIAN)
    await lib.says("ask where did my unicorn manuscript xyzzy go?")
    assert "does not keep" in (await lib.says("faq gaps")).text


async def test_unanswered_questions_are_grouped_and_become_an_entry(world_in_both_ways):
    world = world_in_both_ways
    await remember(world)
    ana, lib, mo = world.member("Ana"), world.member("Lib", Level.LIBRARIAN), world.member("Mo", Level.MODERATOR)
    for words in ("who tunes the xyzzy harpsichord", "who tunes the harpsichord xyzzy?", "is plugh zorkmid allowed"):
        await ana.says(f"ask {words}")
    gaps = await lib.says("faq gaps")
    assert gaps.title == "3 unanswered questions"
    assert "(asked 2 times)" in gaps.items[0]
    await lib.presses("Write an entry for 1", on=gaps)
    seen = await lib.submits(question="Who tunes the harpsichord?", answer="The music department.")
    assert "waits as a draft" in seen.text
    await mo.says("faq review who-tunes-harpsichord")
    assert (await lib.says("faq gaps")).title == "1 unanswered question"


async def test_a_question_that_people_confirm_is_suggested_as_an_alias(world):
    await remember(world)
    ana, mo = world.member("Ana"), world.member("Mo", Level.MODERATOR)
    words = "Can our library have one shared account between us?"
    answer = await ana.says(f"ask {words}")
    await ana.presses("This helped", on=answer)
    queue = await mo.says("faq review")
    assert queue.items == (f"Suggested alias for account-institution, confirmed once: {words}",)
    assert "found by these words" in (await mo.presses("Accept", on=queue)).text
    assert (await mo.says("faq review")).text == "Nothing waits for you."
    assert (
        words in (await mo.says("faq history account-institution")).plain
        or "alias added" in (await mo.says("faq history account-institution")).plain
    )


async def test_a_refused_alias_is_not_suggested_again(world):
    await remember(world)
    ana, ben, mo = world.member("Ana"), world.member("Ben"), world.member("Mo", Level.MODERATOR)
    words = "Can our library have one shared account between us?"
    await ana.presses("This helped", on=await ana.says(f"ask {words}"))
    await mo.presses("Do not add it", on=await mo.says("faq review"))
    await ben.presses("This helped", on=await ben.says(f"ask {words}"))
    assert (await mo.says("faq review")).text == "Nothing waits for you."


async def test_why_something_is_answered_can_be_seen(world):
    lib = world.member("Lib", Level.LIBRARIAN)
    seen = await lib.says(f"faq test {SHARED}")
    assert seen.fields["Decision"] == "answer"
    assert seen.fields["Answers from"] == f"{USUAL:.0%}".replace("%", " %")
    assert re.search(r"account-institution — words \d+ %, letters \d+ %", seen.items[0])
    assert await world.app.db.read(lambda tx: tx.value("SELECT COUNT(*) FROM faq_asked")) == 0


async def test_entries_that_need_care_are_listed(world):
    lib, mo, ana = world.member("Lib", Level.LIBRARIAN), world.member("Mo", Level.MODERATOR), world.member("Ana")
    for number in range(2):
        await mo.uses(
            "faq add",
            question=f"May I bring my own dog inside{'?' * number}",
            answer="No dogs.",
            source="-",
            slug=f"dog-{number}",
        )
    for name in ("Ana", "Ben", "Cleo"):
        member = world.member(name)
        await member.presses("Not what", on=await member.says("ask may I bring my own dog inside"))
    world.clock.move(days=800)
    seen = await lib.says("faq health")
    assert "dog-0 = dog-1" in seen.fields["Much alike"]
    assert "dog-0" in seen.fields["Past their review date"]
    assert "dog-0" in seen.fields["Without a source"]
    assert "dog-" in seen.fields["Often “not what I asked”"]
    assert ana


async def test_questions_whose_buttons_are_old_are_deleted(world):
    ana = world.member("Ana")
    await ana.says(f"ask {SHARED}")
    world.clock.move(days=40)
    cog = world.app.registry.cogs["faq"]
    from bot.kit import Community

    await cog.tidy_up(Community(1, "Library"))
    assert await world.app.db.read(lambda tx: tx.value("SELECT COUNT(*) FROM faq_asked")) == 0


@pytest.mark.parametrize(
    ("counts", "answer"),
    [
        (Counts(100, 5, 5), USUAL),
        (Counts(100, 38, 2), USUAL),
        (Counts(100, 30, 10), USUAL + 0.1),
        (Counts(100, 0, 40), 0.8),
        (Counts(100, 40, 0), USUAL - 0.025),
    ],
)
def test_refused_answers_raise_the_threshold_within_its_bounds(counts, answer):
    assert thresholds(FaqSettings(), counts).answer == pytest.approx(answer)


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("Write to ana.p@library.example or +34 600 123 456 please", "Write to … or … please"),
        ("why did User:Ana_Perez delete it?", "why did …? delete it?"),
        ("ask @ana about https://x.example/ana", "ask … about …"),
        ("my name is Ana Pérez and I lost it", "my name is … and I lost it"),
        ("how do I cite a book from 1921", "how do I cite a book from 1921"),
    ],
)
def test_what_names_somebody_is_taken_out(words, kept):
    assert without_names(words).replace("…?", "…?") in {kept, kept.replace("…?", "…")}


@given(st.text(max_size=200))
def test_taking_names_out_never_fails_and_is_done_once_and_for_all(text):
    once = without_names(text)
    assert without_names(once) == once
