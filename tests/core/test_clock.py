# SPDX-License-Identifier: MIT
"""The clocks."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.clock import ManualClock, SystemClock
from bot.kit.moment import from_stamp, to_stamp

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


def test_the_systems_time_is_in_utc():
    first, second = SystemClock().now(), SystemClock().now()
    assert first.utcoffset() == timedelta(0)
    assert first <= second


def test_a_clock_moved_by_hand_stands_still_until_it_is_moved():
    clock = ManualClock(NOON)
    assert clock.now() == clock.now() == NOON
    assert clock.move(timedelta(hours=1)) == clock.now() == NOON + timedelta(hours=1)
    assert clock.set(NOON.astimezone(timezone(timedelta(hours=2)))) == NOON
    assert clock.now().tzinfo is UTC


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="no time zone"):
        ManualClock(datetime(2026, 5, 1))  # noqa: DTZ001


@given(st.datetimes(timezones=st.just(UTC)))
def test_moments_survive_being_stored_to_the_microsecond(moment: datetime):
    assert from_stamp(to_stamp(moment)) == moment
