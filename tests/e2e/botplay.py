# SPDX-License-Identifier: MIT
"""The bot on a real homeserver, in this process and on the real clock."""

from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated, Any

from pydantic import SecretStr

from bot.app import App
from bot.config import Config
from bot.kit import (
    Arg,
    Attachment,
    Button,
    Cog,
    Context,
    Manifest,
    Reply,
    Text,
    Upload,
    Visible,
    action,
    command,
    t,
)
from bot.platforms.matrix import MatrixPlatform, Setup
from bot.testing.world import sources_of
from tests.platforms.matrix.matrixplay import around


class Road(Cog):
    """One command for each road."""

    name = "road"
    manifest = Manifest("One command for each road.", "Nothing.", {})

    @command("echo", "Say it again", free="words", alone=True)
    async def echo(self, ctx: Context, words: Annotated[str, Arg("What to say", ask=True)]) -> Text:
        """Say it again."""
        return t("{name} ({level}) said: {words}", name=ctx.person.name, level=ctx.level.name, words=words)

    @command("whisper", "Answer in private", visible=Visible.SECRET)
    async def whisper(self, ctx: Context) -> Text:
        """Tell the asker alone."""
        return t("The password is {word}.", word="swordfish")

    @command("invite", "Show a card")
    async def invite(self, ctx: Context) -> Reply:
        """Show a card with an RSVP."""
        return Reply(t("A meeting."), buttons=(Button(t("I come"), self.come, 7, emoji="✋️"),), card=True)

    @action(undo="stay_away")
    async def come(self, ctx: Context, meeting_id: int) -> Text:
        """Come."""
        return t("{name} comes to {number}.", name=ctx.person.name, number=str(meeting_id))

    @action
    async def stay_away(self, ctx: Context, meeting_id: int) -> Text:
        """Stay away after all."""
        return t("{name} stays away.", name=ctx.person.name)

    @command("minutes", "Hand the minutes over")
    async def minutes(self, ctx: Context, file: Annotated[Upload, Arg("The file", ask=True)]) -> Reply:
        """Take a file and give it back."""
        return Reply(
            t("{name} has {size} bytes.", name=file.name, size=len(file.content)),
            files=(Attachment("copy.txt", file.content, "text/plain", t("A copy")),),
        )


@asynccontextmanager
async def running(
    folder: Path, human: Any, *, encryption: bool = True, cogs: tuple[type[Cog] | str, ...] = (Road,), **setup: Any
):
    """Run the bot under somebody's account until the block ends."""
    given = {"homeserver": human.url, "user_id": human.user_id, "password": SecretStr(human.password)} | setup
    built: list[MatrixPlatform] = []

    def build(app: App) -> MatrixPlatform:
        made = Setup(folder=folder / "matrix", pace=50.0, encryption=encryption, **given)
        built.append(MatrixPlatform(made, around(app), app.health))
        return built[0]

    config = Config(database=folder / "refdesk.db", models=False, _env_file=None)
    names = frozenset(cog if isinstance(cog, str) else cog.name for cog in cogs)
    async with await App.open(config, platforms=[build], cogs=names, sources=sources_of(cogs)) as app:
        yield app, built[0]
