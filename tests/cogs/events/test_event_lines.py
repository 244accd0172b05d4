# SPDX-License-Identifier: MIT
"""Lines as newcomers type them: titles without quotes, and what is said of an event that nobody has heard of."""

from datetime import UTC, datetime

import pytest
from eventplay import announce, furnish
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.kit import Level
from cogs.events import Events
from cogs.events.when import Asker, apart, read_time
from cogs.settings import Settings

pytestmark = pytest.mark.cogs(Events, Settings)


@pytest.fixture
async def lib(world):
    await furnish(world)
    return world.member("Lib", Level.LIBRARIAN, zone="Europe/Madrid")


@pytest.mark.parametrize(
    ("line", "title", "there"),
    [
        ("Spring edit-a-thon tomorrow 2pm", "Spring edit-a-thon", "Tuesday, November 24, 2026, 14:00"),
        ("Women in science 15 January 2027 18:00", "Women in science", "Friday, January 15, 2027, 18:00"),
        ("Wiki loves libraries Friday 6-8pm", "Wiki loves libraries", "Friday, November 27, 2026, 18:00"),
        ("Taller de edición mañana a las 18:00", "Taller de edición", "Tuesday, November 24, 2026, 18:00"),
        ("Viquimarató de tardor divendres a les 18:00", "Viquimarató de tardor", "Friday, November 27, 2026, 18:00"),
        ("Atelier d'écriture demain à 18h", "Atelier d'écriture", "Tuesday, November 24, 2026, 18:00"),
        ("Offenes Schreiben am Freitag um 18 Uhr", "Offenes Schreiben", "Friday, November 27, 2026, 18:00"),
        ("Meeting in 2 hours", "Meeting", "Monday, November 23, 2026, 15:00"),
    ],
)
@pytest.mark.parametrize("more", ["", ' where="Reading room"'])
async def test_a_title_of_several_words_is_understood_without_quotes(lib, line, title, there, more):
    draft = await lib.says(f"event create {line}{more}")
    assert draft.title == f"E-1 · {title}"
    assert draft.fields["There"].startswith(there)


@pytest.mark.parametrize(
    "line", ['Spring fair "Friday 2pm"', 'Spring fair "Friday 2pm" where=Hall', "Spring fair start='Friday 2pm'"]
)
async def test_a_quoted_time_ends_a_title_without_quotes(lib, line):
    draft = await lib.says(f"event create {line}")
    assert draft.title == "E-1 · Spring fair"
    assert draft.fields["There"].startswith("Friday, November 27, 2026, 14:00")
    assert draft.fields["When"].endswith("for 2 hours")


async def test_what_takes_place_once_cannot_be_left_out_and_is_not_asked_for_again(lib):
    await lib.says('event create "Once" "2027-01-15 18:00"')
    seen = await lib.says("event skip E-1 2027-01-15")
    assert "takes place once" in seen.text
    assert seen.asked is None


@pytest.mark.parametrize(
    "line", ["Spring edit-a-thon", "Spring edit-a-thon 18:00", "Spring edit-a-thon 2020-01-01 10:00"]
)
@pytest.mark.forms(False)
async def test_where_no_time_follows_the_quotes_are_shown(lib, line):
    seen = await lib.says(f"event create {line}")
    assert 'event create "Spring edit-a-thon" "Friday 2pm"' in seen.asked.error
    assert "edit-a-thon" in seen.asked.error


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ({"title": "Spring fair", "start": "edit-a-thon tomorrow 2pm"}, "cannot read"),
        ({"title": "Meeting", "start": "next purple 10:00"}, "cannot read"),
        ({"title": "Meeting", "start": "2020-01-01 10:00"}, "is over"),
        ({"title": "M" * 150, "start": "edit-a-thon tomorrow 2pm"}, "cannot read"),
    ],
)
async def test_a_title_that_is_whole_takes_no_more_words(lib, typed, answer):
    assert answer in (await lib.uses("event create", **typed)).asked.error


