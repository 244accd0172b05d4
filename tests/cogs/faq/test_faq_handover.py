# SPDX-License-Identifier: MIT
"""The road from a question to a person, and what the FAQ does for other cogs."""

import pytest

from bot.kit import (
    Answer,
    Cog,
    Community,
    Context,
    Database,
    Level,
    Manifest,
    Provider,
    QuestionDesk,
    Reply,
    TopicAnswers,
)
from bot.testing.world import World

SHARED = "Can our library have one shared account?"


class Desk(Cog):
    """A desk that takes questions."""

    name = "desk"
    manifest = Manifest("Takes questions.", "It keeps nothing.", {})
    provides = (QuestionDesk,)

    def __init__(self, db: Database, answers: Provider[TopicAnswers]) -> None:
        self.db = db
        self.answers = answers

    async def hand_over(self, ctx: Context, text: str) -> Answer:
        """Take a question."""
        return Reply(f"Taken from {ctx.person.name}: {text}")


@pytest.mark.cogs("faq", Desk)
async def test_a_desk_takes_the_question_where_there_is_one(world):
    ana = world.member("Ana")
    seen = await ana.presses("Ask a librarian", on=await ana.says(f"ask {SHARED}"))
    assert seen.text == f"Taken from Ana: {SHARED}"


@pytest.mark.cogs("faq", "settings")
async def test_without_a_desk_the_question_is_posted_where_the_moderators_said(world):
    mo, ana, place = world.member("Mo", Level.MODERATOR), world.member("Ana"), world.place("help wanted")
    await mo.uses("settings channel", slot="requests", place=place)
    seen = await ana.presses("Ask a librarian", on=await ana.says(f"ask {SHARED}"))
    assert "passed your question on" in seen.text
    await world.settle()
    assert [(post.title, post.text) for post in place.posts] == [("Ana asks the librarians", SHARED)]


@pytest.mark.cogs("faq", Desk)
async def test_other_cogs_get_answers_and_leave_drafts(world):
    lib = world.member("Lib", Level.LIBRARIAN)
    await lib.says("faq list")
    faq, desk = world.app.registry.cogs["faq"], world.app.registry.cogs["desk"]
    reply = await desk.answers.get().answer_of(Community(1, "Library"), "account-institution", "es")
    assert "cuenta" in reply.title
    assert await faq.answer_of(Community(1, "Library"), "no-such-thing", "es") is None
    slug = await world.app.db.write(faq.draft, 1, None, "Where are the maps?", "On the third floor.", home_id=1)
    assert slug == "maps"
    assert "Where are the maps?" in (await lib.says("faq list status=draft")).items[0]


async def test_the_faq_says_how_its_search_does_and_takes_it_back():
    async with await World.open("faq") as world:
        parts = {each.name: each for each in world.app.health.snapshot().components}
        assert "words alone" in parts["faq search"].reason.message
        await world.app.loader.unload("faq")
        assert "faq search" not in {each.name for each in world.app.health.snapshot().components}
