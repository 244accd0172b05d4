# SPDX-License-Identifier: MIT
"""What answering and delivering have in common: saying a rendered reply somewhere, file by file and piece by piece."""

import logging
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.core.clock import WakingClock
from bot.core.i18n.style import Style
from bot.core.tasks import Tasks
from bot.kit.reply import Attachment
from bot.platforms.matrix.api import Api
from bot.platforms.matrix.content import NOBODY, NOTICE, Called, Spot, message, replacement
from bot.platforms.matrix.direct import Directs
from bot.platforms.matrix.errors import MatrixError
from bot.platforms.matrix.files import Files
from bot.platforms.matrix.mouth import Mouth
from bot.platforms.matrix.reactions import Reactions
from bot.platforms.matrix.reading import Me
from bot.platforms.matrix.render import Piece, Sheet
from bot.platforms.matrix.style import STYLE

log = logging.getLogger(__name__)

MESSAGE = "m.room.message"

Send = Callable[[str, str, Mapping[str, Any], str], Awaitable[str]]
"""Sends an event of a type and a content to a room under a transaction id, and returns its id."""


class Desk:
    """Says things. `send` of an answer insists; that of a post leaves it to the outbox to try again."""

    def __init__(
        self,
        api: Api,
        mouth: Mouth,
        directs: Directs,
        reactions: Reactions,
        files: Files,
        clock: WakingClock,
        tasks: Tasks,
    ) -> None:
        self.me = Me(api.user_id)
        self.api = api
        self.mouth = mouth
        self.directs = directs
        self.reactions = reactions
        self.files = files
        self.clock = clock
        self.tasks = tasks
        self.style_of: Callable[[str], Awaitable[Style]] = _plainly
        self.on_mute: Callable[[str], Awaitable[None]] = _stay

    async def say(
        self,
        spot: Spot,
        sheet: Sheet,
        *,
        kind: str = NOTICE,
        called: Called = NOBODY,
        marker: str = "",
        question: int | None = None,
        send: Send | None = None,
    ) -> str:
        """Say a sheet and return the id of its first event; the rest follows in a thread. Raises MatrixError."""
        send = send or self.mouth.insist
        txn = marker or secrets.token_urlsafe(12)
        first = message(sheet.pieces[0], spot, kind=kind, called=called, marker=marker, question=question)
        message_id = await send(spot.room_id, MESSAGE, first, txn)
        await self._follow(self.below(spot, message_id), sheet.pieces[1:], sheet.files, kind, txn, send)
        if sheet.signs or sheet.card:
            await self.reactions.bind(spot, message_id, sheet)
        return message_id

    async def replace(
        self,
        spot: Spot,
        message_id: str,
        sheet: Sheet,
        *,
        kind: str = NOTICE,
        marker: str = "",
        send: Send | None = None,
    ) -> None:
        """Let a message say something else. Raises MatrixError."""
        send = send or self.mouth.insist
        txn = marker or secrets.token_urlsafe(12)
        await send(spot.room_id, MESSAGE, replacement(sheet.pieces[0], message_id, kind=kind), txn)
        await self._follow(self.below(spot, message_id), sheet.pieces[1:], (), kind, txn, send)
        await self.reactions.rebind(spot, message_id, sheet)

    async def type(self, room_id: str, milliseconds: int) -> None:
        """Show that the bot is typing, or not any more; a failure is of no matter."""
        try:
            await self.api.typing(room_id, milliseconds)
        except MatrixError as error:
            log.debug("%s: typing is not shown: %s", room_id, error)

    @staticmethod
    def below(spot: Spot, message_id: str) -> Spot:
        """Return where that goes which belongs to a message: its thread, or the one that it begins."""
        return replace(spot, thread_id=spot.thread_id or message_id, replied_to=None)

    async def _follow(
        self,
        spot: Spot,
        pieces: tuple[Piece, ...],
        files: tuple[Attachment, ...],
        kind: str,
        txn: str,
        send: Send,
    ) -> None:
        for number, piece in enumerate(pieces, 1):
            await send(spot.room_id, MESSAGE, message(piece, spot, kind=kind), f"{txn}.{number}")
        for number, file in enumerate(files, 1):
            content = await self.files.content(spot, file)
            await send(spot.room_id, MESSAGE, content, f"{txn}.f{number}")


async def _plainly(room_id: str) -> Style:
    """Write as in a private chat."""
    del room_id
    return STYLE


async def _stay(room_id: str) -> None:
    """Do nothing about a room where the bot may not write."""
    del room_id