@settings(deadline=None, max_examples=60)
@given(st.text(max_size=40), st.sampled_from(["tomorrow 2pm", "2027-01-15 18:00", "Friday 6-8pm", ""]))
def test_no_words_break_the_parting(words, time):
    asker = Asker(datetime(2026, 11, 23, 12, tzinfo=UTC), "Europe/Madrid", "en")
    found = apart(f"{words} {time}", asker)
    if found is not None:
        assert " ".join(found) == " ".join(f"{words} {time}".split())
        assert read_time(found[1], asker).at > asker.now


async def test_of_a_draft_nobody_is_told(world, lib):
    await lib.says('event create "Draft" "2027-01-15 18:00" repeats="weekly 3 times"')
    assert (await lib.says("event edit E-1 where=Here")).text == "E-1 is changed."
    shown = await lib.says('event move E-1 "2027-01-16 18:00"')
    assert shown.text == "Is this right?"
    assert (await lib.presses("Move it", on=shown)).text == "E-1 is moved."
    asked = await lib.says("event skip E-1 2027-01-23")
    assert asked.asked.confirm.endswith("Is this right?")
    await lib.confirms()
    asked = await lib.says('event cancel E-1 "A mistake"')
    assert "is not announced yet" in asked.asked.confirm
    assert (await lib.confirms()).text == "E-1 is cancelled. It was never announced."
    await world.settle()
    assert world.place("main").posts == []


async def test_of_what_was_announced_who_comes_is_told(lib):
    await announce(lib)
    assert "wherever it was announced" in (await lib.says("event edit E-1 where=Here")).text
    shown = await lib.says('event move E-1 "2027-01-16 18:00"')
    assert "Everybody who comes is told" in shown.text
    assert "I tell everybody" in (await lib.presses("Move it", on=shown)).text
    assert "everybody who comes is told" in (await lib.says('event cancel E-1 "A mistake"')).asked.confirm
    assert "I tell everybody" in (await lib.confirms()).text


@pytest.mark.parametrize(
    ("day", "hour", "there"),
    [
        ("2027-01-15", "18:00", "Friday, January 15, 2027, 18:00"),
        ("next Friday", "6pm", "Friday, November 27, 2026, 18:00"),
        ("15 de enero", "a las 18", "Friday, January 15, 2027, 18:00"),
        ("2027-01-15 America/New_York", "18:00", "Friday, January 15, 2027, 18:00 America/New_York"),
        ("2027-01-15", "2027-01-16 18:00", "Saturday, January 16, 2027, 18:00"),
    ],
)
@pytest.mark.parametrize("line", ["event create Meeting {day}", "event create Spring fair {day}"])
async def test_a_day_is_not_lost_where_only_its_hour_is_asked_for(lib, line, day, hour, there):
    seen = await lib.says(line.format(day=day))
    assert seen.asked.names == ("hour",)
    assert "At what hour?" in seen.asked.error
    draft = await lib.submits(hour=hour)
    assert draft.title == f"E-1 · {line.split(' {')[0].removeprefix('event create ')}"
    assert draft.fields["There"].startswith(there)


@pytest.mark.forms(False)
async def test_the_hour_is_answered_in_a_chat_without_forms(lib):
    await lib.says("event create Meeting 2027-01-15")
    draft = await lib.answers("18:00-21:00")
    assert draft.fields["There"].startswith("Friday, January 15, 2027, 18:00")
    assert draft.fields["When"].endswith("for 3 hours")
    await lib.says("event move E-1 2027-01-16")
    shown = await lib.answers("10:00")
    assert shown.fields["From now on"].startswith("Saturday, January 16, 2027, 10:00")


async def test_an_hour_that_is_none_is_asked_for_again(lib):
    await lib.says("event create Meeting 2027-01-15")
    seen = await lib.submits(hour="25:00")
    assert ("24 hours" in seen.asked.error, seen.asked.names) == (True, ("hour",))
    draft = await lib.submits(hour="15:00")
    assert draft.fields["There"].startswith("Friday, January 15, 2027, 15:00")
