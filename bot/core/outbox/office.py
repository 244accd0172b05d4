# SPDX-License-Identifier: MIT
"""The outbox as the application sees it: one poster for all, one sender for each platform."""

import asyncio
import logging
from random import Random

from bot.core.clock import WakingClock
from bot.core.courier import Calendar, Courier, calendar_of
from bot.core.health import HealthBoard
from bot.core.outbox.poster import OutboxPoster, Quiet, no_quiet
from bot.core.outbox.sender import Sender, Voices
from bot.core.outbox.turn import OnParked
from bot.kit.database import Database, Transaction
from bot.storage import delivery
from bot.storage.outbox import OutboxRow

log = logging.getLogger(__name__)


def only_log(tx: Transaction, row: OutboxRow) -> None:
    """Tell nobody of a parked row but the log."""
    del tx
    log.warning("Row %d of the outbox (%s) is parked: %s", row.id, row.key, row.error)


class Outbox:
    """Holds the senders; `poster` is what cogs are given.

    `on_parked` tells a moderator of a parked row, in the transaction that parks it; `quiet` knows the quiet hours.
    """

    def __init__(
        self,
        db: Database,
        clock: WakingClock,
        voices: Voices,
        health: HealthBoard,
        *,
        on_parked: OnParked = only_log,
        quiet: Quiet = no_quiet,
        random: Random | None = None,
    ) -> None:
        self.poster = OutboxPoster(self.wake, quiet, self._keeping_calendars)
        self._db = db
        self._clock = clock
        self._voices = voices
        self._health = health
        self._on_parked = on_parked
        self._random = random or Random()  # noqa: S311  # jitter needs no secrecy
        self._senders: dict[str, Sender] = {}
        self._couriers: dict[str, Courier] = {}

    async def open(self, platform: str, courier: Courier) -> None:
        """Begin to deliver a platform's posts, once the platform can take them."""
        sender = Sender(
            platform, courier, self._db, self._clock, self._voices, self._health, self._on_parked, self._random
        )
        await sender.start()
        self._senders[platform] = sender
        self._couriers[platform] = courier

    async def close(self, platform: str | None = None) -> None:
        """Finish within seconds what is under way, for one platform or for all."""
        names = tuple(self._senders) if platform is None else (platform,)
        closing = [sender for name in names if (sender := self._senders.pop(name, None)) is not None]
        await asyncio.gather(*(sender.stop() for sender in closing))

    def calendar(self, platform: str) -> Calendar | None:
        """Return the calendar that a platform has of its own, while it is connected, or None."""
        return calendar_of(self._couriers.get(platform)) if platform in self._senders else None

    def wake(self) -> None:
        """Let every sender look for new rows, such as those that another process wrote."""
        for sender in self._senders.values():
            sender.wake()

    async def settled(self) -> None:
        """Wait until nothing can be delivered before the clock moves on: for tests and demonstrations."""
        for sender in tuple(self._senders.values()):
            await sender.settled()

    def parked(self, tx: Transaction, community_id: int | None = None) -> tuple[OutboxRow, ...]:
        """Return the parked rows of a community, or all of them."""
        return delivery.parked(tx, community_id)

    def release(self, tx: Transaction, row_id: int) -> bool:
        """Try a parked row again, because a moderator says that it did not arrive; False when it is not parked."""
        tx.after_commit(self.wake)
        return delivery.release(tx, row_id)

    def drop(self, tx: Transaction, row_id: int) -> None:
        """Give a parked row up, because a moderator says that it arrived or is not wanted any more."""
        delivery.skip(tx, row_id, "dropped")

    def _keeping_calendars(self) -> frozenset[str]:
        # A chat that has been closed counts: what is meant for its calendar waits in rows until it is there again.
        return frozenset(name for name, courier in self._couriers.items() if calendar_of(courier) is not None)
