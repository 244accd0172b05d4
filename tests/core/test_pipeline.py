# SPDX-License-Identifier: MIT
"""Every command goes the same way: who may, how often, with what, for how long; and every error ends well."""

import asyncio
from enum import StrEnum
from typing import Annotated

import pytest

from bot.kit import (
    Arg,
    Button,
    Choice,
    Cog,
    Confirm,
    Context,
    Invalid,
    Level,
    Manifest,
    Reply,
    Tone,
    Unavailable,
    UserError,
    Visible,
    action,
    command,
    t,
)
from bot.platforms.memory import MemoryExchange
from bot.storage.errors import FullDiskError
from bot.testing.world import World


class Sort(StrEnum):
    BOOK = "book"
    NEWSPAPER = "newspaper"


def by_sort(arguments) -> Visible:
    return Visible.SECRET if arguments.get("sort") is Sort.BOOK else Visible.PUBLIC


class Sample(Cog):
    """Every road through the pipeline."""

    name = "sample"
    manifest = Manifest("Sample.", "Nothing.", {"thing": "Things"})

    def __init__(self) -> None:
        self.waiting = asyncio.Event()

    async def complete_city(self, ctx: Context, typed: str) -> list[Choice]:
        if typed == "boom":
            raise RuntimeError("no luck")
        return [Choice(city, city) for city in ("Zagreb", "Zaragoza") if city.lower().startswith(typed.lower()[:2])]

    @command("thing open", "Open a thing")
    async def open_thing(
        self,
        ctx: Context,
        title: Annotated[str, Arg("What it is", min=3, max=20, ask=True)],
        sort: Annotated[Sort, Arg("What sort", ask=True)],
        count: Annotated[int, Arg("How many", min=1, max=9)] = 1,
    ) -> Reply:
        return Reply(
            t("{title} {sort} {count}", title=title, sort=sort.value, count=count),
            buttons=(Button("Again", self.again, 7),),
        )

    @command("thing city", "Name a city")
    async def city(self, ctx: Context, city: Annotated[str, Arg("Which", complete=complete_city)]) -> Reply:
        if city not in ("Zagreb", "Zaragoza"):
            raise Invalid("city", t("No such city."))
        return Reply(city)

    @command("thing drop", "Drop a thing", level=Level.LIBRARIAN)
    async def drop(self, ctx: Context) -> Reply | Confirm:
        return Reply("dropped") if ctx.confirmed else Confirm(t("Really?"))

    @command("thing hide", "Hide", visible=by_sort)
    async def hide(self, ctx: Context, sort: Annotated[Sort, Arg("What sort")] = Sort.NEWSPAPER) -> Reply:
        return Reply("hidden")

    @command("thing tell", "Tell", visible=Visible.QUIET)
    async def tell(self, ctx: Context, to: Annotated[Visible, Arg("Whom")]) -> Reply:
        return Reply("told", visible=to)

    @command("thing fail", "Fail", timeout=5)
    async def fail(self, ctx: Context, how: Annotated[str, Arg("How")]) -> Reply:
        if how == "user":
            raise UserError(t("Do it otherwise."))
        if how == "outside":
            raise Unavailable(t("The library of Alexandria is down; try again."))
        if how == "never":
            self.waiting.set()
            await asyncio.Event().wait()
        raise RuntimeError("the secret inside")

    @action
    async def again(self, ctx: Context, thing_id: int) -> Reply:
        return Reply(t("again {number}", number=thing_id))


pytestmark = pytest.mark.cogs.with_args(Sample)


async def test_what_is_missing_is_asked_for_and_the_rest_is_kept(world_in_both_ways):
    ana = world_in_both_ways.member("Ana")
    seen = await ana.says("thing open count=3")
    assert seen.asked.names[0] == "title"
    assert (await ana.submits(title="A map", sort="newspaper")).text == "A map newspaper 3"


