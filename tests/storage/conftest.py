# SPDX-License-Identifier: MIT
"""Databases to test on: files for the contract, memory for the stores."""

import sqlite3
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from storageplay import NOON, Store, empty_database

from bot.core.clock import ManualClock
from bot.storage.connect import connect_memory
from bot.storage.database import SqliteDatabase


@pytest.fixture(scope="session")
def template() -> Iterator[sqlite3.Connection]:
    connection = empty_database()
    yield connection
    connection.close()


@pytest.fixture
def store(template: sqlite3.Connection) -> Iterator[Store]:
    connection = connect_memory()
    template.backup(connection)
    yield Store(connection)
    connection.close()


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(NOON)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "refdesk.db"


@pytest.fixture
async def facts(path: Path, clock: ManualClock) -> AsyncIterator[SqliteDatabase]:
    """A database file with one table of facts."""
    async with await SqliteDatabase.open(path, clock, create=True) as db:
        await db.write(
            lambda tx: tx.run("CREATE TABLE facts (id INTEGER PRIMARY KEY, fact TEXT NOT NULL UNIQUE) STRICT"),
        )
        yield db
