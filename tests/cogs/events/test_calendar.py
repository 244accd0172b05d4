# SPDX-License-Identifier: MIT
# ruff: noqa: DTZ001 (local hours stand beside their zone here)
"""Calendar files, read back by two other libraries."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import icalendar
import pytest
import recurring_ical_events
import vobject
from eventplay import announce, furnish
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.storage import communities
from cogs.events import Events
from cogs.events.calendar import calendar
from cogs.events.model import Content, Event, Exceptional, Frequency, Repeat, State, Timing
from cogs.events.recurrence import bounds, occurrences
from cogs.events.when import LocalTime
from cogs.settings import Settings

MADRID = LocalTime(datetime(2027, 3, 12, 18, 0), "Europe/Madrid")
WEEKLY = Timing(MADRID, 120, repeat=Repeat(Frequency.WEEKLY, times=6))


def event(timing=WEEKLY, content=None, **more):
    starts_at, ends_at = bounds(timing)
    return Event(
        id=1,
        number=1,
        community_id=1,
        home_id=1,
        state=more.pop("state", State.PUBLISHED),
        content=content or Content("Wiki, \\ ; at the library", "Line one\nLine two", "Reading room; 2nd floor"),
        timing=timing,
        organiser=None,
        starts_at=starts_at,
        ends_at=ends_at,
        uid="abc@refdesk",
        changed_at=datetime(2027, 1, 1, tzinfo=UTC),
        **more,
    )


def starts(written):
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(written)).between(
        datetime(2026, 1, 1), datetime(2045, 1, 1)
    )
    return sorted(_utc(each["DTSTART"].dt) for each in found)


def _utc(value):
    return value.astimezone(UTC) if isinstance(value, datetime) else value


def test_a_series_is_read_back_at_its_local_hour_with_zone_name_and_revision():
    written = calendar([event(sequence=3)])
    whole = icalendar.Calendar.from_ical(written)
    (first,) = whole.walk("VEVENT")
    assert not first.errors
    assert (first["UID"], first["SEQUENCE"], first["STATUS"]) == ("abc@refdesk", 3, "CONFIRMED")
    assert str(first["SUMMARY"]) == "Wiki, \\ ; at the library"
    assert [str(zone["TZID"]) for zone in whole.walk("VTIMEZONE")] == ["Europe/Madrid"]
    assert [f"{each:%m-%d %H:%M}" for each in starts(written)] == [
        "03-12 17:00",
        "03-19 17:00",
        "03-26 17:00",
        "04-02 16:00",
        "04-09 16:00",
        "04-16 16:00",
    ]


def test_exceptions_are_read_back():
    timing = replace(
        WEEKLY,
        exceptions=(
            Exceptional("2027-03-19T18:00", None),
            Exceptional("2027-04-02T18:00", LocalTime(datetime(2027, 4, 3, 11, 0), "Europe/Madrid")),
        ),
    )
    written = calendar([event(timing)])
    assert starts(written) == [each.start_at for each in occurrences(timing)]
    assert len(starts(written)) == 5
    assert b"RECURRENCE-ID;TZID=Europe/Madrid:20270402T180000" in written
    assert b"EXDATE;TZID=Europe/Madrid:20270319T180000" in written


def test_a_cancelled_event_says_so():
    (found,) = icalendar.Calendar.from_ical(calendar([event(state=State.CANCELLED, reason="Rain")])).walk("VEVENT")
    assert found["STATUS"] == "CANCELLED"
    assert str(found["DESCRIPTION"]).startswith("Rain")


def test_a_whole_day_is_a_day():
    timing = Timing(LocalTime(datetime(2027, 3, 27), "Europe/Madrid"), 2 * 1440, all_day=True)
    (found,) = icalendar.Calendar.from_ical(calendar([event(timing)])).walk("VEVENT")
    assert found["DTSTART"].dt.isoformat() == "2027-03-27"
    assert found["DTEND"].dt - found["DTSTART"].dt == timedelta(days=2)


def test_another_library_reads_it_as_well():
    whole = vobject.readOne(calendar([event()]).decode())
    assert whole.vevent.uid.value == "abc@refdesk"
    assert whole.vevent.dtstart.value.utcoffset() == timedelta(hours=1)
    dates = [each.replace(tzinfo=None) for each in whole.vevent.getrruleset(addRDate=True)]
    assert dates == [each.when.local for each in occurrences(WEEKLY)]


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kolkata", "America/Sao_Paulo", "Australia/Lord_Howe", "Pacific/Apia"])
def test_every_zone_is_read_back(zone):
    timing = Timing(LocalTime(datetime(2027, 1, 15, 18), zone), repeat=Repeat(Frequency.MONTHLY, times=12))
    assert starts(calendar([event(timing)])) == [each.start_at for each in occurrences(timing)]


def test_an_empty_calendar_is_a_calendar():
    assert icalendar.Calendar.from_ical(calendar([], "Nothing")).walk("VEVENT") == []


WORDS = st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=80)
PROPERTIES = "UID SEQUENCE DTSTAMP LAST-MODIFIED SUMMARY STATUS DESCRIPTION LOCATION DTSTART DTEND RRULE"


@settings(max_examples=60, deadline=None)
@given(WORDS, WORDS, WORDS)
def test_whatever_people_write_stays_in_its_place(title, description, location):
    written = calendar([event(content=Content(title, description, location))])
    (found,) = icalendar.Calendar.from_ical(written).walk("VEVENT")
    assert found["UID"] == "abc@refdesk"
    assert set(found) <= set(PROPERTIES.split())
    assert not found.errors


@settings(max_examples=40, deadline=None)
@given(
    st.datetimes(datetime(2026, 12, 1), datetime(2027, 12, 1)),
    st.sampled_from(["Europe/Madrid", "America/New_York", "UTC"]),
    st.sampled_from([Frequency.DAILY, Frequency.WEEKLY, Frequency.MONTHLY, Frequency.WEEKDAY]),
    st.integers(1, 2),
    st.integers(1, 20),
)
def test_every_series_is_read_back_as_it_takes_place(local, zone, frequency, every, times):
    local = local.replace(second=0, microsecond=0, hour=max(local.hour, 5))
    last = f"{local + timedelta(days=200):%Y-%m-%d}"
    for repeat in (Repeat(frequency, every, times=times), Repeat(frequency, every, until=last)):
        timing = Timing(LocalTime(local, zone), repeat=repeat)
        assert starts(calendar([event(timing)])) == [each.start_at for each in occurrences(timing)]


@pytest.mark.cogs(Events, Settings)
async def test_a_community_s_calendar_opens_by_its_secret_alone(world):
    mod = await furnish(world)
    await announce(mod)
    feeds, community = world.cog(Events), (await world.app.db.read(communities.present))[0]
    secret = await feeds.secret_of(community.id)
    assert len(secret) >= 32
    assert secret == await feeds.secret_of(community.id)
    found = icalendar.Calendar.from_ical(await feeds.calendar(secret))
    assert [str(each["SUMMARY"]) for each in found.walk("VEVENT")] == ["Wiki at the library"]
    fresh = await feeds.secret_of(community.id, renew=True)
    assert await feeds.calendar(secret) is None
    assert await feeds.close_feed(community.id)
    assert await feeds.calendar(fresh) is None
