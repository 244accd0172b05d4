# SPDX-License-Identifier: MIT
"""Deletes what has been kept for long enough: left homes, old changes, and what nobody answered or needs any more."""

import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta

from bot.core.clock import WakingClock
from bot.core.forgetting import Forgetting
from bot.core.tasks import Tasks
from bot.kit.database import Database, Transaction
from bot.storage import audit, bindings, codes, delivery, drafts, homes, linking, privacy

log = logging.getLogger(__name__)

AUDIT = timedelta(days=365)
"""How long it is known who changed what."""

PARKED = timedelta(days=30)
"""How long a post waits for a moderator's decision; delivered ones lose their words at once, their row as late."""

PERIOD = timedelta(hours=6)
"""How often it is looked for what is over."""


class Retention:
    """Tidies at the start and then several times a day, whatever communities there are."""

    def __init__(
        self,
        db: Database,
        clock: WakingClock,
        tasks: Tasks,
        forgetting: Forgetting,
        checkpoint: Callable[[], Awaitable[None]],
        changed: Callable[[], None],
    ) -> None:
        self._db = db
        self._clock = clock
        self._tasks = tasks
        self._forgetting = forgetting
        self._checkpoint = checkpoint
        self._changed = changed
        self._cancel: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Tidy now, and from now on."""
        self._cancel = self._clock.call_at(self._clock.now() + PERIOD, self.start)
        self._tasks.spawn("retention", self.tidy())

    def stop(self) -> None:
        """Tidy no more."""
        self._cancel()

    async def tidy(self) -> None:
        """Delete what is over; one home that cannot be purged does not keep the others."""
        deleted = await self._db.write(drop_old)
        for home in await self._db.read(homes.due_for_purge):
            deleted += await self._db.write(self._purge, home.id)
            self._changed()
            log.info("The home %d was purged, thirty days after the bot left it.", home.id)
        if deleted:
            await self._checkpoint()

    def _purge(self, tx: Transaction, home_id: int) -> int:
        """Purge a home, and the people who were seen nowhere else."""
        only_here = privacy.of_nowhere(tx, home_id)
        linking.purge(tx, home_id)
        for person_id in only_here:
            self._forgetting.forget(tx, person_id)
        return 1 + len(only_here)


def drop_old(tx: Transaction) -> int:
    """Delete old changes, and drafts, codes, buttons and parked posts whose time is over; return how many rows."""
    return (
        audit.prune(tx, tx.now - AUDIT)
        + drafts.drop_expired(tx)
        + bindings.drop_expired(tx)
        + codes.drop_expired(tx)
        + delivery.skip_long_parked(tx, tx.now - PARKED)
    )
