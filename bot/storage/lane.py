# SPDX-License-Identifier: MIT
"""A queue in front of one connection: what waits goes to its thread together, one hop at a time."""

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from bot.storage.adapter import DatabaseThread
from bot.storage.errors import translated
from bot.storage.group import Work

log = logging.getLogger(__name__)

LIMIT = 256
"""How many functions share a hop at most, so that one commit does not keep hundreds of callers waiting."""


class Lane:
    """Collects store functions while a hop is under way, and answers their callers when it is over."""

    def __init__(
        self,
        thread: DatabaseThread,
        run: Callable[[sqlite3.Connection, Sequence[Work]], bool],
        name: Path | str,
        after: Callable[[bool], None],
    ) -> None:
        self._thread = thread
        self._run = run
        self._name = name
        self._after = after
        self._waiting: list[Work] = []
        self._under_way = False
        self._idle = asyncio.Event()
        self._idle.set()

    def submit(self, function: Callable[..., Any], args: Sequence[Any], kwargs: dict[str, Any]) -> asyncio.Future[Any]:
        """Queue a function; the future is resolved after its hop."""
        loop = asyncio.get_running_loop()
        work = Work(function, args, kwargs, loop.create_future())
        self._waiting.append(work)
        if self._idle.is_set():
            self._idle.clear()
            # Not at once: whatever else this turn of the loop brings may share the hop.
            loop.call_soon(self._hop)
        return work.future

    async def drained(self) -> None:
        """Wait until nothing waits or runs."""
        await self._idle.wait()

    def _hop(self) -> None:
        group = [work for work in self._waiting[:LIMIT] if not work.future.cancelled()]
        del self._waiting[:LIMIT]
        if group:
            done = self._thread.call(self._run, group)
            done.add_done_callback(lambda hop: self._arrived(hop, group))
        elif self._waiting:
            self._hop()
        else:
            self._idle.set()

    def _arrived(self, hop: asyncio.Future[bool], group: Sequence[Work]) -> None:
        failure = None if hop.cancelled() else hop.exception()
        self._after(failure is None and not hop.cancelled() and hop.result())
        for work in group:
            self._answer(work, failure or work.error)
        self._hop()

    def _answer(self, work: Work, error: BaseException | None) -> None:
        # Even when the caller has gone away: what it wrote is committed.
        for callback in work.callbacks if error is None else ():
            self._call_back(callback)
        if work.future.done():
            return
        if error is None:
            work.future.set_result(work.result)
        elif isinstance(error, StopIteration):
            # A future cannot carry it: https://docs.python.org/3/library/asyncio-future.html
            work.future.set_exception(RuntimeError(f"{work.function} raised StopIteration"))
        else:
            work.future.set_exception(translated(error, self._name))

    @staticmethod
    def _call_back(callback: Callable[[], None]) -> None:
        try:
            callback()
        except Exception:
            log.exception("A callback after a commit failed.")
