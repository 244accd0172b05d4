# SPDX-License-Identifier: MIT
"""Terminals on a temporary database."""

import io
from contextlib import AsyncExitStack

import pytest
from consolecog import Toys
from consoleplay import NOW, Tty

from bot.app import App
from bot.config import Config
from bot.core.clock import ManualClock
from bot.kit import Level
from bot.platforms.console.desk import Seat
from bot.platforms.console.platform import ConsolePlatform, Setup
from bot.platforms.console.voices import Voices
from bot.testing.world import sources_of

SETUP = Setup(
    seat=Seat("Lib", Level.LIBRARIAN),
    seats=(Seat("Mo", Level.MODERATOR),),
    rooms=("requests",),
    community="Riverside Libraries",
)


class Stage:
    """Moves the time of an application under test, from one due moment to the next."""

    def __init__(self, app):
        self.app = app
        self.now = app.clock.now
        self.target = app.clock.now()

    def set(self, moment):
        self.target = moment

    async def settle(self):
        await self.app.settled()
        clock = self.app.clock
        while (next_at := clock.next_at) is not None and next_at <= self.target:
            clock.set(next_at)
            await self.app.settled()
        clock.set(self.target)
        await self.app.settled()


@pytest.fixture
async def open_console(tmp_path):
    """Return a maker of terminals: (console, its output). All of a test's share one database, one after the other."""
    async with AsyncExitStack() as stack:

        async def make(typed="", *, terminal=False, staged=True, reloads=True, setup=SETUP):
            out, made = (Tty if terminal else io.StringIO)(), []
            clock = ManualClock(NOW)

            def build(app):
                source = (Tty if terminal else io.StringIO)(typed)
                stage = Stage(app) if staged else None
                voices = Voices(app.catalogs, clock)
                made.append(
                    ConsolePlatform(
                        voices,
                        setup,
                        stage=stage,
                        reload=app.loader.reload if reloads else None,
                        source=source,
                        target=out,
                    )
                )
                made[0].app = app
                return made[0]

            app = await App.open(
                Config(database=tmp_path / "refdesk.db", _env_file=None),
                clock=clock,
                platforms=[build],
                cogs=frozenset({"toys"}),
                sources=sources_of((Toys,)),
            )
            stack.push_async_callback(app.close)
            return made[0], out

        yield make


@pytest.fixture
def script(open_console):
    """Return what runs lines as a script: await script("line", …) -> (exit status, output)."""

    async def run(*lines, **options):
        console, out = await open_console("".join(f"{line}\n" for line in lines), **options)
        status = await console.run()
        await console.app.close()
        return status, out.getvalue()

    return run
