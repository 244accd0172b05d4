# SPDX-License-Identifier: MIT
"""What is kept about a person, and how it is given to them or forgotten.

What forgetting does stands in the tables themselves: every column that names a person says ON DELETE CASCADE (the row
goes) or ON DELETE SET NULL (the row stays and names nobody).
"""

from collections.abc import Collection
from typing import Any

from bot.kit.database import Transaction
from bot.storage.errors import StorageError
from bot.storage.schema import person_columns, quoted, uncovered_person_columns

CORE_TABLES = frozenset(
    {
        "audit",
        "bindings",
        "blocks",
        "communities",
        "counters",
        "drafts",
        "homes",
        "identities",
        "link_codes",
        "memberships",
        "numbers",
        "outbox",
        "people",
        "person_levels",
        "places",
        "posts",
        "role_levels",
        "schema_migrations",
        "secrets",
        "settings",
        "slots",
        "switches",
        "timer_runs",
        "timers",
    },
)
"""The tables that belong to no cog; a cog exports its own."""

_HIDDEN = frozenset({"code_hash", "identity_hash"})


def export_person(
    tx: Transaction,
    person_id: int,
    tables: Collection[str] = CORE_TABLES,
) -> dict[str, list[dict[str, Any]]]:
    """Return every row of these tables that names a person, by table; hashes stay out."""
    found: dict[str, list[dict[str, Any]]] = {}
    if rows := tx.all("SELECT * FROM people WHERE id = ?", person_id):
        found["people"] = [dict(row) for row in rows]
    columns: dict[str, list[str]] = {}
    for column in person_columns(tx):
        if column.table in tables:
            columns.setdefault(column.table, []).append(quoted(column.column))
    for table, names in columns.items():
        condition = " OR ".join(f"{name} = ?" for name in names)
        rows = tx.all(f"SELECT * FROM {quoted(table)} WHERE {condition}", *[person_id] * len(names))  # noqa: S608
        if rows:
            found[table] = [{key: row[key] for key in row.keys() if key not in _HIDDEN} for row in rows]  # noqa: SIM118
    return found


def forget_person(tx: Transaction, person_id: int) -> dict[str, int]:
    """Forget a person everywhere, in cogs' tables too; return how many rows of each column were concerned.

    Raises StorageError, and forgets nothing, while a table does not say what is to be done.
    """
    if uncovered := uncovered_person_columns(tx):
        listed = ", ".join(f"{column.table}.{column.column}" for column in uncovered)
        raise StorageError(f"These columns must say ON DELETE CASCADE or SET NULL for people(id): {listed}.")
    concerned: dict[str, int] = {}
    for column in person_columns(tx):
        many = tx.value(
            f"SELECT count(*) FROM {quoted(column.table)} WHERE {quoted(column.column)} = ?",  # noqa: S608
            person_id,
        )
        if many:
            concerned[f"{column.table}.{column.column}"] = many
    tx.run("DELETE FROM people WHERE id = ?", person_id)
    return concerned
