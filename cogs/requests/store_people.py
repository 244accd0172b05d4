# SPDX-License-Identifier: MIT
"""People around a request: how they can be reached, and what they are called."""

from bot.kit import Transaction


def accounts(tx: Transaction, person_id: int) -> list[str]:
    """Return a person's accounts as people write them: "discord: ana"."""
    rows = tx.all("SELECT platform, name FROM identities WHERE person_id = ? ORDER BY linked_at, platform", person_id)
    return [f"{row['platform']}: {row['name']}" for row in rows]


def closer(tx: Transaction, request_id: int) -> int | None:
    """Return who closed a request, if they are known."""
    found: int | None = tx.value("SELECT closed_by FROM requests WHERE id = ?", request_id)
    return found


def names_in(tx: Transaction, request_id: int) -> list[str]:
    """Return every name of everybody who had to do with a request."""
    rows = tx.all(
        """SELECT p.id, p.name FROM people p WHERE p.id IN (
             SELECT person_id FROM request_events WHERE request_id = ? UNION
             SELECT person_id FROM request_follows WHERE request_id = ? UNION
             SELECT person_id FROM requests WHERE id = ? UNION SELECT claimed_by FROM requests WHERE id = ?)""",
        request_id,
        request_id,
        request_id,
        request_id,
    )
    names = [row["name"] for row in rows]
    for row in rows:
        own = tx.all("SELECT name, external_id FROM identities WHERE person_id = ?", row["id"])
        names += [value for each in own for value in (each["name"], each["external_id"])]
    return list(dict.fromkeys(names))
