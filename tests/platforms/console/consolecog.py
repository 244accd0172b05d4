# SPDX-License-Identifier: MIT
"""A cog to try the terminal with."""

import asyncio
import enum
from datetime import timedelta
from typing import Annotated

from bot.kit import (
    Arg,
    Attachment,
    Button,
    Choice,
    Cog,
    Community,
    Confirm,
    Context,
    Database,
    Level,
    Manifest,
    Person,
    Poster,
    Reply,
    Upload,
    Visible,
    action,
    command,
    every,
    shortcut,
    t,
)


class Kind(enum.StrEnum):
    """What sort of source it is."""

    ARTICLE = "article"
    BOOK = "book"


async def complete_wiki(_cog: object, _ctx: Context, typed: str) -> list[Choice]:
    """Return wikis."""
    return [Choice(wiki, f"Wiki {wiki}") for wiki in ("en", "es", "old wiki") if wiki.startswith(typed)]


class Toys(Cog):
    """Do what can be done at a terminal."""

    name = "toys"
    manifest = Manifest("Plays at a terminal.", "Nothing.", {"toy": "Toys"})

    def __init__(self, db: Database, poster: Poster) -> None:
        self.db = db
        self.poster = poster
        self.hanging = asyncio.Event()

    @command("toy open", "Open a toy")
    async def open_toy(
        self,
        ctx: Context,
        title: Annotated[str, Arg("What you are looking for", min=5, max=200, ask=True)],
        kind: Annotated[Kind, Arg("What sort of source")] = Kind.ARTICLE,
        wiki: Annotated[str, Arg("Wiki it is for", complete=complete_wiki)] = "en",
    ) -> Reply:
        """Show a card."""
        return Reply(
            title=t("{title} ({kind}, {wiki})", title=title, kind=kind.value, wiki=wiki),
            buttons=(Button(t("Claim"), self.claim, 1, emoji="✋"), Button(t("Close"), self.close_toy, 1)),
        )

    @action(level=Level.LIBRARIAN)
    async def claim(self, ctx: Context, toy_id: int) -> Reply:
        """Take it."""
        return Reply(t("{name} has toy {number}.", name=ctx.person.name, number=str(toy_id)))

    @action
    async def close_toy(self, ctx: Context, toy_id: int) -> Reply | Confirm:
        """Close it, after a yes."""
        return Reply(t("Closed.")) if ctx.confirmed else Confirm(t("Close it?"))

    @command("toy kind", "Choose a kind")
    async def kind(self, ctx: Context, kind: Annotated[Kind, Arg("What sort of source", ask=True)]) -> Reply:
        """Ask for one of several values."""
        return Reply(t("You chose {kind}.", kind=kind.value))

    @command("toy give", "Give a toy to somebody")
    async def give(self, ctx: Context, who: Annotated[Person, Arg("Who gets it")]) -> Reply:
        """Name a person."""
        return Reply(t("{who} has it.", who=who))

    @command("toy take", "Take a file")
    async def take(self, ctx: Context, file: Annotated[Upload, Arg("The file", ask=True)]) -> Reply:
        """Read a file."""
        return Reply(t("{name} has {size} bytes.", name=file.name, size=len(file.content)))

    @command("toy file", "Hand out a file")
    async def file(self, ctx: Context) -> Reply:
        """Hand out a file."""
        return Reply(t("Here."), files=(Attachment("../toys.csv", b"a,b\n", "text/csv", t("Toys")),))

    @command("toy list", "List many toys")
    async def many(self, ctx: Context) -> Reply:
        """Answer with more than fits on a screen."""
        return Reply(title=t("Toys"), items=tuple(f"Toy {number}." for number in range(1, 61)))

    @command("toy secret", "Tell a secret", visible=Visible.SECRET)
    async def secret(self, ctx: Context) -> Reply:
        """Answer for the asker alone."""
        return Reply(t("Swordfish."))

    @command("toy hang", "Never answer")
    async def hang(self, ctx: Context) -> Reply:
        """Take for ever."""
        self.hanging.set()
        await asyncio.Event().wait()
        return Reply("")

    @command("toy echo", "Say it again", free="words")
    async def echo(self, ctx: Context, words: Annotated[str, Arg("What to say", max=4000)]) -> Reply:
        """Repeat."""
        return Reply(t("You said: {words}", words=words))

    @command("toy post", "Post to this room, and tell the asker")
    async def post(self, ctx: Context) -> Reply:
        """Use the outbox."""
        card = Reply(t("A new toy."), buttons=(Button(t("Claim"), self.claim, 2),), card=True)
        await self.db.write(lambda tx: self.poster.post(tx, ctx.community.id, ctx.place.id, "toy:2", card))
        told = Reply(t("Your toy is posted."))
        await self.db.write(lambda tx: self.poster.tell(tx, ctx.community.id, ctx.person.id, "toy:2:told", told))
        return Reply(t("Done."))

    @every(timedelta(days=1))
    async def announce(self, community: Community) -> None:
        """Post every day to the room named for toys."""
        reply = Reply(t("Toys of the day."))
        await self.db.write(lambda tx: self.poster.announce(tx, community.id, "toys", "daily", reply))

    @shortcut("Save this", word="save")
    async def save(self, ctx: Context) -> Reply:
        """Use an existing message."""
        return Reply(t("Saved: {text}", text=ctx.message.text if ctx.message else "nothing"))
