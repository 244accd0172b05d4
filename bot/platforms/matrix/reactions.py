# SPDX-License-Identifier: MIT
"""Reactions as buttons: which of them run something, which the bot seeds, and which are taken back.

Source: Matrix specification v1.13, "Event annotations and reactions".
"""

import logging

from bot.core.bindings import Bindings, Pressed, plain_sign
from bot.core.exchange import PlaceRef
from bot.kit.database import Database
from bot.platforms.matrix import store
from bot.platforms.matrix.api import Api
from bot.platforms.matrix.content import Spot, reaction
from bot.platforms.matrix.errors import MatrixError, Refusal
from bot.platforms.matrix.mouth import Mouth
from bot.platforms.matrix.render import Sheet

log = logging.getLogger(__name__)


class Reactions:
    """Binds signs to messages and keeps the bot's own reactions in step with them."""

    def __init__(self, api: Api, mouth: Mouth, db: Database) -> None:
        self.bindings: Bindings | None = None
        self._api = api
        self._mouth = mouth
        self._db = db

    async def bind(self, spot: Spot, message_id: str, sheet: Sheet) -> None:
        """Let a message have exactly the signs of a sheet, and seed the reactions of a card."""
        if self.bindings is None:
            return
        signs = [(sign.sign, sign.button) for sign in sheet.signs]
        # A reaction does not tell in which thread it stands, so those on cards are kept for the room.
        place = PlaceRef(spot.room_id, None if sheet.card else spot.thread_id)
        if signs or sheet.card:
            await self.bindings.bind(store.PLATFORM, place, message_id, signs, lasting=sheet.card)
        wanted = {plain_sign(sign.sign): sign.sign for sign in sheet.signs if sign.seeded}
        await self._seed(spot.room_id, message_id, wanted)

    async def rebind(self, spot: Spot, message_id: str, sheet: Sheet) -> None:
        """Do the same for a message that was edited; it may have had signs that it has no more."""
        if self.bindings is not None and not sheet.card and not sheet.signs:
            await self.bindings.bind(store.PLATFORM, PlaceRef(spot.room_id), message_id, ())
        await self.bind(spot, message_id, sheet)

    async def pressed(self, room_id: str, message_id: str, key: str) -> Pressed | None:
        """Return what a reaction stands for; None for foreign messages and other emoji."""
        if self.bindings is None or not message_id or not key:
            return None
        return await self.bindings.on(store.PLATFORM, PlaceRef(room_id), message_id, key)

    async def keep(self, event_id: str, room_id: str, sender: str, pressed: Pressed) -> None:
        """Remember what a reaction ran, in case it is taken back."""
        kept = store.Pressed(room_id, pressed.message_id, sender, pressed.target, pressed.arguments)
        await self._db.write(store.keep_press, event_id, kept)

    async def taken_back(self, event_id: str, sender: str) -> store.Pressed | None:
        """Return, once, what the reaction ran that its own sender has taken back."""
        return await self._db.write(store.take_press, event_id, sender)

    async def _seed(self, room_id: str, message_id: str, wanted: dict[str, str]) -> None:
        there = await self._db.read(store.seeds, message_id)
        try:
            for sign in there.keys() - wanted.keys():
                await self._api.redact(room_id, there[sign], f"unseed-{there[sign]}"[:200])
                await self._db.write(store.drop_seed, message_id, sign)
            for sign in [sign for sign in wanted if sign not in there]:
                await self._put(room_id, message_id, sign, wanted[sign])
        except MatrixError as error:
            # The signs are written in the message as well, and anybody may add them.
            log.info("%s: not every reaction could be put on %s: %s", room_id, message_id, error)

    async def _put(self, room_id: str, message_id: str, sign: str, shown: str) -> None:
        txn = f"seed-{message_id}-{'-'.join(f'{ord(letter):x}' for letter in sign)}"[:200]
        try:
            event_id = await self._mouth.insist(room_id, "m.reaction", reaction(message_id, shown), txn)
        except Refusal as error:
            if error.errcode != "M_DUPLICATE_ANNOTATION":
                raise
            return
        await self._db.write(store.keep_seed, room_id, message_id, sign, event_id)
