# SPDX-License-Identifier: MIT
"""Answers for one time of a series: "not this Friday", or this Friday alone; seats, waiting lists and who is told."""

import re
from datetime import UTC, datetime

import icalendar
import pytest
from eventplay import announce, furnish, linked
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.kit import Level
from bot.testing.world import World
from cogs.events import Events, dates, store, store_dates, store_people
from cogs.events.attending import answer, answer_once, withdraw, withdraw_once
from cogs.events.model import Actor, Coming, Content, Frequency, Repeat, Timing
from cogs.events.recurrence import upcoming
from cogs.events.settings import EventSettings
from cogs.events.when import LocalTime
from cogs.settings import Settings

pytestmark = pytest.mark.cogs(Events, Settings)

WEEKLY = 'event create "Weekly" "2027-01-15 18:00" repeats="weekly 4 times"'
SMALL = f"{WEEKLY} capacity=1"


@pytest.fixture
async def mod(world):
    return await furnish(world)


@pytest.fixture
def ana(world, mod):
    return world.member("Ana", zone="Europe/Madrid")


@pytest.fixture
def ben(world, mod):
    return world.member("Ben", zone="Europe/Madrid")


async def until(world, day, hour=0):
    world.clock.set(datetime.fromisoformat(day).replace(hour=hour, tzinfo=UTC))
    await world.settle()


async def comes(mod, day):
    return list((await mod.says(f"event people E-1 {day}")).items)


async def test_not_this_friday_leaves_the_other_fridays(world, mod, ana):
    await announce(mod, WEEKLY)
    await ana.says("event join E-1")
    said = await ana.says("event leave E-1 22 January")
    assert said.text == "I noted that you do not come on Friday, January 22, 2027."
    assert "event leave E-1" in said.note
    assert await comes(mod, "2027-01-15") == ["Ana: coming"]
    assert (await mod.says("event people E-1 2027-01-22")).text == "Nobody comes so far."
    shown = await ana.says("event show E-1")
    assert shown.fields["You"] == "coming"
    assert [line.endswith("not coming") for line in shown.items] == [False, True, False, False]
    people = await mod.says("event people E-1")
    assert list(people.items) == ["Ana: coming", "Ana: not coming on Friday, January 22, 2027"]
    assert (await ana.says("event join E-1 2027-01-22")).text.startswith("You come on Friday, January 22, 2027.")
    assert await comes(mod, "2027-01-22") == ["Ana: coming"]
    assert list((await mod.says("event people E-1")).items) == ["Ana: coming"]


async def test_a_guest_of_one_friday_comes_on_no_other(world, mod, ana):
    await announce(mod, WEEKLY)
    said = await ana.says("event join E-1 date=2027-01-22")
    assert "this one time" in said.note
    assert await comes(mod, "2027-01-22") == ["Ana: coming"]
    assert (await mod.says("event people E-1 2027-01-29")).text == "Nobody comes so far."
    assert "You" not in (await ana.says("event show E-1")).fields
    assert "E-1" in (await ana.says("event list mine")).plain
    assert "do not come" in (await ana.says("event leave E-1")).text
    assert "Nobody has answered" in (await mod.says("event people E-1")).text
    assert "You had not said" in (await ana.says("event leave E-1 2027-01-22")).text


async def test_a_day_on_which_it_does_not_take_place_is_met_with_those_on_which_it_does(mod, ana):
    await announce(mod, WEEKLY)
    said = await ana.says("event leave E-1 2027-01-23")
    assert "2027-01-15, 2027-01-22" in said.plain + str(said.asked)


async def test_a_weekday_is_the_next_one_on_which_it_takes_place_unless_that_was_left_out(mod, ana):
    await announce(mod, WEEKLY)
    await ana.says("event join E-1")
    for typed in ("Friday", "next Friday", "el viernes", "Fridays"):
        assert "January 15" in (await ana.says(f"event leave E-1 {typed}")).text
        await ana.says("event join E-1 2027-01-15")
    assert "but on" in (await ana.says("event leave E-1 this Friday")).plain
    await ana.says("cancel")


async def test_a_friday_that_is_left_out_is_no_other_friday(world, mod, ana):
    await announce(mod, WEEKLY)
    await ana.says("event join E-1")
    await until(world, "2027-01-18")
    await mod.says("event skip E-1 2027-01-22")
    await mod.confirms()
    assert "does not take place that day" in str((await ana.says("event leave E-1 Friday")).asked)
    assert await comes(mod, "2027-01-29") == ["Ana: coming"]


