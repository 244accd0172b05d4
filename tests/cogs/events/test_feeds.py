# SPDX-License-Identifier: MIT
"""Other calendars: read as they are, asked politely, each event once, trouble told once."""

from datetime import UTC, datetime, timedelta

import pytest
from eventplay import furnish
from feedtable import BROKEN, DIFF, FEEDS, MEETUP, ics, vevent
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.kit import Fetched, Level, Unavailable, t
from cogs.events import Events
from cogs.events.feeds import FeedKind, FeedTrouble, kind_of, read_calendar
from cogs.events.feeds.course import read_course_entry
from cogs.events.feeds.registration import id_in_page, read_registration, registration_id
from cogs.settings import Settings

pytestmark = pytest.mark.cogs(Events, Settings)

SINCE = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
UNTIL = SINCE + timedelta(days=60)
URL = "https://diff.example.org/calendar/?ical=1"
REGISTRATION = {
    "id": 7,
    "name": "Library day",
    "event_page": "Event:Library day",
    "event_page_wiki": "metawiki",
    "timezone": "Europe/Paris",
    "start_time": "20270115180000",
    "end_time": "20270115200000",
    "online_meeting": True,
}


@pytest.mark.parametrize("name", FEEDS)
def test_calendars_are_read_as_they_are(name):
    text, wanted, unread = FEEDS[name]
    reading = read_calendar(text, SINCE, UNTIL, "Europe/Madrid")
    assert [f"{each.timing.when.at:%Y-%m-%d %H:%M} {each.content.title}" for each in reading.entries] == wanted
    assert reading.unread == unread


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_calendar_is_said_to_be_none(name):
    with pytest.raises(FeedTrouble):
        read_calendar(BROKEN[name], SINCE, UNTIL, "UTC")


def test_words_of_web_sites_lose_their_markup():
    (entry,) = read_calendar(DIFF, SINCE, UNTIL, "UTC").entries
    assert entry.content.description == "Come & see"
    assert entry.content.link == "https://diff.wikimedia.org/event/1/"


@settings(deadline=None)
@given(st.text(max_size=200), st.integers(0, 400))
def test_no_junk_breaks_the_reader(junk, where):
    for text in (
        junk,
        DIFF[:where] + junk + DIFF[where:],
        ics(vevent("x", junk), vevent("y", "20261212T100000Z", junk)),
    ):
        try:
            reading = read_calendar(text, SINCE, UNTIL, "UTC")
        except FeedTrouble:
            continue
        assert all(entry.content.title for entry in reading.entries)


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("1234", FeedKind.REGISTRATION),
        ("https://meta.wikimedia.org/wiki/Special:EventDetails/12", FeedKind.REGISTRATION),
        ("https://meta.wikimedia.org/wiki/Event:Library_day", FeedKind.REGISTRATION),
        ("https://outreachdashboard.wmflabs.org/courses/A/B_(2027)/home", FeedKind.COURSE),
        (URL, FeedKind.ICAL),
    ],
)
def test_what_an_address_is_of_is_seen_by_its_form(typed, kind):
    assert kind_of(typed) is kind


def test_a_registration_is_read_in_its_own_zone():
    entry = read_registration(REGISTRATION, "UTC")
    assert entry.timing.when.at == datetime(2027, 1, 15, 17, tzinfo=UTC)
    assert (entry.timing.minutes, entry.content.location) == (120, "online")
    assert entry.content.link == "https://meta.wikimedia.org/wiki/Event:Library_day"
    assert registration_id("Special:RegisterForEvent/99 wiki") == "99"
    assert id_in_page('<a href="/wiki/Special:RegisterForEvent/42">') == "42"


@settings(deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=9),
        lambda inner: st.dictionaries(
            st.sampled_from(["id", "name", "timezone", "start_time", "end_time", "course", "slug", "start", "end"]),
            inner,
        ),
    )
)
def test_no_junk_breaks_the_readers_of_registrations_and_courses(body):
    for read in (read_registration, lambda body, zone: read_course_entry(body, "https://x.org", zone)):
        try:
            uid = read(body, "UTC").uid
        except FeedTrouble:
            continue
        assert uid


