# SPDX-License-Identifier: MIT
"""What moderators choose for their Matrix rooms, as the settings of a cog that has nothing else.

So they are listed, changed and reset like all others, for the community or for a single room.
"""

from dataclasses import dataclass
from typing import Annotated

from bot.core.settings import SettingsBook
from bot.kit.arg import Arg
from bot.kit.cog import Cog, Manifest
from bot.kit.database import Database, Transaction
from bot.platforms.matrix.powers import MODERATOR
from bot.platforms.matrix.store import PLATFORM
from bot.storage import places


@dataclass(frozen=True, slots=True)
class RoomSettings:
    """What a room has chosen."""

    prefix: Annotated[str, Arg("What commands begin with in Matrix rooms", min=1, max=10)] = "!"
    moderator_power: Annotated[int, Arg("Power level from which on somebody moderates", min=1, max=100)] = MODERATOR
    publish_commands: Annotated[bool, Arg("Whether clients are told the commands, where the bot may")] = True


class Matrix(Cog):
    """The settings of Matrix rooms."""

    name = PLATFORM
    manifest = Manifest(
        "What Matrix rooms choose: the prefix of commands, and who moderates.",
        "Who pressed which reaction, until it is taken back or the person is forgotten.",
        {},
    )
    settings = RoomSettings


class RoomBook:
    """Knows what each room has chosen; from memory until something is changed anywhere."""

    def __init__(self, db: Database, book: SettingsBook) -> None:
        self._db = db
        self._book = book
        self._known: dict[str, RoomSettings] = {}
        self._version = -1

    async def of(self, room_id: str) -> RoomSettings:
        """Return the settings of a room; the defaults where the bot has no home."""
        if self._version != self._book.version:
            self._version = self._book.version
            self._known.clear()
        known = self._known.get(room_id)
        if known is None:
            version = self._version
            known = await self._read(room_id)
            if version == self._book.version:
                self._known[room_id] = known
        return known

    def forget(self, room_id: str) -> None:
        """Read a room's settings anew."""
        self._known.pop(room_id, None)

    async def _read(self, room_id: str) -> RoomSettings:
        found = await self._db.read(_where, room_id)
        if found is None:
            return RoomSettings()
        community_id, place_id = found
        chosen: RoomSettings = await self._book.of(Matrix, community_id, place_id)
        return chosen


def _where(tx: Transaction, room_id: str) -> tuple[int, int] | None:
    found = places.whereabouts(tx, PLATFORM, room_id)
    return None if found is None or found.community is None else (found.community.id, found.place.id)
