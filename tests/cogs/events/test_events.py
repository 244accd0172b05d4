# SPDX-License-Identifier: MIT
"""Events in the chat: entered, announced, answered, changed, cancelled."""

import pytest
from eventplay import FRIDAY, announce, furnish, linked, told

from bot.kit import Level, NotFound
from cogs.events import Events, store
from cogs.events.model import Actor
from cogs.settings import Settings

pytestmark = pytest.mark.cogs(Events, Settings)


@pytest.fixture
async def library(world):
    await furnish(world)
    return world


@pytest.fixture
def lib(library):
    return library.member("Lib", Level.LIBRARIAN, zone="Europe/Madrid")


@pytest.fixture
def ana(library):
    return library.member("Ana", zone="America/New_York")


@pytest.fixture
def ben(library):
    return library.member("Ben", zone="Europe/Madrid")


async def test_an_event_is_shown_before_anybody_hears_of_it(library, lib):
    line = f'event create "Wiki at the library" "{FRIDAY}" where="Reading room" link=https://example.org/e'
    draft = await lib.says(line)
    assert draft.title == "E-1 · Wiki at the library"
    assert draft.fields["There"] == "Friday, January 15, 2027, 18:00 Europe/Madrid (UTC+01:00)"
    assert draft.visible.value == "quiet"
    assert not library.place("main").posts
    assert "in 1 place" in (await lib.presses("Announce it", on=draft)).text
    await library.settle()
    card = library.place("main").posts[0]
    assert card.title == "E-1 · Wiki at the library"
    assert card.fields["Where"] == "Reading room"
    assert card.link == "https://example.org/e"
    assert list(card.files) == ["E-1.ics"]
    assert list(card.buttons) == ["I come", "Maybe", "I do not come"]


async def test_title_and_start_suffice_and_are_asked_for(world_in_both_ways):
    lib = world_in_both_ways.member("Lib", Level.LIBRARIAN)
    assert (await lib.says("event create")).asked.names[0] == "title"
    seen = await lib.submits(title="Meeting", start="Friday 2pm")
    while seen.asked:  # a chat without forms offers the rest one by one
        seen = await lib.answers("2h" if seen.asked.names == ("duration",) else "-")
    assert seen.title == "E-1 · Meeting"
    assert seen.fields["There"].startswith("Friday, November 27, 2026, 14:00 UTC")


@pytest.mark.parametrize(
    ("start", "answer"),
    [
        ("2027-10-31 02:30", "comes twice"),
        ("2027-03-28 02:30", "skip this hour"),
        ("2020-01-01 10:00", "is over"),
        ("2027-02-29 10:00", "no such day"),
        ("2027-01-15 18:00 Mars/Olympus", "no time zone"),
        ("next purple 10:00", "cannot read"),
    ],
)
async def test_a_time_that_cannot_be_is_asked_about(lib, start, answer):
    seen = await lib.uses("event create", title="Meeting", start=start)
    assert answer in seen.asked.error
    fixed = await lib.submits(start="2027-01-15 18:00")
    assert fixed.title == "E-1 · Meeting"


async def test_both_hours_are_offered_where_clocks_are_set_back(lib):
    offered = await lib.completes("event create", "start", "2027-10-31 02:30")
    assert list(offered) == [
        "2027-10-31 02:30 Europe/Madrid +02:00",
        "2027-10-31 02:30 Europe/Madrid +01:00",
    ]
    draft = await lib.uses("event create", title="Late", start=list(offered)[1])
    assert draft.fields["There"].endswith("02:30 Europe/Madrid (UTC+01:00)")


@pytest.mark.parametrize(
    ("given", "answer"),
    [
        ({"duration": "until 17:00"}, "end before it starts"),
        ({"duration": "two shakes"}, "how long"),
        ({"repeats": "weekly until 2427-01-01"}, "three years"),
        ({"repeats": "daily 4000 times"}, "three years"),
        ({"repeats": "now and then"}, "how it repeats"),
        ({"link": "javascript:alert(1)"}, "web address"),
    ],
)
async def test_what_makes_no_sense_is_asked_again_and_nothing_is_lost(lib, given, answer):
    seen = await lib.uses("event create", title="Meeting", start=FRIDAY, **given)
    assert answer in seen.asked.error


async def test_a_member_s_event_waits_for_a_moderator(library, ana):
    mod = library.member("Mod", Level.OWNER)
    draft = await ana.says(f'event create "From Ana" "{FRIDAY}"')
    assert "moderators" in (await ana.presses("Propose", on=draft)).text
    await library.settle()
    assert not library.place("main").posts
    proposal = library.place("log").posts[0]
    assert "Ana would like" in proposal.text
    await mod.at(library.place("log")).presses("Announce it", on=proposal)
    await library.settle()
    assert library.place("main").posts[0].title == "E-1 · From Ana"
    assert library.place("log").posts[0].text == "It was announced."
    assert "announced your event" in ana.inbox[0].text


