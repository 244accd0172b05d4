# SPDX-License-Identifier: MIT
"""Says which place serves for what."""

from collections.abc import Callable, Sequence
from typing import Protocol, runtime_checkable

from bot.core.desks.writing import note
from bot.kit.context import Context
from bot.kit.database import Database, Transaction
from bot.kit.desks import PlaceCheck, SlotView
from bot.kit.errors import Denied
from bot.kit.people import Place
from bot.kit.text import Text, t
from bot.storage import places, slots

EVENTS = "announcements"
"""The slot whose homes also get events in a calendar of their own, where the chat has one."""


@runtime_checkable
class Inspector(Protocol):
    """A platform that can tell whether the bot may do its work in a place."""

    @property
    def name(self) -> str:
        """The platform's name."""

    @property
    def advice(self) -> tuple[Text, ...]:
        """What moderators there should know besides."""

    def lacking(self, place: Place, *, calendar: bool = False) -> tuple[Text, ...]:
        """Return what the bot lacks to post in a place; () where all is well, or nothing is known.

        With `calendar`, also what it lacks to enter events into the calendar that the place's home has.
        """


class Places:
    """Implements `bot.kit.desks.PlacesDesk`. `inspectors` are the platforms that can look at their places."""

    def __init__(
        self,
        db: Database,
        changed: Callable[[], None],
        inspectors: Callable[[], Sequence[Inspector]] = tuple,
    ) -> None:
        self._db = db
        self._changed = changed
        self._inspectors = inspectors

    async def slots(self, ctx: Context) -> tuple[SlotView, ...]:
        """Return every place that serves for something in this community."""
        return await self._db.read(_slots, ctx.community.id)

    async def assign(self, ctx: Context, slot: str, place: Place) -> None:
        """Let a place serve as a slot; raises Denied when the place is of another home than the asker's."""
        _check_home(ctx, place)
        await self._db.write(_assign, ctx, slot, place)
        self._changed()

    async def withdraw(self, ctx: Context, slot: str, place: Place) -> bool:
        """Let a place no longer serve as a slot; False when it did not. Raises Denied as `assign` does."""
        _check_home(ctx, place)
        done = await self._db.write(_withdraw, ctx, slot, place)
        self._changed()
        return done

    async def check(self, ctx: Context) -> tuple[PlaceCheck, ...]:
        """Look at every place that serves for something in this community."""
        looks = {inspector.name: inspector.lacking for inspector in self._inspectors()}
        served: dict[Place, list[str]] = {}
        for view in await self.slots(ctx):
            served.setdefault(view.place, []).append(view.slot)
        return tuple(
            PlaceCheck(place, tuple(named), _lacking(looks.get(place.platform), place, named))
            for place, named in served.items()
        )

    def advice(self, ctx: Context) -> tuple[Text, ...]:
        """Return what moderators on the asker's platform should know besides."""
        found = (each.advice for each in self._inspectors() if each.name == ctx.place.platform)
        return next(found, ())


def _check_home(ctx: Context, place: Place) -> None:
    if ctx.home is None:
        raise Denied(t("This is about one channel or room: say it in the server or room that it is in."))
    if place.home_id != ctx.home.id:
        raise Denied(
            t("Name a place of the server or room that you are in; others are chosen by their own moderators.")
        )


def _lacking(look: Callable[..., tuple[Text, ...]] | None, place: Place, named: Sequence[str]) -> tuple[Text, ...]:
    return () if look is None else look(place, calendar=EVENTS in named)


def _slots(tx: Transaction, community_id: int) -> tuple[SlotView, ...]:
    found = slots.everything(tx, community_id)
    return tuple(SlotView(row.slot, places.within(tx, community_id, row.place_id)) for row in found)


def _assign(tx: Transaction, ctx: Context, slot: str, place: Place) -> None:
    if (slot, place.id) in {(each.slot, each.place_id) for each in slots.everything(tx, ctx.community.id)}:
        return  # a second note of it would let "undo" give up what was chosen before
    slots.assign(tx, ctx.community.id, slot, place.id)
    note(tx, ctx, "slot.assigned", {"slot": slot, "place_id": place.id})


def _withdraw(tx: Transaction, ctx: Context, slot: str, place: Place) -> bool:
    done = slots.withdraw(tx, ctx.community.id, slot, place.id)
    if done:
        note(tx, ctx, "slot.withdrawn", {"slot": slot, "place_id": place.id})
    return done
