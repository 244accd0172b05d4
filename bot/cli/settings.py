# SPDX-License-Identifier: MIT
"""What most commands begin with: the operator's settings, and a word about those that have no effect."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from bot.config import Config


def read_settings(database: Path | None = None) -> "Config":
    """Read the settings; `database` goes before the one that is set. What has no effect is said on stderr."""
    from bot.config import read_config
    from bot.strays import stray_settings

    for advice in stray_settings():
        click.echo(f"refdesk: {advice}", err=True)
    return read_config(**({"database": database.expanduser()} if database else {}))


DATABASE = click.option(
    "--database",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Use this database instead of the one that is set.",
)

SWITCH_SECONDS = 0.0005

_ARENA_MAX = -8
"""M_ARENA_MAX in glibc's malloc.h."""


def share_fairly() -> None:
    """Let the event loop interrupt threads that compute, such as the one that loads the FAQ's model, ten times sooner.

    With Python's own five milliseconds each answer of a thread comes that much later, and a start takes a second more.
    """
    sys.setswitchinterval(SWITCH_SECONDS)


def share_memory() -> None:
    """Let all threads take memory from one arena: glibc gives each its own, which keeps some 20 MiB more in all.

    That is of freed memory which no other thread may use; Python's lock lets them hardly ever wait for each other
    (https://man7.org/linux/man-pages/man3/mallopt.3.html, M_ARENA_MAX). Elsewhere than on glibc nothing happens.
    """
    if sys.platform == "linux":
        import ctypes

        mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
        if mallopt is not None:
            mallopt(_ARENA_MAX, 1)
