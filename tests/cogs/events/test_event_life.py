# SPDX-License-Identifier: MIT
"""An event from its creation to its results: what is said, where, when, and once, whatever happens meanwhile."""

import pytest
from eventplay import announce, furnish, linked, timeline, told

from bot.core.courier import Gone, Retry, Unclear
from bot.kit import Level
from bot.testing import World
from cogs.events import Events
from cogs.settings import Settings

pytestmark = pytest.mark.cogs(Events, Settings)

SERIES = 'event create "Monthly" "2027-03-26 18:00" repeats="monthly until 2027-11-26"'
COURSE = "https://outreachdashboard.wmflabs.org/courses/Library/Edit-a-thon_(2027)"


async def sleep_until(world, day, hour=0):
    """Let the days until then pass without anybody looking: nothing is due in between."""
    from datetime import UTC, datetime

    world.clock.set(datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC))
    await world.settle()


async def test_a_series_keeps_its_local_hour_over_both_changes_of_the_clocks(world):
    mod = await furnish(world)
    branch = await linked(world, mod)
    await announce(mod, SERIES)
    for day in ("2027-03-18", "2027-04-25", "2027-10-25", "2027-11-25"):
        await sleep_until(world, day)
        await world.passes(days=3 if day != "2027-03-18" else 10)
    wanted = [
        "2027-03-19 17:00 It starts in 1 week.",
        "2027-03-25 17:00 It starts in 1 day.",
        "2027-03-26 16:00 It starts in 1 hour.",
        "2027-03-26 17:00 It starts now.",
        "2027-03-27 19:00 Thank you to everybody who was there!",
        "2027-04-25 16:00 It starts in 1 day.",
        "2027-04-26 15:00 It starts in 1 hour.",
        "2027-04-26 16:00 It starts now.",
        "2027-04-27 18:00 Thank you to everybody who was there!",
        "2027-10-25 16:00 It starts in 1 day.",
        "2027-10-26 15:00 It starts in 1 hour.",
        "2027-10-26 16:00 It starts now.",
        "2027-10-27 18:00 Thank you to everybody who was there!",
        "2027-11-25 17:00 It starts in 1 day.",
        "2027-11-26 16:00 It starts in 1 hour.",
        "2027-11-26 17:00 It starts now.",
        "2027-11-27 19:00 Thank you to everybody who was there!",
    ]
    for spot in (world.place("main"), branch.place("main")):
        assert [line for line in timeline(spot) if line in wanted] == wanted
        assert len(timeline(spot)) == len(set(timeline(spot)))


async def test_results_come_with_the_thanks(world):
    mod = await furnish(world)
    world.outside.answers = {
        f"{COURSE}/course.json": {
            "course": {
                "slug": "Library/Edit-a-thon_(2027)",
                "student_count": 12,
                "word_count": "9.88K",
                "updates": {"last_update": {"end_time": "2027-01-16T17:00:00Z"}},
            }
        },
        f"{COURSE}/articles.json": {"course": {"articles": [{"references_count": 5, "new_article": True}]}},
    }
    await announce(mod, 'event create "Wiki" "2027-01-15 18:00"')
    await mod.says(f"event edit E-1 dashboard={COURSE}")
    await sleep_until(world, "2027-01-15", 16)
    await world.passes(days=2)
    thanks = world.place("main").posts[-1]
    assert told(thanks) == "2027-01-16 19:00 Thank you to everybody who was there!"
    assert "Words added: 9,880" in thanks.fields["Programs & Events Dashboard"]
    assert "References added: 5" in thanks.fields["Programs & Events Dashboard"]
    assert "As of Saturday, January 16, 2027" in thanks.note
    shown = await mod.says("event results E-1")
    assert set(shown.files) == {"results.png", "results.csv", "results.wiki.txt"}
    assert shown.files["results.png"].content.startswith(b"\x89PNG")


EVERYTHING = [
    "2026-11-23 12:00 card",
    "2027-01-08 17:00 It starts in 1 week.",
    "2027-01-14 17:00 It starts in 1 day.",
    "2027-01-15 16:00 It starts in 1 hour.",
    "2027-01-15 17:00 It starts now.",
    "2027-01-16 19:00 Thank you to everybody who was there!",
]
MOMENTS = [("2027-01-08", 17), ("2027-01-14", 17), ("2027-01-15", 16), ("2027-01-15", 17), ("2027-01-16", 19)]


async def test_a_restart_before_and_after_each_post_loses_and_doubles_nothing(world):
    mod = await furnish(world)
    draft = await mod.says('event create "Wiki" "2027-01-15 18:00"')
    await world.restart()
    await mod.presses("Announce it", on=draft)
    await world.restart()
    await world.settle()
    for day, hour in MOMENTS:
        await sleep_until(world, day, hour - 1)
        await world.restart()
        await world.passes(minutes=59)
        await world.restart()
        await world.passes(minutes=1)
        await world.restart()
        await world.passes(minutes=30)
    assert timeline(world.place("main")) == [*EVERYTHING[1:], "edited E-1 · Wiki"]
    assert len(world.place("main").posts) == len(EVERYTHING)


async def test_a_timer_that_was_under_way_when_the_bot_was_killed_is_made_up_for(world):
    mod = await furnish(world)
    await announce(mod, 'event create "Wiki" "2027-01-15 18:00"')
    await sleep_until(world, "2027-01-08", 16)
    # What a kill between the timer and its work leaves: the timer is spent, nothing was said.
    await world.app.db.write(lambda tx: tx.run("DELETE FROM timers WHERE owner = 'events' AND job = 'on_moment'"))
    await world.restart()
    await world.passes(hours=2)
    assert timeline(world.place("main")) == EVERYTHING[:2]


