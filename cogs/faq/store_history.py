# SPDX-License-Identifier: MIT
"""Every change of the FAQ kept as a revision: who, when, what, and the words as they were afterwards."""

import json
from dataclasses import asdict
from sqlite3 import Row

from bot.kit import Transaction, from_stamp, to_stamp

from .model import Actor, Audience, Change, Content, Revision, Status

_REVISION = """
    SELECT r.*, p.name AS person FROM faq_revisions r LEFT JOIN people p ON p.id = r.made_by WHERE r.community_id = ?
"""


def note(
    tx: Transaction, actor: Actor, slug: str, language: str, change: Change, status: Status, content: Content | None
) -> int:
    """Write a revision down; return its number, which counts from 1 for each slug."""
    last = tx.value(
        "SELECT MAX(number) FROM faq_revisions WHERE community_id = ? AND slug = ?", actor.community_id, slug
    )
    number = int(last or 0) + 1
    tx.insert(
        """INSERT INTO faq_revisions
           (community_id, home_id, slug, language, number, change, status, content, made_at, made_by)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        actor.community_id,
        actor.home_id,
        slug,
        language,
        number,
        change,
        status,
        dump(content) if content else None,
        to_stamp(tx.now),
        actor.person_id,
    )
    return number


def history(tx: Transaction, community_id: int, slug: str) -> list[Revision]:
    """Return an entry's changes in every language, newest first."""
    return [_revision(row) for row in tx.all(f"{_REVISION} AND r.slug = ? ORDER BY r.id DESC", community_id, slug)]


def revision(tx: Transaction, community_id: int, slug: str, number: int) -> Revision | None:
    """Return one change; the newest where two homes brought the same number."""
    row = tx.one(f"{_REVISION} AND r.slug = ? AND r.number = ? ORDER BY r.id DESC", community_id, slug, number)
    return _revision(row) if row else None


def dump(content: Content) -> str:
    """Write content as JSON."""
    return json.dumps(asdict(content), ensure_ascii=False)


def load(text: str) -> Content:
    """Read content back."""
    row = json.loads(text)
    row["aliases"], row["tags"] = tuple(row["aliases"]), tuple(row["tags"])
    row["audience"] = Audience(row["audience"])
    return Content(**row)


def _revision(row: Row) -> Revision:
    return Revision(
        number=row["number"],
        slug=row["slug"],
        language=row["language"],
        change=Change(row["change"]),
        status=Status(row["status"]),
        at=from_stamp(row["made_at"]),
        name=row["person"] or "",
        content=load(row["content"]) if row["content"] else None,
    )