@pytest.fixture
async def library(world):
    world.mod = await furnish(world)
    return world


async def test_events_of_a_calendar_are_proposed_and_announced_when_a_moderator_agrees(library):
    library.outside.answers = {URL: ics(MEETUP)}
    seen = await library.mod.says(f"event follow {URL}")
    assert (seen.title, seen.text) == ("I follow Diff", "1 event is proposed to the moderators.")
    await library.settle()
    proposal = library.place("log").posts[0]
    assert proposal.text == "From the calendar “Diff”."
    assert not library.place("main").posts
    await library.mod.at(library.place("log")).presses("Announce it", on=proposal)
    await library.settle()
    assert library.place("main").posts[0].title == "E-1 · Meetup"


async def test_events_are_announced_at_once_where_that_is_set_and_follow_their_calendar(library):
    library.outside.answers = {URL: ics(MEETUP)}
    await library.mod.says(f"event follow {URL} direct=yes")
    await library.settle()
    card = library.place("main").posts[0]
    await library.mod.presses("I come", on=card)
    library.outside.answers = {URL: ics(MEETUP.replace("1210T18", "1211T18").replace("1210T20", "1211T20"))}
    await library.passes(hours=7)
    assert "December 11" in library.place("main").posts[0].fields["There"]
    assert "December 11" in library.mod.inbox[0].fields["There"]
    library.outside.answers = {URL: ics(MEETUP.replace("END:VEVENT", "STATUS:CANCELLED\r\nEND:VEVENT"))}
    await library.passes(hours=7)
    assert "Cancelled" in library.place("main").posts[0].fields
    assert len(library.place("main").posts) == 1


async def test_the_same_event_of_two_calendars_appears_once(library):
    other = "https://other.example.org/feed.ics"
    library.outside.answers = {
        URL: ics(MEETUP),
        other: ics(MEETUP.replace("m@diff", "other").replace("Meetup", "MEETUP!")),
    }
    for address in (URL, other):
        await library.mod.says(f"event follow {address} direct=yes")
    await library.passes(hours=13)
    assert len(library.place("main").posts) == 1


async def test_what_people_changed_here_stays_until_the_calendar_changes(library):
    library.outside.answers = {URL: ics(MEETUP)}
    await library.mod.says(f"event follow {URL} direct=yes")
    await library.mod.says('event edit E-1 title="Our meetup"')
    await library.passes(hours=13)
    assert library.place("main").posts[0].title == "E-1 · Our meetup"


async def test_a_calendar_that_is_gone_is_told_once_and_asked_less_and_less(library):
    library.outside.answers = {URL: ics(MEETUP)}
    await library.mod.says(f"event follow {URL}")
    await library.settle()
    posted = len(library.place("log").posts)
    library.outside.answers = {URL: Fetched("gone", 404)}
    asked = len(library.outside.asked)
    await library.passes(days=10)
    (trouble,) = library.place("log").posts[posted:]
    assert trouble.title == "A calendar cannot be read: Diff"
    assert "The calendar Diff cannot be read: " in (await library.mod.says("settings check")).plain
    assert "nothing at that address" in trouble.note
    assert len(library.outside.asked) - asked <= 6


async def test_a_calendar_that_hangs_now_and_then_is_not_told_of(library):
    library.outside.answers = {URL: ics(MEETUP)}
    await library.mod.says(f"event follow {URL}")
    await library.settle()
    posted = len(library.place("log").posts)
    library.outside.answers = {URL: Unavailable(t("It takes too long."))}
    await library.passes(hours=13)
    library.outside.answers = {URL: ics(MEETUP)}
    await library.passes(hours=30)
    assert len(library.place("log").posts) == posted


