# SPDX-License-Identifier: MIT
"""How often one person may run one operation."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.core.clock import ManualClock
from bot.core.ratelimit import Rate, RateLimit
from bot.kit import Level

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
RATE = Rate(burst=3, period=timedelta(seconds=30))


def test_a_burst_is_allowed_and_then_one_is_told_when_to_try_again():
    clock = ManualClock(NOON)
    limit = RateLimit(clock)
    assert [limit.take(1, "a.b", RATE) for _ in range(4)] == [None, None, None, timedelta(seconds=10)]
    clock.move(timedelta(seconds=4))
    assert limit.take(1, "a.b", RATE) == timedelta(seconds=6)
    clock.move(timedelta(seconds=6))
    assert limit.take(1, "a.b", RATE) is None


def test_nobody_is_told_to_wait_for_no_time_at_all():
    clock = ManualClock(NOON)
    limit = RateLimit(clock)
    for _ in range(3):
        limit.take(1, "a.b", RATE)
    clock.move(timedelta(seconds=9, milliseconds=800))
    assert limit.take(1, "a.b", RATE) == timedelta(seconds=1)


def test_people_and_operations_do_not_share():
    limit = RateLimit(ManualClock(NOON))
    assert [limit.take(1, "a.b", RATE) for _ in range(3)] == [None] * 3
    assert limit.take(2, "a.b", RATE) is None
    assert limit.take(1, "a.c", RATE) is None


def test_who_looks_is_told_what_who_runs_it_would_be():
    clock = ManualClock(NOON)
    limit = RateLimit(clock)
    for rate in (limit.rate_for(Level.MEMBER), limit.rate_for(Level.MODERATOR)):
        for _ in range(rate.burst + 1):
            looked = limit.wait(1, "a.b", rate)
            assert looked == limit.wait(1, "a.b", rate)
            assert looked == limit.take(1, "a.b", rate)
        assert looked is not None
        clock.move(rate.period)


def test_who_moderates_may_be_quicker():
    limit = RateLimit(ManualClock(NOON))
    assert limit.rate_for(Level.MODERATOR).burst == limit.rate_for(Level.OWNER).burst == 20
    assert limit.rate_for(Level.LIBRARIAN).burst == limit.rate_for(Level.MEMBER).burst == 5


def test_memory_is_bounded_and_those_seen_last_are_remembered():
    limit = RateLimit(ManualClock(NOON), capacity=10)
    for person in range(100):
        for _ in range(3):
            limit.take(person, "a.b", RATE)
    assert len(limit) == 10
    assert limit.take(99, "a.b", RATE) is not None


def test_full_buckets_are_forgotten():
    clock = ManualClock(NOON)
    limit = RateLimit(clock)
    for person in range(100):
        limit.take(person, "a.b", RATE)
    clock.move(timedelta(minutes=1))
    limit.take(1, "a.b", RATE)
    assert len(limit) == 1


def test_a_clock_set_back_locks_nobody_out():
    clock = ManualClock(NOON)
    limit = RateLimit(clock)
    for _ in range(3):
        limit.take(1, "a.b", RATE)
    clock.set(NOON - timedelta(days=365))
    assert (limit.take(1, "a.b", RATE) or timedelta()) <= RATE.period


@given(st.lists(st.floats(0, 40), max_size=40))
def test_never_more_than_the_rate_and_always_after_the_told_wait(pauses: list[float]):
    clock = ManualClock(NOON)
    limit = RateLimit(clock)
    allowed = []
    for pause in pauses:
        clock.move(timedelta(seconds=pause))
        wait = limit.take(1, "a.b", RATE)
        if wait is not None:
            assert timedelta(0) < wait <= RATE.gap
            clock.move(wait)
            assert limit.take(1, "a.b", RATE) is None
        allowed.append(clock.now())
    for earlier, later in zip(allowed, allowed[RATE.burst :], strict=False):
        assert later - earlier >= RATE.gap
    if len(allowed) > 2 * RATE.burst:
        assert allowed[-1] - allowed[0] >= (len(allowed) - RATE.burst) * RATE.gap - timedelta(milliseconds=1)
