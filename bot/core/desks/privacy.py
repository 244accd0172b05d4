# SPDX-License-Identifier: MIT
"""Shows, hands out and deletes what is kept about the asker."""

import json
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from bot.core.forgetting import Forgetting
from bot.core.registry import Registry
from bot.kit.context import Context
from bot.kit.database import Database
from bot.kit.moment import from_stamp
from bot.kit.privacy import Copies, Kept

log = logging.getLogger(__name__)

VERSION = 1
"""The form of an export; it grows when parts are renamed or taken away."""


class Privacy:
    """Implements `bot.kit.privacy.PrivacyDesk`; `checkpoint` empties the write-ahead log of deleted words."""

    def __init__(
        self,
        db: Database,
        registry: Registry,
        forgetting: Forgetting,
        copies: Copies,
        changed: Callable[[], None],
        checkpoint: Callable[[], Awaitable[None]],
    ) -> None:
        self._db = db
        self._registry = registry
        self._forgetting = forgetting
        self._copies = copies
        self._changed = changed
        self._checkpoint = checkpoint

    def kept(self) -> Sequence[Kept]:
        """Return what each feature that runs keeps and tells."""
        return tuple(
            Kept(name, cog.manifest.keeps, cog.manifest.tells, cog.manifest.parts)
            for name, cog in sorted(self._registry.cogs.items())
        )

    def copies(self) -> Copies:
        """Return how long things are kept."""
        return self._copies

    async def export(self, ctx: Context) -> Mapping[str, Any]:
        """Return all that is kept about the asker, ready for JSON."""
        found = await self._db.read(self._forgetting.export, ctx.person.id)
        return {
            "format": "refdesk-person",
            "version": VERSION,
            "exported_at": ctx.now.isoformat(timespec="seconds"),
            **{part: readable(value) for part, value in found.items()},
        }

    async def forget(self, ctx: Context) -> tuple[str, ...]:
        """Forget the asker at once; return the features that do not run now and do their part when they start."""
        waiting = await self._db.write(self._forgetting.forget, ctx.person.id)
        self._changed()
        await self._checkpoint()
        log.info(
            "The person %d was forgotten%s.", ctx.person.id, f"; to follow: {', '.join(waiting)}" if waiting else ""
        )
        return waiting


def readable(value: Any, key: str = "") -> Any:
    """Turn rows into what people can read: moments as ISO 8601, JSON in a column as what it says."""
    if isinstance(value, Mapping):
        return {name: readable(each, name) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [readable(each, key) for each in value]
    if isinstance(value, int) and not isinstance(value, bool) and key.endswith("_at"):
        return from_stamp(value).isoformat(timespec="seconds")
    if isinstance(value, str) and value[:1] in ("{", "["):
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value if isinstance(value, str | int | float | bool | None) else str(value)
