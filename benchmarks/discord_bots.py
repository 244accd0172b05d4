# SPDX-License-Identifier: MIT
"""The two bots that `benchmarks.discord` compares, each in a process of its own: `python -m benchmarks.discord_bots`.

A line on its input makes it say how much CPU time it took and how much memory it has.
"""

import asyncio
import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import discord
from discord import app_commands

from benchmarks.pipeline import Bench
from bot.app import App
from bot.config import Config
from bot.core.collecting import leave_the_start_alone
from bot.core.ratelimit import UNHURRIED
from bot.platforms.discord.client import Address, redirect
from bot.platforms.discord.platform import DiscordPlatform, Surroundings
from bot.testing.world import sources_of

PAGE = resource.getpagesize()


def say() -> None:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    print(time.process_time(), pages * PAGE / 2**20, flush=True)


async def listen() -> None:
    """Say how it goes whenever somebody asks; end when nobody can ask any more."""
    loop = asyncio.get_running_loop()
    while await loop.run_in_executor(None, sys.stdin.readline):
        say()


async def bare(api: str, gateway: str, token: str) -> None:
    """A bot as discord.py's guide writes it, with a constant answer."""
    redirect(Address(api, gateway))
    client = discord.Client(intents=discord.Intents.default())
    tree = app_commands.CommandTree(client)
    group = app_commands.Group(name="bench", description="Bench")

    @group.command(name="note", description="Answer")
    async def note(interaction: discord.Interaction, title: str) -> None:
        await interaction.response.send_message(f"{title}: 1 notes")

    tree.add_command(group)
    async with client:
        running = asyncio.ensure_future(client.start(token))
        await listen()
        running.cancel()


async def ours(api: str, gateway: str, token: str) -> None:
    """Refdesk, whose command writes a row and reads one, durably."""

    def build(app: App) -> DiscordPlatform:
        around = Surroundings(app.db, app.clock, app.catalogs, app.registry, app.health, app.outbox.poster, app.refresh)
        return DiscordPlatform(around, token, Address(api, gateway))

    with TemporaryDirectory() as folder:
        config = Config(database=Path(folder) / "refdesk.db", models=False, _env_file=None)
        cogs = frozenset({"bench"})
        async with await App.open(config, platforms=[build], cogs=cogs, sources=sources_of((Bench,)), rate=UNHURRIED):
            leave_the_start_alone()  # as `refdesk run` does
            await listen()


if __name__ == "__main__":
    asyncio.run({"bare": bare, "ours": ours}[sys.argv[1]](*sys.argv[2:]))