async def test_a_calendar_is_asked_whether_anything_is_new(library):
    headers = []

    async def get_text(url, *, params=None, headers_seen=headers, headers_=None, headers_arg=None, ttl=0.0, **more):
        headers_seen.append(dict(more.get("headers") or {}))
        first = not headers_seen[-1]
        return Fetched(ics(MEETUP), 200, headers={"etag": '"v1"'}) if first else Fetched("", 304)

    def spy(url, *, params=None, headers=None, ttl=0.0):
        return get_text(url, headers=headers)

    library.outside.get_text = spy
    await library.mod.says(f"event follow {URL}")
    await library.passes(hours=7)
    assert headers == [{}, {"If-None-Match": '"v1"'}]
    await library.passes(hours=24)
    assert headers.count({}) == 2, "once a day it is read in full, since its series reach further"


@pytest.mark.parametrize("answer", [BROKEN["a web page"], Fetched("x", 500), Fetched("", 404)])
async def test_what_cannot_be_read_is_refused_at_once(library, answer):
    library.outside.answers = {URL: answer}
    assert (await library.mod.says(f"event follow {URL}")).asked.error
    assert "No calendar is followed" in (await library.mod.says("event unfollow x")).text


async def test_a_calendar_of_hundreds_does_not_flood_a_channel(library):
    many = [vevent(f"u{number}", f"20261212T{number % 24:02}0000Z", f"Talk {number}") for number in range(300)]
    library.outside.answers = {URL: ics(*many)}
    await library.mod.says(f"event follow {URL}")
    await library.settle()
    assert len(library.place("log").posts) == 20


async def test_one_event_is_imported_as_a_draft(library):
    lib = library.member("Lib", Level.LIBRARIAN)
    library.outside.answers = {
        "https://meta.wikimedia.org/w/rest.php/campaignevents/v0/event_registration/7": REGISTRATION
    }
    draft = await lib.says("event import 7")
    assert draft.title == "E-1 · Library day"
    assert not library.place("main").posts
    assert (await lib.says("event import 7")).text == "E-1 is that event already."


async def test_unfollowing_ends_it(library):
    library.outside.answers = {URL: ics(MEETUP)}
    await library.mod.says(f"event follow {URL}")
    await library.mod.says(f"event unfollow {URL}")
    asked = len(library.outside.asked)
    await library.passes(days=2)
    assert len(library.outside.asked) == asked


async def test_a_registration_is_found_by_its_page_and_a_course_by_its_address(library):
    page = "https://meta.wikimedia.org/wiki/Event:Library_day"
    course = "https://outreachdashboard.wmflabs.org/courses/Library/Editathon_(2027)"
    library.outside.answers = {
        page: '<a href="/wiki/Special:RegisterForEvent/7">Register</a>',
        "https://meta.wikimedia.org/w/rest.php/campaignevents/v0/event_registration/7": REGISTRATION,
        f"{course}/course.json": {
            "course": {
                "slug": "Library/Editathon_(2027)",
                "title": "Editathon",
                "start": "2027-01-15T00:00:00.000Z",
                "end": "2027-01-16T23:59:59.000Z",
            }
        },
    }
    for address in (page, f"{course}/home"):
        assert "1 event is proposed" in (await library.mod.says(f"event follow {address}")).text
    await library.settle()
    registered, taught = library.place("log").posts
    assert registered.title == "E-1 · Library day"
    assert registered.fields["There"] == "Friday, January 15, 2027, 18:00 Europe/Paris (UTC+01:00)"
    assert taught.title == "E-2 · Editathon"
    assert taught.fields["When"] == "January 15, 2027, all day"


async def test_a_calendar_outlives_a_restart(library):
    library.outside.answers = {URL: ics(MEETUP)}
    await library.mod.says(f"event follow {URL}")
    await library.app.db.write(lambda tx: tx.run("DELETE FROM timers WHERE owner = 'events'"))
    await library.restart()
    asked = len(library.outside.asked)
    await library.passes(hours=13)
    assert len(library.outside.asked) == asked + 2
