# SPDX-License-Identifier: MIT
"""What Matrix costs: commands with storage beside a bare matrix-nio bot on the same homeserver, and encrypted fan-out.

The homeserver is the tests' own, in this process; each bot runs in a process of its own, whose CPU time is read from
the system. The bare bot keeps nothing, knows no commands and answers by two fixed strings.
"""

import asyncio
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.matrixcrypto import fan_out
from benchmarks.rows import Row
from tests.platforms.matrix.homeserver import Homeserver

ROOMS, ROUNDS, TURNS = 10, 12, 5
BOTS = {"Refdesk": "benchmarks.matrixbots.refdesk", "Bare": "benchmarks.matrixbots.bare"}
PATIENCE = 60.0


class Runner:
    """One bot in a process of its own, in ten rooms."""

    def __init__(self, server: Homeserver, name: str, folder: Path) -> None:
        self.server, self.name, self.folder = server, name, folder
        self.user_id = server.user(name)
        self.rooms: list[str] = []

    async def start(self) -> None:
        password = self.server.accounts[self.user_id].password
        self.process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.matrixbots", self.name, self.server.url, self.user_id, password,
            str(self.folder),
        )  # fmt: skip
        ana = self.server.user("Ana")
        self.rooms = [await self.server.room(ana, self.user_id, name=f"Room {n}") for n in range(ROOMS)]
        await self._until(lambda: all(self.server.rooms[r].membership(self.user_id) == "join" for r in self.rooms))
        await self.turn(2)

    async def turn(self, rounds: int = ROUNDS) -> float:
        """Give commands in all rooms at once, round after round; return the bot's CPU seconds for each."""
        before = self._cpu()
        for _ in range(rounds):
            answered = [len(self.server.from_(room, self.user_id)) for room in self.rooms]
            await asyncio.gather(
                *(self.server.say(room, self.server.user("Ana"), "!note Zagreb fair, 1921") for room in self.rooms)
            )
            await self._until(
                lambda answered=answered: all(
                    len(self.server.from_(room, self.user_id)) > count
                    for room, count in zip(self.rooms, answered, strict=True)
                )
            )
        return (self._cpu() - before) / (rounds * ROOMS)

    async def stop(self) -> None:
        self.process.terminate()
        await self.process.wait()

    def _cpu(self) -> float:
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    async def _until(self, happened) -> None:
        async with asyncio.timeout(PATIENCE):
            await self.server.until(happened)


async def _commands() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        async with Homeserver() as server:
            runners = [Runner(server, name, Path(folder)) for name in BOTS]
            for runner in runners:
                await runner.start()
            try:
                pairs = [[await runner.turn() for runner in runners] for _ in range(TURNS)]
            finally:
                for runner in runners:
                    await runner.stop()
    ours, bare = (statistics.median(side) for side in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    return [
        Row("a Matrix command with storage, 10 rooms at once, CPU", f"{ours * 1e3:.2f} ms"),
        Row("a bare matrix-nio bot's answer in the same run, CPU", f"{bare * 1e3:.2f} ms"),
        Row("ratio to the bare bot", f"{ratio:.2f}", "≤ 1.0 (stretch 0.8)", ratio <= 1.0),
    ]


def run() -> list[Row]:
    """Measure both."""
    if not Path("/proc/self/stat").exists():
        return [Row("Matrix commands", "not measured", "reads CPU time from /proc")]
    started = time.perf_counter()
    rows = [*asyncio.run(_commands()), *asyncio.run(fan_out())]
    return [*rows, Row("the whole measurement", f"{time.perf_counter() - started:.0f} s")]
