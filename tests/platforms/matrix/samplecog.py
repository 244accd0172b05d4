# SPDX-License-Identifier: MIT
"""A cog with what the tests of the Matrix platform need."""

import asyncio
from typing import Annotated

from bot.kit import (
    Arg,
    Attachment,
    Button,
    Cog,
    Confirm,
    Context,
    Level,
    Manifest,
    Reply,
    Text,
    Visible,
    action,
    command,
    shortcut,
    t,
)


class Sample(Cog):
    """One command for each road."""

    name = "sample"
    manifest = Manifest("One command for each road.", "Nothing.", {"room": "The room"})

    def __init__(self) -> None:
        self.runs = 0
        self.gate = asyncio.Event()
        self.gate.set()

    @command("echo", "Say it again", free="words", alone=True)
    async def echo(self, ctx: Context, words: Annotated[str, Arg("What to say", ask=True)]) -> Text:
        """Say it again, once the gate is open."""
        self.runs += 1
        await self.gate.wait()
        return t("{name} ({level}) said: {words}", name=ctx.person.name, level=ctx.level.name, words=words)

    @command("whisper", "Answer in private", visible=Visible.SECRET, alone=True)
    async def whisper(self, ctx: Context) -> Text:
        """Tell the asker alone."""
        return t("The password is {word}.", word="swordfish")

    @command("card", "Show a card")
    async def card(self, ctx: Context) -> Reply:
        """Show a card with reactions."""
        return meeting(self)

    @action(undo="stay_away")
    async def come(self, ctx: Context, meeting_id: int) -> Text:
        """Come."""
        self.runs += 1
        return t("{name} comes to {number}.", name=ctx.person.name, number=str(meeting_id))

    @action
    async def stay_away(self, ctx: Context, meeting_id: int) -> Text:
        """Stay away after all."""
        return t("{name} stays away from {number}.", name=ctx.person.name, number=str(meeting_id))

    @action
    async def close(self, ctx: Context, meeting_id: int) -> Reply:
        """Close the card."""
        await ctx.edit(Reply(t("It is over."), card=True))
        return Reply(t("Closed."))

    @command("choose", "Number the choices")
    async def choose(self, ctx: Context) -> Reply:
        """Number the choices of an answer."""
        return Reply(t("Well?"), buttons=(Button(t("Come"), self.come, 7), Button(t("Again"), "echo", words="again")))

    @command("delete", "Delete everything")
    async def delete(self, ctx: Context) -> Reply | Confirm:
        """Want a yes first."""
        return Reply(t("Deleted.")) if ctx.confirmed else Confirm(t("Delete everything?"))

    @command("long", "Say very much")
    async def long(self, ctx: Context) -> Reply:
        """Answer with more than one event takes."""
        return Reply("word " * 6000, items=tuple(f"Item {number}" for number in range(60)))

    @command("file", "Hand a file out")
    async def file(self, ctx: Context) -> Reply:
        """Answer with a file."""
        return Reply(t("Here."), files=(Attachment("list.csv", b"a,b\n", "text/csv", t("A list")),))

    @command("room rule", "Moderate", level=Level.MODERATOR)
    async def rule(self, ctx: Context) -> Text:
        """Do what only moderators may."""
        return t("You rule.")

    @shortcut("Save this", word="save")
    async def save(self, ctx: Context) -> Text:
        """Use an existing message."""
        return t("Saved: {text}", text=ctx.message.text if ctx.message else "nothing")


def meeting(cog: Sample) -> Reply:
    """A card with four buttons, of which three are seeded."""
    buttons = (
        Button(t("I come"), cog.come, 7, emoji="✋\ufe0f"),
        Button(t("Close"), cog.close, 7),
        Button(t("Close too"), cog.close, 7),
        Button(t("Come too"), cog.come, 7),
    )
    return Reply(t("A meeting."), buttons=buttons, card=True)
