# SPDX-License-Identifier: MIT
"""Events in the chats' own calendars: made, changed and taken back with the event, each once, and who is interested."""

from datetime import UTC, datetime

import pytest
from eventplay import announce, furnish, linked, timeline

from bot.core.courier import Refused, Retry, Unclear
from bot.kit import Level
from bot.platforms.memory.calendar import MemoryCalendar
from cogs.events import Events
from cogs.settings import Settings

pytestmark = pytest.mark.cogs(Events, Settings)

WEEKLY = 'event create "Weekly" "2027-01-15 18:00" repeats="weekly 3 times" where="Reading room"'


@pytest.fixture
async def calendar(world):
    world.chat.courier.calendar = MemoryCalendar()
    return world.chat.courier.calendar


def standing(calendar):
    return [f"{each.entry.start_at:%m-%d %H:%M} {each.entry.title}" for each in calendar.entries if not gone(each)]


def gone(each):
    return each.entry.cancelled


async def until(world, day, hour=0):
    world.clock.set(datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC))
    await world.settle()


async def test_one_entry_stands_in_each_home_whatever_places_it_has(world, calendar):
    mod = await furnish(world)
    await mod.at(world.place("second")).says("settings channel announcements")
    branch = await linked(world, mod)
    await announce(mod, 'event create "Wiki" "2027-01-15 18:00" link=https://meta.wikimedia.org/wiki/Event:Wiki')
    assert standing(calendar) == ["01-15 17:00 Wiki"] * 2
    assert len({each.home_id for each in calendar.entries}) == 2
    assert calendar.entries[0].entry.location == "https://meta.wikimedia.org/wiki/Event:Wiki"
    assert calendar.entries[0].entry.description.endswith("E-1")
    assert len(branch.place("main").posts) == 1


async def test_an_entry_changes_moves_and_goes_with_its_event(world, calendar):
    mod = await furnish(world)
    await announce(mod, 'event create "Wiki" "2027-01-15 18:00"')
    await mod.says('event edit E-1 where="Room 2"')
    await world.settle()
    assert (calendar.entries[0].entry.location, calendar.entries[0].versions) == ("Room 2", 2)
    shown = await mod.says('event move E-1 "2027-01-16 10:00"')
    await mod.presses("Move it", on=shown)
    await world.settle()
    assert standing(calendar) == ["01-16 09:00 Wiki"]
    await mod.says('event cancel E-1 "Closed"')
    await mod.confirms()
    await world.settle()
    assert standing(calendar) == []
    assert len(calendar.entries) == 1


async def test_an_answer_changes_no_entry(world, calendar):
    mod = await furnish(world)
    await announce(mod, 'event create "Wiki" "2027-01-15 18:00"')
    await mod.says("event join E-1")
    await world.passes(hours=8)
    assert calendar.entries[0].versions == 1


async def test_of_a_series_the_next_occurrence_stands_there(world, calendar):
    mod = await furnish(world)
    await announce(mod, WEEKLY)
    assert standing(calendar) == ["01-15 17:00 Weekly"]
    await until(world, "2027-01-15", 18)
    assert len(calendar.entries) == 1
    await world.passes(hours=2)
    assert standing(calendar) == ["01-15 17:00 Weekly", "01-22 17:00 Weekly"]
    await mod.says('event skip E-1 2027-01-22 reason="A holiday"')
    await mod.confirms()
    await world.settle()
    assert standing(calendar) == ["01-15 17:00 Weekly", "01-29 17:00 Weekly"]
    await until(world, "2027-02-02")
    assert len(calendar.entries) == 3


@pytest.mark.parametrize("arrived", [True, False], ids=["done, then failed", "failed"])
async def test_an_entry_is_made_once_although_the_answer_was_lost(world, calendar, arrived):
    mod = await furnish(world)
    calendar.fail(Unclear("cut off"), Unclear("again"), arrived=arrived)
    await announce(mod, 'event create "Wiki" "2027-01-15 18:00"')
    await world.passes(minutes=10)
    await world.restart()
    await world.passes(hours=7)
    assert standing(calendar) == ["01-15 17:00 Wiki"]