async def test_what_takes_place_once_is_answered_as_a_whole(mod, ana):
    await announce(mod, 'event create "Once" "2027-01-15 18:00"')
    assert (await ana.says("event join E-1 2027-01-15")).text.startswith("You come.")
    assert await comes(mod, "2027-01-15") == ["Ana: coming"]
    assert (await ana.says("event leave E-1 2027-01-15")).text == "I noted that you do not come."


async def test_a_reminder_asks_for_its_own_friday_and_the_card_for_all(world, mod, ana, ben):
    card = await announce(mod, WEEKLY)
    await ana.presses("I come", on=card)
    await until(world, "2027-01-21", 18)
    reminder = world.place("main").posts[-1]
    assert "It starts" in reminder.text
    assert "for this one time" in reminder.note
    assert "that day alone" in card.note
    assert "January 22" in (await ana.presses("I do not come", on=reminder)).text
    assert "January 22" in (await ben.presses("I come", on=reminder)).text
    await world.passes(minutes=1)
    assert world.place("main").posts[-1].fields["Who comes"] == "1 comes, 0 perhaps"
    assert await comes(mod, "2027-01-22") == ["Ben: coming"]
    assert await comes(mod, "2027-01-29") == ["Ana: coming"]


async def test_a_press_that_is_taken_back_leaves_what_was_answered_for_the_series(world, mod, ana, ben):
    await announce(mod, WEEKLY)
    await ana.says("event join E-1")
    pushed = {"event_id": "1", "original": "2027-01-22T18:00"}
    await ana.pushes("events.press_maybe", pushed)
    assert await comes(mod, "2027-01-22") == ["Ana: perhaps coming"]
    assert "perhaps" in (await ana.pushes("events.undo_join", pushed)).text
    assert (await ana.pushes("events.undo_maybe", pushed)).text.startswith("You come on Friday")
    assert await comes(mod, "2027-01-22") == ["Ana: coming"]
    await ben.pushes("events.press_join", pushed)
    assert "do not come on Friday" in (await ben.pushes("events.undo_join", pushed)).text
    assert "had not said" in (await ben.pushes("events.undo_join", pushed)).text
    assert await comes(mod, "2027-01-22") == ["Ana: coming"]


async def test_the_seat_of_one_friday_goes_to_who_waits_and_comes_back_by_the_waiting_list(world, mod, ana, ben):
    await announce(mod, SMALL)
    await ana.says("event join E-1")
    assert "waiting list" in (await ben.says("event join E-1")).text
    await ana.says("event leave E-1 2027-01-22")
    await world.settle()
    assert ben.inbox[0].text.startswith("A seat became free on Friday, January 22, 2027")
    assert await comes(mod, "2027-01-22") == ["Ben: coming"]
    assert await comes(mod, "2027-01-15") == ["Ana: coming", "Ben: waiting for a seat"]
    assert "All seats are taken on Friday, January 22" in (await ana.says("event join E-1 2027-01-22")).text
    await ben.says("event leave E-1 2027-01-22")
    await world.settle()
    assert ana.inbox[-1].text.startswith("A seat became free on Friday, January 22, 2027")
    assert await comes(mod, "2027-01-22") == ["Ana: coming"]


async def test_a_guest_s_seat_is_theirs_and_who_joins_later_waits_for_that_friday_alone(world, mod, ana, ben):
    await announce(mod, SMALL)
    await ana.says("event join E-1 2027-01-22")
    said = await ben.says("event join E-1")
    assert said.fields["Waiting for a seat"] == "Friday, January 22, 2027"
    assert await comes(mod, "2027-01-15") == ["Ben: coming"]
    assert await comes(mod, "2027-01-22") == ["Ana: coming", "Ben: waiting for a seat"]
    await ana.says("event leave E-1 2027-01-22")
    await world.settle()
    assert "January 22" in ben.inbox[-1].text
    assert await comes(mod, "2027-01-22") == ["Ben: coming"]


async def test_there_are_never_fewer_seats_than_people_on_the_fullest_day(mod, ana, ben):
    await announce(mod, f"{WEEKLY} capacity=2")
    await ana.says("event join E-1")
    await ben.says("event join E-1 2027-01-22")
    assert "2 people have a seat already" in str((await mod.says("event edit E-1 capacity=1")).asked)
    await ben.says("event leave E-1")
    assert "is changed" in (await mod.says("event edit E-1 capacity=1")).text


