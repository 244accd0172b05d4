# SPDX-License-Identifier: MIT
"""Letting a series repeat otherwise: from the next time on, with the exceptions that fit, and told to who comes."""

from datetime import UTC, datetime

import pytest
from eventplay import announce, furnish

from bot.platforms.memory.calendar import MemoryCalendar
from cogs.events import Events
from cogs.settings import Settings

pytestmark = pytest.mark.cogs(Events, Settings)

WEEKLY = 'event create "Weekly" "2027-01-14 18:00" repeats="weekly 6 times"'


async def until(world, day, hour=0):
    world.clock.set(datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC))
    await world.settle()


async def days(who, number="E-1"):
    shown = await who.says(f"event show {number}")
    return [line[:40] for line in shown.items]


async def test_a_series_repeats_otherwise_from_its_next_time_on(world):
    mod, ana = await furnish(world), world.member("Ana")
    await announce(mod, WEEKLY)
    await ana.says("event join E-1")
    await until(world, "2027-01-21", 20)
    done = await mod.says('event edit E-1 repeats="every 2 weeks 3 times"')
    assert "is changed" in done.text
    await world.settle()
    shown = await days(mod)
    assert [line for line in shown if "January 28" in line or "February 11" in line or "February 25" in line] == shown
    told = ana.inbox[-1]
    assert told.text == "It repeats otherwise now."
    assert told.fields["Repeats"] == "every 2 weeks, 3 times"
    assert "January 28" in told.fields["Next time"]


async def test_exceptions_stay_where_the_new_rhythm_has_them(world):
    mod = await furnish(world)
    await announce(mod, WEEKLY)
    for day in ("2027-01-21", "2027-01-28"):
        await mod.says(f"event skip E-1 {day}")
        await mod.confirms()
    shown = await mod.says('event move E-1 "2027-02-12 10:00" date=2027-02-11')
    await mod.presses("Move it", on=shown)
    await mod.says('event edit E-1 repeats="every 2 weeks 4 times"')
    shown = await days(mod)
    assert ["January 14" in shown[0], "February 12" in shown[1], "February 25" in shown[2]] == [True, True, True]
    assert len(shown) == 3


async def test_what_was_said_of_past_times_stays_as_it_was(world):
    mod = await furnish(world)
    await announce(mod, WEEKLY)
    await until(world, "2027-01-14", 15)
    await world.passes(hours=5)
    before = [seen.plain for seen in world.place("main").posts[1:]]
    assert before
    await mod.says('event edit E-1 repeats="monthly 3 times"')
    await world.settle()
    await mod.says('event cancel E-1 "Closed"')
    await mod.confirms()
    await world.settle()
    assert [seen.plain for seen in world.place("main").posts[1:]] == before


async def test_a_series_can_end_in_one_time_and_one_time_become_a_series(world):
    world.chat.courier.calendar = MemoryCalendar()
    mod = await furnish(world)
    await announce(mod, WEEKLY)
    await mod.says("event edit E-1 repeats=-")
    await world.settle()
    shown = await mod.says("event show E-1")
    assert "Repeats" not in shown.fields
    assert "January 14" in shown.fields["There"]
    await mod.says('event edit E-1 repeats="weekly 2 times" where="Room 2"')
    await world.settle()
    shown = await mod.says("event show E-1")
    assert (shown.fields["Repeats"], shown.fields["Where"]) == ("every week, 2 times", "Room 2")
    entries = world.chat.courier.calendar.entries
    assert [each.entry.start_at.day for each in entries if not each.entry.cancelled] == [14]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("sometimes", "Write how it repeats"),
        ("weekly 6 times", "repeats like that already"),
        ("weekly until 2026-01-01", "end before it starts"),
        ("daily until 2427-01-01", "at most three years"),
    ],
)
async def test_what_cannot_be_is_said_and_changes_nothing(world, typed, said):
    mod = await furnish(world)
    await announce(mod, WEEKLY)
    answer = await mod.says(f'event edit E-1 title="Other" repeats="{typed}"')
    assert said in (answer.plain + str(answer.asked))
    shown = await mod.says("event show E-1")
    assert (shown.title, shown.fields["Repeats"]) == ("E-1 · Weekly", "every week, 6 times")


SEVERAL = 'event create "Twice a week" "2027-01-12 18:00" repeats="every Tuesday and Thursday 6 times"'


async def test_several_weekdays_are_named_and_kept(world):
    mod = await furnish(world)
    card = await announce(mod, SEVERAL)
    assert card.fields["Repeats"] == "every week on Tuesday and Thursday, 6 times"
    assert [line.split(",")[0] for line in await days(mod)] == ["Tuesday", "Thursday"] * 3
    await world.restart()
    assert [line.split(",")[0] for line in await days(mod)] == ["Tuesday", "Thursday"] * 3


async def test_a_series_of_several_days_moves_with_all_of_them(world):
    mod = await furnish(world)
    await announce(mod, SEVERAL)
    shown = await mod.says('event move E-1 "2027-01-13 10:00"')
    await mod.presses("Move it", on=shown)
    shown = await mod.says("event show E-1")
    assert shown.fields["Repeats"] == "every week on Wednesday and Friday, 6 times"
    assert [line.split(",")[0] for line in shown.items] == ["Wednesday", "Friday"] * 3


@pytest.mark.parametrize(
    ("to", "rhythm"),
    [
        ("2027-01-29 19:00", "every month: the last Friday, 3 times"),
        ("2027-01-30 18:00", "every month: the last Saturday, 3 times"),
        ("2027-01-21 18:00", "every month, on the same weekday of it, 3 times"),
    ],
)
async def test_the_last_friday_moves_to_what_is_nearest_to_it(world, to, rhythm):
    mod = await furnish(world)
    await announce(mod, 'event create "Last" "2027-01-29 18:00" repeats="last Friday of the month 3 times"')
    shown = await mod.says(f'event move E-1 "{to}"')
    await mod.presses("Move it", on=shown)
    shown = await mod.says("event show E-1")
    assert (shown.fields["Repeats"], len(shown.items)) == (rhythm, 3)


async def test_days_of_a_month_are_named(world):
    mod = await furnish(world)
    line = 'event create "Twice a month" "2027-01-05 18:00" repeats="first and third Tuesday of the month until June"'
    card = await announce(mod, line)
    assert card.fields["Repeats"] == "every month: the first Tuesday and the third Tuesday, until June 30, 2027"
