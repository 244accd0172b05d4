# SPDX-License-Identifier: MIT
"""The clock of demonstrations: it goes on by itself, and whoever waits for a moment that it is moved past is called."""

from datetime import UTC, datetime, timedelta

from bot.core.clock import MovableClock

DAY = timedelta(days=1)
SOON = timedelta(minutes=1)


def at(name: str, calls: list[str]):
    return lambda: calls.append(name)


async def test_it_is_the_machines_time_until_it_is_moved():
    clock = MovableClock()
    assert abs(clock.now() - datetime.now(UTC)) < SOON
    moved = clock.set(clock.now() + DAY)
    assert abs(moved - datetime.now(UTC) - DAY) < SOON
    assert clock.now() >= moved


async def test_those_whom_it_passes_are_called_once_and_in_order():
    clock, calls = MovableClock(), []
    start = clock.now()
    clock.call_at(start + 2 * DAY, at("second", calls))
    clock.call_at(start + DAY, at("first", calls))
    clock.call_at(start + 5 * DAY, at("later", calls))
    assert clock.next_at == start + DAY
    clock.set(start + 3 * DAY)
    clock.set(start + 4 * DAY)
    assert calls == ["first", "second"]
    assert clock.next_at == start + 5 * DAY


async def test_who_no_longer_waits_is_not_called():
    clock, calls = MovableClock(), []
    cancel = clock.call_at(clock.now() + DAY, at("never", calls))
    cancel()
    cancel()
    clock.set(clock.now() + 2 * DAY)
    assert calls == []
    assert clock.next_at is None
