# SPDX-License-Identifier: MIT
"""Waiting on an injected clock: for a moment or a ring, and for work that must not take too long."""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from bot.core.clock import WakingClock

_CALM = 4
"""Rounds of the event loop in which nothing may happen before all is taken for settled."""


class Alarm:
    """Waits until a moment comes or somebody rings, whichever is first; a ring that nobody waits for yet is kept."""

    def __init__(self, clock: WakingClock) -> None:
        self._clock = clock
        self._event = asyncio.Event()

    @property
    def rung(self) -> bool:
        """Whether somebody rang and nobody has waited since."""
        return self._event.is_set()

    def ring(self) -> None:
        """Wake the one who waits, now or at their next wait."""
        self._event.set()

    async def wait(self, until: datetime | None = None) -> None:
        """Wait for a ring, at most `until` that moment."""
        if until is not None and until <= self._clock.now():
            self._event.set()
        silence = _nothing if until is None else self._clock.call_at(until, self._event.set)
        try:
            await self._event.wait()
        finally:
            silence()
        self._event.clear()


class Rest:
    """The pause between a loop's turns, and whether anything is left to do before the clock moves on.

    The loop takes its pauses through `wait` and calls `stirred` when work of its own ends; `busy` tells whether any is
    under way.
    """

    def __init__(self, alarm: Alarm, busy: Callable[[], bool]) -> None:
        self._alarm = alarm
        self._busy = busy
        self._idle = False
        self._changed = asyncio.Event()

    async def wait(self, until: datetime | None = None) -> None:
        """Pause until a ring, at most `until` that moment."""
        self._idle = True
        self._changed.set()
        await self._alarm.wait(until)
        self._idle = False

    def stirred(self) -> None:
        """Tell that work came to its end."""
        self._changed.set()

    async def settled(self, loop: asyncio.Task[None] | None) -> None:
        """Wait until nothing can be done before the clock moves on or somebody rings: for tests and demonstrations."""
        calm = 0
        while calm < _CALM and loop is not None and not loop.done():
            await asyncio.sleep(0)
            calm += 1
            if self._busy() or self._alarm.rung or not self._idle:
                calm = 0
                self._changed.clear()
                await self._changed.wait()


async def sleep_until(clock: WakingClock, moment: datetime) -> None:
    """Return once the clock shows the moment."""
    await Alarm(clock).wait(moment)


class Deadline:
    """Ends what runs inside after some seconds of the clock: `async with Deadline(clock, 30): ...` raises TimeoutError.

    Like `asyncio.timeout`, which knows only the event loop's own time.
    """

    def __init__(self, clock: WakingClock, seconds: float) -> None:
        self._clock = clock
        self._seconds = seconds
        self._expired = False

    async def __aenter__(self) -> Self:
        task = asyncio.current_task()
        if task is None:
            raise RuntimeError("A Deadline works within a task only.")
        self._task = task
        self._cancelling = task.cancelling()
        self._silence = self._clock.call_at(self._clock.now() + timedelta(seconds=self._seconds), self._expire)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._silence()
        # Cancelled from outside as well? Then that goes on.
        if self._expired and self._task.uncancel() <= self._cancelling and kind is asyncio.CancelledError:
            raise TimeoutError(f"It took longer than {self._seconds:g} seconds.") from error

    def _expire(self) -> None:
        self._expired = True
        self._task.cancel()


def _nothing() -> None:
    """Have nothing to silence."""
