# SPDX-License-Identifier: MIT
"""Levels: what roles are worth in a home, and what was granted to people by name throughout a community."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta

from bot.kit.database import Transaction
from bot.kit.moment import to_stamp
from bot.kit.people import Level

RANK_HOLDS = timedelta(days=14)
"""How long it is remembered what somebody's rank in a home is worth, once they are not seen there any more."""


@dataclass(frozen=True, slots=True)
class RoleLevel:
    """What a role of a home is worth there."""

    home_id: int
    role_id: str
    role_name: str
    level: Level


@dataclass(frozen=True, slots=True)
class PersonLevel:
    """What somebody was granted by name, throughout a community."""

    community_id: int
    person_id: int
    level: Level
    granted_by: int | None


def stored(level: Level) -> int:
    """Return how a level that was given is written down: 0 is an organiser, since a member is given none."""
    return max(0, int(level) - 1)


def read(number: int) -> Level:
    """Return a level that was given."""
    return Level(number + 1)


def rank(number: int) -> Level:
    """Return a rank as a platform said it; `stored` wrote it, and none is an organiser."""
    return Level(number + 1) if number else Level.MEMBER


def set_role_level(
    tx: Transaction,
    home_id: int,
    role_id: str,
    role_name: str,
    level: Level | None,
    changed_by: int | None,
) -> None:
    """Say what a role is worth in its home; None takes it back."""
    if level is None:
        tx.run("DELETE FROM role_levels WHERE home_id = ? AND role_id = ?", home_id, role_id)
        return
    tx.run(
        "INSERT INTO role_levels (home_id, role_id, role_name, level, changed_by, changed_at) "
        "VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (home_id, role_id) DO UPDATE SET role_name = excluded.role_name, level = excluded.level, "
        "changed_by = excluded.changed_by, changed_at = excluded.changed_at",
        home_id,
        role_id,
        role_name,
        stored(level),
        changed_by,
        to_stamp(tx.now),
    )


def rename_role(tx: Transaction, home_id: int, role_id: str, name: str) -> None:
    """Note that a role is called otherwise now; what it is worth stays."""
    tx.run("UPDATE role_levels SET role_name = ? WHERE home_id = ? AND role_id = ?", name, home_id, role_id)


def role_levels(tx: Transaction, home_id: int | None = None) -> tuple[RoleLevel, ...]:
    """Return what the roles of a home are worth (of all homes, unless told), the highest first."""
    rows = tx.all(
        "SELECT home_id, role_id, role_name, level FROM role_levels WHERE ? IS NULL OR home_id = ? "
        "ORDER BY home_id, level DESC, role_id",
        home_id,
        home_id,
    )
    return tuple(RoleLevel(row["home_id"], row["role_id"], row["role_name"], read(row["level"])) for row in rows)


def set_person_level(
    tx: Transaction,
    community_id: int,
    person_id: int,
    level: Level | None,
    granted_by: int | None,
) -> None:
    """Grant somebody a level throughout a community; None takes it back."""
    if level is None:
        tx.run("DELETE FROM person_levels WHERE community_id = ? AND person_id = ?", community_id, person_id)
        return
    tx.run(
        "INSERT INTO person_levels (community_id, person_id, level, granted_by, granted_at) VALUES (?, ?, ?, ?, ?) "
        "ON CONFLICT (community_id, person_id) DO UPDATE SET level = excluded.level, "
        "granted_by = excluded.granted_by, granted_at = excluded.granted_at",
        community_id,
        person_id,
        stored(level),
        granted_by,
        to_stamp(tx.now),
    )


def person_levels(tx: Transaction, community_id: int | None = None) -> tuple[PersonLevel, ...]:
    """Return who was granted what in a community (in all of them, unless told), the highest first."""
    rows = tx.all(
        "SELECT community_id, person_id, level, granted_by FROM person_levels WHERE ? IS NULL OR community_id = ? "
        "ORDER BY community_id, level DESC, person_id",
        community_id,
        community_id,
    )
    return tuple(
        PersonLevel(row["community_id"], row["person_id"], read(row["level"]), row["granted_by"]) for row in rows
    )


def level_of(
    tx: Transaction,
    community_id: int,
    home_id: int | None,
    person_id: int,
    role_ids: Collection[str] = (),
) -> Level:
    """Return what somebody may do here: the highest of what was granted by name and what their roles are worth."""
    granted = tx.value(
        "SELECT level FROM person_levels WHERE community_id = ? AND person_id = ?",
        community_id,
        person_id,
    )
    by_name = Level.MEMBER if granted is None else read(granted)
    return max(by_name, of_roles(tx, home_id, role_ids) if home_id is not None else Level.MEMBER)


def of_roles(tx: Transaction, home_id: int, role_ids: Collection[str]) -> Level:
    """Return what somebody's roles are worth in a home."""
    return max((row.level for row in role_levels(tx, home_id) if row.role_id in role_ids), default=Level.MEMBER)


def remembered(tx: Transaction, community_id: int, person_id: int, *, besides: str | None = None) -> Level:
    """Return what somebody's rank in the homes of a community was worth when they were seen there lately.

    Those on the platform `besides` are left out: it tells by itself what they are worth now.
    """
    rows = tx.all(
        "SELECT m.home_id, m.level, m.roles, c.first_home_id FROM memberships m "
        "JOIN homes h ON h.id = m.home_id JOIN communities c ON c.id = h.community_id "
        "WHERE m.person_id = ? AND h.community_id = ? AND h.left_at IS NULL AND m.seen_at >= ? "
        "AND h.platform <> ?",
        person_id,
        community_id,
        to_stamp(tx.now - RANK_HOLDS),
        besides or "",
    )
    found = [Level.MEMBER]
    for row in rows:
        local = max(rank(row["level"]), of_roles(tx, row["home_id"], json.loads(row["roles"])))
        found.append(throughout(local, first=row["home_id"] == row["first_home_id"]))
    return max(found)


def throughout(local: Level, *, first: bool) -> Level:
    """Return what a level that holds in a home is worth in its community: all in the first home, else a librarian's."""
    return local if first else min(local, Level.LIBRARIAN)
