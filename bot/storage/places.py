# SPDX-License-Identifier: MIT
"""Places: channels, rooms, threads and direct conversations."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from sqlite3 import Row

from bot.kit.database import Transaction
from bot.kit.errors import NotFound
from bot.kit.moment import to_stamp
from bot.kit.people import Community, Home, Place
from bot.kit.text import t
from bot.storage import communities, homes

_COLUMNS = (
    "p.id, p.platform, p.channel_id, p.thread_id, p.name, p.home_id, "
    "(SELECT c.id FROM places c WHERE p.thread_id <> '' AND c.thread_id = '' "
    "AND c.platform = p.platform AND c.channel_id = p.channel_id) AS channel_place_id"
)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A place with the home and the community that it belongs to, which a direct conversation lacks."""

    place: Place
    home: Home | None
    community: Community | None


def find(tx: Transaction, platform: str, channel_id: str, thread_id: str | None = None) -> Place | None:
    """Return a place, or None when nothing has happened there yet."""
    row = tx.one(
        f"SELECT {_COLUMNS} FROM places p WHERE platform = ? AND channel_id = ? AND thread_id = ?",  # noqa: S608
        platform,
        channel_id,
        thread_id or "",
    )
    return None if row is None else _place(row)


def get(tx: Transaction, place_id: int) -> Place | None:
    """Return a place, or None."""
    row = tx.one(f"SELECT {_COLUMNS} FROM places p WHERE p.id = ?", place_id)  # noqa: S608
    return None if row is None else _place(row)


def some(tx: Transaction, place_ids: Collection[int]) -> dict[int, Place]:
    """Return several places by their ids; what is not known is absent."""
    wanted = json.dumps(list(place_ids))
    rows = tx.all(f"SELECT {_COLUMNS} FROM places p WHERE p.id IN (SELECT value FROM json_each(?))", wanted)  # noqa: S608
    return {row["id"]: _place(row) for row in rows}


def ensure(
    tx: Transaction,
    platform: str,
    channel_id: str,
    thread_id: str | None = None,
    name: str = "",
    *,
    home_id: int | None = None,
    person_id: int | None = None,
) -> Place:
    """Return a place, known, present and under its present name from now on; one without a home is person_id's."""
    if (home_id is None) == (person_id is None):
        raise ValueError("A place belongs either to a home or to a person.")
    tx.run(
        "INSERT INTO places (platform, channel_id, thread_id, name, home_id, person_id) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (platform, channel_id, thread_id) DO UPDATE "
        "SET name = excluded.name, home_id = excluded.home_id, person_id = excluded.person_id, gone_at = NULL",
        platform,
        channel_id,
        thread_id or "",
        name,
        home_id,
        person_id,
    )
    place = find(tx, platform, channel_id, thread_id)
    if place is None:
        raise ValueError(f"The place {channel_id} was not kept.")
    return place


def whereabouts(tx: Transaction, platform: str, channel_id: str, thread_id: str | None = None) -> Whereabouts | None:
    """Return a place with its home and community in one go, or None when nothing has happened there yet."""
    place = find(tx, platform, channel_id, thread_id)
    if place is None:
        return None
    home = None if place.home_id is None else homes.get(tx, place.home_id)
    return Whereabouts(place, home, None if home is None else communities.get(tx, home.community_id))


def of_home(tx: Transaction, home_id: int) -> tuple[Place, ...]:
    """Return the places of a home that still exist."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM places p WHERE home_id = ? AND gone_at IS NULL ORDER BY name, id",  # noqa: S608
        home_id,
    )
    return tuple(_place(row) for row in rows)


def of_channel(tx: Transaction, platform: str, channel_id: str) -> tuple[Place, ...]:
    """Return a channel and its threads, as far as they are known and still exist."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM places p WHERE platform = ? AND channel_id = ? AND gone_at IS NULL ORDER BY id",  # noqa: S608
        platform,
        channel_id,
    )
    return tuple(_place(row) for row in rows)


def within(tx: Transaction, community_id: int, place_id: int) -> Place:
    """Return a place of this community; raises NotFound when it is another's or nobody's."""
    row = tx.one(
        f"SELECT {_COLUMNS} FROM places p JOIN homes h ON h.id = p.home_id "  # noqa: S608
        "WHERE p.id = ? AND h.community_id = ?",
        place_id,
        community_id,
    )
    if row is None:
        raise NotFound(t("This place does not belong to this community."))
    return _place(row)


def rename(tx: Transaction, place_id: int, name: str) -> None:
    """Note that a place is called otherwise now."""
    tx.run("UPDATE places SET name = ? WHERE id = ?", name, place_id)


def mark_gone(tx: Transaction, place_id: int) -> None:
    """Note that a place was deleted, or that the bot may not enter it any more."""
    tx.run("UPDATE places SET gone_at = ? WHERE id = ? AND gone_at IS NULL", to_stamp(tx.now), place_id)


def is_gone(tx: Transaction, place_id: int) -> bool:
    """Tell whether a place was deleted, or the bot may not enter it any more."""
    return bool(tx.value("SELECT gone_at IS NOT NULL FROM places WHERE id = ?", place_id))


def bridge(tx: Transaction, place_ids: Sequence[int], group: str | None) -> None:
    """Say that a bridge carries messages between these places, so that nothing is posted twice; None undoes it."""
    tx.many("UPDATE places SET bridge_group = ? WHERE id = ?", [(group, place_id) for place_id in place_ids])


def bridged_with(tx: Transaction, place_id: int) -> tuple[Place, ...]:
    """Return the other places that a bridge connects with this one."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM places p JOIN places mine ON mine.bridge_group = p.bridge_group "  # noqa: S608
        "WHERE mine.id = ? AND p.id <> mine.id ORDER BY p.id",
        place_id,
    )
    return tuple(_place(row) for row in rows)


def _place(row: Row) -> Place:
    return Place(
        row["id"],
        row["platform"],
        row["channel_id"],
        row["thread_id"] or None,
        row["name"],
        row["home_id"],
        row["channel_place_id"],
    )
