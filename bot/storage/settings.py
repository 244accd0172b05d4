# SPDX-License-Identifier: MIT
"""Settings of cogs: for a community, and for single places, which come first."""

from dataclasses import dataclass
from typing import Any

from bot.kit.database import Transaction
from bot.kit.moment import to_stamp
from bot.storage import places
from bot.storage.columns import from_json, to_json


@dataclass(frozen=True, slots=True)
class Setting:
    """One value that a moderator chose; without a place it is the community's."""

    community_id: int
    place_id: int | None
    cog: str
    key: str
    value: Any


def values_of(tx: Transaction, community_id: int, cog: str, place_id: int | None = None) -> dict[str, Any]:
    """Return what was chosen for a cog; what was never set is absent."""
    rows = tx.all(
        "SELECT key, value FROM settings WHERE community_id = ? AND cog = ? AND (place_id IS NULL OR place_id = ?) "
        "ORDER BY place_id IS NOT NULL",
        community_id,
        cog,
        place_id,
    )
    return {row["key"]: from_json(row["value"]) for row in rows}


def everything(tx: Transaction) -> tuple[Setting, ...]:
    """Return all settings of all communities: for a cache."""
    rows = tx.all("SELECT community_id, place_id, cog, key, value FROM settings ORDER BY id")
    return tuple(
        Setting(row["community_id"], row["place_id"], row["cog"], row["key"], from_json(row["value"])) for row in rows
    )


def change(
    tx: Transaction,
    community_id: int,
    cog: str,
    key: str,
    value: Any,
    changed_by: int | None,
    *,
    place_id: int | None = None,
) -> None:
    """Set a value; raises NotFound when the place is not of this community."""
    home_id = None if place_id is None else places.within(tx, community_id, place_id).home_id
    target = (
        "(community_id, cog, key) WHERE place_id IS NULL"
        if place_id is None
        else "(place_id, cog, key) WHERE place_id IS NOT NULL"
    )
    tx.run(
        "INSERT INTO settings (community_id, home_id, place_id, cog, key, value, changed_by, changed_at) "  # noqa: S608
        f"VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT {target} DO UPDATE "
        "SET value = excluded.value, changed_by = excluded.changed_by, changed_at = excluded.changed_at",
        community_id,
        home_id,
        place_id,
        cog,
        key,
        to_json(value),
        changed_by,
        to_stamp(tx.now),
    )


def reset(tx: Transaction, community_id: int, cog: str, key: str, *, place_id: int | None = None) -> bool:
    """Return to the default; False when nothing had been chosen."""
    return bool(
        tx.run(
            "DELETE FROM settings WHERE community_id = ? AND cog = ? AND key = ? AND coalesce(place_id, 0) = ?",
            community_id,
            cog,
            key,
            place_id or 0,
        ),
    )
