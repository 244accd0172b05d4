# SPDX-License-Identifier: MIT
"""What the tables say of themselves: which columns name a person, and which tables belong to homes."""

from dataclasses import dataclass

from bot.kit.database import Transaction


@dataclass(frozen=True, slots=True)
class PersonColumn:
    """A column that names a person; `on_delete` is what forgetting them does to it: "CASCADE" or "SET NULL"."""

    table: str
    column: str
    on_delete: str


def person_columns(tx: Transaction) -> tuple[PersonColumn, ...]:
    """Return every column, of the core and of cogs, that references people(id)."""
    rows = tx.all(
        """
        SELECT tables.name, keys."from", keys.on_delete
        FROM sqlite_schema AS tables, pragma_foreign_key_list(tables.name) AS keys
        WHERE tables.type = 'table' AND lower(keys."table") = 'people'
        ORDER BY 1, 2
        """,
    )
    return tuple(PersonColumn(*row) for row in rows)


def uncovered_person_columns(tx: Transaction) -> tuple[PersonColumn, ...]:
    """Return the columns that do not say what forgetting a person does to them."""
    return tuple(column for column in person_columns(tx) if column.on_delete not in {"CASCADE", "SET NULL"})


def home_tables(tx: Transaction) -> tuple[str, ...]:
    """Return every table, of the core and of cogs, that has both home_id and community_id."""
    rows = tx.all(
        """
        SELECT tables.name
        FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns
        WHERE tables.type = 'table' AND columns.name IN ('home_id', 'community_id')
        GROUP BY tables.name HAVING count(*) = 2
        ORDER BY 1
        """,
    )
    return tuple(row[0] for row in rows)


def quoted(name: str) -> str:
    """Return a table's or column's name as SQL writes it, whatever it contains."""
    return '"' + name.replace('"', '""') + '"'
