# SPDX-License-Identifier: MIT
"""A cog that uses every item of the vocabulary, so that each platform can be seen to render it."""

import asyncio
import enum
from typing import Annotated

from bot.kit import (
    Arg,
    Attachment,
    Button,
    Choice,
    Code,
    Cog,
    Confirm,
    Context,
    Field,
    Invalid,
    Level,
    Link,
    Manifest,
    Markdown,
    Reply,
    Tone,
    Unavailable,
    Upload,
    UserError,
    Visible,
    action,
    command,
    n,
    shortcut,
    t,
)

WIKIS = ("en", "es", "eu", "hr")
ITEMS = 60


class Kind(enum.StrEnum):
    """What sort of source it is."""

    ARTICLE = "article"
    BOOK = "book"
    NEWSPAPER = "newspaper"


async def complete_wiki(_cog: object, _ctx: Context, typed: str) -> list[Choice]:
    """Return the wikis that begin with what is typed."""
    return [Choice(wiki, f"Wiki {wiki.upper()}") for wiki in WIKIS if wiki.startswith(typed)]


class Sample(Cog):
    """Show every item of the vocabulary."""

    name = "sample"
    manifest = Manifest("Shows every item of the vocabulary.", "Nothing.", {"sample": "Everything once"})

    @command("sample open", "Open a request")
    async def open_one(
        self,
        ctx: Context,
        title: Annotated[str, Arg("What you are looking for", min=5, max=200, ask=True)],
        kind: Annotated[Kind, Arg("What sort of source")] = Kind.ARTICLE,
        wiki: Annotated[str, Arg("Wiki it is for", complete=complete_wiki)] = "en",
    ) -> Reply:
        """Answer with a card."""
        return Reply(
            title=t("{number} · {title}", number="R-1", title=title),
            fields=(Field(t("Kind"), kind.value), Field(t("Wiki"), wiki)),
            buttons=(Button(t("Claim"), self.claim, 1, emoji="✋"), Button(t("Copy"), "sample open", title=title)),
        )

    @action(level=Level.LIBRARIAN)
    async def claim(self, ctx: Context, request_id: int) -> Reply:
        """Answer to a press."""
        return Reply(t("{name} is looking for {number}.", name=ctx.person.name, number=f"R-{request_id}"))

    @action
    async def close_card(self, ctx: Context, request_id: int) -> Reply:
        """Replace the message that the button is on."""
        await ctx.edit(Reply(t("{number} is closed.", number=f"R-{request_id}")))
        return Reply(t("Closed."), visible=Visible.QUIET)

    @action
    async def deny(self, ctx: Context, request_id: int, reason: Annotated[str, Arg("Why not", ask=True)]) -> Reply:
        """Ask for what the button does not carry."""
        return Reply(t("{number} is declined: {reason}", number=f"R-{request_id}", reason=reason))

    @command("sample card", "Show a card")
    async def card(self, ctx: Context) -> Reply:
        """Show buttons whose presses edit and ask."""
        return Reply(
            t("A card."),
            buttons=(Button(t("Close"), self.close_card, 7), Button(t("Decline"), self.deny, 7)),
            card=True,
        )

    @command("sample two", "Ask for two things")
    async def two(
        self,
        ctx: Context,
        place: Annotated[str, Arg("Where it is", ask=True)],
        seats: Annotated[int, Arg("How many seats", min=1, max=500, ask=True)],
    ) -> Reply:
        """Ask for a text and a number."""
        return Reply(n("{place} has {count} seat.", "{place} has {count} seats.", seats, place=place))

    @command("sample kind", "Choose a kind")
    async def choose(self, ctx: Context, kind: Annotated[Kind, Arg("What sort of source", ask=True)]) -> Reply:
        """Ask for one of several values."""
        return Reply(t("You chose {kind}.", kind=kind.value))

    @command("sample values", "Take every kind of value")
    async def values(
        self,
        ctx: Context,
        count: Annotated[int, Arg("A whole number", min=0, max=9)] = 0,
        ratio: Annotated[float, Arg("A number")] = 0.0,
        loud: Annotated[bool, Arg("Whether it is loud")] = False,
        kind: Annotated[Kind, Arg("What sort of source")] = Kind.ARTICLE,
    ) -> Reply:
        """Say what arrived."""
        return Reply(t("{values}", values=f"{count!r} {ratio!r} {loud!r} {kind!r}"))

    @command("sample quiet", "Answer for the asker", visible=Visible.QUIET)
    async def quiet(self, ctx: Context) -> Reply:
        """Answer as privately as is easy."""
        return Reply(t("Between us."))

    @command("sample secret", "Answer for the asker alone", visible=Visible.SECRET)
    async def secret(self, ctx: Context) -> Reply:
        """Answer so that nobody else can see it."""
        return Reply(t("The password is swordfish."))

    @command("sample delete", "Delete everything")
    async def delete(self, ctx: Context) -> Reply | Confirm:
        """Want a yes first."""
        return Reply(t("Deleted.")) if ctx.confirmed else Confirm(t("Delete everything?"))

    @command("sample list", "Show a long list")
    async def long_list(self, ctx: Context) -> Reply:
        """Answer with more than fits on a page."""
        return Reply(
            title=t("A long list"), items=tuple(t("Item {number}", number=str(i)) for i in range(1, ITEMS + 1))
        )

    @command("sample full", "Show every part of a reply")
    async def full(self, ctx: Context) -> Reply:
        """Answer with all that a reply can hold."""
        return Reply(
            Markdown("See **this** and `that`."),
            title=t("Every part"),
            fields=(Field(t("Code"), Code("10.1000/182")), Field(t("At"), t("{at}", at=ctx.now))),
            items=(t("One"), "Two"),
            link=Link(t("The page"), "https://en.wikipedia.org/wiki/Library"),
            note=t("As of today."),
            tone=Tone.GOOD,
            image=Attachment("shelf.png", b"\x89PNG", "image/png", t("A shelf")),
            files=(Attachment("list.csv", b"a,b\n", "text/csv", t("A list")),),
            buttons=(Button(t("Again"), "sample full"),),
        )

    @command("sample echo", "Say it again", free="words")
    async def echo(self, ctx: Context, words: Annotated[str, Arg("What to say", max=4000)]) -> Reply:
        """Show words of a person in every part of a reply."""
        return Reply(
            t("You said: {words}", words=words),
            title=words[:80],
            fields=(Field(words[:40], words[:40]),),
            items=(words,),
            note=words[:80],
        )

    @command("sample steps", "Show that work goes on")
    async def steps(self, ctx: Context) -> Reply:
        """Say something in between."""
        await ctx.progress(t("Half of it is done."))
        await ctx.reply(Reply(t("A first part.")))
        return Reply(t("The rest."))

    @command("sample crash", "Fail")
    async def crash(self, ctx: Context) -> Reply:
        """Fail as no cog should."""
        raise RuntimeError("secret detail")

    @command("sample refuse", "Refuse")
    async def refuse(self, ctx: Context) -> Reply:
        """Refuse as a cog may."""
        raise UserError(t("Not on a Monday."))

    @command("sample away", "Miss a service")
    async def away(self, ctx: Context) -> Reply:
        """Tell that a service is away."""
        raise Unavailable(t("The catalogue does not answer. Your request is kept."))

    @command("sample hang", "Never answer", timeout=0.05)
    async def hang(self, ctx: Context) -> Reply:
        """Take for ever."""
        await asyncio.Event().wait()
        return Reply("")

    @command("sample even", "Take an even number")
    async def even(self, ctx: Context, number: Annotated[int, Arg("An even number", ask=True)]) -> Reply:
        """Find the argument wrong after all."""
        if number % 2:
            raise Invalid("number", t("{number} is odd.", number=str(number)))
        return Reply(t("{number} is even.", number=str(number)))

    @command("sample file", "Take a file")
    async def file(self, ctx: Context, file: Annotated[Upload, Arg("The file", ask=True)]) -> Reply:
        """Say what is in a file."""
        return Reply(t("{name} has {size} bytes.", name=file.name, size=len(file.content)))

    @shortcut("Save this", word="save")
    async def save(self, ctx: Context) -> Reply:
        """Use an existing message."""
        return Reply(t("Saved: {text}", text=ctx.message.text if ctx.message else "nothing"))
