# SPDX-License-Identifier: MIT
"""Homes: Discord servers, Matrix rooms and terminals, from arrival to being purged."""

from datetime import timedelta
from sqlite3 import Row

from bot.kit.database import Transaction
from bot.kit.errors import NotFound
from bot.kit.moment import to_stamp
from bot.kit.people import Home, HomeKind
from bot.kit.text import t
from bot.storage import communities

KEPT_AFTER_LEAVING = timedelta(days=30)
"""How long a home's data waits for the bot's return before it is purged."""

_COLUMNS = "id, platform, external_id, name, kind, community_id, own_community_id"


def arrive(
    tx: Transaction,
    platform: str,
    external_id: str,
    name: str,
    kind: HomeKind,
    locale: str = "en",
    zone: str = "UTC",
) -> Home:
    """Return a home, known and present from now on, with a community of its own unless it had come before."""
    known = find(tx, platform, external_id)
    if known is not None:
        return _return(tx, known, name)
    now = to_stamp(tx.now)
    community = communities.start(tx, name, locale, zone)
    home_id = tx.insert(
        "INSERT INTO homes (platform, external_id, name, kind, community_id, own_community_id, arrived_at, joined_at) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        platform,
        external_id,
        name,
        kind.value,
        community.id,
        community.id,
        now,
        now,
    )
    tx.run("UPDATE communities SET first_home_id = ? WHERE id = ?", home_id, community.id)
    return Home(home_id, platform, external_id, name, kind, community.id, community.id)


def find(tx: Transaction, platform: str, external_id: str) -> Home | None:
    """Return the home of that id on a platform, or None."""
    row = tx.one(f"SELECT {_COLUMNS} FROM homes WHERE platform = ? AND external_id = ?", platform, external_id)  # noqa: S608
    return None if row is None else _home(row)


def get(tx: Transaction, home_id: int) -> Home | None:
    """Return a home, or None."""
    row = tx.one(f"SELECT {_COLUMNS} FROM homes WHERE id = ?", home_id)  # noqa: S608
    return None if row is None else _home(row)


def existing(tx: Transaction, home_id: int) -> Home:
    """Return a home; raises NotFound."""
    found = get(tx, home_id)
    if found is None:
        raise NotFound(t("This server or room is not known any more."))
    return found


def of_community(tx: Transaction, community_id: int) -> tuple[Home, ...]:
    """Return a community's homes, those that the bot left included, the longest member first."""
    rows = tx.all(f"SELECT {_COLUMNS} FROM homes WHERE community_id = ? ORDER BY joined_at, id", community_id)  # noqa: S608
    return tuple(_home(row) for row in rows)


def present(tx: Transaction, platform: str | None = None) -> tuple[Home, ...]:
    """Return the homes where the bot still is."""
    rows = tx.all(
        f"SELECT {_COLUMNS} FROM homes WHERE left_at IS NULL AND (? IS NULL OR platform = ?) ORDER BY id",  # noqa: S608
        platform,
        platform,
    )
    return tuple(_home(row) for row in rows)


def leave(tx: Transaction, home_id: int) -> None:
    """Note that the bot is gone from a home; its data is purged in thirty days unless the bot returns."""
    tx.run(
        "UPDATE homes SET left_at = ?, purge_at = ? WHERE id = ? AND left_at IS NULL",
        to_stamp(tx.now),
        to_stamp(tx.now + KEPT_AFTER_LEAVING),
        home_id,
    )


def due_for_purge(tx: Transaction) -> tuple[Home, ...]:
    """Return the homes whose thirty days are over; `linking.purge` deletes them."""
    rows = tx.all(f"SELECT {_COLUMNS} FROM homes WHERE purge_at <= ? ORDER BY purge_at", to_stamp(tx.now))  # noqa: S608
    return tuple(_home(row) for row in rows)


def _return(tx: Transaction, known: Home, name: str) -> Home:
    tx.run(
        "UPDATE homes SET name = ?, left_at = NULL, purge_at = NULL "
        "WHERE id = ? AND (name <> ? OR left_at IS NOT NULL)",
        name,
        known.id,
        name,
    )
    # A community that was never named otherwise is called what its home is called.
    tx.run(
        "UPDATE communities SET name = ? WHERE id = ? AND name = ? AND name <> ?",
        name,
        known.own_community_id,
        known.name,
        name,
    )
    return existing(tx, known.id)


def _home(row: Row) -> Home:
    return Home(
        row["id"],
        row["platform"],
        row["external_id"],
        row["name"],
        HomeKind(row["kind"]),
        row["community_id"],
        row["own_community_id"],
    )
