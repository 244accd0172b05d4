# SPDX-License-Identifier: MIT
"""Commands that say which place serves for what."""

from enum import StrEnum
from typing import Annotated

from bot.kit import Arg, Code, Context, Level, Place, PlacesDesk, Reply, Text, Tone, Visible, command, label_of, t


class Slot(StrEnum):
    """What a place can serve for."""

    REQUESTS = "requests"
    ANNOUNCEMENTS = "announcements"
    DIGEST = "digest"
    LOG = "log"

    @property
    def label(self) -> str:
        """What people read."""
        return {
            Slot.REQUESTS: "Reference requests",
            Slot.ANNOUNCEMENTS: "Announcements",
            Slot.DIGEST: "Digest",
            Slot.LOG: "Moderators' log",
        }[self]


class PlaceCommands:
    """Channels."""

    places: PlacesDesk

    @command(
        "settings channel",
        "Choose where something is posted",
        level=Level.MODERATOR,
        local=True,
        visible=Visible.QUIET,
        example="settings channel announcements",
        task="moderate",
    )
    async def choose_place(
        self,
        ctx: Context,
        slot: Annotated[Slot, Arg("What is posted there", ask=True)],
        place: Annotated[Place | None, Arg("Which channel or room (this one, unless you name another)")] = None,
        remove: Annotated[bool, Arg("Post there no longer")] = False,
    ) -> Reply:
        """Let a place serve for something, or no longer."""
        chosen = place or ctx.place
        purpose = Text(label_of(slot))
        if remove:
            if await self.places.withdraw(ctx, slot.value, chosen):
                return Reply(t("{purpose}: no longer in {place}.", purpose=purpose, place=chosen), tone=Tone.GOOD)
            words = t("{purpose}: was not posted in {place} anyway.", purpose=purpose, place=chosen)
            return Reply(words, tone=Tone.WARNING)
        await self.places.assign(ctx, slot.value, chosen)
        return Reply(t("{purpose}: from now on in {place}.", purpose=purpose, place=chosen), tone=Tone.GOOD)

    @command(
        "settings channels",
        "Show what is posted where",
        visible=Visible.QUIET,
        example="settings channels",
        task="moderate",
    )
    async def show_places(self, ctx: Context) -> Reply:
        """List the places that serve for something."""
        found = await self.places.slots(ctx)
        if not found:
            return Reply(
                t(
                    "No channel was chosen yet. A moderator chooses one with {command}.",
                    command=Code("settings channel"),
                )
            )
        lines = tuple(
            t("{purpose}: {place}", purpose=purpose(view.slot), place=view.place)
            for view in found
            if view.slot in set(Slot)
        )
        return Reply(title=t("What is posted where"), items=lines)


def purpose(slot: str) -> Text | str:
    """Say what a place serves for."""
    return Text(label_of(Slot(slot))) if slot in set(Slot) else slot
