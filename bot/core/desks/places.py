# SPDX-License-Identifier: MIT
"""Says which place serves for what."""

from collections.abc import Callable

from bot.kit.context import Context
from bot.kit.database import Database, Transaction
from bot.kit.desks import SlotView
from bot.kit.errors import Denied
from bot.kit.people import Place
from bot.kit.text import t
from bot.storage import audit, places, slots


class Places:
    """Implements `bot.kit.desks.PlacesDesk`."""

    def __init__(self, db: Database, changed: Callable[[], None]) -> None:
        self._db = db
        self._changed = changed

    async def slots(self, ctx: Context) -> tuple[SlotView, ...]:
        """Return every place that serves for something in this community."""
        return await self._db.read(_slots, ctx.community.id)

    async def assign(self, ctx: Context, slot: str, place: Place) -> None:
        """Let a place serve as a slot; raises Denied when the place is of another home than the asker's."""
        if ctx.home is None or place.home_id != ctx.home.id:
            raise Denied(
                t("Name a place of the server or room that you are in; others are chosen by their own moderators.")
            )
        await self._db.write(_assign, ctx, slot, place)
        self._changed()

    async def withdraw(self, ctx: Context, slot: str, place: Place) -> bool:
        """Let a place no longer serve as a slot; False when it did not."""
        done = await self._db.write(_withdraw, ctx, slot, place)
        self._changed()
        return done


def _slots(tx: Transaction, community_id: int) -> tuple[SlotView, ...]:
    found = slots.everything(tx, community_id)
    return tuple(SlotView(row.slot, places.within(tx, community_id, row.place_id)) for row in found)


def _assign(tx: Transaction, ctx: Context, slot: str, place: Place) -> None:
    slots.assign(tx, ctx.community.id, slot, place.id)
    _note(tx, ctx, "slot.assigned", slot, place)


def _withdraw(tx: Transaction, ctx: Context, slot: str, place: Place) -> bool:
    done = slots.withdraw(tx, ctx.community.id, slot, place.id)
    if done:
        _note(tx, ctx, "slot.withdrawn", slot, place)
    return done


def _note(tx: Transaction, ctx: Context, action: str, slot: str, place: Place) -> None:
    home_id = ctx.home.id if ctx.home else None
    audit.note(tx, ctx.community.id, ctx.person.id, action, {"slot": slot, "place_id": place.id}, home_id=home_id)
