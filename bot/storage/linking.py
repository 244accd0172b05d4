# SPDX-License-Identifier: MIT
"""Lets a home join another's community, leave it with what is its own, and be purged."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.kit.database import Transaction
from bot.kit.errors import UserError
from bot.kit.moment import to_stamp
from bot.kit.people import Community, Home
from bot.kit.text import Code, t
from bot.storage import audit, codes, communities, homes, numbers
from bot.storage.numbers import Renewal
from bot.storage.schema import home_tables, quoted
from bot.storage.transaction import SqliteTransaction


@dataclass(frozen=True, slots=True)
class Joined:
    """What a join did, or would do.

    `moved` counts rows by table. `stayed` counts those of which the other community has one already, such as an entry
    of the same name: they wait, untouched, until the home leaves.
    """

    community: Community
    home: Home
    moved: Mapping[str, int]
    stayed: Mapping[str, int]
    renewals: tuple[Renewal, ...]


def gave(tx: Transaction, code: str, community_id: int) -> bool:
    """Tell whether a code was given by a home of this community; raises Invalid."""
    return homes.existing(tx, codes.asked(tx, code).home_id).community_id == community_id


def redeem(tx: Transaction, code: str, home_id: int, person_id: int) -> Joined:
    """Let a home ask to join; return what that would do. Nothing moves until the other side agrees.

    Raises Invalid or UserError. The same home may ask again; for others the code is used.
    """
    joined = preview_join(tx, code, home_id)
    codes.redeem(tx, code, home_id, person_id)
    return joined


def guest_of(tx: Transaction, code: str) -> int:
    """Return the home that redeemed a code and waits; raises Invalid, and UserError where none has."""
    guest = codes.asked(tx, code).guest_home_id
    if guest is None:
        raise UserError(
            t(
                "No other server or room has used this code yet. First a moderator types {command} there.",
                command=Code(f"settings link {code.strip()}"),
            )
        )
    return guest


def agree(tx: Transaction, code: str, person_id: int) -> Joined:
    """Let the home join that redeemed a code; raises Invalid or UserError."""
    return join(tx, code, guest_of(tx, code), person_id)


def preview_join(tx: Transaction, code: str, home_id: int) -> Joined:
    """Return what `join` would do, by doing it and taking it back (so through `write`); raises Invalid or UserError."""
    if not isinstance(tx, SqliteTransaction):
        raise TypeError("A join can be rehearsed only in a transaction of this storage.")
    return tx.rehearse(join, code, home_id, None)


def join(tx: Transaction, code: str, home_id: int, person_id: int | None) -> Joined:
    """Let a home join the community of the home that issued a code, which is used up; raises Invalid or UserError."""
    asked = codes.asked(tx, code)
    if asked.guest_home_id not in (None, home_id):
        raise codes.spent()
    host, guest = homes.existing(tx, asked.home_id), homes.existing(tx, home_id)
    _check(tx, host, guest)
    codes.use(tx, code)
    moved, stayed, renewals = _move(tx, guest, host.community_id)
    audit.note(tx, host.community_id, person_id, "home.joined", {"home_id": guest.id}, home_id=guest.id)
    return Joined(
        communities.existing(tx, host.community_id),
        homes.existing(tx, guest.id),
        moved,
        stayed,
        renewals,
    )


def leave_community(tx: Transaction, home_id: int, person_id: int | None) -> Joined:
    """Take a home, with all that was made in it, back into its own community; raises UserError."""
    home = homes.existing(tx, home_id)
    if home.community_id == home.own_community_id:
        raise UserError(t("{name} has not joined another community, so there is nothing to leave.", name=home.name))
    audit.note(tx, home.community_id, person_id, "home.left", {"home_id": home.id})
    moved, stayed, renewals = _move(tx, home, home.own_community_id)
    return Joined(
        communities.existing(tx, home.own_community_id),
        homes.existing(tx, home.id),
        moved,
        stayed,
        renewals,
    )


def purge(tx: Transaction, home_id: int) -> None:
    """Delete a home and all that was made in it; homes that had joined its community go back to their own."""
    home = homes.existing(tx, home_id)
    for other in homes.of_community(tx, home.own_community_id):
        if other.id != home.id:
            leave_community(tx, other.id, None)
    tx.run("DELETE FROM homes WHERE id = ?", home.id)
    tx.run("DELETE FROM communities WHERE id = ?", home.own_community_id)


def _check(tx: Transaction, host: Home, guest: Home) -> None:
    if host.community_id == guest.community_id:
        raise UserError(t("{name} is in this community already.", name=guest.name))
    if guest.community_id != guest.own_community_id:
        raise UserError(t("{name} has joined another community; it must leave that one first.", name=guest.name))
    guests = [home.name for home in homes.of_community(tx, guest.own_community_id) if home.id != guest.id]
    if guests:
        raise UserError(
            t("Others have joined this community ({names}); they must leave it first.", names=tuple(guests)),
        )


def _move(
    tx: Transaction,
    home: Home,
    community_id: int,
) -> tuple[dict[str, int], dict[str, int], tuple[Renewal, ...]]:
    """Re-point every row of a home, in every table that has both columns, to another community."""
    moved: dict[str, int] = {}
    stayed: dict[str, int] = {}
    for table in home_tables(tx):
        if table == "numbers":
            continue
        name = quoted(table)
        total = tx.value(f"SELECT count(*) FROM {name} WHERE home_id = ? AND community_id <> ?", home.id, community_id)  # noqa: S608
        done = tx.run(
            f"UPDATE OR IGNORE {name} SET community_id = ? WHERE home_id = ? AND community_id <> ?",  # noqa: S608
            community_id,
            home.id,
            community_id,
        )
        if done:
            moved[table] = done
        if total > done:
            stayed[table] = total - done
    renewals = numbers.move(tx, home.id, community_id)
    tx.run("UPDATE homes SET community_id = ?, joined_at = ? WHERE id = ?", community_id, to_stamp(tx.now), home.id)
    return moved, stayed, renewals
