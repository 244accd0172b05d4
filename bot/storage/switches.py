# SPDX-License-Identifier: MIT
"""Which cogs and commands are on or off, in a community or in one place of it."""

from dataclasses import dataclass

from bot.kit.database import Transaction
from bot.kit.moment import to_stamp
from bot.storage import places


@dataclass(frozen=True, slots=True)
class Switch:
    """A cog ("requests") or a command ("request open") that was switched; without a place it is the community's."""

    community_id: int
    place_id: int | None
    name: str
    enabled: bool


def everything(tx: Transaction, community_id: int | None = None) -> tuple[Switch, ...]:
    """Return every switch of a community, or of all of them: for a cache."""
    rows = tx.all(
        "SELECT community_id, place_id, name, enabled FROM switches WHERE ? IS NULL OR community_id = ? ORDER BY id",
        community_id,
        community_id,
    )
    return tuple(Switch(row["community_id"], row["place_id"], row["name"], bool(row["enabled"])) for row in rows)


def chosen(tx: Transaction, community_id: int, name: str, place_id: int | None = None) -> bool | None:
    """Return what was said of just this community, or just this place; None when nothing was."""
    found = tx.value(
        "SELECT enabled FROM switches WHERE community_id = ? AND name = ? AND coalesce(place_id, 0) = ?",
        community_id,
        name,
        place_id or 0,
    )
    return None if found is None else bool(found)


def change(
    tx: Transaction,
    community_id: int,
    name: str,
    enabled: bool | None,
    changed_by: int | None,
    *,
    place_id: int | None = None,
) -> None:
    """Switch something on or off, or (None) leave it to the community, or to the default; raises NotFound."""
    home_id = None if place_id is None else places.within(tx, community_id, place_id).home_id
    tx.run(
        "DELETE FROM switches WHERE community_id = ? AND name = ? AND coalesce(place_id, 0) = ?",
        community_id,
        name,
        place_id or 0,
    )
    if enabled is not None:
        tx.run(
            "INSERT INTO switches (community_id, home_id, place_id, name, enabled, changed_by, changed_at) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            community_id,
            home_id,
            place_id,
            name,
            int(enabled),
            changed_by,
            to_stamp(tx.now),
        )
