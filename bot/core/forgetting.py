# SPDX-License-Identifier: MIT
"""Forgets people over every cog, in one transaction; a cog that does not run does its part when it starts."""

import logging
import re
from collections.abc import Callable, Mapping
from typing import Any

from bot.core.finding import Source
from bot.core.registry import Registry
from bot.core.steps import steps_of
from bot.kit.cog import Cog
from bot.kit.database import Database, Transaction
from bot.storage import privacy
from bot.storage.schema import person_columns

log = logging.getLogger(__name__)

_TABLE = re.compile(r"^\s*CREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?[\"'`]?(\w+)", re.IGNORECASE | re.MULTILINE)


class Forgetting:
    """Knows which tables are whose, and who has still to forget whom."""

    def __init__(self, registry: Registry, sources: Callable[[], Mapping[str, Source]]) -> None:
        self._registry = registry
        self._sources = sources

    def forget(self, tx: Transaction, person_id: int) -> tuple[str, ...]:
        """Forget a person; return the cogs that do their part later. A store function."""
        for cog in self._registry.cogs.values():
            cog.forget(tx, person_id)
        waiting = self._waiting(tx)
        if waiting:
            privacy.forget_except(tx, person_id, waiting)
        else:
            privacy.forget_person(tx, person_id)
        return tuple(sorted(waiting))

    def export(self, tx: Transaction, person_id: int) -> dict[str, Any]:
        """Return all that is kept about a person: by cog, and by table where no cog speaks for it. A store function."""
        speaking = {name: cog.export(tx, person_id) for name, cog in self._registry.cogs.items()}
        spoken_for = {table for name in self._registry.cogs for table in self._tables(name)}
        others = {column.table for column in person_columns(tx)} - spoken_for
        return {
            "features": {name: dict(found) for name, found in speaking.items() if any(found.values())},
            "tables": privacy.export_person(tx, person_id, others),
        }

    async def catch_up(self, db: Database, cog: Cog) -> None:
        """Let a cog that has just started forget whom it has still to forget."""
        if await db.read(privacy.pending_forgets, cog.name):
            count = await db.write(_catch_up, cog)
            log.info("The cog %s has forgotten %d people who had asked for it while it did not run.", cog.name, count)

    def _waiting(self, tx: Transaction) -> dict[str, frozenset[str]]:
        """Return the tables, with people in them, of cogs that could run and do not."""
        named = {column.table for column in person_columns(tx)}
        absent = [name for name in self._sources() if name not in self._registry.cogs]
        found = {name: self._tables(name) & named for name in absent}
        return {name: tables for name, tables in found.items() if tables}

    def _tables(self, name: str) -> frozenset[str]:
        source = self._sources().get(name)
        if source is None:
            return frozenset()
        try:
            steps = steps_of(source)
        except Exception:
            # A package that cannot even be imported: its tables are treated as nobody's.
            log.exception("The migrations of the cog %s cannot be read.", name)
            return frozenset()
        return frozenset(table for step in steps for table in _TABLE.findall(step.text))


def _catch_up(tx: Transaction, cog: Cog) -> int:
    waiting = privacy.pending_forgets(tx, cog.name)
    for person_id in waiting:
        cog.forget(tx, person_id)
        privacy.forgot(tx, cog.name, person_id)
    return len(waiting)
