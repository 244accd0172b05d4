# SPDX-License-Identifier: MIT
"""Who may do what in a room, computed from its state.

Source: Matrix specification v1.16, "Room Version 12" (the creators of a room, named by m.room.create and its
additional_creators, stand above every power level and are not listed) and "m.room.power_levels".
"""

import math
from collections.abc import Mapping
from typing import Any

from bot.core.exchange import Rank
from bot.kit.people import Level
from bot.platforms.matrix.shapes import Event, mapping, strings, text, whole

MODERATOR = 50
ADMIN = 100
_CREATORS_ABOVE = 12


def creators(create: Event) -> frozenset[str]:
    """Return who stands above every power level: nobody before version 12."""
    version = text(create, "content", "room_version") or "1"
    number = int(version) if version.isascii() and version.isdigit() else 0
    if number < _CREATORS_ABOVE and not version.startswith("org.matrix.hydra"):
        return frozenset()
    return frozenset({text(create, "sender"), *strings(create, "content", "additional_creators")} - {""})


def power_of(user_id: str, create: Event, levels: Mapping[str, Any] | None) -> float:
    """Return somebody's power level in a room; infinite for a creator of a room of version 12 or newer."""
    if user_id in creators(create):
        return math.inf
    if levels is None:
        # Without power levels, who made the room has 100 (room versions 1 to 11).
        return ADMIN if user_id == (text(create, "content", "creator") or text(create, "sender")) else 0
    own = whole(levels, "users", user_id)
    return own if own is not None else whole(levels, "users_default") or 0


def needed(kind: str, levels: Mapping[str, Any] | None, *, state: bool = False) -> int:
    """Return the power level that sending an event of this type takes."""
    if levels is None:
        return MODERATOR if state and kind != "m.room.message" else 0
    own = whole(levels, "events", kind)
    if own is not None:
        return own
    default = whole(levels, "state_default" if state else "events_default")
    return default if default is not None else MODERATOR if state else 0


def may_call_all(power: float, levels: Mapping[str, Any] | None) -> bool:
    """Tell whether somebody of this power level may call the whole room."""
    wanted = whole(levels, "notifications", "room")
    return power >= (MODERATOR if wanted is None else wanted)


def rank_of(user_id: str, create: Event, levels: Mapping[str, Any] | None, moderator: int = MODERATOR) -> Rank:
    """Return what the platform says of somebody: their level, and as roles every power level up to their own."""
    power = power_of(user_id, create, levels)
    steps = {MODERATOR, ADMIN, moderator} | {
        found for user in mapping(levels, "users") if (found := _step(user, levels))
    }
    roles = {f"power:{step}" for step in steps if 0 < step <= power}
    return Rank(Level.MODERATOR if power >= moderator else Level.MEMBER, frozenset(roles))


def _step(user_id: str, levels: Mapping[str, Any] | None) -> int:
    return whole(levels, "users", user_id) or 0
