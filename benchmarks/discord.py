# SPDX-License-Identifier: MIT
"""Refdesk on Discord beside a bare discord.py bot: run `python -m benchmarks discord`.

Both run in processes of their own against a Discord on this machine, which they reach by discord.py's real HTTP and
gateway. They take short turns, and the median of the ratios within a turn counts. The bare bot's answer is constant;
Refdesk's writes a row and reads one, durably.

A start is one as an operator sees it day by day: on the database of the last one, with the commands published. The very
first, which makes the database and publishes in every language, has a row of its own: the bare bot does neither.
"""

import asyncio
import statistics
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.rows import Row

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests" / "servers"))

TURNS, COMMANDS, AT_ONCE, CROWD = 9, 60, 10, 50
SERVERS, CHANNELS, STARTS = 1_000, 50, 3


class Bot:
    """One of the two bots, connected to a Discord of its own."""

    def __init__(self, process: Process, server: Any, started: float) -> None:
        self.process = process
        self.server = server
        self.started = started

    async def says(self) -> tuple[float, float]:
        """Return the CPU seconds that the bot took so far, and its memory in MiB."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(b"\n")
        cpu, memory = (await self.process.stdout.readline()).split()
        return float(cpu), float(memory)

    async def answer(self) -> float:
        """Use the command once; return the seconds until the answer."""
        from discord_payloads import slash

        begun = time.perf_counter()
        sent = await self.server.interact(2, slash("bench note", title="Zagreb fair, 1921"))
        await sent.answer()
        return time.perf_counter() - begun

    async def cpu(self) -> float:
        """Return the CPU seconds of one command, ten at a time."""
        before, _ = await self.says()
        for _ in range(COMMANDS // AT_ONCE):
            await asyncio.gather(*(self.answer() for _ in range(AT_ONCE)))
        return ((await self.says())[0] - before) / COMMANDS

    async def crowd(self) -> list[float]:
        """Return the seconds that fifty commands at once took."""
        return await asyncio.gather(*(self.answer() for _ in range(CROWD)))


@asynccontextmanager
async def running(kind: str, servers: int = 1, channels: int = 1, *, folder: str) -> AsyncIterator[Bot]:
    from discord_loopback import Loopback
    from discord_payloads import TOKEN

    async with Loopback(guilds=servers, channels=channels) as server:
        started = time.perf_counter()
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "benchmarks.discord_bots", kind, server.api_url, server.gateway_url, TOKEN, folder,
            cwd=ROOT, stdin=PIPE, stdout=PIPE, stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        bot = Bot(process, server, started)
        try:
            async with asyncio.timeout(60), server.gateway.changed:
                await server.gateway.changed.wait_for(lambda: server.gateway.identified)
            yield bot
        finally:
            process.kill()
            await process.wait()


async def begin(kind: str, folder: str, servers: int = 1, channels: int = 1) -> tuple[float, float]:
    """Return the seconds from the process's start to the first answer, and its memory when all servers are known."""
    async with running(kind, servers, channels, folder=folder) as bot:
        await bot.answer()
        first = time.perf_counter() - bot.started
        for _ in range(10):
            await bot.answer()
        return first, (await bot.says())[1]


async def _measure() -> list[Row]:
    with TemporaryDirectory() as folder:
        return await _measure_in(folder)


async def _measure_in(folder: str) -> list[Row]:
    first_ever, _ = await begin("ours", folder)
    async with running("bare", folder=folder) as bare, running("ours", folder=folder) as ours:
        for bot in (bare, ours):
            await bot.cpu()
        pairs = [(await ours.cpu(), await bare.cpu()) for _ in range(TURNS)]
        crowds = [(await ours.crowd(), await bare.crowd()) for _ in range(TURNS)]
    cpu = statistics.median(a / b for a, b in pairs)
    late = statistics.median(_p95(a) / _p95(b) for a, b in crowds)
    starts = [await begin("ours", folder) for _ in range(STARTS)]
    bare_starts = [await begin("bare", folder) for _ in range(STARTS)]
    await begin("ours", folder, SERVERS, CHANNELS)  # the servers arrive
    many, bare_many = [
        min([await begin(kind, folder, SERVERS, CHANNELS) for _ in range(STARTS)]) for kind in ("ours", "bare")
    ]
    grown, bare_grown = many[1] - starts[-1][1], bare_many[1] - bare_starts[-1][1]
    first, bare_first = (min(seconds for seconds, _ in each) for each in (starts, bare_starts))
    answered = sum(len(a) for a, _ in crowds)
    memory, bare_memory = starts[-1][1], bare_starts[-1][1]
    crowd = f"p95 at {CROWD} commands at once beside bare"
    start = "process start → first answer"
    return [
        Row("slash command with one write and one read, CPU beside bare", f"× {cpu:.2f}", "≤ 1.2", cpu <= 1.2),
        Row("  in itself", f"{statistics.median(a for a, _ in pairs) * 1e3:.2f} ms"),
        Row("  the bare bot's constant answer", f"{statistics.median(b for _, b in pairs) * 1e3:.2f} ms"),
        Row(crowd, f"× {late:.2f}", "≤ 1.2", late <= 1.2),
        Row("  answered", f"{answered} of {TURNS * CROWD}", "none lost", answered == TURNS * CROWD),
        Row(f"{start}, 1 server", f"{first:.2f} s", f"≤ 1.0 s (bare {bare_first:.2f})", first <= 1),
        Row(f"{start}, {SERVERS} servers", f"{many[0]:.2f} s", f"≤ 1.0 s (bare {bare_many[0]:.2f})", many[0] <= 1),
        Row("  the first start ever, 1 server", f"{first_ever:.2f} s"),
        Row(
            "memory, 1 server, no sentence model", f"{memory:.0f} MiB", f"≤ 110 (bare {bare_memory:.0f})", memory <= 110
        ),
        Row(f"  growth to {SERVERS} servers", f"{grown:.0f} MiB", f"≤ bare's {bare_grown:.0f}", grown <= bare_grown),
    ]


def _p95(seconds: list[float]) -> float:
    return statistics.quantiles(seconds, n=20)[-1]


def run() -> list[Row]:
    """Measure and return the figures."""
    return asyncio.run(_measure())
