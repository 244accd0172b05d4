# SPDX-License-Identifier: MIT
"""The messages that a logical post became, so that it can be edited or found again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row

from bot.kit.database import Transaction
from bot.kit.moment import from_stamp, to_stamp

_COLUMNS = "key, platform, place_id, person_id, message_id, digest, posted_at"


@dataclass(frozen=True, slots=True)
class Post:
    """A known message of a logical post, in a place or in private. `digest` stands for what it says now."""

    key: str
    platform: str
    place_id: int | None
    person_id: int | None
    message_id: str
    digest: str
    posted_at: datetime

    @property
    def lane(self) -> int:
        """The outbox's lane that the message went through."""
        return lane_of(self.place_id, self.person_id)

    @property
    def where(self) -> tuple[str, int]:
        """Its platform and lane."""
        return self.platform, self.lane


def lane_of(place_id: int | None, person_id: int | None) -> int:
    """Return the lane of a place, or of a person in private, as the tables compute it."""
    return -person_id if person_id is not None else place_id or 0


def remember_all(tx: Transaction, messages: Sequence[tuple[str, str, int | None, int | None, str, str]]) -> None:
    """Keep several messages: key, platform, place_id, person_id, message_id and digest of each."""
    now = to_stamp(tx.now)
    tx.many(
        f"INSERT INTO posts ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key, lane, platform) "  # noqa: S608
        "DO UPDATE SET message_id = excluded.message_id, digest = excluded.digest, posted_at = excluded.posted_at",
        [(*each, now) for each in messages],
    )


def of_key(tx: Transaction, key: str, only: tuple[str, int] | None = None) -> tuple[Post, ...]:
    """Return every known message of a post (on one platform and lane)."""
    where, params = ("", ()) if only is None else (" AND platform = ? AND lane = ?", only)
    rows = tx.all(f"SELECT {_COLUMNS} FROM posts WHERE key = ?{where} ORDER BY id", key, *params)  # noqa: S608
    return tuple(_post(row) for row in rows)


def forget(tx: Transaction, key: str, platform: str, lane: int) -> None:
    """Forget a message, because it was deleted."""
    tx.run("DELETE FROM posts WHERE key = ? AND lane = ? AND platform = ?", key, lane, platform)


def _post(row: Row) -> Post:
    return Post(
        row["key"],
        row["platform"],
        row["place_id"],
        row["person_id"],
        row["message_id"],
        row["digest"],
        from_stamp(row["posted_at"]),
    )
