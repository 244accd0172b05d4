# SPDX-License-Identifier: MIT
"""People and the accounts by which they are recognised."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from sqlite3 import Row

from bot.kit.database import Transaction
from bot.kit.errors import NotFound, UserError
from bot.kit.moment import from_stamp, to_stamp
from bot.kit.people import Home, Identity, Level, Person
from bot.kit.text import Code, t
from bot.storage import levels


@dataclass(frozen=True, slots=True)
class Membership:
    """A home where a person was seen, and when last."""

    home_id: int
    community_id: int
    seen_at: datetime


def find(tx: Transaction, platform: str, external_id: str) -> Person | None:
    """Return the person behind an account, or None when it is not known yet."""
    person_id = tx.value(
        "SELECT person_id FROM identities WHERE platform = ? AND external_id = ?",
        platform,
        external_id,
    )
    return None if person_id is None else get(tx, person_id)


def get(tx: Transaction, person_id: int) -> Person | None:
    """Return a person with all their accounts, in the order in which they were linked."""
    row = tx.one("SELECT id, name, locale, zone FROM people WHERE id = ?", person_id)
    if row is None:
        return None
    identities = tx.all(
        "SELECT platform, external_id, name FROM identities WHERE person_id = ? "
        "ORDER BY linked_at, platform, external_id",
        person_id,
    )
    return _person(row, identities)


def recognise(tx: Transaction, platform: str, external_id: str, name: str) -> Person:
    """Return the person behind an account, known from now on, and under its present name."""
    known = find(tx, platform, external_id)
    if known is None:
        return _meet(tx, platform, external_id, name)
    before = next(each for each in known.identities if (each.platform, each.external_id) == (platform, external_id))
    if before.name == name:
        return known
    tx.run("UPDATE identities SET name = ? WHERE platform = ? AND external_id = ?", name, platform, external_id)
    # Somebody with two accounts keeps the name of the one that they were named after.
    tx.run("UPDATE people SET name = ? WHERE id = ? AND name = ?", name, known.id, before.name)
    return existing(tx, known.id)


def prefer(tx: Transaction, person_id: int, *, locale: str | None, zone: str | None) -> Person:
    """Set the language and the time zone that a person chose; None leaves the choice to the community."""
    tx.run("UPDATE people SET locale = ?, zone = ? WHERE id = ?", locale, zone, person_id)
    return existing(tx, person_id)


def prefer_community(tx: Transaction, person_id: int, community_id: int) -> None:
    """Note which community somebody means in private."""
    tx.run("UPDATE people SET private_community_id = ? WHERE id = ?", community_id, person_id)


def private_communities(tx: Transaction, person_id: int) -> tuple[int, ...]:
    """Return the communities that somebody may mean in private: the one that they chose, else all, the latest first."""
    met = tuple(dict.fromkeys(each.community_id for each in memberships(tx, person_id)))
    chosen = tx.value("SELECT private_community_id FROM people WHERE id = ?", person_id)
    return (chosen,) if chosen in met else met


def seen(tx: Transaction, person_id: int, home: Home, level: Level = Level.MEMBER, roles: Collection[str] = ()) -> None:
    """Note that a person spoke in a home, and which rank the platform gave them there."""
    tx.run(
        "INSERT INTO memberships (person_id, home_id, community_id, seen_at, level, roles) VALUES (?, ?, ?, ?, ?, ?) "
        "ON CONFLICT (person_id, home_id) DO UPDATE SET community_id = excluded.community_id, "
        "seen_at = excluded.seen_at, level = excluded.level, roles = excluded.roles",
        person_id,
        home.id,
        home.community_id,
        to_stamp(tx.now),
        levels.stored(level),
        json.dumps(sorted(roles)),
    )


def memberships(tx: Transaction, person_id: int) -> tuple[Membership, ...]:
    """Return the homes where a person was seen and the bot still is, the latest first."""
    rows = tx.all(
        "SELECT m.home_id, h.community_id, m.seen_at FROM memberships m JOIN homes h ON h.id = m.home_id "
        "WHERE m.person_id = ? AND h.left_at IS NULL ORDER BY m.seen_at DESC, m.home_id",
        person_id,
    )
    return tuple(Membership(row["home_id"], row["community_id"], from_stamp(row["seen_at"])) for row in rows)


def seen_on(tx: Transaction, person_id: int) -> str | None:
    """Return the platform on which a person was seen last, else one where they have an account."""
    platform: str | None = tx.value(
        "SELECT i.platform FROM identities i LEFT JOIN ("
        "SELECT h.platform, max(m.seen_at) AS seen_at FROM memberships m JOIN homes h ON h.id = m.home_id "
        "WHERE m.person_id = ? AND h.left_at IS NULL GROUP BY h.platform) s ON s.platform = i.platform "
        "WHERE i.person_id = ? ORDER BY coalesce(s.seen_at, 0) DESC, i.linked_at DESC, i.platform LIMIT 1",
        person_id,
        person_id,
    )
    return platform


def unlink(tx: Transaction, person_id: int, platform: str, external_id: str) -> Person:
    """Make one account a person of its own again, without what was written under the other; raises UserError."""
    person = existing(tx, person_id)
    gone = next(
        (each for each in person.identities if (each.platform, each.external_id) == (platform, external_id)), None
    )
    if gone is None:
        raise NotFound(t("That account is not linked to you."))
    if len(person.identities) == 1:
        raise UserError(t("This is your only account, so there is nothing to unlink."))
    tx.run("DELETE FROM identities WHERE platform = ? AND external_id = ?", platform, external_id)
    if person.name == gone.name:
        rest = next(each for each in person.identities if each is not gone)
        tx.run("UPDATE people SET name = ? WHERE id = ?", rest.name, person.id)
    tx.run("DELETE FROM places WHERE person_id = ? AND platform = ?", person.id, platform)
    return _meet(tx, platform, external_id, gone.name)


def _meet(tx: Transaction, platform: str, external_id: str, name: str) -> Person:
    now = to_stamp(tx.now)
    person_id = tx.insert("INSERT INTO people (name, created_at) VALUES (?, ?)", name, now)
    tx.run(
        "INSERT INTO identities (platform, external_id, person_id, name, linked_at) VALUES (?, ?, ?, ?, ?)",
        platform,
        external_id,
        person_id,
        name,
        now,
    )
    return Person(person_id, name, identities=(Identity(platform, external_id, name),))


def existing(tx: Transaction, person_id: int) -> Person:
    """Return a person with all their accounts; raises NotFound."""
    person = get(tx, person_id)
    if person is None:
        raise NotFound(t("Person {number} is not known here.", number=Code(str(person_id))))
    return person


def _person(row: Row, identities: list[Row]) -> Person:
    return Person(
        row["id"], row["name"], row["locale"], row["zone"], tuple(Identity(*identity) for identity in identities)
    )
