# SPDX-License-Identifier: MIT
"""`refdesk console`: the bot in this terminal, on demo data that are gone afterwards unless a file is named."""

import asyncio
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.cache import users_cache
from bot.cli.settings import read_settings, share_fairly, share_memory

if TYPE_CHECKING:
    from bot.config import Config


@click.command()
@click.option("--empty", is_flag=True, help="Begin without demo data.")
@click.option(
    "--database",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Keep everything in this file; it begins with demo data unless --empty. Time cannot be moved then.",
)
def console(empty: bool, database: Path | None) -> None:
    """Talk to the bot in this terminal, on demo data.

    Needs no account and no settings. Everything is forgotten at the end unless --database names a file. Lines may
    also come from a pipe; the exit status is then 1 where a line was not understood.
    """
    from bot.core.collecting import starting

    share_memory()
    with starting():
        config = read_settings()
        with _database(database) as path:
            cache = config.cache or (users_cache() if database is None else None)
            here = config.model_copy(update={"database": path, "cache": cache, "metrics_port": 0, "calendar_port": 0})
            status = asyncio.run(_talk(here, empty=empty, kept=database is not None))
    sys.exit(status)


@contextmanager
def _database(chosen: Path | None) -> Iterator[Path]:
    if chosen is not None:
        from bot.cli.opening import make_folder

        make_folder(chosen.expanduser())
        yield chosen.expanduser()
        return
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="refdesk-", ignore_cleanup_errors=True) as folder:
        yield Path(folder) / "refdesk.db"


async def _talk(config: "Config", *, empty: bool, kept: bool) -> int:
    from bot.app import App
    from bot.cli.stage import AppStage
    from bot.core.clock import MovableClock
    from bot.core.collecting import leave_the_start_alone
    from bot.core.ratelimit import UNHURRIED
    from bot.demo import SETUP, fill
    from bot.log import set_up_logging
    from bot.platforms.console.platform import ConsolePlatform, Setup
    from bot.platforms.console.voices import Voices
    from bot.previews import CHATS

    share_fairly()
    chosen = "log_level" in config.model_fields_set
    set_up_logging(config.log_level if chosen else "WARNING", config.log_format, config.secrets)
    _leave_tidily()
    new = not config.database.exists()
    clock = MovableClock()
    setup = Setup(community="Terminal") if empty else SETUP
    made: list[ConsolePlatform] = []

    def build(app: App) -> ConsolePlatform:
        stage = None if kept else AppStage(app, clock)
        voices = Voices(app.catalogs, clock)
        begun = replace(setup, history=_history(), renderers=CHATS)
        made.append(ConsolePlatform(voices, begun, stage=stage, reload=app.loader.reload))
        return made[0]

    async with await App.open(config, clock=clock, platforms=[build], rate=UNHURRIED) as app:
        if new and not empty:
            with made[0].unheard():
                await fill(app, clock)
                await app.settled()
        leave_the_start_alone(tidy=False)
        return await made[0].run(app.ready)


def _history() -> Path | None:
    """Return where a person's lines are kept; a script has no history, and is spared the import."""
    if not sys.stdin.isatty():
        return None
    from bot.platforms.console.interactive import history_path

    return history_path()


def _leave_tidily() -> None:
    """Let a closed terminal or a polite kill end the bot as usual, so that nothing stays in the temporary folder."""
    task = asyncio.current_task()
    for name in ("SIGTERM", "SIGHUP"):
        if task is not None and hasattr(signal, name) and sys.platform != "win32":
            asyncio.get_running_loop().add_signal_handler(getattr(signal, name), task.cancel)
