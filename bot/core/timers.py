# SPDX-License-Identifier: MIT
"""The scheduler's work on its tables: setting timers, giving recurring jobs their rhythm, claiming what is due."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any, TypeAlias

from bot.core.slots import Slot, last_slot, next_slot, timer_slot
from bot.kit.cog import Cog
from bot.kit.database import Transaction
from bot.kit.job import Late, Schedule
from bot.kit.people import Community
from bot.storage import communities, timers
from bot.storage.timers import Timer

GRACE = timedelta(minutes=1)
"""How long after its moment a slot is still on time."""

KEPT = timedelta(days=90)
"""For how long it is remembered that a slot has run."""

JobKey: TypeAlias = tuple[str, str]
"""A job's cog and handler."""

Schedules: TypeAlias = Mapping[tuple[str, str, int], Schedule]
"""The schedule of each job (cog, handler) in each community."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A slot that was begun, durably, and is to be run now."""

    run_id: int
    timer: Timer
    community: Community


@dataclass(frozen=True, slots=True)
class Claims:
    """What is to be run now, and when something else will be due."""

    begun: tuple[Claim, ...]
    next_at: datetime | None


class JobTimers:
    """Implements `bot.kit.needs.Timers`; `wake` is called on the event loop once a timer is committed."""

    def __init__(self, wake: Callable[[], None]) -> None:
        self._wake = wake

    def set(
        self,
        tx: Transaction,
        handler: Callable[..., Any],
        community_id: int,
        key: str,
        due_at: datetime,
        payload: Mapping[str, Any] | None = None,
    ) -> None:
        """Run a handler at a moment; a timer of the same key is moved."""
        owner, job = _job_of(handler)
        if not key:
            raise ValueError("A timer needs a key, such as the id of what it is for.")
        slot = timer_slot(due_at)
        timers.schedule(tx, owner, job, due_at, slot.name, community_id=community_id, key=key, payload=payload)
        tx.after_commit(self._wake)

    def cancel(self, tx: Transaction, handler: Callable[..., Any], community_id: int, key: str) -> None:
        """Forget a timer; nothing happens when there is none."""
        owner, job = _job_of(handler)
        timers.cancel(tx, owner, job, community_id, key)


def plan(tx: Transaction, owners: Collection[str], jobs: Collection[JobKey], schedules: Schedules) -> None:
    """Give every recurring job its next slot in every community, and drop what these owners no longer declare.

    A timer that is not yet due is moved when the rhythm, the zone or the clock itself was changed; one that is due
    stays, since it is a slot that was missed.
    """
    zones = communities.zones(tx)
    planned = {where: Slot(name, due_at) for where, name, due_at in timers.rhythms(tx)}

    @cache
    def coming(schedule: Schedule, zone: str) -> Slot:
        return next_slot(schedule, zone, tx.now)

    for (owner, job, community_id), schedule in schedules.items():
        if community_id not in zones:
            continue
        slot = coming(schedule, zones[community_id])
        known = planned.get((owner, job, community_id))
        if known is None or (known.due_at > tx.now and known != slot):
            timers.schedule(tx, owner, job, slot.due_at, slot.name, community_id=community_id)
    timers.prune(tx, tx.now - KEPT)
    for owner, job in timers.known_jobs(tx):
        if owner in owners and (owner, job) not in jobs:
            timers.remove_job(tx, owner, job)


def claim(
    tx: Transaction,
    lates: Mapping[JobKey, Late],
    schedules: Schedules,
    busy: Collection[tuple[str, str, int | None]],
    room: int,
) -> Claims:
    """Begin up to `room` slots that are due, of jobs (in a community) that are not busy; move their timers on."""
    owners = {owner for owner, _ in lates}
    taken = set(busy)
    begun: list[Claim] = []
    for timer in timers.due(tx, limit=room + len(taken) + _SPARE, owners=owners):
        where = (timer.owner, timer.job, timer.community_id)
        late = lates.get((timer.owner, timer.job))
        if len(begun) >= room or where in taken or late is None:
            continue
        claimed = _claim(tx, timer, late, schedules)
        if claimed is not None:
            begun.append(claimed)
            taken.add(where)
    return Claims(tuple(begun), timers.next_at(tx, owners=owners, after=tx.now))


_SPARE = 500


def _claim(tx: Transaction, timer: Timer, late: Late, schedules: Schedules) -> Claim | None:
    community = None if timer.community_id is None else communities.get(tx, timer.community_id)
    if community is None:
        timers.remove(tx, timer.id)
        return None
    following: Slot | None = None
    if not timer.key:
        schedule = schedules.get((timer.owner, timer.job, community.id))
        if schedule is None:
            timers.remove(tx, timer.id)
            return None
        timer = _catch_up(tx, timer, last_slot(schedule, community.zone, tx.now))
        following = next_slot(schedule, community.zone, tx.now)
    run_id = timers.begin(
        tx,
        timer,
        next_due_at=None if following is None else following.due_at,
        next_slot="" if following is None else following.name,
        skip=late is Late.SKIP and tx.now - timer.due_at > GRACE,
    )
    return None if run_id is None else Claim(run_id, timer, community)


def _catch_up(tx: Transaction, timer: Timer, last: Slot) -> Timer:
    """Of several slots that were missed only the last one counts."""
    if last.due_at <= timer.due_at:
        return timer
    timers.schedule(tx, timer.owner, timer.job, last.due_at, last.name, community_id=timer.community_id)
    return replace(timer, slot=last.name, due_at=last.due_at)


def _job_of(handler: Callable[..., Any]) -> JobKey:
    cog = getattr(handler, "__self__", None)
    schedule = getattr(handler, "__refdesk_job__", None)
    if not isinstance(cog, Cog) or not isinstance(schedule, Schedule) or schedule.period or schedule.hour:
        raise ValueError(f"{handler!r} takes no timers: hand over a method of a cog that is declared with @at().")
    return cog.name, handler.__name__


def interrupted(tx: Transaction) -> Sequence[str]:
    """Close the runs that were under way when the bot stopped, and return what they were."""
    runs = timers.interrupted(tx)
    for run in runs:
        timers.finish(tx, run.id, "interrupted")
    return [f"{run.owner}.{run.job} ({run.slot})" for run in runs]
