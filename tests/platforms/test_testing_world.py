# SPDX-License-Identifier: MIT
"""The tools that cog tests use: people, rooms, buttons, forms, the clock, and faults of the chat."""

import enum
import subprocess
import sys
from datetime import timedelta
from typing import Annotated

import pytest

from bot.core.courier import Refused, Retry, Unclear
from bot.kit import (
    Arg,
    Button,
    Choice,
    Cog,
    Community,
    Confirm,
    Context,
    Database,
    Level,
    Manifest,
    Person,
    Place,
    Poster,
    Reply,
    Upload,
    UserError,
    Visible,
    action,
    command,
    daily,
    every,
    shortcut,
    t,
)
from bot.testing import MONDAY, World


class Kind(enum.StrEnum):
    ARTICLE = "article"
    BOOK = "book"


async def complete_wiki(_cog, _ctx, typed):
    return [Choice(wiki, f"Wiki {wiki}") for wiki in ("en", "es") if wiki.startswith(typed)]


class Games(Cog):
    """Do what a cog does."""

    name = "games"
    manifest = Manifest("Plays.", "Nothing.", {"game": "Games"})

    def __init__(self, db: Database, poster: Poster) -> None:
        self.db = db
        self.poster = poster
        self.ticks: list[int] = []
        self.days = 0

    @command("game open", "Open a game")
    async def open_game(
        self,
        ctx: Context,
        title: Annotated[str, Arg("Its title", min=3, ask=True)],
        kind: Annotated[Kind, Arg("Its kind")] = Kind.ARTICLE,
        wiki: Annotated[str, Arg("Its wiki", complete=complete_wiki)] = "en",
    ) -> Reply:
        """Show a card."""
        return Reply(
            title=t("{title} ({kind}, {wiki})", title=title, kind=kind.value, wiki=wiki), buttons=self.buttons()
        )

    def buttons(self):
        return (Button(t("Claim"), self.claim, 1, emoji="✋"), Button(t("End"), self.end, 1))

    @action(level=Level.LIBRARIAN)
    async def claim(self, ctx: Context, game_id: int) -> Reply:
        """Replace the card."""
        await ctx.edit(Reply(t("{name} plays {number}.", name=ctx.person.name, number=str(game_id))))
        return Reply(t("You play."), visible=Visible.QUIET)

    @action
    async def end(self, ctx: Context, game_id: int) -> Reply | Confirm:
        """Want a yes."""
        return Reply(t("Ended.")) if ctx.confirmed else Confirm(t("End it?"))

    @command("game pair", "Two people and a room")
    async def pair(
        self,
        ctx: Context,
        who: Annotated[Person, Arg("With whom")],
        where: Annotated[Place, Arg("Where")],
        rules: Annotated[Upload, Arg("The rules")],
    ) -> Reply:
        """Take what a chat has typed already."""
        return Reply(t("{who} in {where} by {rules}", who=who, where=where, rules=rules.name))

    @command("game secret", "Tell a secret", visible=Visible.SECRET)
    async def secret(self, ctx: Context) -> Reply:
        """Answer for the asker alone."""
        return Reply(t("Swordfish."))

    @command("game here", "Say where I am", visible=Visible.QUIET)
    async def here(self, ctx: Context) -> Reply:
        """Tell the context."""
        home = ctx.home.name if ctx.home else "nobody's"
        return Reply(t("{home} {level} {zone} {at}", home=home, level=ctx.level.name, zone=ctx.zone, at=ctx.now))

    @command("game post", "Post", free="words")
    async def post(self, ctx: Context, words: Annotated[str, Arg("What")] = "A game.") -> Reply:
        """Use the outbox."""
        await self.db.write(self._post, ctx, words)
        return Reply(t("Posted."))

    def _post(self, tx, ctx, words):
        card = Reply(t("{words}", words=words), buttons=self.buttons(), card=True)
        self.poster.post(tx, ctx.community.id, ctx.place.id, f"game:{words}", card)
        self.poster.tell(tx, ctx.community.id, ctx.person.id, f"told:{words}", Reply(t("Posted: {words}", words=words)))

    @shortcut("Play this", word="play")
    async def play(self, ctx: Context) -> Reply:
        """Use a message."""
        if ctx.message is None:
            raise UserError(t("Say which."))
        return Reply(t("{author}: {text}", author=ctx.message.author, text=ctx.message.text))

    @every(timedelta(hours=6))
    async def tick(self, community: Community) -> None:
        """Count."""
        self.ticks.append(community.id)

    @daily("09:00")
    async def morning(self, community: Community) -> None:
        """Count days."""
        self.days += 1


pytestmark = pytest.mark.cogs.with_args(Games)


async def test_a_typed_line_is_answered(world):
    seen = await world.member("Ana").says('game open "A title" kind=book')
    assert seen.title == "A title (book, en)"
    assert seen.buttons == ("Claim", "End")
    assert seen.visible is Visible.PUBLIC


