# SPDX-License-Identifier: MIT
"""Questions that people confirmed to be answered by an entry, for a moderator to accept as aliases."""

from dataclasses import dataclass
from sqlite3 import Row

from bot.kit import Transaction, to_stamp

from .model import Actor


@dataclass(frozen=True, slots=True)
class Suggested:
    """A question that people confirmed to be answered by an entry."""

    id: int
    slug: str
    language: str
    alias: str
    times: int


def suggest_alias(tx: Transaction, actor: Actor, slug: str, language: str, alias: str) -> None:
    """Keep a confirmed question for a moderator to accept as an alias; the same words only count up."""
    changed = tx.run(
        "UPDATE faq_suggestions SET times = times + 1 WHERE community_id = ? AND slug = ? AND alias = ?",
        actor.community_id,
        slug,
        alias,
    )
    if not changed:
        tx.insert(
            """INSERT INTO faq_suggestions (community_id, home_id, slug, language, alias, made_at)
               VALUES (?, ?, ?, ?, ?, ?)""",
            actor.community_id,
            actor.home_id,
            slug,
            language,
            alias,
            to_stamp(tx.now),
        )


def suggestions(tx: Transaction, community_id: int) -> list[Suggested]:
    """Return the suggested aliases that nobody decided on, the most confirmed first."""
    rows = tx.all(
        """SELECT * FROM faq_suggestions WHERE community_id = ? AND state = 'pending' ORDER BY times DESC, id""",
        community_id,
    )
    return [_suggested(row) for row in rows]


def decide_suggestion(tx: Transaction, actor: Actor, suggestion_id: int, state: str) -> Suggested | None:
    """Accept or reject a suggested alias; None where somebody was quicker."""
    rows = tx.all(
        """UPDATE faq_suggestions SET state = ?, decided_at = ?, decided_by = ?
           WHERE id = ? AND community_id = ? AND state = 'pending' RETURNING *""",
        state,
        to_stamp(tx.now),
        actor.person_id,
        suggestion_id,
        actor.community_id,
    )
    return _suggested(rows[0]) if rows else None


def _suggested(row: Row) -> Suggested:
    return Suggested(row["id"], row["slug"], row["language"], row["alias"], row["times"])
