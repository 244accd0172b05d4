# SPDX-License-Identifier: MIT
"""Deals with many events at once, those of one person in one room in their order; and knows up to where all is done."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from bot.core.tasks import Tasks

log = logging.getLogger(__name__)

Lane: TypeAlias = tuple[str, str]
"""A room and a person."""

Job = Callable[[], Awaitable[str | None]]
"""Deals with an event and returns its id if a row says that it was taken up."""


@dataclass(slots=True)
class Batch:
    """What came with one sync. `token` says where the next begins; `done` are the events that were taken up."""

    token: str
    waiting: int = 0
    done: list[str] = field(default_factory=list)


class Lanes:
    """Runs jobs; `on_done` is told of batches that are complete, in their order."""

    def __init__(self, tasks: Tasks, on_done: Callable[[list[Batch]], Awaitable[None]]) -> None:
        self._tasks = tasks
        self._on_done = on_done
        self._batches: deque[Batch] = deque()
        self._tails: dict[Lane, asyncio.Task[None]] = {}
        self._idle = asyncio.Event()
        self._idle.set()

    async def add(self, token: str, jobs: list[tuple[Lane, Job]]) -> None:
        """Begin to deal with a batch."""
        batch = Batch(token, len(jobs))
        self._batches.append(batch)
        for lane, job in jobs:
            self._idle.clear()
            before = self._tails.get(lane)
            task = self._tasks.spawn("matrix.event", self._run(lane, job, batch, before))
            self._tails[lane] = task
        if not jobs:
            await self._close()

    async def settled(self) -> None:
        """Wait until everything that came so far is dealt with."""
        await self._idle.wait()

    async def _run(self, lane: Lane, job: Job, batch: Batch, before: asyncio.Task[None] | None) -> None:
        # Cancelled, an event stays one that is waited for, so that no later token is kept and it comes again.
        try:
            if before is not None:
                await asyncio.wait([before])
            if event_id := await self._do(lane, job):
                batch.done.append(event_id)
            batch.waiting -= 1
            await self._close()
        finally:
            if self._tails.get(lane) is asyncio.current_task():
                del self._tails[lane]
            if not self._tails:
                self._idle.set()

    @staticmethod
    async def _do(lane: Lane, job: Job) -> str | None:
        try:
            return await job()
        except Exception:
            log.exception("An event in %s could not be dealt with; the others are.", lane[0])
            return None

    async def _close(self) -> None:
        complete = []
        while self._batches and not self._batches[0].waiting:
            complete.append(self._batches.popleft())
        if complete:
            await self._on_done(complete)
