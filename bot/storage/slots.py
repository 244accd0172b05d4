# SPDX-License-Identifier: MIT
"""Slots: which places are meant by a name such as "announcements"."""

from dataclasses import dataclass

from bot.kit.database import Transaction
from bot.kit.people import Place
from bot.storage import places


@dataclass(frozen=True, slots=True)
class Slot:
    """A place by one of its names."""

    slot: str
    place_id: int
    home_id: int
    community_id: int


def assign(tx: Transaction, community_id: int, slot: str, place_id: int) -> Place:
    """Let a place of this community serve as a slot, beside those that do already; raises NotFound."""
    place = places.within(tx, community_id, place_id)
    tx.run(
        "INSERT INTO slots (slot, place_id, community_id, home_id) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
        slot,
        place.id,
        community_id,
        place.home_id,
    )
    return place


def withdraw(tx: Transaction, community_id: int, slot: str, place_id: int) -> bool:
    """Let a place no longer serve as a slot; False when it did not."""
    return bool(
        tx.run("DELETE FROM slots WHERE community_id = ? AND slot = ? AND place_id = ?", community_id, slot, place_id),
    )


def of_home(tx: Transaction, home_id: int) -> tuple[int, ...]:
    """Return the places of a home that serve for something."""
    rows = tx.all("SELECT DISTINCT place_id FROM slots WHERE home_id = ? ORDER BY place_id", home_id)
    return tuple(row["place_id"] for row in rows)


def served_by(tx: Transaction, place_id: int) -> tuple[str, ...]:
    """Return what a place serves for."""
    return tuple(row["slot"] for row in tx.all("SELECT slot FROM slots WHERE place_id = ? ORDER BY slot", place_id))


def release(tx: Transaction, place_id: int) -> int:
    """Let a place serve for nothing any more; return for how many things it did."""
    return tx.run("DELETE FROM slots WHERE place_id = ?", place_id)


def places_of(tx: Transaction, community_id: int, slot: str, *, once_per_bridge: bool = True) -> tuple[Place, ...]:
    """Return the places of a slot that the bot can reach; of places that a bridge connects, the first only."""
    rows = tx.all(
        "SELECT p.id, p.bridge_group FROM slots s JOIN places p ON p.id = s.place_id JOIN homes h ON h.id = p.home_id "
        "WHERE s.community_id = ? AND s.slot = ? AND p.gone_at IS NULL AND h.left_at IS NULL ORDER BY p.id",
        community_id,
        slot,
    )
    bridges: set[str] = set()
    chosen: list[Place] = []
    for row in rows:
        group = row["bridge_group"]
        if once_per_bridge and group in bridges:
            continue
        if group is not None:
            bridges.add(group)
        chosen.append(places.within(tx, community_id, row["id"]))
    return tuple(chosen)


def everything(tx: Transaction, community_id: int | None = None) -> tuple[Slot, ...]:
    """Return every slot of a community, or of all of them."""
    rows = tx.all(
        "SELECT slot, place_id, home_id, community_id FROM slots WHERE ? IS NULL OR community_id = ? "
        "ORDER BY community_id, slot, place_id",
        community_id,
        community_id,
    )
    return tuple(Slot(*row) for row in rows)
