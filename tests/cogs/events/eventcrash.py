# SPDX-License-Identifier: MIT
"""A world in a process of its own that dies at every send, before and after: `python eventcrash.py <folder>`.

What the chat's server received, and what was tried, are files that outlive the process. The server knows a post by its
marker for five minutes and takes it for a new one later; each start is ten minutes after the death before it.
"""

import asyncio
import json
import os
import signal
import sys
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.kit import Level
from bot.platforms.memory import MemoryPlatform
from bot.platforms.memory.render import render
from bot.testing.world import MONDAY, World, WorldClock

MOMENTS = [
    datetime(2027, 1, 5, 17, tzinfo=UTC),
    datetime(2027, 1, 8, 17, tzinfo=UTC),
    datetime(2027, 1, 14, 17, tzinfo=UTC),
    datetime(2027, 1, 15, 16, tzinfo=UTC),
    datetime(2027, 1, 15, 17, tzinfo=UTC),
    datetime(2027, 1, 16, 19, tzinfo=UTC),
    datetime(2027, 1, 17, 19, tzinfo=UTC),
]
MEMORY = timedelta(minutes=5)


class Server:
    """What the chat's server received, in files; it kills the bot at the first and the second try of each send."""

    def __init__(self, folder: Path, clock: WorldClock) -> None:
        self.folder = folder
        self.clock = clock

    def lines(self, name: str) -> list[dict]:
        path = self.folder / name
        return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []

    def note(self, name: str, line: dict) -> None:
        with (self.folder / name).open("a") as file:
            file.write(json.dumps(line) + "\n")
            file.flush()
            os.fsync(file.fileno())

    def take(self, kind: str, marker: str, words: str) -> str:
        tries = sum(each["marker"] == marker for each in self.lines("tried.jsonl"))
        self.note("tried.jsonl", {"marker": marker, "kind": kind, "at": self.clock.now().isoformat()})
        if tries == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        fresh = [
            each
            for each in self.lines("received.jsonl")
            if each["marker"] == marker and self.clock.now() - datetime.fromisoformat(each["at"]) <= MEMORY
        ]
        if not fresh or kind == "edit":
            self.note(
                "received.jsonl",
                {"kind": kind, "marker": marker, "words": words, "at": self.clock.now().isoformat()},
            )
        if tries == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        return marker

    def known(self, marker: str) -> str | None:
        return next((marker for each in self.lines("received.jsonl") if each["marker"] == marker), None)


class Calendar:
    """The chat's own calendar, which has no memory for markers at all."""

    def __init__(self, server: Server) -> None:
        self.server = server

    async def enter(self, place, entry):
        del place
        return self.server.take("entry", f"entry {entry.title} {entry.start_at.isoformat()}", entry.title)

    async def amend(self, place, entry_id, entry):
        del place
        self.server.take("edit", entry_id, entry.title)

    async def look_up(self, place, entry):
        del place
        return self.server.known(f"entry {entry.title} {entry.start_at.isoformat()}")

    async def interested(self, place, entry_id):
        del place, entry_id
        return ()


def connect(world: World, server: Server) -> None:
    courier = world.chat.courier

    def words(parcel):
        return render(parcel.reply, parcel.voice).plain

    async def post(place, parcel, *more):
        del place, more
        return server.take("post", parcel.marker, words(parcel))

    async def tell(identity, parcel, *more):
        del identity, more
        return server.take("tell", parcel.marker, words(parcel))

    async def edit(where, message_id, parcel, *more):
        del where, more
        server.take("edit", message_id, words(parcel))

    async def find(where, marker, *more):
        del where, more
        return server.known(marker)

    courier.post, courier.tell, courier.edit, courier.find = post, tell, edit, find
    courier.calendar = Calendar(server)


async def begin(world: World) -> None:
    """Enter and announce the event, unless that was done before the death."""
    mod = world.member("Mod", Level.OWNER, zone="Europe/Madrid")
    state = await world.app.db.read(lambda tx: tx.value("SELECT state FROM events"))
    if state is None:
        await mod.says("settings channel announcements")
        await mod.says('event create "Wiki" "2027-01-15 18:00"')
    if state in {None, "draft"}:
        await mod.says("event announce E-1")


async def play(folder: Path) -> None:
    now, path = MONDAY, folder / "now"
    if path.exists():
        now = datetime.fromisoformat(path.read_text()) + timedelta(minutes=10)
    clock = WorldClock(now)
    world = World(MemoryPlatform(), clock, folder, ("events", "settings"))
    world._stack = AsyncExitStack()
    connect(world, Server(folder, clock))
    path.write_text(now.isoformat())
    await world._start()
    await begin(world)
    await world.settle()
    for moment in (each for each in MOMENTS if each > clock.now()):
        clock.set(moment)
        path.write_text(moment.isoformat())
        await world.settle()
    await world.close()


if __name__ == "__main__":
    asyncio.run(play(Path(sys.argv[1])))
