# SPDX-License-Identifier: MIT
"""`refdesk run` as operators run it: a process of its own, on a Discord on this machine, until it is told to stop."""

import asyncio
import os
import signal
import sys
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from discord_loopback import Loopback
from discord_payloads import TOKEN, slash

ROOT = Path(__file__).parents[3]


def settings(server, folder, **changed) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("REFDESK_", "DISCORD_", "MATRIX_"))
    }
    ours = {
        "PYTHONPATH": str(ROOT),
        "REFDESK_MODELS": "no",
        "REFDESK_DATABASE": str(folder / "refdesk.db"),
        "DISCORD_TOKEN": TOKEN,
        "DISCORD_API_URL": server.api_url,
        "DISCORD_GATEWAY_URL": server.gateway_url,
    }
    return {**kept, **ours, **changed}


@asynccontextmanager
async def running(server, folder, **changed):
    bot = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run",
        cwd=folder, env=settings(server, folder, **changed), stderr=asyncio.subprocess.PIPE,
    )  # fmt: skip
    try:
        yield bot
    finally:
        if bot.returncode is None:
            bot.kill()
        await bot.communicate()


async def connected(server) -> None:
    async with asyncio.timeout(60), server.gateway.changed:
        await server.gateway.changed.wait_for(lambda: server.gateway.identified)


async def answer(server, name, seconds: float = 30.0):
    sent = await server.interact(2, slash(name))
    async with asyncio.timeout(seconds):
        return await asyncio.shield(server.answers[sent.id])


async def until_said(bot, *words) -> str:
    """Read the log until all of some words have been said; return it."""
    said = ""
    async with asyncio.timeout(30):
        while not all(word in said for word in words):
            said += (await bot.stderr.readline()).decode()
    return said


@pytest.mark.slow
async def test_it_connects_publishes_answers_and_stops_in_time(tmp_path):
    async with Loopback() as server, running(server, tmp_path) as bot:
        await connected(server)
        assert "What I can do for you here" in str(await answer(server, "help"))
        said = await until_said(bot, "Refdesk runs on discord.", "Published")
        assert {"ask", "cite", "setup"} <= {each["name"] for each in server.commands}
        bot.send_signal(signal.SIGTERM)
        async with asyncio.timeout(20):
            said += (await bot.stderr.read()).decode()
            assert await bot.wait() == 0
        assert "Stopped." in said
        assert TOKEN not in said


@pytest.mark.slow
async def test_a_token_that_discord_refuses_is_one_line_and_an_exit_status(tmp_path):
    async with Loopback() as server, running(server, tmp_path, DISCORD_TOKEN="wrong") as bot:
        async with asyncio.timeout(60):
            said = (await bot.stderr.read()).decode()
        assert await bot.wait() != 0
        assert "Copy the token anew from your application's page Bot." in said
        assert "Traceback" not in said
