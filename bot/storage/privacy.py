# SPDX-License-Identifier: MIT
"""What is kept about a person, and how it is given to them or forgotten.

What forgetting does stands in the tables themselves: every column that names a person says ON DELETE CASCADE (the row
goes) or ON DELETE SET NULL (the row stays and names nobody).
"""

from collections.abc import Collection, Mapping
from typing import Any

from bot.kit.database import Transaction
from bot.kit.moment import to_stamp
from bot.storage import people, traces
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
        "held_posts",
        "homes",
        "identities",
        "link_codes",
        "memberships",
        "numbers",
        "outbox",
        "pending_forgets",
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
    concerned = _concerned(tx, person_id)
    _erase_traces(tx, person_id)
    tx.run("DELETE FROM people WHERE id = ?", person_id)
    return concerned


def forget_except(tx: Transaction, person_id: int, waiting: Mapping[str, Collection[str]]) -> None:
    """Forget a person but for the tables of cogs that do not run: a row without any word waits for their start.

    `waiting` holds the tables by cog. Raises StorageError like `forget_person`.
    """
    _concerned(tx, person_id)
    _erase_traces(tx, person_id)
    kept = {"pending_forgets", *(table for tables in waiting.values() for table in tables)}
    for column in person_columns(tx):
        table, name = quoted(column.table), quoted(column.column)
        if column.table in kept:
            continue
        if column.on_delete == "CASCADE":
            tx.run(f"DELETE FROM {table} WHERE {name} = ?", person_id)  # noqa: S608
        else:
            tx.run(f"UPDATE {table} SET {name} = NULL WHERE {name} = ?", person_id)  # noqa: S608
    tx.run("UPDATE people SET name = '', locale = NULL, zone = NULL WHERE id = ?", person_id)
    tx.many(
        "INSERT INTO pending_forgets (cog, person_id, asked_at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        [(cog, person_id, to_stamp(tx.now)) for cog in waiting],
    )


def pending_forgets(tx: Transaction, cog: str) -> tuple[int, ...]:
    """Return whom a cog has still to forget."""
    rows = tx.all("SELECT person_id FROM pending_forgets WHERE cog = ? ORDER BY person_id", cog)
    return tuple(row["person_id"] for row in rows)


def forgot(tx: Transaction, cog: str, person_id: int) -> None:
    """Note that a cog has forgotten somebody; with the last one nothing of them is left."""
    _erase_traces(tx, person_id)
    tx.run("DELETE FROM pending_forgets WHERE cog = ? AND person_id = ?", cog, person_id)
    if not tx.value("SELECT EXISTS (SELECT 1 FROM pending_forgets WHERE person_id = ?)", person_id):
        tx.run("DELETE FROM people WHERE id = ?", person_id)


def of_nowhere(tx: Transaction, home_id: int) -> tuple[int, ...]:
    """Return the people who were seen in this home and nowhere else."""
    rows = tx.all(
        "SELECT m.person_id FROM memberships m WHERE m.home_id = ? AND NOT EXISTS "
        "(SELECT 1 FROM memberships o WHERE o.person_id = m.person_id AND o.home_id <> m.home_id) ORDER BY 1",
        home_id,
    )
    return tuple(row["person_id"] for row in rows)


def _concerned(tx: Transaction, person_id: int) -> dict[str, int]:
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
    return concerned


def _erase_traces(tx: Transaction, person_id: int) -> None:
    person = people.get(tx, person_id)
    if person is not None:
        traces.erase(tx, person)
