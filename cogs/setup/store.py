# SPDX-License-Identifier: MIT
"""Which steps of the set-up a home has behind it."""

from bot.kit import Transaction, to_stamp


def done(tx: Transaction, home_id: int) -> frozenset[str]:
    """Return the steps that were answered or kept."""
    return frozenset(row["step"] for row in tx.all("SELECT step FROM setup_steps WHERE home_id = ?", home_id))


def mark(tx: Transaction, home_id: int, community_id: int, step: str, person_id: int) -> None:
    """Note that a step was answered or kept."""
    tx.run(
        "INSERT INTO setup_steps (home_id, community_id, step, done_by, done_at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (home_id, step) DO UPDATE SET done_by = excluded.done_by, done_at = excluded.done_at",
        home_id,
        community_id,
        step,
        person_id,
        to_stamp(tx.now),
    )


def steps_of(tx: Transaction, person_id: int) -> list[dict[str, str]]:
    """Return the steps that somebody did."""
    rows = tx.all("SELECT step, done_at FROM setup_steps WHERE done_by = ? ORDER BY done_at", person_id)
    return [{"step": row["step"], "done_at": row["done_at"]} for row in rows]
