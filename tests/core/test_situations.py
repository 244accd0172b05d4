# SPDX-License-Identifier: MIT
"""Where something happens, and in which community: what is remembered never outlives what changed."""

from typing import Annotated

import pytest

from bot.kit import Arg, Cog, Confirm, Context, Level, Manifest, Person, Reply, command, t


class Sample(Cog):
    """Tells where it is used."""

    name = "sample"
    manifest = Manifest("Sample.", "Nothing.", {"thing": "Things"})

    @command("where", "Tell where this is", alone=True)
    async def where(self, ctx: Context) -> Reply:
        return Reply(ctx.community.name or "nowhere")

    @command("thing drop", "Drop a thing")
    async def drop(self, ctx: Context) -> Reply | Confirm:
        return Reply(ctx.community.name) if ctx.confirmed else Confirm(t("Really?"))

    @command("thing give", "Give a thing to somebody")
    async def give(self, ctx: Context, person: Annotated[Person, Arg("To whom", ask=True)]) -> Reply:
        return Reply(person.name)


pytestmark = pytest.mark.cogs.with_args(Sample)


async def use(member, world) -> None:
    """Use the bot somewhere, a minute later than before."""
    world.clock.move(minutes=1)
    assert (await member.says("where")).text == member.spot.home.name


async def test_a_private_conversation_follows_where_somebody_goes_first(world):
    ana = world.member("Ana")
    assert (await ana.privately.says("where")).text == "nowhere"
    await use(ana, world)
    assert (await ana.privately.says("where")).text == "Library"


async def test_a_private_conversation_is_of_the_community_used_last(world):
    ana, there = world.member("Ana"), world.member("Ana", home="Archive")
    for member in (ana, there, ana, there):
        await use(member, world)
        assert (await member.privately.says("where")).text == member.spot.home.name


async def test_others_do_not_move_a_private_conversation(world):
    ana, ben = world.member("Ana"), world.member("Ben", home="Archive")
    await use(ana, world)
    await use(ben, world)
    assert (await ana.privately.says("where")).text == "Library"


async def test_what_was_begun_for_one_community_does_not_go_on_in_another(world_in_both_ways):
    world = world_in_both_ways
    ana, there = world.member("Ana"), world.member("Ana", home="Archive")
    await use(ana, world)
    asked = await ana.privately.says("thing drop")
    await use(there, world)
    answer = await ana.privately.confirms(to=asked)
    assert "another community" in answer.text
    assert "Archive" not in answer.text


async def test_an_account_is_not_taken_for_a_name(world):
    mira, mallory = world.member("Mira", Level.MODERATOR), world.member("ana:example.org")
    await use(mallory, world)
    await use(mira, world)
    assert "do not know whom" in (await mira.says("thing give @ana:example.org")).text
    assert (await mira.says("thing give ana:example.org")).text == "ana:example.org"
