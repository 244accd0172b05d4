# SPDX-License-Identifier: MIT
"""Somebody with another client than ours: Element's own cryptography, in Node."""

import asyncio
import json
import shutil
import subprocess
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

PEER = Path(__file__).parent / "peer"
LINE = 2**24
PATIENCE = 30


class Peer:
    """Does one thing after the other."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    async def does(self, deed: str, **what: Any) -> Any:
        """Do something; raises AssertionError where it fails."""
        self._process.stdin.write(json.dumps({"deed": deed, "seconds": PATIENCE, **what}).encode() + b"\n")
        await self._process.stdin.drain()
        line = await asyncio.wait_for(self._process.stdout.readline(), 2 * PATIENCE)
        assert line, "The peer has ended."
        answer = json.loads(line)
        assert "error" not in answer, f"{deed}: {answer['error']}"
        return answer

    async def hears(self, room: str, words: str) -> Any:
        """Wait for a message that holds words; return what their client makes of it."""
        return await self.does("hear", room=room, words=words)


async def room_with(theirs: Peer, bot: Any) -> str:
    """Make an encrypted room and wait until the bot is in it."""
    room = (await theirs.does("room", invite=[bot.user_id], direct=False))["room"]
    await theirs.does("member", room=room, user=bot.user_id)
    return room


def is_trusted(heard: Any) -> bool:
    """Whether a message was encrypted and their client shows no shield beside it."""
    return heard["encrypted"] and not heard["failed"] and heard["shield"] == 0


def install() -> None:
    """Install the peer's libraries once, or skip the test with the reason."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("Node and npm are not installed, so Element's cryptography cannot run here.")
    with FileLock(PEER / ".install.lock"):
        if (PEER / "node_modules" / "matrix-js-sdk").is_dir():
            return
        command = [npm, "install", "--no-audit", "--no-fund", "--no-package-lock", "--silent"]
        done = subprocess.run(command, cwd=PEER, capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"npm cannot install matrix-js-sdk: {done.stderr.strip()[-200:]}")


@asynccontextmanager
async def peer(human: Any):
    """Let somebody log in with their other client."""
    install()
    process = await asyncio.create_subprocess_exec(
        "node",
        "peer.mjs",
        cwd=PEER,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        limit=LINE,
    )
    try:
        theirs = Peer(process)
        await theirs.does(
            "login",
            url=human.url,
            user=human.user_id,
            token=human.token,
            device=human.device_id,
            password=human.password,
        )
        yield theirs
    finally:
        process.stdin.close()
        try:
            await asyncio.wait_for(process.wait(), 60)
        except TimeoutError:
            process.kill()
            await process.wait()
