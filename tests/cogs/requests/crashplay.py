# SPDX-License-Identifier: MIT
"""A world in a process of its own that is killed: `python crashplay.py <folder> <step> <where>`.

What the chat's server received is a file that outlives the process; like a real server it knows a post by its marker.
"""

import asyncio
import json
import os
import signal
import sys
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

from bot.kit import Level
from bot.platforms.memory import MemoryPlatform
from bot.platforms.memory.render import render
from bot.testing.world import MONDAY, World, WorldClock

STEPS = [
    ("Mod", "settings channel requests"),
    ("Ana", 'request open "Zagreb fair, 1921" kind=newspaper'),
    ("Lib", "request claim R-1"),
    ("Lib", 'request ask R-1 "Which page?"'),
    ("Ana", 'request reply R-1 "The first"'),
    ("Lib", "request release R-1"),
    ("Lib", "request claim R-1"),
    ("Lib", 'request fulfil R-1 "Jutarnji list"'),
    ("Ana", "request reopen R-1"),
    ("Lib", 'request decline R-1 "Lost in a fire"'),
    ("Ana", "request reopen R-1"),
    ("Ana", "request withdraw R-1"),
]
LEVELS = {"Ana": Level.MEMBER, "Lib": Level.LIBRARIAN, "Mod": Level.MODERATOR}


class Server:
    """What the chat's server received, in a file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.deadly = False

    @property
    def received(self) -> list[dict[str, str]]:
        if not self.path.exists():
            return []
        return [json.loads(line) for line in self.path.read_text().splitlines()]

    def take(self, kind: str, where: str, marker: str, parcel) -> str:
        known = [each for each in self.received if each["marker"] == marker and each["kind"] == kind]
        if not known or kind == "edit":
            words = render(parcel.reply, parcel.voice).plain
            with self.path.open("a") as file:
                file.write(json.dumps({"kind": kind, "where": where, "marker": marker, "words": words}) + "\n")
                file.flush()
                os.fsync(file.fileno())
        if self.deadly:
            os.kill(os.getpid(), signal.SIGKILL)
        return marker


def connect(world: World, server: Server) -> None:
    courier = world.chat.courier

    async def post(place, parcel):
        return server.take("post", place.name, parcel.marker, parcel)

    async def tell(identity, parcel):
        return server.take("tell", identity.name, parcel.marker, parcel)

    async def edit(where, message_id, parcel):
        server.take("edit", message_id, parcel.marker, parcel)

    async def find(where, marker, below=None):
        return next((each["marker"] for each in server.received if each["marker"] == marker), None)

    courier.post, courier.tell, courier.edit, courier.find = post, tell, edit, find


async def play(folder: Path, step: int, dies: str) -> None:
    clock = WorldClock(MONDAY + timedelta(minutes=10 * step))
    world = World(MemoryPlatform(), clock, folder, ("requests", "settings"))
    world._stack = AsyncExitStack()
    server = Server(folder / "received.jsonl")
    connect(world, server)
    await world._start()
    if step < len(STEPS):
        who, line = STEPS[step]
        spot = world.place("desk") if who == "Mod" else world.place("main")
        await world.member(who, LEVELS[who]).at(spot).says(line)
        if dies == "at once":
            os.kill(os.getpid(), signal.SIGKILL)
        server.deadly = True
    await world.settle()
    if step < len(STEPS):
        os.kill(os.getpid(), signal.SIGKILL)
    shown = await world.member("Mod", Level.MODERATOR).says("request show R-1")
    found = {"state": shown.fields["State"], "story": list(shown.items)}
    (folder / "found.json").write_text(json.dumps(found))
    await world.close()


if __name__ == "__main__":
    asyncio.run(play(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