async def test_deliveries_that_fail_are_repeated_and_arrive_once(world):
    mod = await furnish(world)
    await announce(mod, 'event create "Wiki" "2027-01-15 18:00"')
    for day, hour in MOMENTS[:4]:
        await sleep_until(world, day, hour - 1)
        world.fails(Retry("busy", 5), Unclear("cut off"), arrived=True)
        await world.passes(hours=1, minutes=20)
    said = [seen.text for seen in world.place("main").posts]
    assert said == ["", *(line.partition(" It")[2] and f"It{line.partition(' It')[2]}" for line in EVERYTHING[1:5])]


@pytest.mark.parametrize(
    ("away_from", "back_at", "said"),
    [
        (("2027-01-07", 0), ("2027-01-10", 9), "It starts in 5 days."),
        (("2027-01-07", 0), ("2027-01-15", 10), "It starts in 7 hours."),
        (("2027-01-15", 10), ("2027-01-15", 19), None),
        (("2027-01-15", 18), ("2027-01-18", 9), "Thank you to everybody who was there!"),
        (("2027-01-15", 18), ("2027-02-18", 9), None),
    ],
    ids=[
        "a week ahead, late",
        "only the last of several",
        "a start that passed",
        "late thanks",
        "thanks of a month ago",
    ],
)
async def test_after_an_absence_only_what_is_of_use_is_said(world, away_from, back_at, said):
    mod = await furnish(world)
    await announce(mod, 'event create "Wiki" "2027-01-15 18:00"')
    await sleep_until(world, *away_from)
    before = len(world.place("main").posts)
    world.clock.set(
        world.clock.now().replace(
            **dict(zip(("month", "day"), map(int, back_at[0].split("-")[1:]), strict=True)), hour=back_at[1]
        )
    )
    await world.restart()
    await world.settle()
    assert [seen.text for seen in world.place("main").posts[before:]] == ([said] if said else [])


async def test_a_moved_event_is_reminded_of_anew_and_what_was_said_is_mended(world):
    mod = await furnish(world)
    await announce(mod, 'event create "Wiki" "2027-01-15 18:00"')
    await sleep_until(world, "2027-01-08", 16)
    await world.passes(hours=2)
    shown = await mod.says('event move E-1 "2027-02-12 18:00"')
    await mod.presses("Move it", on=shown)
    await world.settle()
    assert "February 12" in world.place("main").posts[1].fields["There"]
    await sleep_until(world, "2027-02-05", 16)
    await world.passes(hours=2)
    assert told(world.place("main").posts[-1]) == "2027-02-05 17:00 It starts in 1 week."


async def test_the_checklist_reaches_the_organiser_once(world):
    await furnish(world)
    lib = world.member("Lib", Level.LIBRARIAN, zone="Europe/Madrid")
    await announce(lib, SERIES)
    await sleep_until(world, "2027-03-16", 12)
    await world.passes(hours=12)
    assert "at most six a day" in lib.inbox[0].items[0]
    full = await lib.says("event checklist E-1")
    assert len(full.all) == 6
    await sleep_until(world, "2027-04-16", 12)
    await world.passes(hours=12)
    assert len(lib.inbox) == 1


@pytest.mark.cogs(Events, Settings, "faq")
async def test_the_checklist_shows_the_faq_s_answers():
    async with await World.open(Events, Settings, "faq") as world:
        lib = world.member("Lib", Level.LIBRARIAN)
        await lib.says('event create "Wiki" "2027-01-15 18:00"')
        full = await lib.says("event checklist E-1")
        assert all(seen.text and seen.title for seen in full.all[1:])


async def test_it_is_told_at_settings_other_hours(world):
    mod = await furnish(world)
    for line in (
        "events.hours_before 48",
        "events.days_before 0",
        "events.minutes_before 0",
        "events.announce_start no",
    ):
        name, value = line.split()
        await mod.says(f"settings set {name} {value}")
    await announce(mod, 'event create "Wiki" "2027-01-15 18:00"')
    await sleep_until(world, "2027-01-12", 12)
    await world.passes(days=3)
    await world.passes(hours=10)
    assert timeline(world.place("main")) == [EVERYTHING[0], "2027-01-13 17:00 It starts in 2 days."]


async def test_a_place_that_is_gone_and_a_person_who_shut_the_door_stop_nobody_else(world):
    mod = await furnish(world)
    second, ana, ben = world.place("second"), world.member("Ana"), world.member("Ben")
    await mod.at(second).says("settings channel announcements")
    draft = await mod.says('event create "Wiki" "2027-01-15 18:00"')
    world.fails(Gone("The channel was deleted."))
    await mod.presses("Announce it", on=draft)
    await world.settle()
    assert [seen.title for seen in second.posts] == ["E-1 · Wiki"]
    assert world.place("log").posts[0].title == "A post is parked"
    for each in (ana, ben):
        await each.says("event join E-1")
    world.chat.courier.closed_to.add(ana.identity.external_id)
    await mod.says('event cancel E-1 "No room"')
    await mod.confirms()
    await world.settle()
    assert ben.inbox[0].fields["Reason"] == "No room"
    assert "Cancelled" in second.posts[0].fields


async def test_a_reason_in_quotes_is_no_part_of_the_day(world):
    mod, ana = await furnish(world), world.member("Ana")
    await announce(mod, 'event create "Weekly" "2027-01-15 18:00" repeats="weekly 4 times"')
    await ana.says("event join E-1")
    await mod.says('event skip E-1 22 January "The library is closed"')
    await mod.confirms()
    await world.settle()
    assert ana.inbox[-1].fields["Reason"] == "The library is closed"
    assert "January 22" in ana.inbox[-1].fields["Not on"]