async def test_arguments_may_be_typed_values(world):
    ana, ben = world.member("Ana"), world.member("Ben")
    assert (await ana.uses("game open", title="A title", kind=Kind.BOOK)).title == "A title (book, en)"
    seen = await ana.uses("game pair", who=ben, where=world.place("requests"), rules=Upload("rules.txt", b""))
    assert seen.text == "Ben in requests by rules.txt"


async def test_levels_hold_where_they_were_given(world):
    ana, lib = world.member("Ana"), world.member("Lib", Level.LIBRARIAN)
    card = await ana.says("game open title")
    assert "Only a librarian" in (await ana.presses("Claim", on=card)).text
    assert (await lib.presses("✋", on=card)).text == "You play."
    assert "LIBRARIAN" in (await lib.says("game here")).text
    assert "nobody's LIBRARIAN" in (await lib.privately.says("game here")).text  # seen as one a moment ago
    assert "nobody's MEMBER" in (await ana.privately.says("game here")).text


async def test_a_press_may_replace_the_message(world):
    lib = world.member("Lib", Level.LIBRARIAN)
    card = await lib.says("game open title")
    seen = await lib.presses("Claim", on=card)
    assert [each.edited for each in seen.all] == [True, False]
    assert [each.text for each in world.place("main").messages] == ["Lib plays 1.", "You play."]
    assert card.message.earlier[0].title == "title (article, en)"


async def test_what_is_missing_is_asked_for_in_both_ways(world_in_both_ways):
    ana = world_in_both_ways.member("Ana")
    seen = await ana.says("game open")
    assert seen.asked.names == ("title",)
    assert seen.asked.labels == ("Its title",)
    assert (await ana.submits(title="A title")).title == "A title (article, en)"
    await ana.says("game open kind=book")
    assert (await ana.answers("Another")).title == "Another (book, en)"


async def test_a_wrong_answer_is_asked_for_again_with_what_was_typed(world_in_both_ways):
    ana = world_in_both_ways.member("Ana")
    await ana.says("game open")
    again = await ana.answers("ab")
    assert "at least 3" in again.asked.error
    assert again.asked.typed == {"title": "ab"}


async def test_a_confirmation_is_answered_in_both_ways(world_in_both_ways):
    ana = world_in_both_ways.member("Ana")
    card = await ana.says("game open title")
    assert (await ana.presses("End", on=card)).asked.confirm == "End it?"
    assert (await ana.confirms()).text == "Ended."
    await ana.presses("End", on=card)
    assert (await ana.confirms(False)).text == "All right, nothing was done."


async def test_the_world_is_strict_about_what_people_cannot_do(world):
    ana, ben = world.member("Ana"), world.member("Ben")
    with pytest.raises(AssertionError, match="was asked nothing"):
        await ana.answers("x")
    secret = await ana.says("game secret")
    with pytest.raises(AssertionError, match="Ben cannot see"):
        await ben.presses("Claim", on=secret)
    with pytest.raises(AssertionError, match="no button"):
        await ana.presses("Fold", on=await ana.says("game open title"))
    with pytest.raises(AssertionError, match="no command"):
        await ana.uses("game lose")
    with pytest.raises(AssertionError, match="no shortcut"):
        await ana.shortcuts("lose", on="a text")
    await ana.says("game open")
    with pytest.raises(AssertionError, match="no colour"):
        await ana.submits(title="A title", colour="red")


@pytest.mark.forms(False)
async def test_without_forms_only_what_is_asked_can_be_answered(world):
    ana = world.member("Ana")
    await ana.says("game open")
    with pytest.raises(AssertionError, match="not asked for wiki"):
        await ana.submits(title="A title", wiki="es")


@pytest.mark.forms(False)
async def test_without_forms_numbers_press_buttons(world):
    lib = world.member("Lib", Level.LIBRARIAN)
    await lib.says("game open title")
    assert (await lib.writes("2")).asked.confirm == "End it?"
    assert not (await world.member("Ana").writes("good morning")).heard


async def test_secrets_are_seen_by_the_asker_alone(world_in_both_ways):
    ana, ben = world_in_both_ways.member("Ana"), world_in_both_ways.member("Ben")
    seen = await ana.says("game secret")
    assert seen.text == "Swordfish."
    assert ana.sees(seen)
    assert not ben.sees(seen)
    told = [each.text for each in world_in_both_ways.place("main").messages if ben.sees(each)]
    assert told == ([] if world_in_both_ways.chat.forms else ["I answered you in private."])


@pytest.mark.forms(False)
async def test_a_secret_is_never_told_in_the_room(world):
    ana = world.member("Ana")
    world.chat.courier.closed_to.add(ana.identity.external_id)
    seen = await ana.says("game secret")
    assert "cannot write to you" in seen.text
    assert all("Swordfish" not in each.plain for each in world.place("main").messages)


