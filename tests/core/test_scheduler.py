# SPDX-License-Identifier: MIT
"""Jobs run when they are due, once, whatever the clock and the process do."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from outboxplay import NOON
from schedulerplay import DAY, HOUR, Bench, bench_on

from bot.core.clock import ManualClock
from bot.kit.cog import Cog, Manifest
from bot.kit.errors import Unavailable
from bot.kit.text import t
from bot.storage import communities, settings
from bot.storage.database import SqliteDatabase
from bot.storage.migrate import all_migrations, apply


@pytest.fixture
async def bench(tmp_path: Path):
    async with bench_on(tmp_path / "refdesk.db", ManualClock(NOON)) as bench:
        yield bench


async def test_a_recurring_job_runs_in_each_period_and_not_on_arrival(bench: Bench):
    await bench.scheduler.settled()
    assert bench.garden.ran == []
    await bench.move(3 * HOUR)
    assert bench.garden.times("water") == ["01 13:00", "01 14:00", "01 15:00"]


async def test_a_daily_job_runs_at_its_local_hour_in_each_community(bench: Bench):
    zagreb = await bench.community("zagreb", "Europe/Zagreb")
    lima = await bench.community("lima", "America/Lima")
    await bench.scheduler.refresh()
    await bench.move(DAY)
    greeted = {(who, moment.strftime("%H:%M")) for what, who, moment in bench.garden.ran if what == "greet"}
    assert {(zagreb, "00:30"), (lima, "07:30")} <= greeted
    assert len(greeted) == 3


@pytest.mark.parametrize(("day", "expected"), [
    (datetime(2026, 3, 28, 12, tzinfo=UTC), ["29 01:30", "30 00:30", "31 00:30"]),
    (datetime(2026, 10, 24, 12, tzinfo=UTC), ["25 00:30", "26 01:30", "27 01:30"]),
])  # fmt: skip
async def test_over_daylight_saving_a_daily_job_runs_once_a_day(tmp_path: Path, day: datetime, expected: list[str]):
    async with bench_on(tmp_path / "refdesk.db", ManualClock(day)) as bench:
        await bench.db.write(lambda tx: communities.change(tx, 1, zone="Europe/Zagreb"))
        await bench.scheduler.refresh()
        await bench.move(3 * DAY)
        assert bench.garden.times("greet") == expected


async def test_a_setting_names_the_hour(bench: Bench):
    await bench.move(DAY)
    assert bench.garden.times("digest") == ["02 07:00"]
    await bench.db.write(settings.change, 1, "garden", "hour", "15:00", None)
    bench.settings.forget()
    await bench.scheduler.refresh()
    await bench.move(DAY)
    await bench.move(DAY)
    assert bench.garden.times("digest") == ["02 07:00", "03 15:00"]


async def test_a_later_hour_does_not_run_a_job_twice_on_one_day(bench: Bench):
    await bench.move(timedelta(hours=20))  # 2 May, 08:00: the digest of 07:00 has run
    await bench.db.write(settings.change, 1, "garden", "hour", "10:00", None)
    bench.settings.forget()
    await bench.scheduler.refresh()
    await bench.move(DAY)
    assert bench.garden.times("digest") == ["02 07:00"]
    await bench.move(4 * HOUR)
    assert bench.garden.times("digest") == ["02 07:00", "03 10:00"]


async def test_a_timer_runs_with_its_payload_and_once(bench: Bench):
    await bench.set(bench.garden.remind, 1, "event:1", NOON + timedelta(minutes=5), {"event": 1})
    await bench.move(timedelta(minutes=4))
    assert bench.garden.payloads == []
    await bench.move(HOUR)
    assert bench.garden.payloads == [{"event": 1}]


async def test_a_timer_may_be_moved_and_cancelled(bench: Bench):
    for key in "ab":
        await bench.set(bench.garden.remind, 1, key, NOON + HOUR, {"key": key})
    await bench.set(bench.garden.remind, 1, "a", NOON + timedelta(minutes=1), {"key": "a, moved"})
    await bench.db.write(bench.scheduler.timers.cancel, bench.garden.remind, 1, "b")
    await bench.db.write(bench.scheduler.timers.cancel, bench.garden.remind, 1, "never set")
    await bench.move(2 * HOUR)
    assert bench.garden.payloads == [{"key": "a, moved"}]


async def test_a_timer_in_the_past_runs_at_once(bench: Bench):
    await bench.set(bench.garden.remind, 1, "a", NOON - DAY)
    await bench.scheduler.settled()
    assert bench.garden.times("remind") == ["01 12:00"]


async def test_a_timer_is_not_set_when_its_transaction_is_taken_back(bench: Bench):
    def store(tx):
        bench.scheduler.timers.set(tx, bench.garden.remind, 1, "a", NOON + HOUR)
        raise ValueError("changed my mind")

    with pytest.raises(ValueError, match="changed"):
        await bench.db.write(store)
    await bench.move(2 * HOUR)
    assert bench.garden.times("remind") == []


async def test_only_a_method_declared_with_at_takes_timers(bench: Bench):
    for wrong in (bench.garden.water, bench.garden.times, print):
        with pytest.raises(ValueError, match=r"@at\(\)"):
            await bench.set(wrong, 1, "a", NOON + HOUR)
    with pytest.raises(ValueError, match="key"):
        await bench.set(bench.garden.remind, 1, "", NOON + HOUR)


async def test_what_was_missed_while_the_bot_was_down_runs_once_or_not_at_all(tmp_path: Path):
    path, clock = tmp_path / "refdesk.db", ManualClock(NOON)
    async with bench_on(path, clock) as bench:
        await bench.set(bench.garden.remind, 1, "a", NOON + HOUR)
        await bench.set(bench.garden.whisper, 1, "a", NOON + HOUR)
        await bench.scheduler.settled()
    clock.move(timedelta(days=3, minutes=30))
    async with bench_on(path, clock) as bench:
        await bench.scheduler.settled()
        assert sorted(what for what, _, _ in bench.garden.ran) == ["greet", "remind", "weed"]
        await bench.move(timedelta(minutes=30))
        assert bench.garden.times("water") == ["04 13:00"]
        assert bench.garden.times("weed") == ["04 12:30", "04 13:00"]


@pytest.mark.parametrize(("seconds", "watered"), [(10, ["01 17:00"]), (60, ["01 17:01"]), (61, [])])
async def test_a_slot_is_on_time_for_a_minute_whatever_was_missed_before(
    tmp_path: Path, seconds: int, watered: list[str]
):
    path, clock = tmp_path / "refdesk.db", ManualClock(NOON)
    async with bench_on(path, clock) as bench:
        await bench.scheduler.settled()
    clock.move(5 * HOUR + timedelta(seconds=seconds))
    async with bench_on(path, clock) as bench:
        await bench.scheduler.settled()
        assert bench.garden.times("water") == watered


async def test_a_slot_runs_at_most_once_over_restarts_even_when_it_was_cut_short(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
):
    path, clock = tmp_path / "refdesk.db", ManualClock(NOON)
    async with bench_on(path, clock) as bench:
        await bench.set(bench.garden.remind, 1, "a", NOON)
        await bench.scheduler.settled()
        # As after a crash: the run was begun and never ended.
        await bench.db.write(lambda tx: tx.run("UPDATE timer_runs SET state = 'running', finished_at = NULL"))
    async with bench_on(path, clock) as bench:
        await bench.scheduler.settled()
        assert bench.garden.ran == []
        assert await bench.runs() == [("remind", NOON.isoformat(), "failed")]
    assert "garden.remind" in caplog.text


async def test_a_clock_that_is_set_back_runs_nothing_twice_and_stops_nothing(bench: Bench):
    await bench.move(2 * DAY)
    before = list(bench.garden.ran)
    await bench.jump(NOON + HOUR / 2)
    assert bench.garden.ran == before
    await bench.move(2 * DAY - HOUR / 2)
    assert bench.garden.ran == before
    await bench.move(2 * HOUR)
    assert bench.garden.times("water")[-2:] == ["03 13:00", "03 14:00"]


async def test_a_clock_that_was_years_ahead_does_not_silence_the_jobs(bench: Bench):
    await bench.jump(NOON + 3650 * DAY)
    bench.garden.ran.clear()
    await bench.jump(NOON)
    await bench.move(2 * HOUR)
    assert bench.garden.times("water") == ["01 13:00", "01 14:00"]


async def test_a_job_never_runs_twice_at_a_time_in_a_community_and_holds_no_other_up(bench: Bench):
    second = await bench.community("second")
    await bench.scheduler.refresh()
    bench.garden.gate = asyncio.Event()
    for community_id in (1, second):
        for key in "ab":
            await bench.set(bench.garden.remind, community_id, key, NOON)
    await _until(lambda: len(bench.garden.ran) == 2)
    for _ in range(50):
        await asyncio.sleep(0)
    assert sorted(who for _, who, _ in bench.garden.ran) == [1, second]
    bench.garden.gate.set()
    await bench.scheduler.settled()
    assert len(bench.garden.ran) == 4


async def test_errors_are_logged_counted_and_stop_nothing(bench: Bench, caplog: pytest.LogCaptureFixture):
    bench.garden.error = KeyError("seed")
    await bench.set(bench.garden.remind, 1, "a", NOON)
    await bench.scheduler.settled()
    bench.garden.error = Unavailable(t("The well is dry."))
    await bench.set(bench.garden.remind, 1, "b", NOON)
    await bench.scheduler.settled()
    assert "KeyError: 'seed'" in caplog.text
    assert "The well is dry." in caplog.text
    assert bench.health.snapshot().commands == {("garden.remind", "failed"): 1, ("garden.remind", "unavailable"): 1}
    assert [state for _, _, state in await bench.runs()] == ["failed", "failed"]


async def test_a_job_that_hangs_is_cut_short(bench: Bench):
    bench.garden.gate = asyncio.Event()
    await bench.set(bench.garden.remind, 1, "a", NOON)
    await _until(lambda: bench.garden.ran)
    bench.clock.move(timedelta(seconds=301))
    await bench.scheduler.settled()
    assert bench.health.snapshot().commands == {("garden.remind", "timeout"): 1}


async def test_unregistering_waits_for_what_runs_and_leaves_nothing_behind(bench: Bench):
    bench.garden.gate = asyncio.Event()
    await bench.set(bench.garden.remind, 1, "a", NOON)
    await bench.set(bench.garden.remind, 1, "b", NOON + HOUR)
    await _until(lambda: bench.garden.ran)
    leaving = asyncio.ensure_future(bench.scheduler.unregister("garden"))
    await asyncio.sleep(0)
    assert not leaving.done()
    bench.garden.gate.set()
    await leaving
    ran = list(bench.garden.ran)
    await bench.move(2 * DAY)
    assert bench.garden.ran == ran
    await bench.scheduler.register(bench.garden)
    await bench.scheduler.settled()
    assert len(bench.garden.times("remind")) == 2


async def test_unregistering_does_not_wait_for_ever(bench: Bench):
    bench.garden.gate = asyncio.Event()
    await bench.set(bench.garden.remind, 1, "a", NOON)
    await _until(lambda: bench.garden.ran)
    leaving = asyncio.ensure_future(bench.scheduler.unregister("garden"))
    await asyncio.sleep(0)
    bench.clock.move(timedelta(seconds=10))
    await leaving
    assert [state for _, _, state in await bench.runs()] == ["failed"]


async def test_a_job_that_its_cog_no_longer_declares_loses_its_timers(tmp_path: Path):
    class Smaller(Cog):
        """The same cog, later."""

        name = "garden"
        manifest = Manifest("Gardening.", "Nothing.", {})

    path, clock = tmp_path / "refdesk.db", ManualClock(NOON)
    async with bench_on(path, clock) as bench:
        await bench.scheduler.unregister("garden")
        await bench.scheduler.register(Smaller())
        assert await bench.db.read(lambda tx: tx.value("SELECT count(*) FROM timers")) == 0


async def test_a_community_that_is_gone_has_no_jobs(bench: Bench):
    second = await bench.community("second")
    await bench.scheduler.refresh()
    await bench.db.write(lambda tx: tx.run("DELETE FROM homes WHERE community_id = ?", second))
    await bench.db.write(lambda tx: tx.run("DELETE FROM communities WHERE id = ?", second))
    await bench.move(2 * HOUR)
    assert {who for _, who, _ in bench.garden.ran} == {1}


async def test_old_runs_are_forgotten(bench: Bench):
    await bench.move(HOUR)
    assert await bench.runs()
    await bench.scheduler.unregister("garden")
    bench.clock.move(100 * DAY)
    await bench.scheduler.refresh()
    assert await bench.runs() == []


async def _until(condition) -> None:
    while not condition():  # noqa: ASYNC110  # it never sleeps: each turn of the loop does some work
        await asyncio.sleep(0)


async def test_cogs_that_come_before_the_start_are_planned_together(tmp_path: Path):
    """With a thousand communities planning takes long; at the start it is done once for all cogs."""
    clock = ManualClock(NOON)
    async with await SqliteDatabase.open(tmp_path / "refdesk.db", clock, create=True) as db:
        await db.exclusive(apply, [each for each in all_migrations() if each.owner == "core"], clock)
        bench = Bench(db, clock)
        community_id = await bench.community("first")

        def planned(tx):
            rows = tx.all("SELECT job FROM timers WHERE community_id = ? ORDER BY job", community_id)
            return [row["job"] for row in rows]

        await bench.scheduler.register(bench.garden)
        assert await db.read(planned) == []
        await bench.scheduler.start()
        await bench.scheduler.settled()
        assert await db.read(planned) == ["digest", "greet", "water", "weed"]
        await bench.scheduler.stop()
