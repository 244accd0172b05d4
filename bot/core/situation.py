# SPDX-License-Identifier: MIT
"""Who is asking, where, in which community, and what they may do there: read once per event, mostly from memory."""

from dataclasses import dataclass

from bot.kit.desks import KnownCommunity
from bot.kit.people import Community, Home, Level, Person, Place

NOWHERE = Community(0, "")
"""The community of a person who meets the bot where it has no home: the starter FAQ and nothing to store."""


@dataclass(frozen=True, slots=True)
class Situation:
    """One person in one place.

    `level` holds for the whole community. `local_level` holds for the home they are in: a moderator of a home that
    joined another's community governs that home's places only. `either` are the communities that somebody may mean
    who uses the bot in several, and speaks in private without having said which. `certain` tells that the levels are
    what the platform says now: of a private conversation not every platform can say it.
    """

    person: Person
    place: Place
    home: Home | None
    community: Community
    level: Level
    local_level: Level
    locale: str
    zone: str
    blocked: bool = False
    certain: bool = True
    either: tuple[KnownCommunity, ...] = ()
