# SPDX-License-Identifier: MIT
"""Moderators take changes back, let the bot rest, block people, and see what is wrong."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.courier import Refused
from bot.kit import Cog, Context, Invalid, Level, Manifest, Poster, Reply, Upload, command
from bot.kit.database import Database, Transaction
from bot.storage import places
from cogs.settings.pauses import both


class Herald(Cog):
    """Post what people say."""

    name = "herald"
    manifest = Manifest("Post.", "Nothing.", {})

    def __init__(self, db: Database, poster: Poster) -> None:
        self.db = db
        self.poster = poster

    @command("shout", "Post to the announcements")
    async def shout(self, ctx: Context) -> Reply:
        await self.db.write(self._announce, ctx.community.id, ctx.person.id)
        return Reply("shouted")

    def _announce(self, tx: Transaction, community_id: int, person_id: int) -> None:
        self.poster.announce(tx, community_id, "announcements", f"shout:{tx.now}", Reply("Hear!"))
        self.poster.announce(tx, community_id, "announcements", f"fire:{tx.now}", Reply("Fire!"), urgent=True)
        self.poster.tell(tx, community_id, person_id, f"told:{tx.now}", Reply("I did."))


pytestmark = pytest.mark.cogs("settings", "help", "status", "privacy", Herald)


@pytest.fixture
async def mia(world):
    member = world.member("Mia", Level.MODERATOR)
    await member.at(world.place("news")).says("settings channel announcements")
    return member


async def shown(mia, name: str) -> str:
    return (await mia.says(f"settings show {name}")).plain


async def test_the_latest_change_is_taken_back_and_that_is_logged(mia):
    await mia.says("settings set community.zone Europe/Madrid")
    seen = await mia.says("settings undo")
    assert seen.text == "community.zone was Europe/Madrid and is again UTC."
    assert "UTC" in await shown(mia, "community.zone")
    assert "Mia took a change back: community.zone" in (await mia.says("settings log")).plain


async def test_undoing_twice_takes_the_change_before_back(mia):
    await mia.says("settings set community.zone Europe/Madrid")
    await mia.says("settings switch status off")
    assert "status" in (await mia.says("settings undo")).text
    assert "community.zone" in (await mia.says("settings undo")).text


async def test_what_was_changed_again_since_is_not_taken_back_unseen(mia):
    await mia.says("settings set community.zone Europe/Madrid")
    number = (await mia.says("settings log")).items[0].split(" ")[0]
    await mia.says("settings set community.zone Europe/Paris")
    refused = await mia.says(f"settings undo {number}")
    assert "changed again since" in refused.text
    assert "Paris" in await shown(mia, "community.zone")


@pytest.mark.parametrize(
    ("line", "then", "after"),
    [
        ("settings switch status off", "help status", "switched"),
        ("settings channel log", "settings channels", "Moderators' log"),
        ("settings quiet 22:00 06:45", "settings show community.quiet_until", "06:45"),
    ],
)
async def test_each_kind_of_change_is_taken_back(world, mia, line, then, after):
    ana = world.member("Ana")
    await ana.says("status")
    await mia.says(line)
    assert after in (await ana.says(then)).plain
    assert (await mia.says("settings undo")).tone.value == "good"
    assert after not in (await ana.says(then)).plain


@pytest.mark.parametrize(
    ("line", "logged", "undone", "then"),
    [
        (
            "settings role hosts organiser",
            "valued a role: hosts (member → organiser)",
            "hosts was organiser",
            "(organiser → member)",
        ),
        ("settings block Ana", "blocked somebody: Ana", "Ana was blocked and is again not blocked.", ""),
        (
            'settings bridge main "memory: #news (Library)"',
            "marked two places as bridged: main",
            "main was bridged and is again not bridged.",
            "",
        ),
        (
            "settings level Ana librarian",
            "granted a level: Ana (member → librarian)",
            "The level of Ana",
            "(librarian → member)",
        ),
        (
            "settings quiet 22:00 06:45",
            "chose the quiet hours: – → 22:00–06:45",
            "The quiet hours were 22:00–06:45 and are again –.",
            "took a change back: quiet hours (22:00–06:45 → –)",
        ),
        ("settings channel log", "chose a channel: Moderators' log (– → main)", "Moderators' log was main", ""),
    ],
)
async def test_the_log_says_of_whom_from_what_to_what_and_the_latest_change_is_what_is_taken_back(
    world, mia, line, logged, undone, then
):
    await world.member("Ana").says("status")
    await mia.at(world.place("news")).says("status")
    await mia.says("settings set community.zone Europe/Madrid")
    if (await mia.says(line)).asked:
        await mia.confirms()
    assert logged in (await mia.says("settings log")).plain
    assert undone in (await mia.says("settings undo")).text
    assert "took a change back: " in (log := (await mia.says("settings log")).items[0])
    assert then in log
    assert "Madrid" in await shown(mia, "community.zone")


async def test_what_is_taken_back_is_said_in_words(mia):
    await mia.says("settings switch status off")
    assert (await mia.says("settings undo")).text == "status was off and is again on."
    await mia.says("account language de")
    await mia.says("settings switch status off")
    assert (await mia.says("settings undo")).text == "status war aus und ist wieder an."


async def test_both_quiet_hours_are_one_change_that_is_taken_back_as_one(mia):
    await mia.says("settings quiet 22:00 06:45")
    await mia.says("settings quiet 23:00 06:45")
    await mia.says("settings quiet 23:00 06:45")
    assert sum("quiet hours" in line for line in (await mia.says("settings log")).items) == 2
    undone = await mia.says("settings undo")
    assert undone.text == "The quiet hours were 23:00–06:45 and are again 22:00–06:45."
    assert "22:00" in await shown(mia, "community.quiet_from")
    await mia.says("settings undo")
    for name in ("from", "until"):
        assert f"quiet_{name} = –" in await shown(mia, f"community.quiet_{name}")


async def test_quiet_hours_of_which_one_changed_since_are_not_taken_back(mia):
    await mia.says("settings quiet 22:00 06:45")
    number = (await mia.says("settings log")).items[0].split(" ")[0]
    await mia.says("settings set community.quiet_from 23:00")
    assert "The quiet hours were changed again since." in (await mia.says(f"settings undo {number}")).text
    await mia.says("settings undo")
    assert "22:00–06:45 and are again –" in (await mia.says(f"settings undo {number}")).text


async def test_a_level_is_taken_back_and_a_reset_too(world, mia):
    ana = world.member("Ana")
    await ana.says("status")
    await mia.says("settings level Ana librarian")
    assert (await mia.says("settings undo")).text == "The level of Ana was librarian and is again member."
    assert "Your level here: member." in (await ana.says("settings levels")).text
    await mia.says("settings set community.zone Europe/Madrid")
    await mia.says("settings reset community.zone")
    await mia.says("settings undo")
    assert "Madrid" in await shown(mia, "community.zone")


async def test_nobody_takes_back_what_another_community_did(world, mia):
    await mia.says("settings set community.zone Europe/Madrid")
    number = (await mia.says("settings log")).items[0].split(" ")[0]
    lea = world.member("Lea", Level.MODERATOR, home="Library of Babel")
    assert "There is no change" in (await lea.says(f"settings undo {number}")).text


async def test_quiet_hours_hold_all_posts_but_urgent_ones(world, mia):
    news = world.place("news")
    await mia.says("settings set community.zone Europe/Madrid")
    assert "22:00" in (await mia.says("settings quiet since=22 until=07:00")).text
    world.clock.move(hours=11)  # 23:00 UTC, midnight in Madrid
    await mia.says("shout")
    await world.settle()
    assert [post.text for post in news.posts] == ["Fire!"]
    await world.passes(hours=6.9)
    assert [post.text for post in news.posts] == ["Fire!"]
    await world.passes(hours=0.2)
    assert [post.text for post in news.posts] == ["Fire!", "Hear!"]
    assert "every hour" in (await mia.says("settings quiet")).text


async def test_quiet_hours_are_typed_without_keys_too(mia):
    assert "From 22:00 until 07:00" in (await mia.says("settings quiet 22:00 07:00")).text
    assert "Give both hours" in (await mia.says("settings quiet 22:00")).text
    assert "From 21:30 until 07:00" in (await mia.says("settings quiet 9:30pm to 7 am")).text
    assert "From 21:00 until 06:15" in (await mia.says("settings quiet von 21 Uhr bis 6.15 Uhr")).text
    assert "“daily” is no hour" in (await mia.says("settings quiet 22:00 07:00 daily")).text


@pytest.mark.parametrize("line", ["since=25:00 until=07:00", "since=22:00 until=soon", "22:00 07:60", "22:00 24"])
async def test_an_hour_that_is_none_is_asked_for_again_and_neither_is_set(mia, line):
    assert "is no hour" in (await mia.says(f"settings quiet {line}")).asked.error
    await mia.says("cancel")
    assert "quiet_from = –" in await shown(mia, "community.quiet_from")


@given(st.lists(st.integers(0, 24 * 60 - 1), min_size=2, max_size=2), st.sampled_from(["{} {}", "{}-{}", "de {} a {}"]))
def test_whatever_hours_are_typed_are_understood(minutes, way):
    hours = [f"{each // 60:02}:{each % 60:02}" for each in minutes]
    since, _, until = way.format(*hours).partition(" ")
    assert list(both(since, until)) == hours


@given(st.text(max_size=20), st.text(max_size=40))
def test_nothing_that_is_typed_for_hours_breaks_anything(since, until):
    try:
        found = both(since, until)
    except Invalid:
        return
    assert found == ("", "") or all(time.fromisoformat(each) for each in found)


async def test_paused_posts_wait_and_private_words_do_not(world, mia):
    news = world.place("news")
    await mia.says("settings pause posts")
    await mia.says("shout")
    await world.passes(hours=1)
    assert news.posts == []
    assert [post.text for post in mia.inbox] == ["I did."]
    assert "My posts wait" in (await mia.says("settings check")).plain
    assert (await mia.says("settings resume posts")).text == "My posts go out again."
    await world.settle()
    assert {post.text for post in news.posts} == {"Fire!", "Hear!"}
    assert "were not paused" in (await mia.says("settings resume posts")).text


async def test_a_paused_bot_answers_moderators_and_on_one_s_own_data(world, mia):
    ana = world.member("Ana")
    await mia.says("settings pause bot")
    assert "I rest at the moment" in (await ana.says("shout")).text
    assert (await mia.says("shout")).text == "shouted"
    assert (await ana.says("mydata show")).title == "Your data"
    await mia.says("settings resume bot")
    assert (await ana.says("shout")).text == "shouted"


async def test_who_is_blocked_is_told_and_let_in_again(world, mia):
    ana = world.member("Ana")
    await ana.says("shout")
    await mia.says("settings block Ana")
    assert "is blocked" in (await mia.confirms(True)).text
    assert "blocked you" in (await ana.says("shout")).text
    assert (await mia.says("settings unblock Ana")).text == "Ana may use me again."
    assert (await ana.says("shout")).text == "shouted"
    assert "was not blocked" in (await mia.says("settings unblock Ana")).text


async def test_neither_oneself_nor_a_moderator_is_blocked(world, mia):
    ben = world.member("Ben")
    await ben.says("shout")
    await mia.says("settings level Ben moderator")
    assert (await mia.says("settings block Mia")).text == "You cannot block yourself."
    await mia.says("settings block Ben")
    assert "is a moderator" in (await mia.confirms(True)).text


async def test_a_parked_post_is_tried_again_or_given_up_once(world, mia):
    news = world.place("news")
    world.fails(Refused("no such channel"), Refused("no such channel"), Refused("no"))
    await mia.says("shout")
    await world.settle()
    seen = await mia.says("settings check")
    again, up = (next(label for label in seen.buttons if label.startswith(word)) for word in ("Try", "Give"))
    assert "no such channel" in seen.plain
    assert "try to deliver" in (await mia.presses(again, on=seen)).text
    await world.settle()
    assert len(news.posts) == 1
    assert "No post 1 waits for a decision here." in (await mia.presses(up, on=seen)).text
    second = next(label for label in seen.buttons if label.startswith("Give") and label != up)
    assert "given post" in (await mia.presses(second, on=seen)).text
    await world.settle()
    assert len(news.posts) == 1


async def test_nobody_decides_on_another_community_s_posts(world, mia):
    world.fails(Refused("no"), Refused("no"), Refused("no"))
    await mia.says("shout")
    await world.settle()
    lea = world.member("Lea", Level.MODERATOR, home="Library of Babel")
    assert (await lea.says("settings parked")).text == "No post waits for a decision."
    for number in range(1, 5):
        assert "waits for a decision here" in (await lea.says(f"settings parked {number}")).text
    assert len((await mia.says("settings parked")).items) == 3


async def test_a_setting_that_points_at_a_deleted_channel_is_found(world, mia):
    assert "All is well." in (await mia.says("settings check")).text
    place = await world.app.db.read(places.find, "memory", "library/news")
    await world.app.db.write(places.mark_gone, place.id)
    seen = await mia.says("settings check")
    assert "announcements: news is gone" in seen.plain
    assert "settings channel announcements" in seen.plain
    assert (await mia.says("shout")).text == "shouted"


async def test_bridged_places_get_each_post_once(world, mia):
    other = world.place("mirror")
    await mia.at(other).says("settings channel announcements")
    seen = await mia.says('settings bridge news "memory: #mirror (Library)"')
    assert "get each post once" in seen.text
    await mia.says("shout")
    await world.settle()
    assert len(world.place("news").posts) == 2
    assert other.posts == []
    await mia.says("settings bridge news")
    await world.passes(minutes=1)
    await mia.says("shout")
    await world.settle()
    assert len(other.posts) == 2


async def test_a_member_moderates_nothing_by_any_road(world, mia):
    ana = world.member("Ana")
    world.fails(Refused("no"), Refused("no"), Refused("no"))
    await mia.says("shout")
    await world.settle()
    seen = await mia.says("settings check")
    await ana.says("shout")
    lines = ("undo", "export", "parked 1", "pause bot", "resume bot", "quiet", "check", "block Mia", "bridge news")
    for line in lines:
        assert "Only a moderator" in (await ana.says(f"settings {line}")).text
    assert "Only a moderator" in (await ana.uses("settings import", file=Upload("x.json", b"{}"))).text
    exchange = await ana._exchange()
    button = seen.button("Try")
    await world.app.inbox.press(exchange, button.target, dict(button.arguments))
    assert "Only a moderator" in ana._seen(exchange).text
