# SPDX-License-Identifier: MIT
"""What Matrix costs: commands with storage beside a bare matrix-nio bot on the same Synapse, and encrypted fan-out.

Each bot runs in a process of its own, whose CPU time is read from the system. The bare bot keeps nothing, knows no
commands and answers by two fixed strings. Synapse is the one of the end-to-end tests (`python scripts/synapse.py`).
"""

import asyncio
import statistics
import sys
import tempfile
import time
from pathlib import Path

import aiohttp

from benchmarks.matrixcrypto import fan_out
from benchmarks.rows import Row
from scripts.synapse import is_installed
from tests.e2e.synapse import Human, Synapse, register

ROOMS, ROUNDS, TURNS = 10, 12, 5
BOTS = ("Refdesk", "Bare")
PATIENCE = 60.0


class Ears:
    """Hears through Ana's own sync how often each bot has answered in each room."""

    def __init__(self, ana: Human) -> None:
        self.ana = ana
        self.heard: dict[tuple[str, str], int] = {}

    async def listen(self, wanted: dict[tuple[str, str], int]) -> None:
        """Wait until there are as many answers as wanted."""
        async with asyncio.timeout(PATIENCE):
            while any(self.heard.get(key, 0) < count for key, count in wanted.items()):
                answer = await self.ana.ask("GET", "/sync", since=self.ana.since, timeout="5000")
                self.ana.since = answer["next_batch"]
                for room_id, room in answer.get("rooms", {}).get("join", {}).items():
                    for event in room["timeline"]["events"]:
                        self._note(room_id, event)

    def _note(self, room_id: str, event: dict) -> None:
        joined = event["type"] == "m.room.member" and event["content"]["membership"] == "join"
        if joined or (event["type"] == "m.room.message" and event["content"]["msgtype"] == "m.notice"):
            key = (room_id, event["sender"])
            self.heard[key] = self.heard.get(key, 0) + 1


class Runner:
    """One bot in a process of its own, in ten rooms."""

    def __init__(self, name: str, account: Human, ears: Ears, folder: Path) -> None:
        self.name, self.account, self.ears, self.folder = name, account, ears, folder
        self.rooms: list[str] = []

    async def start(self) -> None:
        """Let it log in and join its rooms."""
        arguments = [self.name, self.account.url, self.account.user_id, self.account.password, str(self.folder)]
        self.process = await asyncio.create_subprocess_exec(sys.executable, "-m", "benchmarks.matrixbots", *arguments)
        self.rooms = [await self.ears.ana.room(self.account.user_id, name=f"Room {n}") for n in range(ROOMS)]
        await self._answers(1)
        await self.turn(2)

    async def turn(self, rounds: int = ROUNDS) -> float:
        """Give commands in all rooms at once, round after round; return the bot's CPU seconds for each."""
        before = self._cpu()
        for _ in range(rounds):
            await asyncio.gather(*(self.ears.ana.say(room, "!note Zagreb fair, 1921") for room in self.rooms))
            await self._answers(1)
        return (self._cpu() - before) / (rounds * ROOMS)

    async def stop(self) -> None:
        """End it."""
        self.process.terminate()
        await self.process.wait()

    async def _answers(self, more: int) -> None:
        self._expected = getattr(self, "_expected", 0) + more
        await self.ears.listen({(room, self.account.user_id): self._expected for room in self.rooms})

    def _cpu(self) -> float:
        tasks = Path(f"/proc/{self.process.pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9


async def _commands() -> list[Row]:
    with tempfile.TemporaryDirectory() as path:
        folder = Path(path)
        server = Synapse(folder / "synapse").start()
        try:
            async with aiohttp.ClientSession() as session:
                ana = await register(server, session, "Ana")
                ana.since = (await ana.ask("GET", "/sync", timeout="0"))["next_batch"]
                ears = Ears(ana)
                runners = [Runner(name, await register(server, session, name), ears, folder) for name in BOTS]
                pairs = await _measure(runners)
        finally:
            server.stop()
    ours, bare = (statistics.median(side) for side in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    return [
        Row("a Matrix command with storage, 10 rooms at once, CPU", f"{ours * 1e3:.2f} ms"),
        Row("a bare matrix-nio bot's answer in the same run, CPU", f"{bare * 1e3:.2f} ms"),
        Row("ratio to the bare bot", f"{ratio:.2f}", "≤ 1.0 (stretch 0.8)", ratio <= 1.0),
    ]


async def _measure(runners: list[Runner]) -> list[list[float]]:
    for runner in runners:
        await runner.start()
    try:
        return [[await runner.turn() for runner in runners] for _ in range(TURNS)]
    finally:
        for runner in runners:
            await runner.stop()


def run() -> list[Row]:
    """Measure both."""
    started = time.perf_counter()
    if is_installed() and Path("/proc/self/schedstat").exists():
        rows = asyncio.run(_commands())
    else:
        rows = [Row("Matrix commands", "not measured", "needs Linux and python scripts/synapse.py")]
    rows += asyncio.run(fan_out())
    return [*rows, Row("the whole measurement", f"{time.perf_counter() - started:.0f} s")]
