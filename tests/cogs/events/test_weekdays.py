# SPDX-License-Identifier: MIT
# ruff: noqa: DTZ001 (local hours stand beside their zone here)
"""Series on several weekdays, and on the first or last of a month, as people say them in five languages."""

import calendar as months
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.kit import Invalid
from cogs.events.calendar import calendar
from cogs.events.model import Content, Event, Frequency, Repeat, State, Timing
from cogs.events.recurrence import bounds, occurrences
from cogs.events.rhythms import read_repeat
from cogs.events.when import Asker, LocalTime, read_time

ASKER = Asker(datetime(2026, 11, 23, 12, tzinfo=UTC), "Europe/Madrid", "en")

TUESDAY = LocalTime(datetime(2027, 1, 12, 18), "Europe/Madrid")
"""The second Tuesday of January."""
FRIDAY = LocalTime(datetime(2027, 2, 26, 18), "Europe/Madrid")
"""The fourth Friday of February, and its last."""


@pytest.mark.parametrize(
    "text",
    [
        "every Tuesday and Thursday",
        "Tuesdays, Thursdays",
        "weekly on Tuesday and Thursday",
        "todos los martes y jueves",
        "los martes y los jueves",
        "cada dimarts i dijous",
        "tots els dimarts i els dijous",
        "jeden Dienstag und Donnerstag",
        "dienstags und donnerstags",
        "tous les mardis et jeudis",
        "le mardi et le jeudi",
    ],
)
def test_several_weekdays_are_read_in_five_languages(text):
    repeat = read_repeat(f"{text} 5 times", TUESDAY, ASKER)
    assert (repeat.frequency, repeat.every, repeat.by_day) == (Frequency.WEEKLY, 1, "TU,TH")
    found = occurrences(Timing(TUESDAY, repeat=repeat))
    assert [each.when.local.day for each in found] == [12, 14, 19, 21, 26]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("every 2 weeks on Tuesday and Thursday", [12, 14, 26, 28]),
        ("cada dos semanas los martes y jueves", [12, 14, 26, 28]),
        ("alle zwei Wochen dienstags und donnerstags", [12, 14, 26, 28]),
        ("toutes les deux semaines le mardi et le jeudi", [12, 14, 26, 28]),
        ("cada dues setmanes els dimarts i dijous", [12, 14, 26, 28]),
        ("Monday to Friday", [12, 13, 14, 15]),
        ("de lunes a viernes", [12, 13, 14, 15]),
        ("de dilluns a divendres", [12, 13, 14, 15]),
        ("montags bis freitags", [12, 13, 14, 15]),
        ("du lundi au vendredi", [12, 13, 14, 15]),
        ("on weekdays", [12, 13, 14, 15]),
        ("Tue/Sat/Sun", [12, 16, 17, 19]),
        ("every other Tuesday", [12, 26, 9, 23]),
        ("second and fourth Tuesday of the month", [12, 26, 9, 23]),
        ("segundo y cuarto martes de cada mes", [12, 26, 9, 23]),
        ("jeden zweiten und vierten Dienstag im Monat", [12, 26, 9, 23]),
    ],
)
def test_days_are_read_with_how_many_weeks_lie_between(text, days):
    found = occurrences(Timing(TUESDAY, repeat=read_repeat(f"{text} 4 times", TUESDAY, ASKER)))
    assert [each.when.local.day for each in found] == days


@pytest.mark.parametrize(
    "text", ["weekends", "los fines de semana", "caps de setmana", "jedes Wochenende", "le week-end"]
)
def test_weekends_are_saturdays_and_sundays(text):
    saturday = LocalTime(datetime(2027, 1, 16, 18), "UTC")
    assert read_repeat(text, saturday, ASKER).by_day == "SA,SU"


@pytest.mark.parametrize(
    "text",
    [
        "last Friday of the month",
        "every last Friday of the month",
        "monthly on the last Friday",
        "el último viernes de cada mes",
        "l'últim divendres de cada mes",
        "jeden letzten Freitag im Monat",
        "am letzten Freitag des Monats",
        "le dernier vendredi du mois",
        "tous les derniers vendredis du mois",
    ],
)
def test_the_last_friday_is_the_last_one_also_where_it_is_the_fourth(text):
    repeat = read_repeat(f"{text} 3 times", FRIDAY, ASKER)
    found = occurrences(Timing(FRIDAY, repeat=repeat))
    assert [f"{each.when.local:%m-%d}" for each in found] == ["02-26", "03-26", "04-30"]
    fourth = occurrences(Timing(FRIDAY, repeat=read_repeat("fourth Friday of the month 3 times", FRIDAY, ASKER)))
    assert [f"{each.when.local:%m-%d}" for each in fourth] == ["02-26", "03-26", "04-23"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("last Friday of the month", "2027-01-29"),
        ("Mondays and Fridays", "2027-01-15"),
        ("monthly on the first Monday", "2027-02-01"),
        ("weekends", "2027-01-16"),
    ],
)
def test_a_start_on_another_day_is_met_with_the_first_of_the_series(text, first):
    with pytest.raises(Invalid) as refused:
        read_repeat(text, TUESDAY, ASKER)
    assert str(dict(refused.value.text.params)["first"]) == first


