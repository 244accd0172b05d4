# SPDX-License-Identifier: MIT
"""What the pipeline costs: a command with one write and one read, beside the bare handler on the same database.

The pipeline finds, judges, converts, runs, renders and counts; the bare handler only does the work. CPU time of the
process, in turns within one run; the median of the ratios counts.
"""

import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable

from benchmarks.noting import Bench, count, note
from benchmarks.rows import Row
from bot.kit import Level
from bot.testing.world import World

TURNS, ROUNDS = 15, 60


async def _cpu(work: Callable[[], Awaitable[object]]) -> float:
    started = time.process_time()
    for _ in range(ROUNDS):
        await work()
    return (time.process_time() - started) / ROUNDS


async def _measure() -> list[Row]:
    async with await World.open(Bench) as world:
        ana = world.member("Ana", Level.MEMBER)
        cog = world.cog(Bench)

        async def through_pipeline() -> None:
            world.clock.move(minutes=1)
            await ana.says('bench note "Zagreb fair, 1921"')

        async def bare() -> None:
            await cog.db.write(note, "Zagreb fair, 1921")
            await cog.db.read(count)

        await _cpu(through_pipeline)
        await _cpu(bare)
        pairs = [(await _cpu(through_pipeline), await _cpu(bare)) for _ in range(TURNS)]
    whole, alone = (statistics.median(side) for side in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    return [
        Row("a typed command with one write and one read, CPU", f"{whole * 1e6:.0f} µs"),
        Row("the same write and read alone, CPU", f"{alone * 1e6:.0f} µs"),
        Row(
            "what the pipeline, the grammar and a plain rendering add",
            f"{(whole - alone) * 1e6:.0f} µs",
            f"× {ratio:.1f}",
        ),
    ]


def run() -> list[Row]:
    """Measure and return the rows."""
    return asyncio.run(_measure())
