# SPDX-License-Identifier: MIT
"""The store function that finds, or makes, the rows behind an event's origin."""

from dataclasses import replace
from typing import TypeAlias

from bot.core.exchange import Origin, Rank, primary
from bot.core.situation import NOWHERE, Situation
from bot.kit.database import Transaction
from bot.kit.people import Community, Home, Level, Person
from bot.storage import apart, blocks, communities, homes, levels, people, places

Told: TypeAlias = "tuple[tuple[Home, Rank], ...] | None"


def situate(tx: Transaction, origin: Origin) -> Situation:
    """Return the situation of an event; people, homes and places that are new become rows."""
    person = people.recognise(tx, origin.platform, origin.person.external_id, origin.person.name)
    home = _home(tx, origin)
    told = _told(tx, origin)
    meant = _communities(tx, person, home, told)
    community = meant[0]
    place = places.ensure(
        tx,
        origin.platform,
        origin.place.channel_id,
        origin.place.thread_id,
        origin.place.name,
        home_id=home.id if home else None,
        person_id=None if home else person.id,
    )
    if home is not None:
        valued = {row.role_id for row in levels.role_levels(tx, home.id)}
        people.seen(tx, person.id, home, origin.rank.level, valued & origin.rank.roles)
    everywhere, local = _levels(tx, origin, person, home, community, told)
    return Situation(
        person=person,
        place=place,
        home=home,
        community=community,
        level=everywhere,
        local_level=local,
        locale=person.locale or _platform_locale(origin, community),
        zone=person.zone or community.zone,
        blocked=blocks.is_blocked(tx, community.id, person.identities),
        certain=home is not None or told is not None,
        either=apart.told_apart(tx, person.id, meant) if len(meant) > 1 else (),
    )


def speaking(tx: Transaction, origin: Origin, here: Situation) -> Situation:
    """Return a situation with the language and time zone that hold now; makes no row, and keeps it if there is none."""
    person, community = people.get(tx, here.person.id), communities.get(tx, here.community.id)
    if person is None or community is None:
        return here
    locale, zone = person.locale or _platform_locale(origin, community), person.zone or community.zone
    return here if (locale, zone) == (here.locale, here.zone) else replace(here, locale=locale, zone=zone)


def _home(tx: Transaction, origin: Origin) -> Home | None:
    if origin.home is None:
        return None
    return homes.arrive(tx, origin.platform, origin.home.external_id, origin.home.name, origin.home.kind)


def _told(tx: Transaction, origin: Origin) -> tuple[tuple[Home, Rank], ...] | None:
    """Return the ranks in homes that a platform tells with what is said in private; None where it cannot tell."""
    if origin.home is not None or origin.elsewhere is None:
        return None
    found = ((homes.find(tx, origin.platform, external_id), rank) for external_id, rank in origin.elsewhere)
    return tuple((home, rank) for home, rank in found if home is not None)


def _communities(tx: Transaction, person: Person, home: Home | None, told: Told) -> tuple[Community, ...]:
    """Return the community of a home; in private that which the person chose, else all theirs, the latest first.

    Who has a rank somewhere, and has said nothing anywhere yet, is taken to be there.
    """
    if home is not None:
        return (communities.existing(tx, home.community_id),)
    found = people.private_communities(tx, person.id)
    if not found and told:
        for there, rank in told:
            people.seen(tx, person.id, there, rank.level)
        found = people.private_communities(tx, person.id)
    return tuple(communities.existing(tx, each) for each in found) or (NOWHERE,)


def _levels(
    tx: Transaction, origin: Origin, person: Person, home: Home | None, community: Community, told: Told
) -> tuple[Level, Level]:
    """Return what somebody may do in the whole community, and in this home.

    What a platform or a role says counts for the whole community in its first home; a moderator of a home that joined
    governs that home only, and its librarians are librarians everywhere. In private, where a platform does not tell of
    ranks, whoever was seen as a librarian lately still is one; nobody moderates there by a rank that may be gone.
    """
    granted = levels.level_of(tx, community.id, None, person.id)
    if home is None:
        besides = None if told is None else origin.platform
        remembered = min(levels.remembered(tx, community.id, person.id, besides=besides), Level.LIBRARIAN)
        known = max(granted, remembered, *(_throughout(tx, community, *each) for each in told or ()))
        return known, known
    local = max(levels.level_of(tx, community.id, home.id, person.id, origin.rank.roles), origin.rank.level)
    everywhere = levels.throughout(local, first=home.id == community.first_home_id)
    return max(granted, everywhere), max(granted, local)


def _throughout(tx: Transaction, community: Community, home: Home, rank: Rank) -> Level:
    """Return what a rank in a home is worth in a community: nothing where it is of another one."""
    if home.community_id != community.id:
        return Level.MEMBER
    local = max(rank.level, levels.of_roles(tx, home.id, rank.roles))
    return levels.throughout(local, first=home.id == community.first_home_id)


def _platform_locale(origin: Origin, community: Community) -> str:
    """Return what the client says, where it can be in the community's language; it cannot mean one that it lacks."""
    unsaid = origin.languages is not None and primary(community.locale) not in origin.languages
    return community.locale if unsaid else origin.locale or community.locale
