# SPDX-License-Identifier: MIT
"""What the FAQ keeps about a person: what they changed, reviewed and found helpful; questions are nameless."""

from typing import Any

from bot.kit import Transaction, from_stamp

_COLUMNS = (
    ("faq_entries", "reviewed_by"),
    ("faq_revisions", "made_by"),
    ("faq_marks", "marked_by"),
    ("faq_aliases", "added_by"),
    ("faq_suggestions", "decided_by"),
)


def export_person(tx: Transaction, person_id: int) -> dict[str, list[dict[str, Any]]]:
    """Return all that is kept about a person, by kind."""
    changes = tx.all("SELECT * FROM faq_revisions WHERE made_by = ? ORDER BY id", person_id)
    verdicts = tx.all("SELECT * FROM faq_verdicts WHERE person_id = ? ORDER BY given_at", person_id)
    reviews = tx.all(
        """SELECT slug, language, reviewed_at AS at FROM faq_entries WHERE reviewed_by = ?
           UNION ALL SELECT slug, language, marked_at AS at FROM faq_marks WHERE marked_by = ? ORDER BY at""",
        person_id,
        person_id,
    )
    decisions = tx.all("SELECT * FROM faq_suggestions WHERE decided_by = ? ORDER BY decided_at", person_id)
    return {
        "changes": [
            {"slug": row["slug"], "language": row["language"], "change": row["change"], "at": _moment(row["made_at"])}
            for row in changes
        ],
        "reviews": [{"slug": row["slug"], "language": row["language"], "at": _moment(row["at"])} for row in reviews],
        "verdicts": [
            {"slug": row["slug"], "verdict": row["verdict"], "at": _moment(row["given_at"])} for row in verdicts
        ],
        "decisions": [
            {"alias": row["alias"], "state": row["state"], "at": _moment(row["decided_at"])} for row in decisions
        ],
    }


def forget_person(tx: Transaction, person_id: int) -> None:
    """Take a person's name off all that they did, and delete their verdicts; the counts stay, they name nobody."""
    for table, column in _COLUMNS:
        tx.run(f"UPDATE {table} SET {column} = NULL WHERE {column} = ?", person_id)  # noqa: S608
    tx.run("DELETE FROM faq_verdicts WHERE person_id = ?", person_id)
    tx.run("UPDATE faq_versions SET version = version + 1")  # so that no index shows the name any longer


def _moment(stamp: int) -> str:
    return from_stamp(stamp).isoformat(timespec="seconds")
