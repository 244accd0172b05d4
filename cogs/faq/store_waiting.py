# SPDX-License-Identifier: MIT
"""What waits in the database: files to be imported, for a day at most, and the thresholds that were learnt."""

from dataclasses import dataclass
from datetime import timedelta

from bot.kit import Transaction, to_stamp

from .model import Actor

WAITS_HOURS = 24
CONTENT_MAX = 8_000_000
"""Bytes from which a file is not kept but has to be given again."""


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A file that was looked through; `language` is that of rows that name none."""

    name: str
    language: str
    content: bytes


def keep_file(tx: Transaction, actor: Actor, file: WaitingFile) -> int | None:
    """Keep a file until somebody decides, in place of older ones; None where it is too large to be kept."""
    forget_files(tx, actor.community_id)
    if len(file.content) > CONTENT_MAX:
        return None
    return tx.insert(
        "INSERT INTO faq_imports (community_id, home_id, name, language, content, made_at) VALUES (?, ?, ?, ?, ?, ?)",
        actor.community_id,
        actor.home_id,
        file.name,
        file.language,
        file.content,
        to_stamp(tx.now),
    )


def waiting_file(tx: Transaction, community_id: int, file_id: int) -> WaitingFile | None:
    """Return a file that waits still."""
    row = tx.one("SELECT * FROM faq_imports WHERE community_id = ? AND id = ?", community_id, file_id)
    return WaitingFile(row["name"], row["language"], bytes(row["content"])) if row else None


def forget_files(tx: Transaction, community_id: int) -> int:
    """Delete what waits."""
    return tx.run("DELETE FROM faq_imports WHERE community_id = ?", community_id)


def purge_files(tx: Transaction, community_id: int) -> int:
    """Delete what nobody decided about in time."""
    old = to_stamp(tx.now - timedelta(hours=WAITS_HOURS))
    return tx.run("DELETE FROM faq_imports WHERE community_id = ? AND made_at < ?", community_id, old)


def keep_threshold(tx: Transaction, community_id: int, threshold: float | None) -> None:
    """Keep how sure the bot must be; None where the FAQ is too small to tell."""
    tx.run(
        """INSERT INTO faq_learnt (community_id, threshold, learnt_at) VALUES (?, ?, ?)
           ON CONFLICT (community_id) DO UPDATE SET threshold = excluded.threshold, learnt_at = excluded.learnt_at""",
        community_id,
        threshold,
        to_stamp(tx.now),
    )


def thresholds_kept(tx: Transaction) -> dict[int, float | None]:
    """Return how sure the bot must be, by community."""
    return {row["community_id"]: row["threshold"] for row in tx.all("SELECT * FROM faq_learnt")}
