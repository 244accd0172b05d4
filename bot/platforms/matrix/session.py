# SPDX-License-Identifier: MIT
"""One login, put together: the parts of the platform that know each other for as long as a device is ours."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Any

from bot.core import greeting
from bot.core.clock import WakingClock
from bot.core.i18n.catalogs import Catalogs
from bot.core.i18n.style import Style
from bot.core.inbox import Inbox
from bot.core.registry import Registry
from bot.core.tasks import Tasks
from bot.kit.database import Database, Transaction
from bot.kit.operation import Command
from bot.kit.people import Home
from bot.kit.posting import Poster
from bot.platforms.matrix.api import Api
from bot.platforms.matrix.desk import Desk
from bot.platforms.matrix.direct import Directs
from bot.platforms.matrix.encryption import Encryption
from bot.platforms.matrix.errors import MatrixError
from bot.platforms.matrix.files import Files
from bot.platforms.matrix.intake import Intake
from bot.platforms.matrix.lanes import Lanes
from bot.platforms.matrix.listener import Listener
from bot.platforms.matrix.lodging import Lodging
from bot.platforms.matrix.mouth import Mouth
from bot.platforms.matrix.reactions import Reactions
from bot.platforms.matrix.rooms import Room, Rooms
from bot.platforms.matrix.settings import RoomBook
from bot.platforms.matrix.slash import Slash
from bot.platforms.matrix.standing import Standing
from bot.platforms.matrix.style import MatrixStyle
from bot.platforms.matrix.sync import Sync


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the platform is given by the application; with a `poster` new rooms are greeted."""

    db: Database
    clock: WakingClock
    catalogs: Catalogs
    registry: Registry
    book: RoomBook
    migrate: Callable[[], Awaitable[object]]
    poster: Poster | None = None
    tasks: Tasks = field(default_factory=Tasks)


class Session:
    """The parts, wired. `encryption` is None where encryption is switched off."""

    def __init__(
        self,
        api: Api,
        rooms: Rooms,
        given: Surroundings,
        inbox: Inbox,
        encryption: Encryption | None,
        welcome: tuple[str, ...],
        on_trouble: Callable[[MatrixError | None], None],
    ) -> None:
        self.encryption = encryption
        self._api = api
        self._rooms = rooms
        self._book = given.book
        self._registry = given.registry
        self.errands = Tasks()
        mouth = Mouth(api, rooms, given.clock)
        mouth.cipher = encryption
        reactions = Reactions(api, mouth, given.db)
        reactions.bindings = inbox.bindings
        self.directs = Directs(api, rooms, given.db, encrypted=encryption is not None)
        self.desk = Desk(api, mouth, self.directs, reactions, Files(api, rooms), given.clock, given.tasks)
        self.lodging = Lodging(api, rooms, self.directs, given.book, given.db, given.clock, self.errands, welcome)
        self._poster = given.poster
        self.lodging.greet = self._greet if given.poster is not None else None
        self.desk.on_mute = self.lodging.leave_if_mute
        self.desk.style_of = self._style_of
        self.slash = Slash(api, given.registry, given.book, given.clock)
        self.lodging.on_home = self._publish
        self.standing = Standing(api, rooms, given.book)
        listener = Listener(self.desk, rooms, given.book, inbox, given.db, given.catalogs, self.standing, encryption)
        self.lanes = Lanes(given.tasks, self._keep)
        self.intake = Intake(api, rooms, self.lodging, listener, self.lanes, given.clock, given.tasks, encryption)
        self.sync = Sync(api, given.db, given.clock, self._take, on_trouble)

    async def load(self) -> None:
        """Learn what the homeserver and the database know of our rooms. Raises MatrixError."""
        await self.lodging.load()
        await self.directs.load()
        name = await self._api.display_name(self._api.user_id)
        if name:
            self.desk.me = replace(self.desk.me, name=name)

    def publish_everywhere(self) -> None:
        """Describe the commands anew wherever the bot may: features came or went."""
        for room in self._rooms:
            if room.id not in self._rooms.direct:
                self.errands.spawn("matrix.commands", self.slash.publish(room))

    async def settled(self) -> None:
        """Wait until everything that came so far is dealt with, errands such as joining rooms included."""
        await self.lanes.settled()
        await self.errands.wait()

    def _greet(self, tx: Transaction, home: Home, place_id: int) -> None:
        """Say hello in a room where the bot never was before."""
        if self._poster is not None:
            greeting.greet(tx, self._poster, home, place_id, {command.name for command in self._registry.commands})

    async def _style_of(self, room_id: str) -> Style:
        """Return how to write in a room: commands with the prefix that they have there."""
        prefix = "" if room_id in self._rooms.direct else (await self._book.of(room_id)).prefix
        return MatrixStyle(prefix, self._is_command)

    def _is_command(self, words: str) -> bool:
        """Tell whether words begin with a command's whole name."""
        typed = words.split()
        names = (" ".join(typed[:count]) for count in range(1, len(typed) + 1))
        found = (self._registry.operation(name) for name in names)
        return any(bound is not None and isinstance(bound.operation, Command) for bound in found)

    async def _publish(self, room: Room) -> None:
        self.errands.spawn("matrix.commands", self.slash.publish(room))

    async def _take(self, answer: dict[str, Any], first: bool) -> None:
        self.intake.since = self.sync.since
        await self.intake.take(answer, first)

    async def _keep(self, batches: list[Any]) -> None:
        await self.sync.keep(batches)
