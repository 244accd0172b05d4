# SPDX-License-Identifier: MIT
"""Background tasks: held by strong references, named, their errors logged, and awaited when they are stopped.

`asyncio` itself keeps only weak references to tasks and is silent about an error until the task is collected; hence
every part of the bot starts its tasks here.
"""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")

log = logging.getLogger(__name__)


class Tasks:
    """A group of tasks that live and end together."""

    def __init__(self) -> None:
        self._running: set[asyncio.Task[Any]] = set()

    def __len__(self) -> int:
        return len(self._running)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of what runs, in order."""
        return tuple(sorted(task.get_name() for task in self._running))

    def spawn(self, name: str, coroutine: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Start a coroutine in the background; an error that nobody awaits is logged under `name`."""
        task = asyncio.get_running_loop().create_task(coroutine, name=name)
        self._running.add(task)
        task.add_done_callback(self._done)
        return task

    async def wait(self) -> None:
        """Wait until everything that runs now has ended, however it ended."""
        if self._running:
            await asyncio.wait(tuple(self._running))

    async def cancel_all(self) -> None:
        """Cancel everything and wait until it has ended, tasks started meanwhile included."""
        while tasks := self._running - {asyncio.current_task()}:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("The task %s failed.", task.get_name(), exc_info=error)