async def test_a_bad_value_is_offered_again_and_nothing_else_is_lost(world_in_both_ways):
    ana = world_in_both_ways.member("Ana")
    seen = await ana.says("thing open x sort=book count=3")
    assert "3" in seen.asked.error
    assert seen.asked.typed == {"title": "x"}
    assert (await ana.submits(title="A map")).text == "A map book 3"


@pytest.mark.forms(False)
async def test_a_choice_may_be_given_by_its_number(world):
    ana = world.member("Ana")
    await ana.says('thing open "A map" sort=journal')
    assert (await ana.answers("2")).text == "A map newspaper 1"


@pytest.mark.forms(False)
async def test_cancel_stops_being_asked(world):
    ana = world.member("Ana")
    await ana.says("thing open")
    assert "forgotten" in (await ana.answers("cancel")).text
    assert (await ana.says("thing hide")).text == "hidden"


async def test_nobody_answers_for_somebody_else(world_in_both_ways):
    ana, ben = world_in_both_ways.member("Ana"), world_in_both_ways.member("Ben")
    asked = await ana.says("thing open sort=book")
    refused = await ben.answers("A map", to=asked)
    assert not refused.heard or "no longer open" in refused.text
    assert (await ana.answers("A map")).text == "A map book 1"


@pytest.mark.forms(False)
async def test_an_invalid_value_found_by_the_handler_is_asked_for_with_what_fits(world):
    ana = world.member("Ana")
    seen = await ana.says("thing city Zagrebb")
    assert seen.asked.error == "No such city."
    assert list(seen.asked.choices) == ["Zagreb", "Zaragoza"]
    assert (await ana.answers("1")).text == "Zagreb"


async def test_a_completer_that_fails_offers_nothing(world, caplog):
    ana = world.member("Ana")
    assert await ana.completes("thing city", "city", "boom") == {}
    assert "completer" in caplog.text


async def test_a_level_is_needed_and_told(world):
    ana = world.member("Ana")
    assert (await ana.says("thing drop")).text == "Only a librarian may do this. Ask a moderator for the role."


async def test_a_yes_runs_it_and_a_no_does_not(world_in_both_ways):
    lib = world_in_both_ways.member("Lib", Level.LIBRARIAN)
    assert (await lib.says("thing drop")).asked.confirm == "Really?"
    assert "nothing was done" in (await lib.confirms(False)).text
    await lib.says("thing drop")
    assert (await lib.confirms(True)).text == "dropped"


async def test_a_confirmation_counts_once(world):
    lib = world.member("Lib", Level.LIBRARIAN)
    await lib.says("thing drop")
    await lib.confirms(True)
    assert (await lib.says("thing hide")).text == "hidden"


async def test_who_sees_the_answer_may_depend_on_the_arguments(world):
    ana = world.member("Ana")
    assert (await ana.says("thing hide")).visible is Visible.PUBLIC
    assert (await ana.says("thing hide book")).visible is Visible.SECRET


@pytest.mark.parametrize(
    ("said", "seen"), [("public", Visible.QUIET), ("quiet", Visible.QUIET), ("secret", Visible.SECRET)]
)
async def test_an_answer_may_be_more_private_than_its_command_and_never_less(world, said, seen):
    assert (await world.member("Ana").says(f"thing tell {said}")).visible is seen


@pytest.mark.parametrize(
    ("how", "words", "tone"),
    [
        ("user", "Do it otherwise.", Tone.BAD),
        ("outside", "try again", Tone.WARNING),
        ("bug", "people who run me", Tone.BAD),
    ],
)
async def test_every_error_is_told_in_its_own_way(world, how, words, tone):
    ana = world.member("Ana")
    seen = await ana.says(f"thing fail {how}")
    assert words in seen.text
    assert seen.tone is tone
    assert seen.visible is not Visible.PUBLIC


async def test_an_unexpected_error_shows_an_id_that_the_log_has_and_nothing_inside(world, caplog):
    ana = world.member("Ana")
    seen = await ana.says("thing fail bug")
    error_id = seen.text.rpartition(" ")[2]
    assert "secret inside" not in seen.text
    assert f"[{error_id}]" in caplog.text


