# SPDX-License-Identifier: MIT
"""The two bots that `benchmarks.discord` compares, each in a process of its own: `python -m benchmarks.discord_bots`.

A line on its input makes it say how much CPU time it took and how much memory it has. Each imports what it needs and
nothing else: the bare bot discord.py alone, Refdesk what `refdesk run` imports.
"""

import asyncio
import resource
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import discord

if TYPE_CHECKING:
    from bot.core.finding import Source

PAGE = resource.getpagesize()


def say() -> None:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    print(time.process_time(), pages * PAGE / 2**20, flush=True)


async def listen(at_first: Callable[[], object] = bool) -> None:
    """Say how it goes whenever somebody asks, `at_first` done before; end when nobody can ask any more."""
    loop = asyncio.get_running_loop()
    while await loop.run_in_executor(None, sys.stdin.readline):
        at_first()
        at_first = bool
        say()


async def bare(api: str, gateway: str, token: str, _: str) -> None:
    """A bot as discord.py's guide writes it, with a constant answer."""
    from discord import app_commands
    from discord.gateway import DiscordWebSocket
    from discord.http import Route
    from yarl import URL

    Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = api, URL(gateway)
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


async def ours(api: str, gateway: str, token: str, folder: str) -> None:
    """Refdesk, whose command writes a row and reads one, durably, in a database in a folder."""
    from bot.app import App
    from bot.config import Config
    from bot.core.collecting import leave_the_start_alone, starting
    from bot.core.ratelimit import UNHURRIED
    from bot.platforms.discord.client import Address
    from bot.platforms.discord.platform import DiscordPlatform, Surroundings

    def build(app: App) -> DiscordPlatform:
        around = Surroundings(app.db, app.clock, app.catalogs, app.registry, app.health, app.outbox.poster, app.refresh)
        return DiscordPlatform(around, token, Address(api, gateway))

    config = Config(database=Path(folder) / "refdesk.db", models=False, _env_file=None)
    cogs = frozenset({"bench"})
    with starting():  # and left alone some time later, as `refdesk run` does
        async with await App.open(config, platforms=[build], cogs=cogs, sources=sources, rate=UNHURRIED):
            await listen(leave_the_start_alone)


def sources() -> "Mapping[str, Source]":
    """Return where cogs come from, and the one that is measured among them."""
    from benchmarks.noting import Bench
    from bot.core.finding import Source, find_sources

    return {**find_sources(), Bench.name: Source(Bench.name, Bench.__module__, bundled=False, given=Bench)}


BOTS: dict[str, Any] = {"bare": bare, "ours": ours}

if __name__ == "__main__":
    asyncio.run(BOTS[sys.argv[1]](*sys.argv[2:]))
