# SPDX-License-Identifier: MIT
"""Commands to type in tests of the grammar and of conversion."""

import enum
from typing import Annotated

from bot.kit.arg import Arg, Upload
from bot.kit.cog import Cog, Manifest
from bot.kit.context import Context
from bot.kit.operation import command, shortcut
from bot.kit.people import Person
from bot.kit.reply import Reply


class Source(enum.StrEnum):
    ARTICLE = "article"
    BOOK = "book"
    NEWSPAPER = "newspaper"
    BOOK_CHAPTER = "book-chapter"


class Desk(Cog):
    """A cog with a parameter of every kind."""

    name = "desk"
    manifest = Manifest("Tests.", "Nothing.", {"request": "Requests", "event": "Events"})

    @command("request open", "Ask for a source")
    async def open_request(
        self,
        ctx: Context,
        title: Annotated[str, Arg("What", ask=True)],
        kind: Annotated[Source, Arg("Sort")] = Source.ARTICLE,
        wiki: Annotated[str, Arg("Wiki")] = "en",
    ) -> Reply: ...

    @command("request claim", "Take a request on")
    async def claim(
        self, ctx: Context, number: Annotated[int, Arg("Number")], note: Annotated[str, Arg("Note")] = ""
    ) -> Reply: ...

    @command("event new", "Announce an event")
    async def new_event(
        self,
        ctx: Context,
        title: Annotated[str, Arg("Title")],
        due_at: Annotated[str, Arg("When")],
        online: Annotated[bool, Arg("Online")] = False,
        host: Annotated[Person | None, Arg("Host")] = None,
        poster: Annotated[Upload | None, Arg("Poster")] = None,
    ) -> Reply: ...

    @command("event skip", "Leave one out")
    async def skip_event(
        self,
        ctx: Context,
        number: Annotated[int, Arg("Number")],
        day: Annotated[str, Arg("Day", max=60)],
        reason: Annotated[str, Arg("Why")] = "",
        host: Annotated[Person | None, Arg("Host")] = None,
    ) -> Reply: ...

    @command("help", "Show help")
    async def show_help(self, ctx: Context, topic: Annotated[str, Arg("Topic")] = "") -> Reply: ...

    @command("level", "Set a level")
    async def level(
        self, ctx: Context, who: Annotated[Person, Arg("Who")], sort: Annotated[Source, Arg("Sort")]
    ) -> Reply: ...

    @shortcut("Save as FAQ entry", word="save")
    async def save(self, ctx: Context, question: Annotated[str, Arg("Question", ask=True)] = "") -> Reply: ...


COMMANDS = {getattr(operation, "name", "") or operation.handler: operation for operation in Desk.operations}
