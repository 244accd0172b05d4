# SPDX-License-Identifier: MIT
"""Files of settings that wait in the database for a decision, for a day at most."""

from dataclasses import dataclass
from datetime import timedelta

from bot.kit import Transaction, to_stamp

WAITS = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A file that was looked through; `seen` stands for the changes that were shown."""

    content: bytes
    seen: str


def keep(tx: Transaction, community_id: int, home_id: int | None, file: WaitingFile) -> int:
    """Keep a file until somebody decides, in place of older ones."""
    forget(tx, community_id)
    return tx.insert(
        "INSERT INTO settings_imports (community_id, home_id, content, seen, made_at) VALUES (?, ?, ?, ?, ?)",
        community_id,
        home_id,
        file.content,
        file.seen,
        to_stamp(tx.now),
    )


def take(tx: Transaction, community_id: int, file_id: int) -> WaitingFile | None:
    """Return a file that waits still, and forget it: it is decided about once."""
    purge(tx, community_id)
    row = tx.one("SELECT * FROM settings_imports WHERE community_id = ? AND id = ?", community_id, file_id)
    if row is None:
        return None
    forget(tx, community_id)
    return WaitingFile(bytes(row["content"]), row["seen"])


def forget(tx: Transaction, community_id: int) -> int:
    """Delete what waits."""
    return tx.run("DELETE FROM settings_imports WHERE community_id = ?", community_id)


def purge(tx: Transaction, community_id: int) -> int:
    """Delete what nobody decided about in time."""
    old = to_stamp(tx.now - WAITS)
    return tx.run("DELETE FROM settings_imports WHERE community_id = ? AND made_at < ?", community_id, old)