async def test_a_handler_that_never_returns_is_stopped(world):
    ana = world.member("Ana")
    task = asyncio.create_task(ana.says("thing fail never"))
    await world.cog(Sample).waiting.wait()
    world.clock.move(minutes=1)
    assert "too long" in (await task).text


async def test_a_button_runs_with_its_id(world):
    ana = world.member("Ana")
    card = await ana.says('thing open "A map" sort=book')
    assert (await ana.presses("Again", on=card)).text == "again 7"


async def test_a_button_of_a_feature_that_is_gone_is_answered_kindly(world):
    ana = world.member("Ana")
    card = await ana.says('thing open "A map" sort=book')
    world.app.registry.remove("sample")
    assert "switched off" in (await ana.presses("Again", on=card)).text


async def test_who_is_too_quick_is_told_to_wait_and_the_wait_ends(world):
    ana = world.member("Ana")
    seen = [await ana.says("thing hide") for _ in range(6)]
    assert "quick" in seen[-1].text
    world.clock.move(minutes=1)
    assert (await ana.says("thing hide")).text == "hidden"


async def test_who_moderates_may_be_quicker(world):
    mo = world.member("Mo", Level.MODERATOR)
    seen = [await mo.says("thing hide") for _ in range(21)]
    assert ["quick" in each.text for each in seen] == [False] * 20 + [True]


@pytest.mark.parametrize("line", ["thing hide", "THING HIDE", "thing h"])
async def test_a_line_may_be_short_and_in_any_case(world, line):
    ana = world.member("Ana")
    assert (await ana.says(line)).text == "hidden"


async def test_an_unknown_line_is_met_with_its_likeness(world):
    ana = world.member("Ana")
    assert "thing open" in (await ana.says("thing opne")).text


LINES = ["", " ", "\x00", "\ud800", "x" * 10_000, "😀", "\u202ething", 'thing open "never closed']


@pytest.mark.parametrize("line", LINES)
async def test_no_line_breaks_the_bot(world, line):
    ana = world.member("Ana")
    await ana.says(line)
    assert (await ana.says("thing hide")).text == "hidden"


async def test_every_wrong_value_is_asked_for_again_with_what_was_typed(world):
    ana = world.member("Ana")
    await ana.says("thing open count=77")
    again = await ana.submits(count="77", title="ab", sort="zine")
    assert again.asked.names == ("title", "sort", "count")
    assert again.asked.typed == {"title": "ab", "sort": "zine", "count": "77"}


async def test_an_answer_that_cannot_be_shown_ends_in_the_log(world, monkeypatch, caplog):
    async def lost(*_: object) -> None:
        raise ConnectionError("The chat is gone.")

    ana = world.member("Ana")
    monkeypatch.setattr(MemoryExchange, "show", lost)
    await ana.says("thing city Zagreb")
    await ana.says("thing fail user")
    assert "could not be told" in caplog.text
    monkeypatch.undo()
    assert (await ana.says("thing city Zagreb")).text == "Zagreb"


async def test_a_database_that_fails_is_named_and_tells_no_path(world, monkeypatch, caplog):
    async def full(*_: object, **__: object) -> None:
        raise FullDiskError("There is no space left for the database /srv/refdesk.db.")

    ana = world.member("Ana")
    monkeypatch.setattr(world.cog(Sample), "city", full)
    seen = await ana.says("thing city Zagreb")
    assert "database does not work" in seen.text
    assert "/srv" not in seen.text
    assert "no space left" in caplog.text
    assert "Traceback" not in caplog.text


class Careless(Cog):
    """Returns what no handler may return."""

    name = "careless"
    manifest = Manifest("Careless.", "Nothing.", {})

    @command("careless", "Return a number")
    async def return_number(self, ctx: Context) -> Reply:
        return 42


async def test_what_no_handler_may_return_is_an_error_for_its_author_and_kind_words_for_the_asker(caplog):
    async with await World.open(Careless) as world:
        seen = await world.member("Ana").says("careless")
    assert seen.text.startswith("Something went wrong on my side.")
    assert "A handler returned int; it returns a Reply" in caplog.text
