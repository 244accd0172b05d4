# SPDX-License-Identifier: MIT
"""What the FAQ's tests share: a migrated database in memory with two communities, their homes and two people."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.storage.database import SqliteDatabase
from bot.storage.migrate import all_migrations, apply
from cogs.faq.model import Actor, Content

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


class Clock:
    """A clock that a test moves by hand."""

    def __init__(self) -> None:
        self.moment = NOW

    def now(self) -> datetime:
        return self.moment

    def move(self, **by: float) -> None:
        self.moment += timedelta(**by)


@dataclass
class Library:
    """A database with two communities; `ana` moderates the first one."""

    db: SqliteDatabase
    clock: Clock
    ana: Actor
    lib: Actor
    other: Actor


async def library_in(db: SqliteDatabase, clock: Clock) -> Library:
    migrations = [each for each in all_migrations() if each.owner in {"core", "faq"}]
    await db.exclusive(lambda connection: apply(connection, migrations, clock))
    await db.write(_people)
    return Library(db, clock, Actor(1, 1, 1), Actor(1, 1, 2), Actor(2, 2, 2))


def _people(tx) -> None:
    for name in ("Ana", "Lib"):
        tx.insert("INSERT INTO people (name, created_at) VALUES (?, 0)", name)
    for number in (1, 2):
        tx.insert("INSERT INTO communities (name, created_at) VALUES (?, 0)", f"Community {number}")
        tx.insert(
            """INSERT INTO homes
               (platform, external_id, name, kind, community_id, own_community_id, arrived_at, joined_at)
               VALUES ('memory', ?, 'Home', 'room', ?, ?, 0, 0)""",
            str(number),
            number,
            number,
        )


def content(**changes) -> Content:
    words = {
        "slug": "opening-hours",
        "language": "en",
        "question": "When is the reading room open?",
        "answer": "Every day from 9 to 5.",
        "aliases": ("opening times",),
        "source_title": "Our house rules",
        "source_url": "https://library.example/rules",
        "tags": ("house",),
    }
    return Content(**{**words, **changes})
