# SPDX-License-Identifier: MIT
"""Where something happens, and in which community: what is remembered never outlives what changed."""

from dataclasses import replace
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

    @command("rank", "Tell one's level")
    async def rank(self, ctx: Context) -> Reply:
        return Reply(ctx.level.name)

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


@pytest.mark.parametrize(
    ("level", "privately", "later"),
    [
        (Level.MEMBER, "MEMBER", "MEMBER"),
        (Level.LIBRARIAN, "LIBRARIAN", "MEMBER"),
        (Level.MODERATOR, "LIBRARIAN", "MEMBER"),
        (Level.OWNER, "LIBRARIAN", "MEMBER"),
    ],
)
async def test_a_rank_is_worth_a_librarian_s_in_private_and_for_two_weeks(world, level, privately, later):
    """Nobody moderates by a rank that may be gone."""
    ana = world.member("Ana", level)
    assert (await ana.says("rank")).text == level.name
    assert (await ana.privately.says("rank")).text == privately
    world.clock.move(days=15)
    assert (await ana.privately.says("rank")).text == later


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
    assert "nobody with the account @ana:example.org" in (await mira.says("thing give @ana:example.org")).text
    assert (await mira.says("thing give ana:example.org")).text == "ana:example.org"


@pytest.fixture
async def in_two(world_in_both_ways):
    """Ana uses the bot in the Library, and last in the Archive."""
    ana, there = world_in_both_ways.member("Ana"), world_in_both_ways.member("Ana", home="Archive")
    await use(ana, world_in_both_ways)
    await use(there, world_in_both_ways)
    return ana


@pytest.mark.cogs(Sample, "settings", "privacy")
async def test_whoever_uses_the_bot_in_several_communities_is_asked_which_one_they_mean(in_two):
    asked = await in_two.privately.says("thing drop")
    assert asked.buttons == ("Archive", "Library")
    chosen = await in_two.privately.presses("Library", on=asked)
    assert chosen.all[0].text == "In private we speak about Library from now on."
    assert chosen.asked.confirm, "the command goes on by itself"
    assert (await in_two.privately.confirms()).text == "Library"


@pytest.mark.cogs(Sample, "settings", "privacy")
async def test_a_command_goes_on_after_a_typed_choice_too_once_and_with_all_that_was_said(in_two, world_in_both_ways):
    await in_two.privately.says("thing drop")
    await in_two.privately.says("thing give Ana")
    await world_in_both_ways.restart()
    chosen = await in_two.privately.says("account community Archive")
    assert [seen.text for seen in chosen.all] == ["In private we speak about Archive from now on.", "Ana"]
    assert len((await in_two.privately.says("account community Library")).all) == 1


@pytest.mark.cogs(Sample, "settings", "privacy")
async def test_a_command_is_not_run_long_after_it_was_said(in_two, world_in_both_ways):
    await in_two.privately.says("thing drop")
    await world_in_both_ways.passes(minutes=61)
    chosen = await in_two.privately.says("account community Library")
    assert [seen.text for seen in chosen.all] == ["In private we speak about Library from now on."]


@pytest.mark.cogs(Sample, "settings", "privacy")
async def test_what_was_chosen_for_private_conversations_holds_until_it_is_changed(in_two, world_in_both_ways):
    await in_two.privately.says("account community Library")
    await use(world_in_both_ways.member("Ana", home="Archive"), world_in_both_ways)
    assert (await in_two.privately.says("where")).text == "Library"
    await world_in_both_ways.restart()
    assert (await in_two.privately.says("where")).text == "Library"
    await in_two.privately.says("account community Archive")
    assert (await in_two.privately.says("where")).text == "Archive"
    assert await in_two.completes("account community", "community", "arch") == {"Archive": "Archive"}


@pytest.mark.cogs(Sample, "settings", "privacy")
async def test_communities_of_one_name_are_told_apart_where_one_is_to_be_chosen(in_two, world_in_both_ways):
    moderator = world_in_both_ways.member("Mira", Level.MODERATOR, home="Archive")
    await moderator.says("settings set community.name library")
    asked = await in_two.privately.says("thing drop")
    assert asked.buttons == ("library (Memory: Archive)", "Library (Memory: Library)")
    chosen = await in_two.privately.presses("library (Memory: Archive)", on=asked)
    assert chosen.all[0].text == "In private we speak about library (Memory: Archive) from now on."
    asked = await in_two.privately.says("account community Library")
    assert "2 is library (Memory: Archive) and 1 is Library (Memory: Library)" in asked.asked.error
    await in_two.privately.says("account community 1")
    assert (await in_two.privately.says("where")).text == "Library"


@pytest.mark.cogs(Sample, "settings", "privacy")
async def test_one_s_own_data_is_shown_without_saying_which_community_is_meant(in_two):
    assert (await in_two.privately.says("mydata show")).title == "Your data"


@pytest.mark.cogs(Sample, "settings", "privacy")
async def test_nobody_chooses_a_community_that_they_are_not_in(in_two, world_in_both_ways):
    await use(world_in_both_ways.member("Ben", home="Attic"), world_in_both_ways)
    for name in ("Attic", "3", "0"):
        refused = await in_two.privately.says(f"account community {name}")
        assert "Archive, Library" in refused.asked.error


@pytest.mark.cogs(Sample, "settings")
@pytest.mark.parametrize(
    ("community", "client", "spoken"),
    [("ca", "es-ES", "ca"), ("fr", "es-ES", "es-ES"), ("ca", None, "ca"), ("en", "de", "de")],
)
async def test_a_community_s_language_goes_before_that_of_a_client_which_cannot_be_in_it(
    world, community, client, spoken
):
    ana = world.member("Ana", Level.MODERATOR)
    await ana.says(f"settings set community.language {community}")
    origin = replace(ana.origin, locale=client, languages=frozenset({"en", "es", "fr", "de", "pt"}))
    assert (await world.app.situations.of(origin)).locale == spoken
