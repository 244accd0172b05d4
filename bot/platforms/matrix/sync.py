# SPDX-License-Identifier: MIT
"""Reads what happens, for ever: waits for the homeserver, comes back by itself after every outage, and loses nothing.

The token is kept once all that came before it is dealt with, so what was under way when the process died comes again
(`store.claim` then knows what had been begun).
"""

import logging
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from bot.core.alarm import sleep_until
from bot.core.clock import WakingClock
from bot.kit.database import Database
from bot.platforms.matrix import store
from bot.platforms.matrix.api import POLL, Api
from bot.platforms.matrix.errors import MatrixError, Refusal, Revoked
from bot.platforms.matrix.lanes import Batch
from bot.platforms.matrix.mouth import wait_after
from bot.platforms.matrix.shapes import text

log = logging.getLogger(__name__)

SEEN = (
    "m.room.message",
    "m.room.encrypted",
    "m.reaction",
    "m.room.redaction",
    "m.room.member",
    "m.room.create",
    "m.room.name",
    "m.room.canonical_alias",
    "m.room.power_levels",
    "m.room.encryption",
    "m.room.tombstone",
)
"""The types of events that are asked for."""

_FILTER: dict[str, Any] = {
    "presence": {"types": []},
    "account_data": {"types": ["m.direct"]},
    "room": {
        "account_data": {"types": []},
        "ephemeral": {"types": []},
        "state": {"types": list(SEEN), "lazy_load_members": True, "include_redundant_members": True},
        "timeline": {"types": list(SEEN), "limit": 50, "lazy_load_members": True},
    },
}


def filter_of(user_id: str) -> dict[str, Any]:
    """Return what is asked for: nothing that we said ourselves, which would only wake us."""
    timeline = {**_FILTER["room"]["timeline"], "not_senders": [user_id]}
    return {**_FILTER, "room": {**_FILTER["room"], "timeline": timeline}}


SAVE_AT_LEAST = timedelta(minutes=1)
"""How often the token is kept while nothing is said to the bot."""

REFUSALS = 3
"""After so many refusals in a row the token is taken for worn out, and reading begins anew."""


class Sync:
    """The loop. `take` deals with one answer; `on_trouble` is told how it goes (None: well)."""

    def __init__(
        self,
        api: Api,
        db: Database,
        clock: WakingClock,
        take: Callable[[dict[str, Any], bool], Awaitable[None]],
        on_trouble: Callable[[MatrixError | None], None],
    ) -> None:
        self._api = api
        self._db = db
        self._clock = clock
        self._take = take
        self._on_trouble = on_trouble
        self._since = ""
        self._whole = True
        self._failures = 0
        self._refusals = 0
        self._saved_at = clock.now()

    @property
    def since(self) -> str:
        """The token of the latest answer."""
        return self._since

    async def run(self) -> None:
        """Read until cancelled; raises Revoked when the token is not valid any more."""
        self._since = await self._db.read(store.token, self._api.user_id)
        self._whole = True
        filter_id = ""
        while True:
            try:
                filter_id = filter_id or await self._api.keep_filter(filter_of(self._api.user_id))
                answer = await self._api.sync(
                    self._since, filter_id, whole=self._whole, poll=0 if self._whole else POLL
                )
            except Revoked:
                raise
            except MatrixError as error:
                filter_id = "" if isinstance(error, Refusal) else filter_id
                await self._recover(error)
            else:
                await self._use(answer)

    async def keep(self, batches: list[Batch]) -> None:
        """Keep the token of the last of some batches that are dealt with."""
        done = [event_id for batch in batches for event_id in batch.done]
        now = self._clock.now()
        if done or now - self._saved_at >= SAVE_AT_LEAST:
            self._saved_at = now
            await self._db.write(store.save, self._api.user_id, batches[-1].token, done)

    async def _use(self, answer: dict[str, Any]) -> None:
        first = not self._since
        self._failures = self._refusals = 0
        self._on_trouble(None)
        token = text(answer, "next_batch") or self._since
        try:
            await self._take(answer, first)
        except Exception:
            log.exception("What came with a sync could not be dealt with entirely.")
        if first:
            await self._db.write(store.save, self._api.user_id, token, ())
        self._since, self._whole = token, False

    async def _recover(self, error: MatrixError) -> None:
        """Wait before the next attempt, as long as the homeserver wants, else longer each time."""
        self._failures += 1
        self._on_trouble(error)
        wait = wait_after(error, self._failures)
        if wait is None:
            self._refusals += 1
            wait = float(min(2**self._refusals, 60))
            if self._refusals == REFUSALS and self._since:
                log.warning("The homeserver does not know where I stopped reading, so I begin anew: %s", error)
                await self._db.write(store.forget_token, self._api.user_id)
                self._since, self._whole = "", True
        level = logging.WARNING if self._failures in (1, 5) or self._failures % 50 == 0 else logging.DEBUG
        log.log(level, "Matrix does not answer; next attempt in %.1f s (number %d): %s", wait, self._failures, error)
        await sleep_until(self._clock, self._clock.now() + timedelta(seconds=wait))
