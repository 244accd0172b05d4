# SPDX-License-Identifier: MIT
"""Running numbers within a community ("R-17"): never given twice, and still understood after a home has moved."""

from dataclasses import dataclass

from bot.kit.database import Transaction


@dataclass(frozen=True, slots=True)
class Renewal:
    """A row whose number changes because its home moves to another community."""

    kind: str
    row_id: int
    old: int
    new: int


def allocate(tx: Transaction, community_id: int, home_id: int | None, kind: str, row_id: int) -> int:
    """Give the next number of a kind to a row."""
    number = _count(tx, community_id, kind)
    tx.run(
        "INSERT INTO numbers (given_by, community_id, home_id, kind, number, row_id, current) "
        "VALUES (?, ?, ?, ?, ?, ?, 1)",
        community_id,
        community_id,
        home_id,
        kind,
        number,
        row_id,
    )
    return number


def find(tx: Transaction, community_id: int, kind: str, number: int) -> int | None:
    """Return the row that a number stands for in this community: a present number first, then one of former times."""
    row_id: int | None = tx.value(
        "SELECT row_id FROM numbers WHERE community_id = ? AND kind = ? AND number = ? "
        "ORDER BY current DESC, id LIMIT 1",
        community_id,
        kind,
        number,
    )
    return row_id


def release(tx: Transaction, kind: str, row_id: int) -> None:
    """Forget a deleted row's numbers; they are not given again."""
    tx.run("DELETE FROM numbers WHERE kind = ? AND row_id = ?", kind, row_id)


def move(tx: Transaction, home_id: int, community_id: int) -> tuple[Renewal, ...]:
    """Give a home's rows numbers of the community that it moves to, or those that they once had there."""
    rows = tx.all(
        "SELECT kind, row_id, number FROM numbers WHERE home_id = ? AND current = 1 AND given_by <> ? "
        "ORDER BY kind, number",
        home_id,
        community_id,
    )
    tx.run("UPDATE numbers SET community_id = ? WHERE home_id = ?", community_id, home_id)
    return tuple(_renew(tx, home_id, community_id, *row) for row in rows)


def _renew(tx: Transaction, home_id: int, community_id: int, kind: str, row_id: int, old: int) -> Renewal:
    tx.run("UPDATE numbers SET current = 0 WHERE kind = ? AND row_id = ? AND current = 1", kind, row_id)
    before = tx.value(
        "UPDATE numbers SET current = 1 WHERE kind = ? AND row_id = ? AND given_by = ? RETURNING number",
        kind,
        row_id,
        community_id,
    )
    new = before if before is not None else allocate(tx, community_id, home_id, kind, row_id)
    return Renewal(kind, row_id, old, new)


def _count(tx: Transaction, community_id: int, kind: str) -> int:
    return int(
        tx.value(
            "INSERT INTO counters (community_id, kind, last) VALUES (?, ?, 1) "
            "ON CONFLICT (community_id, kind) DO UPDATE SET last = last + 1 RETURNING last",
            community_id,
            kind,
        ),
    )
