# SPDX-License-Identifier: MIT
"""How the bot stands hours in which nobody speaks: `python -m benchmarks.matrix_idle --minutes 60`.

`refdesk run` stands on a real Synapse, in a plain room and in an encrypted one where somebody uses Element's own
cryptography. Every minute its memory, CPU, files and threads are read from the system, without asking the bot; every
quarter of the time a command is given in both rooms, so that the silences between are real ones. It is no part of
`make bench`, since it takes as long as it measures. One JSON line for each sample and each command, then the summary.
"""

import asyncio
import json
import os
import sys
import tempfile
import time
from argparse import ArgumentParser
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp

from tests.e2e.peerplay import Peer, peer
from tests.e2e.synapse import Human, Synapse, register

ROOT = Path(__file__).resolve().parents[1]
QUARTERS = 4


@dataclass(frozen=True, slots=True)
class Sample:
    """What the system says of the bot's process; CPU since it was started."""

    minute: float
    rss_mb: float
    cpu_s: float
    files: int
    threads: int


class Process:
    """`refdesk run`, as an operator starts it, in a folder of its own."""

    def __init__(self, account: Human, folder: Path) -> None:
        self.account, self.folder = account, folder

    async def start(self) -> None:
        """Start it."""
        folder = self.folder
        settings = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),
            "REFDESK_DATABASE": str(folder / "refdesk.db"),
            "MATRIX_STORE": str(folder / "matrix"),
            "MATRIX_HOMESERVER": self.account.url,
            "MATRIX_USER": self.account.user_id,
            "MATRIX_PASSWORD": self.account.password,
        }
        with (folder / "refdesk.log").open("wb") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", cwd=folder, env=settings, stdout=log, stderr=log
            )

    async def stop(self) -> float:
        """Tell it to stop; return how many seconds that took."""
        started = time.monotonic()
        if self._process.returncode is None:
            self._process.terminate()
        await self._process.wait()
        return time.monotonic() - started

    def sample(self, minute: float) -> Sample:
        """Read what the system says."""
        home = Path(f"/proc/{self._process.pid}")
        status = dict(line.split(":\t", 1) for line in (home / "status").read_text().splitlines() if ":\t" in line)
        ran = sum(int((task / "schedstat").read_text().split()[0]) for task in (home / "task").iterdir())
        files = len(list((home / "fd").iterdir()))
        return Sample(
            round(minute, 2), int(status["VmRSS"].split()[0]) / 1024, ran / 1e9, files, int(status["Threads"])
        )


class Rooms:
    """Two rooms in which commands are given: a plain one and an encrypted one."""

    def __init__(self, ana: Human, theirs: Peer, bot: Human) -> None:
        self.ana, self.theirs, self.bot = ana, theirs, bot

    async def make(self) -> None:
        """Make both and wait for the bot."""
        self.plain = await self.ana.room(self.bot.user_id)
        await self.ana.sees(self.plain, self._is_bots_coming, "the bot")
        self.sealed = (await self.theirs.does("room", invite=[self.bot.user_id], direct=False))["room"]
        await self.theirs.does("member", room=self.sealed, user=self.bot.user_id)

    async def ask(self) -> dict[str, Any]:
        """Give a command in each; return the seconds until each answer and whether the sealed one is trusted."""
        started = time.monotonic()
        asked = await self.ana.say(self.plain, "!help")
        await self.ana.sees(self.plain, lambda event: _answers(event, asked), "the answer")
        plain = time.monotonic() - started
        started = time.monotonic()
        asked = (await self.theirs.does("say", room=self.sealed, content={"body": "!help"}))["event"]
        heard = await self.theirs.does("hear", room=self.sealed, words="help", to=asked)
        trusted = heard["encrypted"] and not heard["failed"] and heard["shield"] == 0
        sealed = time.monotonic() - started
        return {"plain_s": round(plain, 2), "sealed_s": round(sealed, 2), "trusted": trusted}

    def _is_bots_coming(self, event: dict[str, Any]) -> bool:
        return event["type"] == "m.room.member" and event["sender"] == self.bot.user_id


def _answers(event: dict[str, Any], asked: str) -> bool:
    return event["content"].get("m.relates_to", {}).get("m.in_reply_to", {}).get("event_id") == asked


@asynccontextmanager
async def _standing(folder: Path):
    server = Synapse(folder / "synapse").start()
    try:
        async with aiohttp.ClientSession() as session:
            ana, bot = await register(server, session, "Ana"), await register(server, session, "Refdesk")
            process = Process(bot, folder)
            await process.start()
            try:
                async with peer(ana) as theirs:
                    rooms = Rooms(ana, theirs, bot)
                    await rooms.make()
                    yield process, rooms
            finally:
                _say({"stopped_in_s": round(await process.stop(), 2)})
    finally:
        server.stop()


async def _watch(folder: Path, minutes: int) -> None:
    samples = []
    async with _standing(folder) as (process, rooms):
        started = time.monotonic()
        for minute in range(minutes + 1):
            await asyncio.sleep(max(0.0, started + minute * 60 - time.monotonic()))
            samples.append(process.sample((time.monotonic() - started) / 60))
            _say({name: getattr(samples[-1], name) for name in Sample.__slots__})
            if minute % max(1, minutes // QUARTERS) == 0:
                _say({"asked_at_minute": minute, **await rooms.ask()})
    _say(_summary(samples))
    _say({"log": (folder / "refdesk.log").read_text().splitlines()})


def _summary(samples: list[Sample]) -> dict[str, Any]:
    first, last = samples[min(2, len(samples) - 1)], samples[-1]
    span = (last.minute - first.minute) or 1
    return {
        "from_minute": first.minute,
        "to_minute": last.minute,
        "rss_mb": [round(first.rss_mb, 1), round(last.rss_mb, 1)],
        "cpu_ms_per_minute": round((last.cpu_s - first.cpu_s) / span * 1000, 1),
        "files": [first.files, last.files],
        "threads": [first.threads, last.threads],
    }


def _say(what: dict[str, Any]) -> None:
    print(json.dumps(what), flush=True)


def main() -> None:
    """Read the arguments and watch."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=int, default=60)
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(_watch(Path(folder), parser.parse_args().minutes))


if __name__ == "__main__":
    main()
