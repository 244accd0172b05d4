# SPDX-License-Identifier: MIT
"""`refdesk run`: the bot on the chats that are set up, until it is told to stop."""

import asyncio
import logging
import os
import signal
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from bot.cli.exits import Exit
from bot.cli.settings import read_settings, share_fairly, share_memory

if TYPE_CHECKING:
    from bot.chats import Builder
    from bot.config import Config

STOP_SECONDS = 5.0
"""How long stopping may take; service managers kill what stops later, and the database stands either."""

SETTLING = 5.0
"""Seconds after the start in which still more arrives that stays: a thousand servers take one or two."""

log = logging.getLogger(__name__)


@click.command()
def run() -> None:
    """Run the bot on the chats that are set up.

    Stops within five seconds on SIGTERM and SIGINT (Ctrl-C). Logs go to stderr.
    """
    from bot.core.collecting import starting

    share_memory()
    with starting():
        _run()


def _run() -> None:
    from bot.chats import builders
    from bot.cli.opening import make_folder
    from bot.log import set_up_logging

    config = read_settings()
    platforms = builders(config)
    set_up_logging(config.log_level, config.log_format, config.secrets)
    make_folder(config.database)
    share_fairly()
    asyncio.run(serve(config, platforms))


async def serve(config: "Config", platforms: "Sequence[Builder]") -> None:
    """Run the bot until a signal, which may come during the start; raises what the start raises."""
    from bot.app import App
    from bot.core.collecting import leave_the_start_alone

    stop, starting = asyncio.Event(), asyncio.current_task()

    def told() -> None:
        if not stop.is_set():
            asyncio.get_running_loop().call_later(STOP_SECONDS - 1, _give_up)
        stop.set()
        if starting is not None:
            starting.cancel()

    on_signals(told)
    try:
        async with await App.open(config, platforms=platforms) as app:
            starting = None
            asyncio.get_running_loop().call_later(SETTLING, leave_the_start_alone)
            log.info("Refdesk runs on %s.", ", ".join(platform.name for platform in app.platforms))
            await stop.wait()
            log.info("Stopping.")
    except asyncio.CancelledError:
        if not stop.is_set():
            raise
    log.info("Stopped.")


def on_signals(stop: Callable[[], None]) -> None:
    """Have SIGTERM and SIGINT call `stop` on the event loop."""
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        try:
            loop.add_signal_handler(number, stop)
        except NotImplementedError:  # Windows
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop))


def _give_up() -> None:
    """End the process, which the database survives: stopping takes too long."""
    log.error("Stopping took longer than %.0f seconds and was broken off; nothing is lost.", STOP_SECONDS - 1)
    logging.shutdown()
    os._exit(Exit.FAILED)
