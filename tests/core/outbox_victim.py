# SPDX-License-Identifier: MIT
"""A process that delivers from an outbox and kills itself: `outbox_victim.py FOLDER CALLS before|after`.

The platform is a file with one line for each message that arrived; it knows a marker that it has seen.
"""

import asyncio
import os
import signal
import sys
from pathlib import Path

from outboxplay import NOON, FakeCourier, open_desk

from bot.core.clock import ManualClock
from bot.core.courier import Parcel
from bot.kit.people import Place
from bot.kit.reply import Reply

PLACES, POSTS = 3, 4


class FileCourier(FakeCourier):
    """Writes what arrives to a file, and dies at a certain call, before or after it arrived."""

    def __init__(self, path: Path, die_at: int, moment: str) -> None:
        super().__init__(ManualClock(NOON))
        self.path, self.die_at, self.moment = path, die_at, moment

    async def post(self, place: Place, parcel: Parcel) -> str:
        self.calls += 1
        call = self.calls
        await asyncio.sleep(0)
        self._die(call, "before")
        with self.path.open("a+") as file:
            file.seek(0)
            known = {line.split()[0] for line in file}
            if parcel.marker not in known:
                file.write(f"{parcel.marker} {place.name} {parcel.voice.plain(parcel.reply.text)}\n")
        self._die(call, "after")
        return parcel.marker

    def _die(self, call: int, moment: str) -> None:
        if call == self.die_at and self.moment == moment:
            os.kill(os.getpid(), signal.SIGKILL)


async def main(folder: Path, die_at: int, moment: str) -> None:
    courier = FileCourier(folder / "platform.txt", die_at, moment)
    fresh = not (folder / "refdesk.db").exists()
    async with open_desk(folder / "refdesk.db", courier.clock, courier, start=False) as desk:
        if fresh:
            rooms = [await desk.place(f"room-{number}") for number in range(PLACES)]

            def store(tx) -> None:
                for number in range(POSTS):
                    for room in rooms:
                        key = f"{room.name}:{number}"
                        desk.poster.post(tx, desk.community_id, room.id, key, Reply(str(number)))

            await desk.db.write(store)
        await desk.outbox.open("memory", courier)
        await desk.settled()
        assert set(await desk.states()) == {"sent"}


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))
