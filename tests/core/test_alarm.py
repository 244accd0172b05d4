# SPDX-License-Identifier: MIT
"""Waiting on a clock that is moved by hand, and on the machine's own."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.alarm import Alarm, Deadline, sleep_until
from bot.core.clock import ManualClock, SystemClock

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


async def turns(count: int = 5) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


async def test_moving_the_clock_wakes_those_whose_moment_has_come_in_order():
    clock, woken = ManualClock(NOON), []

    async def sleeper(minutes: int) -> None:
        await sleep_until(clock, NOON + minutes * MINUTE)
        woken.append(minutes)

    tasks = [asyncio.ensure_future(sleeper(minutes)) for minutes in (3, 1, 2)]
    await turns()
    assert clock.next_at == NOON + MINUTE
    clock.move(2 * MINUTE)
    await turns()
    assert woken == [1, 2]
    clock.move(MINUTE)
    await asyncio.gather(*tasks)
    assert (woken, clock.next_at) == ([1, 2, 3], None)


async def test_a_moment_that_has_passed_is_not_waited_for():
    clock = ManualClock(NOON)
    await sleep_until(clock, NOON)
    await sleep_until(clock, NOON - MINUTE)
    assert clock.next_at is None


async def test_an_alarm_keeps_a_ring_until_somebody_waits():
    alarm = Alarm(ManualClock(NOON))
    alarm.ring()
    alarm.ring()
    assert alarm.rung
    await alarm.wait()
    assert not alarm.rung


async def test_a_ring_ends_a_wait_before_its_moment():
    clock = ManualClock(NOON)
    alarm = Alarm(clock)
    wait = asyncio.ensure_future(alarm.wait(NOON + MINUTE))
    await turns()
    alarm.ring()
    await wait
    assert clock.now() == NOON
    assert clock.next_at is None


async def test_a_deadline_ends_what_takes_too_long():
    clock = ManualClock(NOON)

    async def work() -> None:
        async with Deadline(clock, 60):
            await asyncio.Event().wait()

    task = asyncio.ensure_future(work())
    await turns()
    clock.move(MINUTE)
    with pytest.raises(TimeoutError, match="60 seconds"):
        await task


async def test_a_deadline_lets_go_of_what_is_done_in_time():
    clock = ManualClock(NOON)
    async with Deadline(clock, 60):
        await turns()
    clock.move(2 * MINUTE)
    await turns()
    assert clock.next_at is None


async def test_a_cancellation_from_outside_goes_through_a_deadline():
    clock = ManualClock(NOON)

    async def work() -> None:
        async with Deadline(clock, 60):
            await asyncio.Event().wait()

    task = asyncio.ensure_future(work())
    await turns()
    task.cancel()
    clock.move(MINUTE)
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_the_machines_clock_calls_back_and_may_be_told_not_to():
    clock, called = SystemClock(), asyncio.Event()
    cancel = clock.call_at(clock.now() + timedelta(hours=1), lambda: pytest.fail("was cancelled"))
    cancel()
    clock.call_at(clock.now() - MINUTE, called.set)
    await asyncio.wait_for(called.wait(), 60)
    assert called.is_set()


async def test_a_clock_that_is_set_back_while_one_naps_makes_one_nap_again(monkeypatch: pytest.MonkeyPatch):
    clock, called = SystemClock(), asyncio.Event()
    moments = [NOON, NOON - MINUTE, NOON - MINUTE, NOON + MINUTE]
    monkeypatch.setattr(clock, "now", lambda: moments.pop(0))
    monkeypatch.setattr("bot.core.clock.LONGEST_NAP", 0.0)
    clock.call_at(NOON + MINUTE, called.set)
    await asyncio.wait_for(called.wait(), 60)
    assert moments == []