async def test_of_one_friday_only_those_are_told_who_come_then(world, mod, ana, ben):
    await announce(mod, WEEKLY)
    await ana.says("event join E-1")
    await ana.says("event leave E-1 2027-01-22")
    await ben.says("event join E-1 2027-01-22")
    await mod.says("event skip E-1 2027-01-29")
    await mod.confirms()
    shown = await mod.says('event move E-1 "2027-01-23 10:00" date=2027-01-22')
    await mod.presses("Move it", on=shown)
    await world.settle()
    assert ["January 29" in seen.plain for seen in ana.inbox] == [True]
    assert [seen.fields["There"].startswith("Saturday, January 23") for seen in ben.inbox] == [True]
    assert await comes(mod, "2027-01-23") == ["Ben: coming"]
    await mod.says('event cancel E-1 "Closed"')
    await mod.confirms()
    await world.settle()
    assert [seen.fields.get("Reason") for seen in (ana.inbox[-1], ben.inbox[-1])] == ["Closed", "Closed"]


async def test_answers_for_one_friday_go_with_the_series_when_it_moves(world, mod, ana, ben):
    await announce(mod, WEEKLY)
    await ana.says("event join E-1")
    await ana.says("event leave E-1 2027-01-22")
    await ben.says("event join E-1 2027-01-29")
    shown = await mod.says('event move E-1 "2027-01-16 10:00"')
    await mod.presses("Move it", on=shown)
    await world.settle()
    assert "Now" in ben.inbox[0].fields
    assert (await mod.says("event people E-1 2027-01-23")).text == "Nobody comes so far."
    assert await comes(mod, "2027-01-30") == ["Ana: coming", "Ben: coming"]


async def test_answers_for_one_friday_end_where_the_new_rhythm_has_it_no_more(world, mod, ana, ben):
    await announce(mod, WEEKLY)
    await ana.says("event join E-1 2027-01-22")
    await ben.says("event join E-1 2027-01-29")
    await mod.says('event edit E-1 repeats="every 2 weeks 3 times"')
    await world.settle()
    assert [seen.text for seen in (ana.inbox[-1], ben.inbox[-1])] == ["It repeats otherwise now."] * 2
    assert list((await mod.says("event people E-1")).items) == ["Ben: coming on Friday, January 29, 2027"]


async def test_a_series_that_becomes_one_time_keeps_who_comes_then(mod, ana, ben):
    await announce(mod, WEEKLY)
    await ana.says("event join E-1")
    await ana.says("event leave E-1 2027-01-15")
    await ben.says("event join E-1 2027-01-15")
    await mod.says("event edit E-1 repeats=-")
    assert list((await mod.says("event people E-1")).items) == ["Ben: coming"]


async def test_own_reminders_come_only_before_the_times_at_which_somebody_comes(world, mod, ana, ben):
    await announce(mod, WEEKLY)
    for each in (ana, ben):
        await each.says("event remind E-1 2h")
    await ana.says("event join E-1")
    await ana.says("event leave E-1 2027-01-22")
    await ben.says("event join E-1 2027-01-22")
    for day in ("2027-01-15", "2027-01-22", "2027-01-29"):
        await until(world, day, 15)
    assert [seen.message.voice.now.day for seen in ana.inbox] == [15, 29]
    assert [seen.message.voice.now.day for seen in ben.inbox] == [22]


async def test_a_calendar_of_one_s_own_has_one_s_own_fridays(mod, ana, ben):
    await announce(mod, WEEKLY)
    await ana.says("event join E-1")
    await ana.says("event leave E-1 2027-01-22")
    await ben.says("event join E-1 2027-01-22")
    files = [(await each.says("event calendar mine")).files for each in (ana, ben)]
    texts = [next(iter(found.values())).content for found in files]
    events = [icalendar.Calendar.from_ical(text).walk("VEVENT")[0] for text in texts]
    days = [re.findall(r"EXDATE\S*:.*", each.to_ical().decode().replace("\r\n ", "")) for each in events]
    days = [sorted(re.findall(r"2027(\d{4})", " ".join(each))) for each in days]
    assert days == [["0122"], ["0115", "0129", "0205"]]


async def test_who_is_forgotten_gives_the_seat_of_one_friday_back(world, mod, ana, ben):
    await announce(mod, SMALL)
    await ana.says("event join E-1 2027-01-22")
    await ben.says("event join E-1 2027-01-22")
    person = await world.person(ana)
    kept = await world.app.db.read(lambda tx: world.cog(Events).export(tx, person.id))
    assert [(each["answer"], each["time"]) for each in kept["answers"]] == [("yes", "2027-01-22T18:00")]
    await world.app.db.write(world.cog(Events).forget, person.id)
    await world.settle()
    assert "January 22" in ben.inbox[-1].text
    assert await comes(mod, "2027-01-22") == ["Ben: coming"]


