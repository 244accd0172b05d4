# SPDX-License-Identifier: MIT
"""The two bots that are measured beside each other on Matrix, each in a process of its own."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

from nio import AsyncClient, AsyncClientConfig, InviteMemberEvent, RoomMessageText
from pydantic import SecretStr

from bot.app import App
from bot.config import Config
from bot.core.ratelimit import UNHURRIED
from bot.kit import Arg, Cog, Context, Database, Manifest, Reply, Transaction, command, t
from bot.platforms.matrix import MatrixPlatform, Setup
from bot.testing.world import sources_of
from tests.platforms.matrix.matrixplay import around


def note(tx: Transaction, title: str) -> int:
    """Write a row and return how many there are."""
    tx.insert("INSERT INTO audit (action, detail, at) VALUES ('bench', ?, 0)", title)
    return int(tx.value("SELECT max(id) FROM audit"))


class Bench(Cog):
    """A command that writes."""

    name = "bench"
    manifest = Manifest("Bench.", "Nothing.", {})

    def __init__(self, db: Database) -> None:
        self.db = db

    @command("note", "Write a note")
    async def note(self, _: Context, title: Annotated[str, Arg("What", max=200)]) -> Reply:
        """Write a row."""
        total = await self.db.write(note, title)
        return Reply(t("{title}: {total} notes", title=title, total=total))


async def refdesk(url: str, user_id: str, password: str, folder: Path) -> None:
    """Run ours, as an operator would: on a file, encryption on."""
    setup = Setup(homeserver=url, user_id=user_id, password=SecretStr(password), folder=folder / "matrix")
    async with await App.open(
        Config(database=folder / "refdesk.db", models=False, _env_file=None),
        platforms=[lambda app: MatrixPlatform(setup, around(app), app.health)],
        cogs=frozenset({"bench"}),
        sources=sources_of((Bench,)),
        rate=UNHURRIED,
    ):
        await asyncio.Event().wait()


async def bare(url: str, user_id: str, password: str, folder: Path) -> None:
    """Run the least that matrix-nio's own examples make of a bot."""
    del folder
    client = AsyncClient(url, user_id, config=AsyncClientConfig(encryption_enabled=False))
    await client.login(password)

    async def invited(room, event):
        if event.membership == "invite":
            await client.join(room.room_id)

    async def heard(room, event):
        if event.sender != user_id and event.body.startswith("!"):
            content = {
                "msgtype": "m.notice",
                "body": "Zagreb fair, 1921: 7 notes",
                "format": "org.matrix.custom.html",
                "formatted_body": "Zagreb fair, 1921: <b>7</b> notes",
            }
            await client.room_send(room.room_id, "m.room.message", content)

    client.add_event_callback(invited, InviteMemberEvent)
    client.add_event_callback(heard, RoomMessageText)
    await client.sync_forever(timeout=30_000, full_state=True)


if __name__ == "__main__":
    name, url, user_id, password, folder = sys.argv[1:]
    asyncio.run({"Refdesk": refdesk, "Bare": bare}[name](url, user_id, password, Path(folder)))
