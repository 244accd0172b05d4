# SPDX-License-Identifier: MIT
"""Moments are kept as whole microseconds, and zones are found by their names."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.kit import from_stamp, to_stamp, zone_of


@given(st.datetimes(timezones=st.just(UTC)))
def test_a_moment_comes_back_as_it_was(moment: datetime):
    assert from_stamp(to_stamp(moment)) == moment


def test_a_moment_of_any_zone_is_kept_in_utc():
    noon = datetime(2026, 3, 1, 12, tzinfo=timezone(timedelta(hours=2)))
    assert from_stamp(to_stamp(noon)) == datetime(2026, 3, 1, 10, tzinfo=UTC)
    assert from_stamp(to_stamp(noon)).tzinfo is UTC
    assert to_stamp(datetime(1969, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC)) == -1


def test_a_zone_is_found_by_its_name():
    assert zone_of("Europe/Madrid").key == "Europe/Madrid"


@pytest.mark.parametrize("name", ["Nowhere/Land", "", "../etc/passwd", "\0"])
def test_an_unknown_zone_is_utc(name: str):
    assert zone_of(name).key == "UTC"