async def test_who_came_once_is_forgotten_after_a_while(world, mod, ana):
    await announce(mod, 'event create "Weekly" "2027-01-15 18:00" repeats="weekly 40 times"')
    await ana.says("event join E-1 2027-01-15")
    await ana.says("event join E-1 2027-07-09")
    await until(world, "2027-05-01")
    await world.passes(hours=7)
    kept = await world.app.db.read(store_dates.answers, 1)
    assert list(kept) == ["2027-07-09T18:00"]


async def test_both_homes_see_who_comes_to_the_next_time(world, mod, ana):
    branch = await linked(world, mod)
    await announce(mod, WEEKLY)
    await ana.says("event join E-1 2027-01-15")
    await world.passes(minutes=1)
    seen = [spot.posts[0].fields["Who comes"] for spot in (world.place("main"), branch.place("main"))]
    assert seen == ["1 comes, 0 perhaps"] * 2
    await until(world, "2027-01-16", 9)
    assert world.place("main").posts[0].fields["Who comes"] == "0 come, 0 perhaps"


STEPS = st.lists(
    st.tuples(
        st.sampled_from(("answer", "once", "withdraw", "undo", "seats", "forget")),
        st.integers(0, 4),
        st.integers(0, 3),
        st.sampled_from(tuple(Coming)),
        st.integers(1, 4),
    ),
    max_size=25,
)


def _step(tx, service, event_id, people, step):
    what, who, time, coming, seats = step
    event, actor = store.find(tx, event_id), Actor(1, 1, people[who])
    original = upcoming(event, tx.now)[time].original
    if what == "answer" and coming is not Coming.NO:
        answer(tx, service, actor, event_id, coming)
    elif what == "once":
        answer_once(tx, service, actor, event_id, original, coming)
    elif what == "undo" and coming is not Coming.NO:
        withdraw_once(tx, service, actor, event_id, original, coming)
    elif what == "withdraw":
        withdraw(tx, service, actor, event_id)
    elif what == "forget":
        store_people.take_back(tx, event_id, people[who])
        store_dates.drop(tx, event_id, people[who])
        service.fill(tx, store.find(tx, event_id))
    elif what == "seats" and seats >= dates.most_seated(tx, event):
        store.change(tx, event_id, capacity=seats)
        service.fill(tx, store.find(tx, event_id))


def _check(tx, event_id):
    """No time has more people than seats, nobody waits beside a free seat, and the numbers are those of the people."""
    event = store.find(tx, event_id)
    for each in upcoming(event, tx.now):
        here = store_dates.who_comes(tx, event_id, each.original)
        seated = [one for one in here if one.answer is Coming.YES and not one.waiting]
        waiting = [one for one in here if one.waiting]
        maybe = [one for one in here if one.answer is Coming.MAYBE]
        count = event.count_of(each.original)
        assert (count.yes, count.maybe, count.waiting) == (len(seated), len(maybe), len(waiting))
        assert len(seated) <= event.content.capacity
        assert not waiting or len(seated) == event.content.capacity
        assert len({one.person.id for one in here}) == len(here)


async def _people(world):
    members = [world.member(name, Level.OWNER) for name in ("Ana", "Ben", "Cid", "Dan", "Eva")]
    for each in members:
        await each.says("event list")
    return [(await world.person(each)).id for each in members]


async def _walk(steps):
    async with await World.open(Events, Settings) as world:
        people, cog = await _people(world), world.cog(Events)
        when = LocalTime(datetime(2027, 1, 15, 18), "Europe/Madrid")  # noqa: DTZ001 (its zone stands beside it)
        timing = Timing(when, repeat=Repeat(Frequency.WEEKLY, times=4))

        def enter(tx):
            boss = Actor(1, 1, people[0], Level.OWNER)
            event = cog.service.create(tx, boss, Content("Weekly", capacity=1), timing, "uid")
            return cog.service.publish(tx, boss, event.id, EventSettings())[0].id

        event_id = await world.app.db.write(enter)
        for step in steps:
            await world.app.db.write(_step, cog.service, event_id, people, step)
            await world.app.db.read(_check, event_id)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=STEPS)
async def test_whatever_people_answer_each_time_has_its_seats(steps):
    await _walk(steps)
