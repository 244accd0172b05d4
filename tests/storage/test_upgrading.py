# SPDX-License-Identifier: MIT
"""The database of every earlier release is brought to the present form with all that is in it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.app import App
from bot.config import Config
from bot.core.exchange import Call, HomeRef, Origin, PlaceRef
from bot.kit.people import HomeKind, Identity
from bot.platforms.memory import MemoryPlatform

FIXTURES = sorted((Path(__file__).parents[1] / "fixtures" / "databases").glob("*.sql"))
COGS = frozenset({"faq", "help", "privacy", "requests", "settings", "setup", "status"})
LIVING = {"schema_migrations", "timers", "timer_runs", "outbox", "sqlite_sequence", "drafts", "bindings", "link_codes"}
"""Tables whose rows come and go by themselves."""


def counts(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
        return {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
            for (name,) in names
            if name not in LIVING
        }


@pytest.fixture(params=FIXTURES, ids=lambda path: path.stem)
def earlier(request, tmp_path):
    path = tmp_path / "refdesk.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(request.param.read_text("utf-8"))
    return path


def test_there_is_a_database_of_each_release():
    assert FIXTURES


async def test_an_earlier_database_is_brought_up_to_date_with_all_its_rows(earlier):
    before = counts(earlier)
    assert before["people"] >= 5
    chat = MemoryPlatform(forms=True)
    config = Config(database=earlier, models=False, _env_file=None)
    async with await App.open(config, platforms=[lambda _: chat], cogs=COGS) as app:
        assert dict(app.loader.failures) == {}
        await app.settled()
        origin = Origin(
            chat.name, Identity(chat.name, "newcomer", "Newcomer"), PlaceRef("hall"), HomeRef("x", "X", HomeKind.SERVER)
        )
        exchange = chat.exchange(origin)
        await app.inbox.run(exchange, Call("status.show", {}))
        assert exchange.heard
    with closing(sqlite3.connect(earlier)) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    after = counts(earlier)
    assert {name: count for name, count in before.items() if after.get(name, -1) < count} == {}


async def test_a_second_start_changes_nothing(earlier):
    config = Config(database=earlier, models=False, _env_file=None)
    for _ in range(2):
        async with await App.open(config, cogs=COGS) as app:
            await app.settled()
    with closing(sqlite3.connect(earlier)) as connection:
        assert connection.execute(
            "SELECT max(n) FROM (SELECT count(*) n FROM schema_migrations GROUP BY owner, number)"
        ).fetchone() == (1,)