async def test_an_entry_waits_until_the_chat_is_back(world, calendar):
    mod = await furnish(world)
    calendar.fail(Retry("not connected", 30))
    await announce(mod, 'event create "Wiki" "2027-01-15 18:00"')
    assert standing(calendar) == []
    await world.passes(minutes=2)
    assert standing(calendar) == ["01-15 17:00 Wiki"]


async def test_a_missing_permission_is_told_once_and_heals(world, calendar):
    mod = await furnish(world)
    refusal = Refused("I lack the permission Create Events.")
    calendar.fail(refusal, refusal, refusal, refusal)
    await announce(mod, 'event create "Wiki" "2027-01-15 18:00"')
    await announce(mod, 'event create "Second" "2027-01-16 18:00"')
    await world.passes(hours=7)
    told = [seen for seen in world.place("log").posts if "Create Events" in seen.text]
    assert len(told) == 1
    assert standing(calendar) == []
    await world.passes(hours=7)
    assert standing(calendar) == ["01-15 17:00 Wiki", "01-16 17:00 Second"]


async def test_an_entry_that_a_moderator_deleted_stays_deleted(world, calendar):
    mod = await furnish(world)
    await announce(mod, 'event create "Wiki" "2027-01-15 18:00"')
    calendar.entries.clear()
    await mod.says('event edit E-1 where="Room 2"')
    await world.passes(hours=14)
    assert calendar.entries == []
    assert world.place("log").posts == []


async def test_who_is_interested_comes_perhaps_and_is_told_of_changes(world, calendar):
    mod = await furnish(world)
    ana, ben = world.member("Ana"), world.member("Ben")
    card = await announce(mod, 'event create "Wiki" "2027-01-15 18:00" capacity=1')
    calendar.entries[0].interested += [ana.identity, ben.identity]
    await ben.says("event join E-1")
    await world.passes(hours=4)
    assert world.place("main").posts[0].fields["Who comes"] == "1 of 1 seat is taken, 1 perhaps"
    assert card.title == "E-1 · Wiki"
    await mod.says('event cancel E-1 "Closed"')
    await mod.confirms()
    await world.settle()
    assert [seen.fields["Reason"] for seen in ana.inbox] == ["Closed"]


async def test_interest_that_is_taken_back_counts_no_longer_here_or_there(world, calendar):
    mod = await furnish(world)
    ana, ben = world.member("Ana"), world.member("Ben")
    await announce(mod, 'event create "Wiki" "2027-01-15 18:00"')
    calendar.entries[0].interested += [ana.identity, ben.identity]
    await world.passes(hours=4)
    assert "do not come" in (await ana.says("event leave E-1")).text
    calendar.entries[0].interested.remove(ben.identity)
    await world.passes(hours=4)
    assert world.place("main").posts[0].fields["Who comes"] == "0 come, 0 perhaps"


async def test_moderators_may_do_without(world, calendar):
    mod = await furnish(world)
    await mod.says("settings set events.own_calendar no")
    await announce(mod, 'event create "Wiki" "2027-01-15 18:00"')
    await world.passes(hours=7)
    assert calendar.entries == []


async def test_a_chat_without_a_calendar_hears_of_events_all_the_same(world):
    mod = await furnish(world)
    await announce(mod, 'event create "Wiki" "2027-01-15 18:00"')
    await world.passes(hours=7)
    assert timeline(world.place("main")) == ["2026-11-23 12:00 card"]
    assert world.place("log").posts == []


async def test_who_is_interested_sees_it_in_the_export_and_can_be_forgotten(world, calendar):
    mod = await furnish(world)
    ana = world.member("Ana", Level.MEMBER)
    await announce(mod, 'event create "Wiki" "2027-01-15 18:00"')
    calendar.entries[0].interested.append(ana.identity)
    await world.passes(hours=4)
    person = await world.person(ana)
    kept = await world.app.db.read(lambda tx: world.cog(Events).export(tx, person.id))
    assert [each["title"] for each in kept["interests"]] == ["Wiki"]
    listed = await ana.says("event list mine")
    assert "E-1" in listed.plain
