# SPDX-License-Identifier: MIT
"""Runs the jobs of cogs when they are due: one task that sleeps until the earliest timer.

A slot is begun in a transaction of its own before its handler runs, so it runs at most once whatever happens. The
same job never runs twice at a time in a community. Everything that depends on the clock is planned anew every hour,
and at once when the clock was set back.
"""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from bot.core.alarm import Alarm, Deadline, Rest
from bot.core.clock import WakingClock
from bot.core.health import HealthBoard
from bot.core.settings import SettingsBook
from bot.core.tasks import Tasks
from bot.core.timers import Claim, JobKey, JobTimers, claim, interrupted, plan
from bot.core.triage import note, outcome_of
from bot.kit.cog import Cog
from bot.kit.database import Database
from bot.kit.health import State
from bot.kit.job import Job, Schedule
from bot.kit.people import Community
from bot.kit.text import t
from bot.storage import communities, timers

log = logging.getLogger(__name__)

AT_ONCE = 8
"""How many jobs may run at the same time."""

TIMEOUT = 300.0
"""Seconds after which a job is cut short."""

PATIENCE = 10.0
"""Seconds that a running job has to end when its cog is unloaded or the bot stops."""

REPLAN = timedelta(hours=1)

_AFTER_TROUBLE = timedelta(seconds=5)


