# SPDX-License-Identifier: MIT
# ruff: noqa: DTZ001 (local hours stand beside their zone here)
"""Times as people type them, in five languages, and what daylight saving does to them."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.kit import Invalid
from cogs.events.model import Frequency, Repeat, Timing
from cogs.events.recurrence import occurrences
from cogs.events.rhythms import read_repeat
from cogs.events.when import (
    Asker,
    Fit,
    LocalTime,
    canonical,
    of_moment,
    parted,
    possible,
    read_length,
    read_time,
    readings,
)

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
"""A Monday, 13:00 in Madrid."""
ZONES = ["Europe/Madrid", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC", "America/Sao_Paulo"]


def asker(language="en", zone="Europe/Madrid"):
    return Asker(NOW, zone, language)


TYPED = [
    ("next Friday 2pm", "en", "2026-11-27 14:00"),
    ("Friday at 14:00", "en", "2026-11-27 14:00"),
    ("Monday 10:00", "en", "2026-11-30 10:00"),
    ("Monday 15:00", "en", "2026-11-23 15:00"),
    ("tomorrow at noon", "en", "2026-11-24 12:00"),
    ("tomorrow 10am", "en", "2026-11-24 10:00"),
    ("in 3 days at 10:00", "en", "2026-11-26 10:00"),
    ("09:00", "en", "2026-11-24 09:00"),
    ("Jan 15, 2027 6:30 pm", "en", "2027-01-15 18:30"),
    ("Friday, 15 January 2027 at 18:00", "en", "2027-01-15 18:00"),
    ("1/2/2027 18:00", "en-US", "2027-01-02 18:00"),
    ("1/2/2027 18:00", "en-GB", "2027-02-01 18:00"),
    ("31/12/2026 18:00", "en", "2026-12-31 18:00"),
    ("5/5/2027 18:00", "en", "2027-05-05 18:00"),
    ("next Monday 9am", "en", "2026-11-30 09:00"),
    ("next Monday 2pm", "en", "2026-11-30 14:00"),
    ("the 15th at 6pm", "en", "2026-12-15 18:00"),
    ("first Monday of December 6pm", "en", "2026-12-07 18:00"),
    ("last Friday of the month 6pm", "en", "2026-11-27 18:00"),
    ("tonight at 8", "en", "2026-11-23 20:00"),
    ("Friday evening at 7", "en", "2026-11-27 19:00"),
    ("Fri 6.30pm", "en", "2026-11-27 18:30"),
    ("in 2 hours", "en", "2026-11-23 15:00"),
    ("in 30 minutes", "en", "2026-11-23 13:30"),
    ("<t:1800000000:F>", "en", "2027-01-15 09:00"),
    ("Friday 6-8pm", "en", "2026-11-27 18:00"),
    ("Friday 11-1pm", "en", "2026-11-27 11:00"),
    ("Friday 10:00-12:00", "en", "2026-11-27 10:00"),
    ("Friday 22:00-01:00", "en", "2026-11-27 22:00"),
    ("2027-01-15 18:00 UTC+2", "en", "2027-01-15 17:00"),
    ("2027-01-15 18:00 GMT+1", "en", "2027-01-15 18:00"),
    ("2027-01-15 18:00 UTC-5", "en", "2027-01-16 00:00"),
    ("2027-01-15 18:00 UTC+5:30", "en", "2027-01-15 13:30"),
    ("2027-01-15 18:00-05:00", "en", "2027-01-16 00:00"),
    ("2027-01-15 18:00 Madrid time", "en", "2027-01-15 18:00"),
    ("viernes a las 18.30", "es", "2026-11-27 18:30"),
    ("pasado mañana a las 18:00", "es", "2026-11-25 18:00"),
    ("mañana por la tarde a las 6", "es-ES", "2026-11-24 18:00"),
    ("primer lunes de diciembre a las 18:00", "es", "2026-12-07 18:00"),
    ("samedi 28 novembre à 14 h 30", "fr", "2026-11-28 14:30"),
    ("le 14 h 30 mai", "fr", "2027-05-30 14:00"),
    ("ce soir à 20h", "fr", "2026-11-23 20:00"),
    ("vendredi de 18h à 20h", "fr", "2026-11-27 18:00"),
    ("heute Abend um 8", "de", "2026-11-23 20:00"),
    ("morgen früh um 10", "de", "2026-11-24 10:00"),
    ("Freitagabend um 8", "de", "2026-11-27 20:00"),
    ("Freitag von 18 bis 20 Uhr", "de", "2026-11-27 18:00"),
    ("erster Montag im Dezember 18 Uhr", "de", "2026-12-07 18:00"),
    ("15 de gener de 2027 a les 18.30", "ca", "2027-01-15 18:30"),
    ("demà al vespre a les 7", "ca", "2026-11-24 19:00"),
    ("1/2/2027 18:00", "es", "2027-02-01 18:00"),
    ("2027-01-15T18:00:00+01:00", "en", "2027-01-15 18:00"),
    ("2027-01-15 18:00 CET", "en", "2027-01-15 18:00"),
    ("15 de enero a las 18:00", "es", "2027-01-15 18:00"),
    ("sábado a las 6 de la tarde", "es", "2026-11-28 18:00"),
    ("el viernes que viene a las 14:00", "es", "2026-11-27 14:00"),
    ("mañana a las 10", "es", "2026-11-24 10:00"),
    ("29 de febrero 10:00", "es", "2028-02-29 10:00"),
    ("le 15 janvier à 18h30", "fr", "2027-01-15 18:30"),
    ("vendredi prochain 14h", "fr", "2026-11-27 14:00"),
    ("demain à 10h", "fr", "2026-11-24 10:00"),
    ("15. Januar um 18 Uhr", "de", "2027-01-15 18:00"),
    ("nächsten Freitag 14 Uhr", "de", "2026-11-27 14:00"),
    ("morgen um 10 Uhr", "de", "2026-11-24 10:00"),
    ("15.1. 18 Uhr", "de", "2027-01-15 18:00"),
    ("15 de gener a les 18:00", "ca", "2027-01-15 18:00"),
    ("dissabte a les 10 del matí", "ca", "2026-11-28 10:00"),
    ("demà a les 10", "ca", "2026-11-24 10:00"),
]


@pytest.mark.parametrize(("text", "language", "wanted"), TYPED)
def test_times_are_read_as_people_type_them(text, language, wanted):
    assert canonical(read_time(text, asker(language))) == f"{wanted} Europe/Madrid"


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("2027-01-15 18:00 America/New_York", "America/New_York"),
        ("15 Jan 2027 18:00 EST", "America/New_York"),
        ("2027-01-15 18:00 UTC", "UTC"),
        ("2027-01-15T18:00Z", "UTC"),
        ("2027-01-15 6pm New York", "America/New_York"),
        ("15 January 2027 at 18:00 (Paris)", "Europe/Paris"),
    ],
)
def test_a_zone_that_is_written_counts(text, zone):
    assert read_time(text, asker()).zone == zone


@pytest.mark.parametrize(
    "text",
    [
        "",
        "18",
        "garbage",
        "25:00",
        "2027-02-29 10:00",
        "29 February 2027 10:00",
        "2027-13-01 10:00",
        "today 9:00",
        "Monday 15 January 2027 18:00",
        "2427-01-01 10:00",
        "2020-01-01 10:00",
        "2027-01-15 18:00 IST",
        "2027-01-15 18:00 Mars/Olympus",
        "2027-01-15 18:00 +99:00",
        "2027-03-28 02:30",
        "2027-10-31 02:30",
        "2027-01-15",
    ],
)
def test_what_is_no_time_to_come_is_asked_about(text):
    with pytest.raises(Invalid):
        read_time(text, asker())


def test_a_city_is_read_in_the_askers_language():
    assert read_time("15 de enero a las 18:00, hora de Nueva York", asker("es")).zone == "America/New_York"
    assert read_time("15 janvier à 18h, heure de Londres", asker("fr")).zone == "Europe/London"


def test_a_day_that_english_writes_in_two_ways_is_asked_about():
    with pytest.raises(Invalid) as found:
        read_time("03/04 18:00", asker("en"))
    assert {param.source for _, param in found.value.text.params} == {"2027-04-03", "2027-03-04"}


def test_a_weekday_that_is_not_that_days_is_told_with_the_day():
    with pytest.raises(Invalid, match="another day of the week"):
        read_time("Monday 15 January 2027 18:00", asker())


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Friday 6-8pm", "Friday 6pm", "8pm"),
        ("Friday from 6pm to 8pm", "Friday 6pm", "8pm"),
        ("viernes de 18 a 20 h", "viernes 18 h", "20 h"),
        ("2027-01-15 18:00 - 20:00", "2027-01-15 18:00", "20:00"),
        ("viernes de 18 a 19.30 h", "viernes 18 h", "19:30 h"),
        ("vendredi 18h15-20h30", "vendredi 18:15", "20:30"),
        ("2027-01-15 18:00-05:00", "2027-01-15 18:00-05:00", ""),
        ("2027-01-15 18:00-18:30", "2027-01-15 18:00", "18:30"),
        ("2027-01-15T10:00-12:00", "2027-01-15T10:00-12:00", ""),
        ("2027-10-31 02:30 +01:00", "2027-10-31 02:30 +01:00", ""),
        ("15-16 January 18:00", "15-16 January 18:00", ""),
        ("31-12-2026 18:00", "31-12-2026 18:00", ""),
    ],
)
def test_an_end_is_parted_from_the_start(text, start, end):
    assert (parted(text).start, parted(text).end) == (start, end)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_text_breaks_the_reader(text):
    try:
        when = read_time(text, asker())
    except Invalid:
        return
    assert when.at > NOW
    assert when.fit is not Fit.NEVER


@settings(deadline=None)
@given(st.datetimes(datetime(2026, 12, 1), datetime(2029, 11, 1)), st.sampled_from(ZONES))
def test_what_is_written_out_is_read_back_whatever_the_clocks_do(local, zone):
    for each in readings(LocalTime(local.replace(second=0, microsecond=0), zone)):
        assert read_time(canonical(each), asker(zone="Asia/Tokyo")).at == each.at
        assert each.at in {found.at for found in possible(canonical(each), asker())}


@settings(deadline=None)
@given(st.datetimes(datetime(2000, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC)), st.sampled_from(ZONES))
def test_a_moment_survives_being_kept_as_a_local_hour(moment, zone):
    moment = moment.replace(second=0, microsecond=0)
    assert of_moment(moment, zone).at == moment


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2h", 120),
        ("90 min", 90),
        ("1:30", 90),
        ("2 horas", 120),
        ("1,5 h", 90),
        ("1h30", 90),
        ("3 Stunden", 180),
        ("until 20:00", 120),
        ("bis 20 Uhr", 120),
        ("hasta las 20:00", 120),
        ("2", 120),
        ("1 day", 1440),
        ("1 week", 10080),
        ("2h30", 150),
        ("2 h 30", 150),
        ("two hours", 120),
        ("half an hour", 30),
        ("two and a half hours", 150),
        ("hora y media", 90),
        ("deux heures et demie", 150),
        ("zweieinhalb Stunden", 150),
        ("2 hores i mitja", 150),
        ("60 mn", 60),
        ("20:00", 120),
        ("18:00-20:30", 150),
        ("de 18 a 19.30 h", 90),
        ("hasta las 19.30 h", 90),
        ("bis 19.30 Uhr", 90),
    ],
)
def test_lengths_are_read(text, minutes):
    assert read_length(text, read_time("2027-01-15 18:00", asker()), asker()) == minutes


@settings(deadline=None)
@given(st.text(max_size=30))
def test_no_text_breaks_the_reader_of_lengths(text):
    try:
        minutes = read_length(text, LocalTime(datetime(2027, 1, 15, 18), "UTC"), asker())
    except Invalid:
        return
    assert 1 <= minutes <= 31 * 1440


START = LocalTime(datetime(2027, 1, 21, 18, 0), "Europe/Madrid")
"""The third Thursday of January."""
THIRD_THURSDAYS = ["2027-01-21", "2027-02-18", "2027-03-18"]


@pytest.mark.parametrize(
    ("text", "frequency", "every", "days"),
    [
        ("weekly 3 times", Frequency.WEEKLY, 1, ["2027-01-21", "2027-01-28", "2027-02-04"]),
        ("every 2 weeks until 2027-02-10", Frequency.WEEKLY, 2, ["2027-01-21", "2027-02-04"]),
        ("cada semana 2 veces", Frequency.WEEKLY, 1, ["2027-01-21", "2027-01-28"]),
        ("jede Woche 2 mal", Frequency.WEEKLY, 1, ["2027-01-21", "2027-01-28"]),
        ("toutes les 2 semaines 2 fois", Frequency.WEEKLY, 2, ["2027-01-21", "2027-02-04"]),
        ("monthly x3", Frequency.MONTHLY, 1, ["2027-01-21", "2027-02-21", "2027-03-21"]),
        ("monthly by weekday 3 times", Frequency.WEEKDAY, 1, ["2027-01-21", "2027-02-18", "2027-03-18"]),
        ("yearly 2 times", Frequency.YEARLY, 1, ["2027-01-21", "2028-01-21"]),
        ("every Thursday, 2 times", Frequency.WEEKLY, 1, ["2027-01-21", "2027-01-28"]),
        ("every other week 2 times", Frequency.WEEKLY, 2, ["2027-01-21", "2027-02-04"]),
        ("weekly for 2 weeks", Frequency.WEEKLY, 1, ["2027-01-21", "2027-01-28"]),
        ("weekly until January", Frequency.WEEKLY, 1, ["2027-01-21", "2027-01-28"]),
        ("monthly on the third Thursday until end of March", Frequency.WEEKDAY, 1, THIRD_THURSDAYS),
        ("cada jueves 2 veces", Frequency.WEEKLY, 1, ["2027-01-21", "2027-01-28"]),
        ("el tercer jueves de cada mes hasta marzo", Frequency.WEEKDAY, 1, THIRD_THURSDAYS),
        ("tous les jeudis 2 fois", Frequency.WEEKLY, 1, ["2027-01-21", "2027-01-28"]),
        ("le troisième jeudi du mois jusqu'en mars", Frequency.WEEKDAY, 1, THIRD_THURSDAYS),
        ("jeden Donnerstag 2 mal", Frequency.WEEKLY, 1, ["2027-01-21", "2027-01-28"]),
        ("jeden dritten Donnerstag im Monat bis März", Frequency.WEEKDAY, 1, THIRD_THURSDAYS),
        ("alle zwei Wochen 2 mal", Frequency.WEEKLY, 2, ["2027-01-21", "2027-02-04"]),
        ("cada dijous 2 vegades", Frequency.WEEKLY, 1, ["2027-01-21", "2027-01-28"]),
        ("el tercer dijous de cada mes fins al març", Frequency.WEEKDAY, 1, THIRD_THURSDAYS),
    ],
)
def test_series_are_read_and_take_place(text, frequency, every, days):
    repeat = read_repeat(text, START, asker())
    assert (repeat.frequency, repeat.every) == (frequency, every)
    assert [f"{each.when.local:%Y-%m-%d}" for each in occurrences(Timing(START, repeat=repeat))] == days


@pytest.mark.parametrize(
    "text",
    [
        "daily until 2427-01-01",
        "daily 100000 times",
        "yearly 400 times",
        "weekly until 2026-01-01",
        "weekly 0 times",
        "every 99 weeks",
        "every blue moon",
        "weekly by weekday",
        "every Tuesday until March",
        "monthly on the first Monday",
        "last Thursday of the month",
        "weekly for 400 years",
    ],
)
def test_series_without_a_reasonable_end_are_refused(text):
    with pytest.raises(Invalid):
        read_repeat(text, START, asker())


@settings(deadline=None)
@given(st.text(max_size=40))
def test_no_text_breaks_the_reader_of_series(text):
    try:
        repeat = read_repeat(text, START, asker())
    except Invalid:
        return
    assert len(occurrences(Timing(START, repeat=repeat))) <= 400


def test_a_series_without_an_end_goes_on_for_a_year():
    assert len(occurrences(Timing(START, repeat=read_repeat("weekly", START, asker())))) == 53


@settings(max_examples=60, deadline=None)
@given(
    st.datetimes(datetime(2026, 12, 1), datetime(2027, 12, 1)),
    st.sampled_from(ZONES),
    st.sampled_from([Frequency.DAILY, Frequency.WEEKLY, Frequency.MONTHLY, Frequency.WEEKDAY]),
    st.integers(1, 3),
    st.integers(1, 24),
)
def test_a_series_stays_at_its_local_hour(local, zone, frequency, every, times):
    start = readings(LocalTime(local.replace(second=0, microsecond=0), zone))[0]
    found = occurrences(Timing(start, repeat=Repeat(frequency, every, times=times)))
    assert len(found) == times
    assert all(earlier.start_at < later.start_at for earlier, later in pairwise(found))
    for each in found:
        off = abs(each.when.local - datetime.fromisoformat(each.original))
        assert each.when.fit is not Fit.NEVER
        assert off == timedelta() or LocalTime(datetime.fromisoformat(each.original), zone).fit is Fit.NEVER


def test_an_occurrence_in_the_hour_that_is_skipped_is_shown_as_clocks_then_show_it():
    start = LocalTime(datetime(2027, 3, 27, 2, 30), "Europe/Madrid")
    found = occurrences(Timing(start, repeat=Repeat(Frequency.DAILY, times=3)))
    assert [f"{each.original} {each.when.local:%H:%M}" for each in found] == [
        "2027-03-27T02:30 02:30",
        "2027-03-28T02:30 03:30",
        "2027-03-29T02:30 02:30",
    ]
