# SPDX-License-Identifier: MIT
"""Whatever happens on a platform ends in an answer or in the log, also where the database does not work."""

from typing import Annotated

import pytest

from bot.kit import Arg, Cog, Confirm, Context, Manifest, Reply, command, t
from bot.storage.errors import BusyDatabaseError

DOWN = "My database does not work at the moment"


class Sample(Cog):
    """Asks for a title."""

    name = "sample"
    manifest = Manifest("Sample.", "Nothing.", {"thing": "Things"})

    @command("thing open", "Open a thing")
    async def open_thing(self, ctx: Context, title: Annotated[str, Arg("What it is", ask=True)]) -> Reply:
        return Reply(title)

    @command("thing drop", "Drop a thing")
    async def drop(self, ctx: Context) -> Reply | Confirm:
        return Reply("dropped") if ctx.confirmed else Confirm(t("Really?"))


pytestmark = pytest.mark.cogs.with_args(Sample)


@pytest.fixture
def fails(world, monkeypatch):
    """Return what lets the database fail from now on, as when another program holds its lock."""

    async def busy(*_: object, **__: object) -> None:
        raise BusyDatabaseError("The database is busy.")

    def fail() -> None:
        world.app.refresh()
        monkeypatch.setattr(world.app.db, "write", busy)
        monkeypatch.setattr(world.app.db, "read", busy)

    yield fail
    monkeypatch.undo()


@pytest.mark.parametrize("line", ["thing open map", "thing opne map", "nonsense", "thing"])
async def test_every_line_is_answered_while_the_database_fails(world, fails, line):
    ana = world.member("Ana")
    await ana.says("thing open atlas")
    fails()
    assert DOWN in (await ana.says(line)).text


@pytest.mark.forms(False)
async def test_an_answer_is_answered_while_the_database_fails_and_holds_later(world, fails, monkeypatch):
    ana = world.member("Ana")
    await ana.says("thing open")
    fails()
    assert DOWN in (await ana.writes("A map")).text
    assert DOWN in (await ana.writes("cancel")).text
    monkeypatch.undo()
    assert (await ana.writes("A map")).text == "A map"


async def test_free_words_a_form_and_a_confirmation_are_answered_while_the_database_fails(world, fails):
    ana = world.member("Ana")
    asked, sure = await ana.says("thing open"), await ana.says("thing drop")
    fails()
    assert DOWN in (await ana.asks("What is this?")).text
    assert DOWN in (await ana.submits(asked, title="A map")).text
    assert DOWN in (await ana.confirms(yes=False, to=sure)).text


async def test_what_others_say_is_not_answered_while_the_database_fails(world, fails):
    ana = world.member("Ana")
    await ana.says("thing open map")
    fails()
    assert not await world.app.inbox.expects(ana.origin, "1")
    assert await ana.completes("thing open", "title", "A") == {}
    assert not await ana.commands()