class Scheduler:
    """Knows the jobs of the cogs that run; `timers` is what cogs are given."""

    def __init__(self, db: Database, clock: WakingClock, settings: SettingsBook, health: HealthBoard) -> None:
        self._db = db
        self._clock = clock
        self._settings = settings
        self._health = health
        self._alarm = Alarm(clock)
        self._tasks = Tasks()
        self._loop: asyncio.Task[None] | None = None
        self._cogs: dict[str, Cog] = {}
        self._jobs: dict[JobKey, Job] = {}
        self._schedules: Mapping[tuple[str, str, int], Schedule] = {}
        self._running: dict[tuple[str, str, int | None], asyncio.Task[None]] = {}
        self._planned_at: datetime | None = None
        self._seen_at = clock.now()
        self._stopping = False
        self._rest = Rest(self._alarm, lambda: bool(self._running))
        self.timers = JobTimers(self._alarm.ring)

    async def start(self) -> None:
        """Begin to run what is due."""
        for what in await self._db.write(interrupted):
            log.error("The job %s was under way when the bot stopped; it is not run again.", what)
        self._loop = self._tasks.spawn("scheduler", self._run())

    async def stop(self) -> None:
        """Run nothing more, and wait for what runs; after some seconds it is cut short."""
        self._stopping = True
        self._alarm.ring()
        await self._let_end(tuple(self._running.values()))
        await self._tasks.wait()

    async def register(self, cog: Cog) -> None:
        """Take up a cog's jobs."""
        self._cogs[cog.name] = cog
        self._jobs.update({(cog.name, job.handler): job for job in cog.jobs})
        # Before the start all that come are planned together, by the first turn.
        if self._loop is not None:
            await self.refresh()

    async def unregister(self, name: str) -> None:
        """Let a cog's jobs go, and wait for those that run; its timers wait for its return."""
        self._cogs.pop(name, None)
        self._jobs = {key: job for key, job in self._jobs.items() if key[0] != name}
        self._schedules = {key: schedule for key, schedule in self._schedules.items() if key[0] != name}
        await self._let_end(tuple(task for key, task in self._running.items() if key[0] == name))

    async def refresh(self) -> None:
        """Plan anew: a community came, or a time zone or an hour was changed."""
        present = await self._db.read(communities.present)
        jobs = {key: job for key, job in self._jobs.items() if _recurs(job.schedule)}
        schedules = {
            (owner, handler, community.id): await self._schedule(self._cogs[owner], job, community)
            for (owner, handler), job in jobs.items()
            for community in present
            if owner in self._cogs
        }
        await self._db.write(plan, tuple(self._cogs), frozenset(self._jobs), schedules)
        # A cog may have been unloaded meanwhile.
        self._schedules = {key: schedule for key, schedule in schedules.items() if key[:2] in self._jobs}
        self._planned_at = self._clock.now()
        self._alarm.ring()

    async def settled(self) -> None:
        """Wait until nothing can be run before the clock moves on: for tests and demonstrations."""
        await self._rest.settled(self._loop)

    async def _run(self) -> None:
        while not self._stopping:
            try:
                until = await self._turn()
            except Exception as error:
                log.exception("The scheduler cannot read or write its timers.")
                self._health.report("scheduler", State.DOWN, t("The database fails: {reason}", reason=str(error)))
                until = self._clock.now() + _AFTER_TROUBLE
            else:
                self._health.report("scheduler", State.OK)
            await self._rest.wait(until)

    async def _turn(self) -> datetime:
        """Begin what is due, and return when to look again at the latest."""
        now = self._clock.now()
        if self._planned_at is None or now < self._seen_at or now - self._planned_at >= REPLAN:
            await self.refresh()
        self._seen_at = now
        again_at = now + REPLAN
        if self._stopping or not self._jobs:
            return again_at
        lates = {key: job.schedule.late for key, job in self._jobs.items()}
        room = AT_ONCE - len(self._running)
        claims = await self._db.write(claim, lates, self._schedules, tuple(self._running), room)
        for begun in claims.begun:
            timer = begun.timer
            key = (timer.owner, timer.job, timer.community_id)
            self._running[key] = self._tasks.spawn(f"job.{timer.owner}.{timer.job}", self._begin(begun, key))
        return min(claims.next_at or again_at, again_at)

    async def _begin(self, begun: Claim, key: tuple[str, str, int | None]) -> None:
        error: BaseException | None = None
        try:
            await self._handle(begun)
        except asyncio.CancelledError as cancelled:
            error = cancelled
            raise
        except Exception as failed:  # noqa: BLE001  # judged like any handler's error
            error = failed
        finally:
            try:
                await self._db.write(timers.finish, begun.run_id, None if error is None else repr(error))
            finally:
                del self._running[key]
                self._rest.stirred()
                self._alarm.ring()

    async def _handle(self, begun: Claim) -> None:
        """Run a handler; its errors are counted, logged and raised again."""
        timer = begun.timer
        name, started_at = f"{timer.owner}.{timer.job}", self._clock.now()
        cog, job = self._cogs.get(timer.owner), self._jobs.get((timer.owner, timer.job))
        if cog is None or job is None:
            raise LookupError(f"{name} was unloaded before it could run.")
        arguments: tuple[Any, ...] = (begun.community, timer.payload) if timer.key else (begun.community,)
        outcome = "done"
        try:
            async with Deadline(self._clock, TIMEOUT):
                await getattr(cog, job.handler)(*arguments)
        except Exception as error:
            outcome = outcome_of(error)
            note(error, name)
            if outcome in {"denied", "user", "unavailable"}:
                log.warning("The job %s did not do its work: %s", name, error)
            raise
        finally:
            self._health.ran(name, outcome, (self._clock.now() - started_at).total_seconds())

    async def _let_end(self, running: tuple[asyncio.Task[None], ...]) -> None:
        """Wait for jobs, and cut short those that take too long; never for the one that asks."""
        waiting = [task for task in running if task is not asyncio.current_task()]
        if not waiting:
            return
        try:
            async with Deadline(self._clock, PATIENCE):
                await asyncio.wait(waiting)
        except TimeoutError:
            for task in waiting:
                task.cancel()
            await asyncio.wait(waiting)

    async def _schedule(self, cog: Cog, job: Job, community: Community) -> Schedule:
        """Return a job's schedule in a community, at the hour that a setting names."""
        if job.schedule.setting is None:
            return job.schedule
        chosen = getattr(await self._settings.of(cog, community.id), job.schedule.setting, None)
        try:
            return replace(job.schedule, hour=time.fromisoformat(str(chosen)))
        except ValueError:
            log.warning("%s: the setting %s holds %r, no hour.", job.key, job.schedule.setting, chosen)
            return job.schedule


def _recurs(schedule: Schedule) -> bool:
    return schedule.period is not None or schedule.hour is not None
