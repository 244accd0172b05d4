# SPDX-License-Identifier: MIT
"""Who may do what with an event in which state, and when something is said: every rule by itself."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from eventplay import announce, furnish

from bot.kit import Denied, Level, UserError
from cogs.events.lifecycle import Move, check
from cogs.events.model import Actor, Content, Event, Exceptional, Frequency, Occurrence, Party, Repeat, State, Timing
from cogs.events.moments import Notice, is_frequent, moments_of
from cogs.events.recurrence import repeated
from cogs.events.settings import EventSettings
from cogs.events.when import of_text

NOW = datetime(2027, 1, 1, 12, tzinfo=UTC)
START = datetime(2027, 1, 15, 18, tzinfo=UTC)
WHEN = of_text("2027-01-15T18:00", "UTC")
ORGANISER, OTHER = 1, 2

EVENT = Event(
    id=1,
    number=1,
    community_id=1,
    home_id=1,
    state=State.DRAFT,
    content=Content("Wiki at the library"),
    timing=Timing(WHEN),
    organiser=Party(ORGANISER, "Ana"),
    starts_at=START,
    ends_at=START + timedelta(hours=2),
    uid="1@example.org",
)

WHO = {
    "stranger": (Actor(1, 1, OTHER), False),
    "trusted stranger": (Actor(1, 1, OTHER), True),
    "another organiser": (Actor(1, 1, OTHER, Level.LIBRARIAN), False),
    "its own": (Actor(1, 1, ORGANISER), False),
    "its own, trusted": (Actor(1, 1, ORGANISER), True),
    "its own, an organiser": (Actor(1, 1, ORGANISER, Level.ORGANISER), False),
    "moderator": (Actor(1, 1, OTHER, Level.MODERATOR), False),
    "the bot": (Actor(1, 1, None), False),
}
THEIRS = {"its own", "its own, trusted", "its own, an organiser"}
ABOVE = {"moderator", "the bot"}
ALLOWED = {
    (Move.ANNOUNCE, State.DRAFT): {"its own, trusted", "its own, an organiser"} | ABOVE,
    (Move.ANNOUNCE, State.PROPOSED): {"its own, trusted", "its own, an organiser"} | ABOVE,
    (Move.ANNOUNCE, State.DISMISSED): {"its own, trusted", "its own, an organiser"} | ABOVE,
    (Move.PROPOSE, State.DRAFT): THEIRS | ABOVE,
    (Move.DISMISS, State.DRAFT): THEIRS | ABOVE,
    (Move.DISMISS, State.PROPOSED): ABOVE,
    (Move.EDIT, State.DRAFT): THEIRS | ABOVE,
    (Move.EDIT, State.PROPOSED): THEIRS | ABOVE,
    (Move.EDIT, State.PUBLISHED): THEIRS | ABOVE,
    (Move.CANCEL, State.DRAFT): THEIRS | ABOVE,
    (Move.CANCEL, State.PROPOSED): THEIRS | ABOVE,
    (Move.CANCEL, State.PUBLISHED): THEIRS | ABOVE,
    (Move.COME, State.PUBLISHED): set(WHO),
}


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("move", Move)
def test_each_move_is_for_those_who_may_and_from_where_it_leads(move, state):
    event = replace(EVENT, state=state)
    passed = set()
    for who, (actor, trusted) in WHO.items():
        try:
            check(event, move, actor, NOW, trusted=trusted)
        except Denied:
            assert (move, state) in ALLOWED
        except UserError:
            assert (move, state) not in ALLOWED
        else:
            passed.add(who)
    assert passed == ALLOWED.get((move, state), set())


@pytest.mark.parametrize("move", [Move.EDIT, Move.CANCEL, Move.COME])
def test_what_is_over_is_left_as_it_is_even_by_a_moderator(move):
    event, (moderator, _) = replace(EVENT, state=State.PUBLISHED), WHO["moderator"]
    check(event, move, moderator, event.ends_at - timedelta(seconds=1))
    with pytest.raises(UserError, match="is over"):
        check(event, move, moderator, event.ends_at)


def test_of_a_new_rhythm_what_was_said_of_its_times_still_holds():
    weekly, every_other_week = Repeat(Frequency.WEEKLY, times=4), Repeat(Frequency.WEEKLY, every=2, times=3)
    left_out = tuple(Exceptional(f"2027-01-{day}T18:00", None) for day in (22, 29))
    event = replace(EVENT, timing=Timing(WHEN, repeat=weekly, exceptions=left_out))
    assert repeated(event, every_other_week, NOW).exceptions == left_out[1:]
    assert repeated(event, Repeat(), NOW).exceptions == ()


@pytest.mark.parametrize(
    ("repeat", "frequent"),
    [
        (Repeat(), False),
        (Repeat(Frequency.DAILY), True),
        (Repeat(Frequency.DAILY, every=7), True),
        (Repeat(Frequency.DAILY, every=8), False),
        (Repeat(Frequency.WEEKLY), True),
        (Repeat(Frequency.WEEKLY, every=2), False),
        (Repeat(Frequency.MONTHLY), False),
    ],
)
def test_what_takes_place_each_week_is_frequent(repeat, frequent):
    assert is_frequent(replace(EVENT, timing=Timing(WHEN, repeat=repeat))) is frequent


def said(
    hours: float = 2, settings: EventSettings | None = None, **how: bool
) -> dict[Notice, tuple[datetime, datetime]]:
    """Return what is said of an occurrence, from when until when."""
    occurrence = Occurrence("", WHEN, START, START + timedelta(hours=hours))
    return {
        each.notice: (each.at, each.until_at) for each in moments_of(occurrence, settings or EventSettings(), **how)
    }


def test_each_reminder_is_useful_until_the_next_one():
    found = said()
    assert found[Notice.WEEK] == (START - timedelta(days=7), START - timedelta(days=1))
    assert found[Notice.DAY] == (START - timedelta(days=1), START - timedelta(hours=1))
    assert found[Notice.HOUR] == (START - timedelta(hours=1), START)


@pytest.mark.parametrize(("minutes", "late"), [(240, 30), (60, 30), (40, 20), (10, 5), (1, 5)])
def test_a_start_is_announced_late_by_half_an_hour_and_half_the_event_at_the_most(minutes, late):
    assert said(minutes / 60)[Notice.START] == (START, START + timedelta(minutes=late))


def test_a_series_is_thanked_for_at_its_end_and_each_time_but_the_last_is_over():
    assert Notice.OVER not in said()
    each = said(first=False, last=False)
    assert (Notice.OVER in each, Notice.AFTER in each, Notice.CHECKLIST in each) == (True, True, False)
    frequent = said(frequent=True, first=False, last=False)
    assert (Notice.WEEK in frequent, Notice.AFTER in frequent, Notice.OVER in frequent) == (False, False, True)
    assert Notice.AFTER in said(frequent=True, first=False)


def test_nothing_is_said_that_is_switched_off():
    off = EventSettings(
        days_before=0, hours_before=0, minutes_before=0, announce_start=False, thank_hours=0, checklist_days=0
    )
    assert said(settings=off) == {}


@pytest.mark.cogs("events", "settings")
async def test_taking_a_press_back_takes_back_no_other_answer(world):
    mod, ana = await furnish(world), world.member("Ana")
    card = await announce(mod)
    event = dict(next(button for button in card.sheet.buttons if button.target == "events.press_join").arguments)
    await ana.pushes("events.press_join", event)
    await ana.pushes("events.press_maybe", event)
    await ana.pushes("events.undo_join", event)
    assert await answers(world) == ["maybe"]
    await ana.pushes("events.undo_maybe", event)
    assert await answers(world) == []


async def answers(world) -> list[str]:
    """Return what people answered to the only event."""
    return await world.app.db.read(lambda tx: [row[0] for row in tx.all("SELECT answer FROM event_rsvps")])
