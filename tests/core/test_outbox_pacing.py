# SPDX-License-Identifier: MIT
"""Posts start evenly spaced, below the platform's rates."""

from datetime import datetime, timedelta
from itertools import pairwise
from math import inf
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from outboxplay import NOON, FakeCourier, open_desk

from bot.core.clock import ManualClock
from bot.core.outbox.pacing import Pace, backoff
from bot.kit.reply import Reply

SECOND = timedelta(seconds=1)


@given(
    st.floats(0.5, 200), st.floats(0.2, 20),
    st.lists(st.tuples(st.floats(0, 2), st.lists(st.integers(1, 6), unique=True, max_size=6)), max_size=30),
)  # fmt: skip
def test_no_two_posts_start_closer_than_the_rates_allow(
    rate: float, lane_rate: float, turns: list[tuple[float, list[int]]]
):
    now = NOON
    pace = Pace(rate, lane_rate, now)
    starts: list[tuple[datetime, int]] = []
    for pause, wanted in turns:
        now += timedelta(seconds=pause)
        room = pace.room(now, 100)
        closed = pace.closed(now)
        lanes = [lane for lane in wanted if lane not in closed][:room]
        given_starts = [(start_at, lane) for lane, start_at in pace.reserve(lanes, now)]
        assert all(start_at >= now for start_at, _ in given_starts)
        starts += given_starts
    moments = [moment for moment, _ in starts]
    assert all(later - earlier >= SECOND / rate for earlier, later in pairwise(moments))
    for lane in range(1, 7):
        own = [moment for moment, each in starts if each == lane]
        assert all(later - earlier >= SECOND / lane_rate for earlier, later in pairwise(own))


@given(st.floats(0.2, 100), st.lists(st.floats(0, 1), min_size=1, max_size=150))
def test_whoever_was_held_up_never_begins_more_than_the_platform_takes(rate: float, naps: list[float]):
    """Whatever the process does meanwhile, no window of the platform's sees more posts than it takes."""
    pace, now, begun = Pace(rate, inf, NOON), NOON, []
    at_once = max(1, int(rate))
    for nap in naps:
        now += timedelta(seconds=nap / rate)
        if (later := pace.begin(now)) is not None:
            assert later > now
            now = later
            assert pace.begin(now) is None
        begun.append(now)
    for first, next_but_most in zip(begun, begun[at_once:], strict=False):
        assert next_but_most - first > timedelta(seconds=at_once / rate)


def test_even_spacing_is_never_held_back():
    pace = Pace(50, inf, NOON)
    for _, start_at in pace.reserve(range(500), NOON):
        assert pace.begin(start_at) is None


def test_beginning_does_not_wait_for_a_clock_set_back():
    pace = Pace(1, 1, NOON)
    assert pace.begin(NOON) is None
    assert pace.begin(NOON - timedelta(days=1)) is None
    assert pace.begin(NOON - timedelta(days=1)) is not None


def test_an_infinite_rate_waits_for_nothing():
    pace = Pace(inf, inf, NOON)
    assert pace.room(NOON, 100) == 100
    assert pace.reserve(range(5), NOON) == [(lane, NOON) for lane in range(5)]
    assert pace.room(NOON, 95) == 95
    assert [pace.begin(NOON) for _ in range(200)] == [None] * 200


def test_a_clock_set_back_is_not_waited_for():
    pace = Pace(10, 1, NOON)
    pace.reserve([1], NOON)
    earlier = NOON - timedelta(days=1)
    assert pace.room(earlier, 100) == 0 or pace.refill_at() <= earlier + 2 * SECOND
    assert all(open_at <= earlier + 2 * SECOND for open_at in pace.closed(earlier).values())


def test_backoff_doubles_up_to_five_minutes_with_jitter():
    assert [backoff(attempts, 0.0).total_seconds() for attempts in (1, 2, 3, 8, 9, 300)] == [2, 4, 8, 256, 300, 300]
    assert backoff(3, 1.0) == timedelta(seconds=4)


async def test_a_burst_leaves_evenly_and_each_place_at_its_own_pace(tmp_path: Path):
    clock = ManualClock(NOON)
    courier = FakeCourier(clock, pace=20.0, place_pace=1.0)
    async with open_desk(tmp_path / "refdesk.db", clock, courier) as desk:
        rooms = [await desk.place(f"room-{number}") for number in range(8)]
        for number in range(24):
            await desk.post(rooms[number % 8], f"k{number}", Reply(str(number)))
        await desk.move(4)
        moments = [message.at for message in courier.messages]
        assert len(moments) == 24
        assert all(later - earlier >= SECOND / 20 for earlier, later in pairwise(moments))
        for number, room in enumerate(rooms):
            assert courier.texts(room) == [str(number), str(number + 8), str(number + 16)]


async def test_a_single_post_leaves_at_once(tmp_path: Path):
    clock = ManualClock(NOON)
    courier = FakeCourier(clock, pace=0.1, place_pace=0.1)
    async with open_desk(tmp_path / "refdesk.db", clock, courier) as desk:
        await desk.post(await desk.place("news"), "k", Reply("now"))
        await desk.settled()
        assert courier.messages[0].at == NOON
