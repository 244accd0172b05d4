# SPDX-License-Identifier: MIT
"""Moves a demonstration's time, from one due moment to the next, so that nothing on the way is left out."""

from datetime import datetime

from bot.app import App
from bot.core.clock import MovableClock


class AppStage:
    """Moves an application's clock, and waits until what was due has happened."""

    def __init__(self, app: App, clock: MovableClock) -> None:
        self._app = app
        self._clock = clock
        self._target: datetime | None = None

    def now(self) -> datetime:
        """Return the present moment, in UTC."""
        return self._clock.now()

    def set(self, moment: datetime) -> None:
        """Say how far to move; `settle` goes there."""
        self._target = moment

    async def settle(self) -> None:
        """Go to the moment that was set, and let everything happen that is due on the way."""
        await self._app.settled()
        target, self._target = self._target, None
        if target is None:
            return
        while (next_at := self._clock.next_at) is not None and next_at <= target:
            self._clock.set(max(next_at, self._clock.now()))
            await self._app.settled()
        self._clock.set(max(target, self._clock.now()))
        await self._app.settled()