@pytest.mark.parametrize("text", ["every second Tuesday", "jeden zweiten Dienstag", "cada segundo martes"])
def test_what_may_be_every_two_weeks_or_once_a_month_is_asked(text):
    with pytest.raises(Invalid) as refused:
        read_repeat(text, TUESDAY, ASKER)
    assert "two things" in refused.value.text.message


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("last Friday of the month 18:00", "en", "2026-11-27"),
        ("the last Friday of this month at 6pm", "en", "2026-11-27"),
        ("last Friday of next month 6pm", "en", "2026-12-25"),
        ("el último viernes de este mes a las 18:00", "es", "2026-11-27"),
        ("el último viernes del mes que viene a las 18:00", "es", "2026-12-25"),
        ("le dernier vendredi du mois prochain à 18h", "fr", "2026-12-25"),
        ("letzter Freitag im nächsten Monat 18 Uhr", "de", "2026-12-25"),
        ("l'últim divendres del mes vinent a les 18:00", "ca", "2026-12-25"),
    ],
)
def test_a_weekday_of_this_or_the_next_month_is_read(text, language, day):
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert read_time(text, Asker(now, "Europe/Madrid", language)).text == f"{day}T18:00"


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.sampled_from(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]),
        min_size=1,
        unique=True,
    ),
    st.sampled_from([" and ", ", ", "/", " & "]),
    st.dates(datetime(2027, 1, 1).date(), datetime(2028, 1, 1).date()),
)
def test_a_series_takes_place_on_all_its_days_and_on_no_others(names, between, day):
    start = LocalTime(datetime.combine(day, datetime.min.time()).replace(hour=18), "Europe/Madrid")
    wanted = {months.day_name[:].index(name) for name in names}
    try:
        repeat = read_repeat(f"every {between.join(names)} 10 times", start, ASKER)
    except Invalid:
        assert day.weekday() not in wanted
        return
    found = [each.when.local.date() for each in occurrences(Timing(start, repeat=repeat))]
    assert len(found) == 10
    assert {each.weekday() for each in found} == wanted
    assert all(
        later
        == min(earlier + timedelta(days=n) for n in range(1, 8) if (earlier + timedelta(days=n)).weekday() in wanted)
        for earlier, later in pairwise(found)
    )


@pytest.mark.parametrize(
    ("frequency", "every", "by_day", "day"),
    [
        (Frequency.WEEKLY, 1, "TU,TH", 12),
        (Frequency.WEEKLY, 2, "TU,TH", 14),
        (Frequency.WEEKLY, 1, "SA,SU", 16),
        (Frequency.WEEKDAY, 1, "-1FR", 29),
        (Frequency.WEEKDAY, 2, "1TU,3TU", 5),
    ],
)
@pytest.mark.parametrize("zone", ["Europe/Madrid", "America/New_York", "UTC"])
def test_other_calendars_read_these_days_as_they_are_meant(frequency, every, by_day, day, zone):
    for end in ({"times": 9}, {"until": "2027-06-30"}):
        timing = Timing(
            LocalTime(datetime(2027, 1, day, 18), zone), repeat=Repeat(frequency, every, by_day=by_day, **end)
        )
        starts_at, ends_at = bounds(timing)
        event = Event(1, 1, 1, 1, State.PUBLISHED, Content("Wiki"), timing, None, starts_at, ends_at, "abc@refdesk")
        written = icalendar.Calendar.from_ical(calendar([event]))
        assert not written.walk("VEVENT")[0].errors
        found = recurring_ical_events.of(written).between(datetime(2026, 1, 1), datetime(2030, 1, 1))
        read = sorted(each["DTSTART"].dt.astimezone(UTC) for each in found)
        assert read == [each.start_at for each in occurrences(timing)]


@pytest.mark.parametrize(
    ("text", "language", "read"),
    [
        ("Monday of next week at 9am", "en", "2026-11-30T09:00"),
        ("next week Tuesday 6pm", "en", "2026-12-01T18:00"),
        ("el lunes de la semana que viene a las 18:00", "es", "2026-11-30T18:00"),
        ("jueves de la próxima semana a las 18:00", "es", "2026-12-03T18:00"),
        ("lundi de la semaine prochaine à 9h", "fr", "2026-11-30T09:00"),
        ("Donnerstag der nächsten Woche um 18 Uhr", "de", "2026-12-03T18:00"),
        ("nächste Woche Freitag 18 Uhr", "de", "2026-12-04T18:00"),
        ("dijous de la setmana que ve a les 18h", "ca", "2026-12-03T18:00"),
        ("nächsten Mittwoch 18 Uhr 30", "de", "2026-11-25T18:30"),
        ("am 30. November um 18 Uhr", "de", "2026-11-30T18:00"),
        ("18 Uhr 30. November", "de", "2026-11-30T18:00"),
        ("18 Uhr 30 November", "de", "2026-11-30T18:00"),
    ],
)
def test_days_of_next_week_and_half_hours_are_read_as_people_say_them(text, language, read):
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    assert read_time(text, Asker(now, "Europe/Madrid", language)).text == read