async def test_homes_are_communities_of_their_own(world):
    ana = world.member("Ana")
    zoe = world.home("Library of X").member("Zoe", Level.MODERATOR)
    assert "Library MEMBER" in (await ana.says("game here")).text
    assert "Library of X MODERATOR" in (await zoe.says("game here")).text
    assert (await world.person(ana)).id != (await world.person(zoe)).id
    seen = await ana.says("game open title")
    assert seen.seen_by == {"Ana"}


async def test_a_person_reads_in_their_language_and_time_zone(world):
    ana = world.member("Ana", locale="qps", zone="Asia/Tokyo")
    seen = await ana.says("game here")
    assert "Asia/Tokyo" in seen.text
    assert "⟦" in (await ana.says("game secret")).text


async def test_rooms_and_threads_are_apart(world):
    ana = world.member("Ana")
    requests, thread = world.place("requests"), world.place("requests", thread="R-1")
    await ana.at(requests).says("game open title")
    await ana.at(thread).says("game open another")
    assert [seen.title for seen in requests.messages] == ["title (article, en)"]
    assert [seen.title for seen in thread.messages] == ["another (article, en)"]
    assert world.place("main").messages == []


async def test_values_commands_and_shortcuts_are_found(world):
    ana = world.member("Ana")
    assert await ana.completes("game open", "wiki", "e") == {"en": "Wiki en", "es": "Wiki es"}
    assert "game open" in await ana.commands()
    assert (await ana.shortcuts("play", on="a text")).text == "somebody: a text"
    posted = await ana.says("game open title")
    assert (await ana.shortcuts("Play this", on=posted)).text == "Refdesk: title (article, en)"


async def test_free_words_reach_the_bot(world):
    assert (await world.member("Ana").asks("What is new?")).text == "Posted."


async def test_the_outbox_delivers_when_the_world_settles(world):
    ana = world.member("Ana")
    await ana.says("game post hello")
    await world.settle()
    [post] = world.place("main").posts
    assert post.text == "hello"
    assert post.buttons == ("Claim", "End")
    assert [each.text for each in ana.inbox] == ["Posted: hello"]
    assert (await ana.presses("End", on=post)).asked.confirm


async def test_a_post_that_must_wait_arrives_later(world):
    world.fails(Retry("slow down", 5), Retry("slow down", 5))
    await world.member("Ana").says("game post hello")
    await world.settle()
    assert world.place("main").posts == []
    await world.passes(minutes=5)
    assert len(world.place("main").posts) == 1


async def test_a_post_that_is_refused_is_parked(world):
    world.fails(Refused("no permission"))
    await world.member("Ana").says("game post hello")
    await world.passes(days=1)
    assert world.place("main").posts == []
    parked = await world.app.db.read(world.app.outbox.parked)
    assert [row.key for row in parked] == ["game:hello"]


@pytest.mark.parametrize("arrived", [True, False])
async def test_a_post_of_which_nobody_knows_arrives_once_at_most(world, arrived):
    world.fails(Unclear("the line broke"), arrived=arrived)
    await world.member("Ana").says("game post hello")
    await world.passes(days=1)
    assert len([seen for seen in world.place("main").posts if seen.text == "hello"]) == 1


async def test_time_passes_from_one_due_moment_to_the_next(world):
    await world.member("Ana").says("game here")
    await world.passes(days=1)
    games = world.cog(Games)
    assert len(games.ticks) == 4
    assert games.days == 1
    assert world.clock.now() == MONDAY + timedelta(days=1)


async def test_a_machine_that_slept_runs_late_jobs_once(world):
    await world.member("Ana").says("game here")
    await world.settle()
    world.clock.move(days=3, hours=1)
    await world.settle()
    games = world.cog(Games)
    assert games.days == 1
    assert games.ticks == []


async def test_buttons_and_questions_outlive_a_restart(world):
    lib = world.member("Lib", Level.LIBRARIAN)
    card = await lib.says("game open title")
    await lib.says("game open")
    before = world.cog(Games)
    await world.restart()
    assert world.cog(Games) is not before
    assert (await lib.presses("Claim", on=card)).text == "You play."
    assert (await lib.submits(title="Another")).title == "Another (article, en)"


async def test_a_world_can_be_opened_without_the_fixture():
    async with await World.open(Games, forms=False) as world:
        assert (await world.member("Ana").says("game secret")).text == "Swordfish."


@pytest.mark.slow
def test_testing_loads_no_chat_library():
    """Cog tests start at once: nothing that only a chat or the search needs is imported."""
    code = (
        "import sys, bot.testing.plugin, bot.testing.world; "
        "print([m for m in ('discord', 'nio', 'prompt_toolkit', 'rich', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
