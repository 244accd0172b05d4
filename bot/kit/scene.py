# SPDX-License-Identifier: MIT
"""Who and where a demonstration plays, for cogs to fill it with something to see."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.kit.people import Community, Home, Person, Place


@dataclass(frozen=True, slots=True)
class Scene:
    """A demonstration's community.

    `people` are "you" (the owner), "mira" (a moderator), "ana" (a librarian), "ben" and "zoe" (members); `places` are
    the rooms "main", "announcements" and "requests".
    """

    community: Community
    home: Home
    people: Mapping[str, Person]
    places: Mapping[str, Place]
