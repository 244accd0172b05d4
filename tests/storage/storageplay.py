# SPDX-License-Identifier: MIT
"""Runs store functions one after another, without a loop, on a database in memory."""

import sqlite3
from datetime import UTC, datetime
from typing import Any

from bot.core.clock import ManualClock
from bot.kit.people import Home, HomeKind, Person, Place
from bot.storage import homes, people, places
from bot.storage.connect import connect_memory
from bot.storage.migrate import all_migrations, apply
from bot.storage.transaction import SqliteTransaction

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)

COG_TABLES = """
CREATE TABLE requests (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    home_id INTEGER REFERENCES homes (id) ON DELETE CASCADE,
    asker_id INTEGER REFERENCES people (id) ON DELETE SET NULL,
    title TEXT NOT NULL
) STRICT;
CREATE TABLE entries (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    community_id INTEGER NOT NULL REFERENCES communities (id) ON DELETE CASCADE,
    home_id INTEGER REFERENCES homes (id) ON DELETE CASCADE,
    slug TEXT NOT NULL,
    UNIQUE (community_id, slug)
) STRICT;
CREATE TABLE attendees (
    event_id INTEGER NOT NULL,
    person_id INTEGER NOT NULL REFERENCES people (id) ON DELETE CASCADE,
    answer TEXT NOT NULL,
    PRIMARY KEY (event_id, person_id)
) STRICT, WITHOUT ROWID;
"""


def empty_database() -> sqlite3.Connection:
    """Return a database with the core's tables and those of an imagined cog."""
    connection = connect_memory()
    core = [migration for migration in all_migrations() if migration.owner == "core"]
    apply(connection, core, ManualClock(NOON))
    connection.executescript(COG_TABLES)
    return connection


class Store:
    """Calls store functions as `db.write` would, each in a transaction of its own."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.clock = ManualClock(NOON)

    def __call__(self, function: Any, *args: Any, **kwargs: Any) -> Any:
        self.connection.execute("BEGIN IMMEDIATE")
        try:
            result = function(SqliteTransaction(self.connection, self.clock.now(), []), *args, **kwargs)
        except BaseException:
            self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")
        return result

    def all(self, sql: str, *params: Any) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.connection.execute(sql, params).fetchall()]

    def value(self, sql: str, *params: Any) -> Any:
        row = self.connection.execute(sql, params).fetchone()
        return None if row is None else row[0]

    def person(self, name: str, platform: str = "discord") -> Person:
        return self(people.recognise, platform, name.lower(), name)

    def home(self, name: str, platform: str = "discord") -> Home:
        return self(homes.arrive, platform, name.lower(), name, HomeKind.SERVER)

    def place(self, home: Home, name: str = "general") -> Place:
        return self(places.ensure, home.platform, f"{home.id}-{name}", None, name, home_id=home.id)

    def dump(self, *tables: str) -> dict[str, list[tuple[Any, ...]]]:
        """Return every row of the tables (all of them, unless told), to compare."""
        names = tables or tuple(row[0] for row in self.all("SELECT name FROM sqlite_schema WHERE type = 'table'"))
        return {name: sorted(self.all(f'SELECT * FROM "{name}"'), key=repr) for name in names}