async def test_seats_are_taken_waited_for_and_passed_on(library, lib, ana, ben):
    for each in (ana, ben):
        await each.says("event list")
    card = await announce(lib, f'event create "Small" "{FRIDAY}" capacity=1')
    assert (await ana.presses("I come", on=card)).text.startswith("You come.")
    assert "waiting list" in (await ben.presses("I come", on=card)).text
    await library.passes(minutes=1)
    assert library.place("main").posts[0].fields["Who comes"] == "the only seat is taken, 1 waits"
    assert "do not come" in (await ana.says("event leave E-1")).text
    await library.settle()
    assert "it is yours" in ben.inbox[0].text
    people = await lib.says("event people E-1")
    assert list(people.items) == ["Ben: coming"]
    assert "organises" in (await ana.says("event people E-1")).text


async def test_a_forgotten_person_s_seat_goes_to_who_waits(library, lib, ana, ben):
    for each in (ana, ben):
        await each.says("event list")
    card = await announce(lib, f'event create "Small" "{FRIDAY}" capacity=1')
    await ana.presses("I come", on=card)
    await ben.presses("I come", on=card)
    person = await library.person(ana)
    await library.app.db.write(library.cog(Events).forget, person.id)
    await library.settle()
    assert "it is yours" in ben.inbox[0].text


async def test_a_change_edits_the_card_and_a_move_is_told(library, lib, ana):
    await ana.says("event list")
    card = await announce(lib)
    await ana.presses("I come", on=card)
    await lib.says('event edit E-1 title="Wiki in the garden"')
    await library.settle()
    assert library.place("main").posts[0].title == "E-1 · Wiki in the garden"
    assert not ana.inbox
    shown = await lib.says('event move E-1 "2027-01-16 18:00"')
    assert shown.fields["From now on"].startswith("Saturday, January 16, 2027, 18:00")
    assert not ana.inbox
    await lib.presses("Move it", on=shown)
    await library.settle()
    assert ana.inbox[0].fields["Now"] == "Saturday, January 16, 2027, 12:00\u202fPM EST"
    assert library.place("main").posts[0].fields["There"].startswith("Saturday, January 16")
    assert len(library.place("main").posts) == 1


async def test_a_cancellation_is_told_with_its_reason(library, lib, ana):
    await ana.says("event list")
    card = await announce(lib)
    await ana.presses("Maybe", on=card)
    await lib.says('event cancel E-1 "The roof leaks"')
    assert not ana.inbox
    await lib.confirms()
    await library.settle()
    assert ana.inbox[0].fields["Reason"] == "The roof leaks"
    assert library.place("main").posts[0].fields["Cancelled"] == "The roof leaks"
    assert not library.place("main").posts[0].buttons
    assert "was cancelled" in (await ana.says("event join E-1")).text
    await library.passes(days=60)
    assert len(library.place("main").posts) == 1


async def test_only_the_organiser_and_moderators_change_an_event(library, lib, ana):
    await announce(lib)
    for line in ('event edit E-1 title="Mine now"', "event cancel E-1 because", 'event move E-1 "2027-01-20 18:00"'):
        assert "Only who organises" in (await ana.says(line)).text


async def test_one_of_a_series_is_left_out_and_the_others_stay(library, lib, ana):
    await ana.says("event list")
    card = await announce(lib, f'event create "Weekly" "{FRIDAY}" repeats="weekly 4 times"')
    await ana.presses("I come", on=card)
    asked = await lib.says("event skip E-1 2027-01-22")
    assert "January 22" in asked.asked.confirm
    await lib.confirms()
    await library.settle()
    assert "January 22" in ana.inbox[0].fields["Not on"]
    shown = await ana.says("event show E-1")
    assert [item.split(",")[1].strip() for item in shown.items] == ["January 15", "January 29", "February 5"]


async def test_two_homes_of_a_community_hear_of_it_once_each(library, lib):
    branch = await linked(library, library.member("Mod", Level.OWNER))
    await announce(lib)
    await library.passes(days=55)
    for spot in (library.place("main"), branch.place("main")):
        said = [told(seen) for seen in spot.posts[1:]]
        assert len(said) == len(set(said)) == 5


async def test_an_own_reminder_comes_in_private(library, lib, ana, ben):
    await announce(lib)
    assert "2 hours before" in (await ana.says("event remind E-1 2h")).text
    await ben.says("event remind E-1 1 day")
    assert "any more" in (await ben.says("event remind E-1 off")).text
    await library.passes(days=54)
    assert [told(seen) for seen in ana.inbox] == ["2027-01-15 15:00 It starts in 2 hours."]
    assert not ben.inbox


