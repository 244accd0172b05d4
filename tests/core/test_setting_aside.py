# SPDX-License-Identifier: MIT
"""Whoever turns to another command is no more taken at their word for what was asked before, and is told so."""

from datetime import timedelta
from typing import Annotated

import pytest

from bot.kit import Arg, Cog, Confirm, Context, Manifest, Reply, command, t

TOLD = "I no longer wait for your answer about"


class Sample(Cog):
    """Asks for a title."""

    name = "sample"
    manifest = Manifest("Sample.", "Nothing.", {"thing": "Things"})

    @command("thing open", "Open a thing")
    async def open_thing(self, ctx: Context, title: Annotated[str, Arg("What it is", ask=True)]) -> Reply:
        return Reply(t("Opened {title}.", title=title))

    @command("thing drop", "Drop a thing")
    async def drop(self, ctx: Context) -> Reply | Confirm:
        return Reply("dropped") if ctx.confirmed else Confirm(t("Really?"))

    @command("thing list", "List things")
    async def list_things(self, ctx: Context) -> Reply:
        return Reply("None.")


pytestmark = [pytest.mark.cogs.with_args(Sample), pytest.mark.forms(False)]


async def test_another_command_puts_a_question_aside(world):
    ana = world.member("Ana")
    await ana.says("thing open")
    said = await ana.says("thing list")
    assert [each.text for each in said.all] == [f"{TOLD} thing open. Type that again to go on with it.", "None."]
    assert not await world.app.inbox.expects(ana.origin, "A nice map")
    world.app.refresh()
    assert not await world.app.inbox.expects(ana.origin, "A nice map")


async def test_somebody_elses_command_or_an_unknown_one_leaves_the_question(world):
    ana, ben = world.member("Ana"), world.member("Ben")
    await ana.says("thing open")
    await ben.says("thing list")
    await ana.says("nonsense")
    assert (await ana.writes("A nice map")).text == "Opened A nice map."


async def test_a_yes_after_another_command_confirms_nothing(world):
    ana = world.member("Ana")
    await ana.says("thing drop")
    await ana.says("thing list")
    assert not await world.app.inbox.expects(ana.origin, "yes")


async def test_a_reply_to_a_question_answers_it_long_after_and_only_for_whom_it_was_asked(world):
    ana, ben = world.member("Ana"), world.member("Ben")
    draft_id = (await ana.says("thing open")).asked.draft_id
    await ana.says("thing list")
    world.clock.move(timedelta(hours=3))
    inbox = world.app.inbox
    assert await inbox.has_asked(ana.origin)
    assert await inbox.expects(ana.origin, "A map", draft_id)
    assert not await inbox.has_asked(ben.origin)
    assert not await inbox.expects(ben.origin, "A map", draft_id)
    exchange = await ana._exchange()
    assert await inbox.heard(exchange, "A map", draft_id)
    assert [world.look(said).text for said in exchange.heard] == ["Opened A map."]
    assert not await inbox.has_asked(ana.origin)
