# SPDX-License-Identifier: MIT
"""Tells somebody's communities apart where several of them have the same name."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.kit.database import Transaction
from bot.kit.desks import KnownCommunity
from bot.kit.moment import from_stamp
from bot.kit.people import Community
from bot.kit.text import Ago, Text, t


@dataclass(frozen=True, slots=True)
class _Traits:
    """What a community may be known by besides its name: the chats and the homes that it is in."""

    platforms: tuple[str, ...]
    homes: tuple[str, ...]


def told_apart(tx: Transaction, person_id: int, found: Sequence[Community]) -> tuple[KnownCommunity, ...]:
    """Return communities under their names; with where they are, or when somebody was there, where names are equal."""
    namesakes: defaultdict[str, list[Community]] = defaultdict(list)
    for community in found:
        namesakes[community.name.casefold()].append(community)
    return tuple(
        KnownCommunity(community, _label(tx, person_id, community, namesakes[community.name.casefold()]))
        for community in found
    )


def _label(tx: Transaction, person_id: int, community: Community, alike: Sequence[Community]) -> Text | str:
    if len(alike) == 1:
        return community.name
    own, others = _traits(tx, community), [_traits(tx, each) for each in alike if each.id != community.id]
    where = ", ".join(own.platforms)
    if all(own.platforms != other.platforms for other in others):
        return t("{name} ({where})", name=community.name, where=where)
    if all(own != other for other in others):
        return t("{name} ({where}: {homes})", name=community.name, where=where, homes=", ".join(own.homes))
    return t(
        "{name} ({where}, where you were {when})",
        name=community.name,
        where=where,
        when=Ago(from_stamp(_seen_at(tx, person_id, community.id))),
    )


def _traits(tx: Transaction, community: Community) -> _Traits:
    rows = tx.all(
        "SELECT platform, name FROM homes WHERE community_id = ? AND left_at IS NULL ORDER BY id", community.id
    )
    names = dict.fromkeys(row["name"] for row in rows)
    return _Traits(tuple(dict.fromkeys(row["platform"].title() for row in rows)), tuple(names))


def _seen_at(tx: Transaction, person_id: int, community_id: int) -> int:
    return int(
        tx.value(
            "SELECT coalesce(max(m.seen_at), 0) FROM memberships m JOIN homes h ON h.id = m.home_id "
            "WHERE m.person_id = ? AND h.community_id = ? AND h.left_at IS NULL",
            person_id,
            community_id,
        )
    )
