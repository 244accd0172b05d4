# SPDX-License-Identifier: MIT
"""What is learnt from people: questions without who asked them, verdicts once a person, and counts."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from sqlite3 import Row

from bot.kit import Transaction, from_stamp, to_stamp

from .model import Actor

BUTTONS_DAYS = 30
"""How long the buttons under an answer count."""

GAPS_DAYS = 365
"""How long an unanswered question is kept, where the community chose to keep them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as it was met; `question` is None unless the community remembers unanswered questions."""

    id: int
    community_id: int
    at: datetime
    language: str
    action: str
    slug: str | None
    candidates: tuple[str, ...]
    question: str | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How an entry fared."""

    shown: int = 0
    helped: int = 0
    refused: int = 0


def asked(
    tx: Transaction,
    actor: Actor,
    language: str,
    action: str,
    slug: str | None,
    candidates: Sequence[str],
    question: str | None,
) -> int:
    """Write a question down, without who asked; count the entry that was shown."""
    number = tx.insert(
        """INSERT INTO faq_asked (community_id, home_id, asked_at, language, action, slug, candidates, question)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        actor.community_id,
        actor.home_id,
        to_stamp(tx.now),
        language,
        action,
        slug,
        json.dumps(list(candidates)),
        question,
    )
    if slug:
        count(tx, actor, slug, shown=1)
    return number


def recall(tx: Transaction, community_id: int, asked_id: int) -> Asked | None:
    """Return a question by its number, within the community."""
    row = tx.one("SELECT * FROM faq_asked WHERE id = ? AND community_id = ?", asked_id, community_id)
    return _asked(row) if row else None


def chosen(tx: Transaction, actor: Actor, asked_id: int, slug: str) -> None:
    """Note that somebody chose another entry for a question."""
    tx.run("UPDATE faq_asked SET slug = ? WHERE id = ? AND community_id = ?", slug, asked_id, actor.community_id)
    count(tx, actor, slug, shown=1)


def verdict(tx: Transaction, actor: Actor, asked_id: int, slug: str, word: str) -> bool:
    """Count "helped" or "refused" once for each person; a changed mind moves the count. False where nothing changed."""
    old = tx.value(
        "SELECT verdict FROM faq_verdicts WHERE asked_id = ? AND person_id = ? AND slug = ?",
        asked_id,
        actor.person_id,
        slug,
    )
    if old == word:
        return False
    tx.run(
        """INSERT INTO faq_verdicts (asked_id, person_id, slug, verdict, given_at) VALUES (?, ?, ?, ?, ?)
           ON CONFLICT (asked_id, person_id, slug) DO UPDATE SET verdict = excluded.verdict,
           given_at = excluded.given_at""",
        asked_id,
        actor.person_id,
        slug,
        word,
        to_stamp(tx.now),
    )
    changes = {word: 1} if old is None else {word: 1, str(old): -1}
    count(tx, actor, slug, **changes)
    return True


def count(tx: Transaction, actor: Actor, slug: str, *, shown: int = 0, helped: int = 0, refused: int = 0) -> None:
    """Add to an entry's counts."""
    now = to_stamp(tx.now) if shown else None
    changed = tx.run(
        """UPDATE faq_counts SET shown = shown + ?, helped = helped + ?, refused = refused + ?,
           last_shown_at = COALESCE(?, last_shown_at)
           WHERE community_id = ? AND slug = ? AND home_id IS NOT DISTINCT FROM ?""",
        shown,
        helped,
        refused,
        now,
        actor.community_id,
        slug,
        actor.home_id,
    )
    if not changed:
        tx.insert(
            """INSERT INTO faq_counts (community_id, home_id, slug, shown, helped, refused, last_shown_at)
               VALUES (?, ?, ?, ?, ?, ?, ?)""",
            actor.community_id,
            actor.home_id,
            slug,
            shown,
            max(helped, 0),
            max(refused, 0),
            now,
        )


def counts(tx: Transaction, community_id: int) -> dict[str, Counts]:
    """Return how each entry fared in a community."""
    rows = tx.all(
        """SELECT slug, SUM(shown) AS shown, SUM(helped) AS helped, SUM(refused) AS refused
           FROM faq_counts WHERE community_id = ? GROUP BY slug""",
        community_id,
    )
    return {row["slug"]: Counts(row["shown"], row["helped"], row["refused"]) for row in rows}


def total(tx: Transaction, community_id: int) -> Counts:
    """Return how all entries of a community fared together."""
    row = tx.one(
        "SELECT SUM(shown) AS shown, SUM(helped) AS helped, SUM(refused) AS refused FROM faq_counts "
        "WHERE community_id = ?",
        community_id,
    )
    return Counts(row["shown"] or 0, row["helped"] or 0, row["refused"] or 0) if row else Counts()


def gaps(tx: Transaction, community_id: int) -> list[Asked]:
    """Return the questions that found no answer, or whose answer was refused, newest first."""
    rows = tx.all(
        """SELECT a.* FROM faq_asked a WHERE a.community_id = ? AND a.question IS NOT NULL AND a.settled_at IS NULL
           AND (a.action IN ('unknown', 'suggest') AND a.slug IS NULL OR EXISTS (
               SELECT 1 FROM faq_verdicts v WHERE v.asked_id = a.id AND v.verdict = 'refused'))
           AND NOT EXISTS (SELECT 1 FROM faq_verdicts v WHERE v.asked_id = a.id AND v.verdict = 'helped')
           ORDER BY a.asked_at DESC LIMIT 500""",
        community_id,
    )
    return [_asked(row) for row in rows]


def settle(tx: Transaction, community_id: int, asked_ids: Sequence[int]) -> int:
    """Take questions out of the gaps: they were written about, or set aside."""
    return tx.many(
        "UPDATE faq_asked SET settled_at = ? WHERE id = ? AND community_id = ? AND settled_at IS NULL",
        [(to_stamp(tx.now), asked_id, community_id) for asked_id in asked_ids],
    )


def purge(tx: Transaction, community_id: int) -> int:
    """Delete what has served: questions whose buttons are old, and gaps after a year."""
    old = to_stamp(tx.now - timedelta(days=BUTTONS_DAYS))
    very_old = to_stamp(tx.now - timedelta(days=GAPS_DAYS))
    return tx.run(
        """DELETE FROM faq_asked WHERE community_id = ? AND asked_at < ?
           AND (question IS NULL OR settled_at IS NOT NULL OR action = 'answer' OR asked_at < ?)""",
        community_id,
        old,
        very_old,
    )


def forget_questions(tx: Transaction, community_id: int) -> int:
    """Delete every kept question text: the community switched remembering off."""
    tx.run("DELETE FROM faq_suggestions WHERE community_id = ? AND state = 'pending'", community_id)
    return tx.run("UPDATE faq_asked SET question = NULL WHERE community_id = ? AND question IS NOT NULL", community_id)


def _asked(row: Row) -> Asked:
    return Asked(
        row["id"],
        row["community_id"],
        from_stamp(row["asked_at"]),
        row["language"],
        row["action"],
        row["slug"],
        tuple(json.loads(row["candidates"])),
        row["question"],
    )
