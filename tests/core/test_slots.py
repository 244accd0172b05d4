# SPDX-License-Identifier: MIT
"""When recurring jobs are due, around daylight saving and everywhere else."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

from hypothesis import given
from hypothesis import strategies as st

from bot.core.slots import last_slot, next_slot, timer_slot
from bot.kit.job import Schedule

ZONES = sorted(available_timezones() - {"localtime", "Factory", "posixrules"})
SECOND = timedelta(seconds=1)
MOMENTS = st.integers(0, 42 * 365 * 86_400).map(lambda second: datetime(1995, 1, 1, tzinfo=UTC) + second * SECOND)


def daily(hour: str) -> Schedule:
    return Schedule(hour=time.fromisoformat(hour))


def local(moment: datetime, zone: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")


def test_a_daily_job_keeps_its_local_hour_over_daylight_saving():
    zone = "Europe/Zagreb"
    moment = datetime(2026, 3, 27, 12, tzinfo=UTC)
    seen = []
    for _ in range(4):
        slot = next_slot(daily("09:00"), zone, moment)
        seen.append((slot.name, local(slot.due_at, zone), slot.due_at.hour))
        moment = slot.due_at
    assert seen == [
        ("2026-03-28", "2026-03-28 09:00", 8),
        ("2026-03-29", "2026-03-29 09:00", 7),
        ("2026-03-30", "2026-03-30 09:00", 7),
        ("2026-03-31", "2026-03-31 09:00", 7),
    ]


def test_an_hour_that_does_not_exist_runs_once():
    zone = "Europe/Zagreb"
    slot = next_slot(daily("02:30"), zone, datetime(2026, 3, 28, 12, tzinfo=UTC))
    assert (slot.name, local(slot.due_at, zone)) == ("2026-03-29", "2026-03-29 03:30")
    assert next_slot(daily("02:30"), zone, slot.due_at).name == "2026-03-30"


def test_an_hour_that_exists_twice_runs_once():
    zone = "Europe/Zagreb"
    slot = next_slot(daily("02:30"), zone, datetime(2026, 10, 24, 12, tzinfo=UTC))
    assert (slot.name, slot.due_at) == ("2026-10-25", datetime(2026, 10, 25, 0, 30, tzinfo=UTC))
    assert next_slot(daily("02:30"), zone, slot.due_at).name == "2026-10-26"


def test_a_date_that_a_zone_left_out_has_no_slot():
    slot = next_slot(daily("09:00"), "Pacific/Apia", datetime(2011, 12, 30, 0, tzinfo=UTC))
    assert slot.name == "2011-12-31"
    assert last_slot(daily("09:00"), "Pacific/Apia", slot.due_at - timedelta(seconds=1)).name == "2011-12-29"


@given(st.sampled_from(ZONES), MOMENTS, st.times())
def test_daily_slots_follow_each_other_without_gap_or_overlap(zone: str, moment: datetime, hour: time):
    schedule = Schedule(hour=hour)
    before, after = last_slot(schedule, zone, moment), next_slot(schedule, zone, moment)
    assert before.due_at <= moment < after.due_at
    assert date.fromisoformat(before.name) < date.fromisoformat(after.name)
    assert timedelta(hours=20) <= after.due_at - before.due_at <= timedelta(hours=49)
    assert next_slot(schedule, zone, before.due_at) == after
    assert last_slot(schedule, zone, after.due_at) == after


@given(MOMENTS, st.timedeltas(timedelta(minutes=1), timedelta(days=30)))
def test_periods_count_from_1970(moment: datetime, period: timedelta):
    schedule = Schedule(period=period)
    before, after = last_slot(schedule, "UTC", moment), next_slot(schedule, "UTC", moment)
    assert before.due_at <= moment < after.due_at
    assert after.due_at - before.due_at == period
    assert (after.due_at - datetime(1970, 1, 1, tzinfo=UTC)) % period == timedelta(0)


def test_a_moved_timer_is_another_slot():
    moment = datetime(2026, 5, 1, 12, tzinfo=UTC)
    assert timer_slot(moment).name != timer_slot(moment + timedelta(microseconds=1)).name
    assert timer_slot(moment).name == timer_slot(moment.astimezone(ZoneInfo("Asia/Tokyo"))).name
