# SPDX-License-Identifier: MIT
"""Communities: homes that share one FAQ, one calendar and one list of requests."""

from sqlite3 import Row

from bot.kit.database import Transaction
from bot.kit.errors import NotFound
from bot.kit.moment import to_stamp
from bot.kit.people import Community
from bot.kit.text import t

_COLUMNS = "id, name, locale, zone, first_home_id"


def get(tx: Transaction, community_id: int) -> Community | None:
    """Return a community, or None."""
    row = tx.one(f"SELECT {_COLUMNS} FROM communities WHERE id = ?", community_id)  # noqa: S608
    return None if row is None else _community(row)


def existing(tx: Transaction, community_id: int) -> Community:
    """Return a community; raises NotFound."""
    found = get(tx, community_id)
    if found is None:
        raise NotFound(t("This community is not known any more."))
    return found


def present(tx: Transaction) -> tuple[Community, ...]:
    """Return the communities that have at least one home where the bot still is."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM communities WHERE EXISTS "  # noqa: S608
        "(SELECT 1 FROM homes WHERE homes.community_id = communities.id AND homes.left_at IS NULL) ORDER BY id",
    )
    return tuple(_community(row) for row in rows)


def zones(tx: Transaction) -> dict[int, str]:
    """Return the time zone of every community."""
    return {row["id"]: row["zone"] for row in tx.all("SELECT id, zone FROM communities")}


def start(tx: Transaction, name: str, locale: str = "en", zone: str = "UTC") -> Community:
    """Found a community; its first home is named by whoever arrives."""
    community_id = tx.insert(
        "INSERT INTO communities (name, locale, zone, created_at) VALUES (?, ?, ?, ?)",
        name,
        locale,
        zone,
        to_stamp(tx.now),
    )
    return Community(community_id, name, locale, zone)


def change(
    tx: Transaction,
    community_id: int,
    *,
    name: str | None = None,
    locale: str | None = None,
    zone: str | None = None,
) -> Community:
    """Rename a community or set its language or time zone; None leaves it as it is."""
    tx.run(
        "UPDATE communities SET name = coalesce(?, name), locale = coalesce(?, locale), zone = coalesce(?, zone) "
        "WHERE id = ?",
        name,
        locale,
        zone,
        community_id,
    )
    return existing(tx, community_id)


def _community(row: Row) -> Community:
    return Community(row["id"], row["name"], row["locale"], row["zone"], row["first_home_id"])
