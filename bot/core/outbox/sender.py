# SPDX-License-Identifier: MIT
"""Delivers one platform's posts: evenly paced, in order within each place, each exactly once or parked.

One task takes what is due in turns; each delivery is a task of its own, begun when it may start. A row is marked as
under way, durably, before its courier is called; so after a crash it is known which rows may have arrived.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import TypeAlias

from bot.core.alarm import Alarm, Deadline, Rest
from bot.core.clock import WakingClock
from bot.core.courier import Courier, calendar_of
from bot.core.health import HealthBoard
from bot.core.i18n.voice import Voice
from bot.core.outbox.attempt import TIMEOUT, Again, Outcome, PutBack, Sent, attempt
from bot.core.outbox.keeping import keep
from bot.core.outbox.loading import Load
from bot.core.outbox.pacing import WINDOW, Pace
from bot.core.outbox.patience import Patience
from bot.core.outbox.turn import Note, OnParked, Turn, take_turn
from bot.core.tasks import Tasks
from bot.kit.database import Database
from bot.kit.health import State
from bot.kit.people import Place
from bot.kit.text import t
from bot.storage import delivery

log = logging.getLogger(__name__)

AT_ONCE = 100
"""How many deliveries may be under way at the same time."""

GRACE = 5.0
"""Seconds that deliveries under way have to end when the sender stops."""

KEPT = timedelta(days=30)
"""For how long it is remembered that a row was finished."""

_AFTER_TROUBLE = timedelta(seconds=5)

Voices: TypeAlias = Callable[[str | None, str, datetime], Voice]
"""Gives a voice for a locale, a time zone and a moment."""


class Sender:
    """Takes one platform's rows from the outbox to its courier; `start` it once, `stop` it once."""

    def __init__(
        self,
        platform: str,
        courier: Courier,
        db: Database,
        clock: WakingClock,
        voices: Voices,
        health: HealthBoard,
        on_parked: OnParked,
        random: Random,
    ) -> None:
        self._platform = platform
        self._courier = courier
        self._db = db
        self._clock = clock
        self._voices = voices
        self._health = health
        self._on_parked = on_parked
        self._name = f"outbox.{platform}"
        self._pace = Pace(courier.pace, courier.place_pace, clock.now())
        self._patience = Patience(random)
        self._alarm = Alarm(clock)
        self._tasks = Tasks()
        self._loop: asyncio.Task[None] | None = None
        self._waiting: dict[int, tuple[Load, Callable[[], None]]] = {}
        self._under_way: set[int] = set()
        self._notes: list[Note] = []
        self._pruned_at: datetime | None = None
        self._flush_set = False
        self._stopping = False
        self._rest = Rest(self._alarm, lambda: bool(self._under_way))

    async def start(self) -> None:
        """Begin to deliver, first of all what was under way when the bot stopped last."""
        if interrupted := await self._db.write(delivery.interrupted, self._platform):
            log.warning("%s: %d posts were under way when the bot stopped.", self._name, interrupted)
        self._loop = self._tasks.spawn(self._name, self._run())

    async def stop(self) -> None:
        """Finish within seconds what is under way, and leave everything else to the next start."""
        self._stopping = True
        for load, cancel in tuple(self._waiting.values()):
            cancel()
            self._note(load, PutBack())
        self._waiting.clear()
        self.wake()
        try:
            async with Deadline(self._clock, GRACE):
                await self._tasks.wait()
        except TimeoutError:
            log.warning("%s: %d deliveries did not end in time.", self._name, len(self._under_way))
            await self._tasks.cancel_all()
        await self._db.write(take_turn, self._platform, self._notes, 0, (), self._on_parked)
        self._notes.clear()

    def wake(self) -> None:
        """Look for new rows now."""
        self._alarm.ring()

    async def settled(self) -> None:
        """Wait until nothing can be done before the clock moves on or a new row comes: for tests and demonstrations."""
        await self._rest.settled(self._loop)

    async def _run(self) -> None:
        while not self._stopping:
            try:
                await self._prune(self._clock.now())
                until = await self._turn()
            except Exception as error:
                log.exception("%s: the outbox cannot be read or written.", self._name)
                self._health.report(self._name, State.DOWN, t("The database fails: {reason}", reason=str(error)))
                until = self._clock.now() + _AFTER_TROUBLE
            await self._rest.wait(until)

    async def _prune(self, now: datetime) -> None:
        """Once a day, forget what was finished long ago."""
        if self._pruned_at is None or now - self._pruned_at >= timedelta(days=1):
            await self._db.write(delivery.prune, now - KEPT)
            self._pruned_at = now

    async def _turn(self) -> datetime | None:
        """Write down what came of posts, start the next ones, and return when to do so again at the latest."""
        now = self._clock.now()
        room = self._pace.room(now, self._free)
        if not room and not self._notes:
            return self._refill_at()
        closed = self._pace.closed(now)
        notes, self._notes = self._notes, []
        try:
            turn = await self._db.write(
                take_turn,
                self._platform,
                notes,
                room,
                tuple(closed),
                self._on_parked,
                hurry=self._patience.take_hurry(),
            )
        except BaseException:
            self._notes = notes + self._notes
            raise
        self._begin(turn, now)
        if len(turn.loads) == room:
            return _earliest(turn.next_at, self._refill_at())
        opening = min(closed.values(), default=None) if turn.more else None
        return _earliest(turn.next_at, None if opening is None else opening - WINDOW)

    @property
    def _free(self) -> int:
        return AT_ONCE - len(self._waiting) - len(self._under_way)

    def _refill_at(self) -> datetime | None:
        """Return when there is room again; None when that depends on deliveries' ending."""
        return self._pace.refill_at() if self._free else None

    def _begin(self, turn: Turn, now: datetime) -> None:
        if self._stopping:
            for load in turn.loads:
                self._note(load, PutBack())
            return
        loads = {load.row.lane: load for load in turn.loads}
        for lane, start_at in self._pace.reserve(loads, now):
            self._start_at(start_at, loads[lane], now)

    def _start_at(self, start_at: datetime, load: Load, now: datetime) -> None:
        if start_at > now:
            self._waiting[load.row.id] = load, self._clock.call_at(start_at, partial(self._start, load))
        else:
            self._start(load)

    def _start(self, load: Load) -> None:
        """Begin a delivery, or let it wait a little more when too many have begun just now."""
        self._waiting.pop(load.row.id, None)
        now = self._clock.now()
        if (later := self._pace.begin(now)) is not None:
            self._start_at(later, load, now)
            return
        self._under_way.add(load.row.id)
        self._tasks.spawn(f"{self._name}.{load.row.id}", self._deliver(load))

    async def _deliver(self, load: Load) -> None:
        try:
            outcome = await self._attempt(load)
        finally:
            self._under_way.discard(load.row.id)
            self._rest.stirred()
        self._note(load, outcome)

    async def _attempt(self, load: Load) -> Outcome:
        voice = self._voices(load.locale, load.zone, self._clock.now())
        maybe_since = load.row.sending_at or load.taken_at
        try:
            async with Deadline(self._clock, TIMEOUT):
                if load.entry is not None and isinstance(load.where, Place):
                    return await keep(calendar_of(self._courier), load, load.where, load.entry)
                return await attempt(self._courier, load, voice)
        except TimeoutError:
            return Again(f"There was no answer within {TIMEOUT:g} seconds.", None, maybe_since)
        except Exception as error:
            log.exception("%s: the courier failed on row %d.", self._name, load.row.id)
            return Again(f"The courier failed: {error!r}", None, maybe_since)

    def _note(self, load: Load, outcome: Outcome) -> None:
        """Keep what came of a row for the next turn, which comes at once when nothing else is under way."""
        now = self._clock.now()
        outcome, again_at = self._patience.judge(load.row, outcome, now)
        self._notes.append(Note(load.row, outcome, again_at))
        self._health.count(f"{self._name}.{type(outcome).__name__.lower()}")
        self._tell_health(outcome)
        if not self._under_way and not self._waiting:
            self.wake()
        elif not self._flush_set:
            self._flush_set = True
            self._clock.call_at(now + WINDOW, self._flush)

    def _flush(self) -> None:
        self._flush_set = False
        if self._notes:
            self.wake()

    def _tell_health(self, outcome: Outcome) -> None:
        if isinstance(outcome, Again) and self._patience.down:
            reason = t("Posts do not get through: {reason}", reason=outcome.reason)
            self._health.report(self._name, State.DEGRADED, reason)
        elif isinstance(outcome, Sent):
            self._health.report(self._name, State.OK)


def _earliest(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)