async def test_lists_show_what_is_to_come(library, lib, ana):
    await announce(lib)
    await announce(lib, 'event create "In March" "2027-03-05 10:00"')
    assert len((await ana.says("event list")).items) == 2
    assert len((await ana.says("event list month=2027-03")).items) == 1
    assert "There is nothing" in (await ana.says("event list mine")).text
    await ana.says("event join E-2")
    assert "In March" in (await ana.says("event list mine")).items[0]


async def test_a_month_shows_a_series_on_its_day_of_that_month_if_it_has_one(library, lib, ana):
    await announce(lib, 'event create "Every two months" "2027-01-15 10:00" repeats="every 2 months 3 times"')
    await announce(lib, 'event create "Once" "2027-03-05 10:00"')
    shown = await ana.says("event list month=2027-03")
    assert ["March 5" in shown.items[0], "March 15" in shown.items[1], len(shown.items)] == [True, True, 2]
    assert "There is nothing" in (await ana.says("event list month=2027-02")).text


async def test_an_event_of_another_community_is_not_found(library, lib):
    await announce(lib)
    stranger = library.home("Elsewhere").member("Stranger", Level.OWNER)
    for line in ("event show E-1", "event join E-1", "event cancel E-1 because", "event calendar E-1"):
        assert "no event E-1" in (await stranger.says(line)).text


async def test_a_quiet_draft_is_forgotten_after_two_weeks(library, lib):
    await lib.says(f'event create "Never" "{FRIDAY}"')
    await library.passes(days=16)
    assert "no event E-1" in (await lib.says("event show E-1")).text


async def test_a_role_is_called_only_where_a_moderator_chose_it(library, lib):
    card = await announce(lib)
    assert not card.message.mention_role
    assert not card.message.mentions


async def test_a_series_is_not_moved_behind_its_own_end(library, lib):
    await announce(lib, f'event create "Weekly" "{FRIDAY}" repeats="weekly until 2027-02-05"')
    shown = await lib.says('event move E-1 "2027-03-01 18:00"')
    assert "end before it starts" in (await lib.presses("Move it", on=shown)).plain


async def test_who_came_is_forgotten_after_a_while(library, lib, ana):
    await announce(lib)
    await ana.says("event join E-1")
    await library.passes(days=60)
    assert len((await lib.says("event people E-1")).items) == 1
    library.clock.move(days=90)
    await library.settle()
    assert "Nobody has answered" in (await lib.says("event people E-1")).text


async def test_a_button_reaches_no_event_of_another_community(library, lib):
    await announce(lib)
    db = library.app.db
    for direct in (False, True):
        stranger = Actor(community_id=999, home_id=None, person_id=999, level=Level.OWNER, direct=direct)
        for look in (store.at_hand, lambda tx, actor, event_id: store.get(tx, actor.community_id, event_id)):
            with pytest.raises(NotFound):
                await db.read(look, stranger, 1)


@pytest.mark.parametrize(
    "line",
    [
        "event show E-1",
        "event calendar E-1",
        "event checklist E-1",
        "event results E-1",
        "event announce E-1 preview=yes",
        "event people E-1",
        "event join E-1",
        "event edit E-1 where=Elsewhere",
        "event cancel E-1 because",
    ],
)
async def test_what_nobody_has_announced_is_seen_by_its_organiser_and_moderators_alone(library, lib, ben, line):
    await lib.says(f'event create "Secret plan" "{FRIDAY}"')
    refused = await ben.says(line)
    assert "not announced yet" in refused.text
    assert "Secret" not in refused.plain
    assert not refused.files


async def test_the_preview_shows_how_many_seats_there_are(library, lib):
    draft = await lib.says(f'event create "Small room" "{FRIDAY}" capacity=8')
    assert draft.fields["Who comes"] == "0 of 8 seats are taken, 0 perhaps"


async def test_the_end_may_stand_behind_the_start(library, lib):
    draft = await lib.says('event create "Evening" "15 January 2027 6-9pm"')
    assert draft.fields["When"].endswith("for 3 hours")
    said = await lib.says('event create "Evening" "15 January 2027 6-9pm" duration="90 min"')
    assert said.fields["When"].endswith("for 1 hour, 30 minutes")
    moved = await lib.says('event move E-1 "2027-01-16 18:00-18:30"')
    await lib.presses("Move it", on=moved)
    assert (await lib.says("event show E-1")).fields["When"].endswith("for 30 minutes")


@pytest.mark.parametrize("month", ["2027-01", "1/2027", "01.2027", "January", "january 2027", "enero de 2027", "1"])
async def test_a_month_is_named_as_people_name_it(library, lib, month):
    await announce(lib)
    assert len((await lib.says(f'event list month="{month}"')).items) == 1
    assert "There is nothing" in (await lib.says("event list month=February")).text


@pytest.mark.parametrize("month", ["2027-13", "0", "13", "soon", "2027-01-15", "1 2 3", "-"])
async def test_what_is_no_month_is_asked_about(library, lib, month):
    assert "Write the month like" in (await lib.says(f'event list month="{month}"')).text
