# SPDX-License-Identifier: MIT
"""Writes the demonstration's database as SQL into tests/fixtures/databases, for the upgrade test of later versions.

Run it once for a release: `python scripts/fixture_database.py 0.1.0`. A file that was released is never written again.
"""

import asyncio
import sqlite3
import sys
import tempfile
from contextlib import closing
from pathlib import Path

from bot.app import App
from bot.config import Config
from bot.core.clock import MovableClock
from bot.demo import fill

FOLDER = Path(__file__).parents[1] / "tests" / "fixtures" / "databases"
COGS = frozenset({"faq", "help", "privacy", "requests", "settings", "setup", "status"})


def main(*arguments: str) -> int:
    """Write the file of a version; return the exit status."""
    if len(arguments) != 1:
        print("Give the version: python scripts/fixture_database.py 0.1.0", file=sys.stderr)
        return 2
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "refdesk.db"
        asyncio.run(made(database))
        with closing(sqlite3.connect(database)) as connection:
            text = "\n".join(connection.iterdump()) + "\n"
    (FOLDER / f"{arguments[0]}.sql").write_text(text, "utf-8")
    return 0


async def made(database: Path) -> None:
    """Make a database with the demonstration's data in it."""
    clock = MovableClock()
    config = Config(database=database, models=False, _env_file=None)  # type: ignore[call-arg]
    async with await App.open(config, clock=clock, cogs=COGS) as app:
        await fill(app, clock)
        await app.settled()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
