# SPDX-License-Identifier: MIT
"""`refdesk check`: looks at everything that the bot needs, and says what to do about what it finds."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.exits import Exit
from bot.cli.settings import DATABASE

if TYPE_CHECKING:
    from bot.checks import Finding
    from bot.config import Config


@click.command()
@DATABASE
def check(database: Path | None) -> None:
    """Check settings, database, cogs and languages, and say what to do.

    Each finding begins with ✓ (well), ! (worth a look) or ✗ (does not work). The exit status is 1 where there is a ✗.
    Nothing is changed; the bot may be running.
    """
    from bot.checks import Mark

    marks = [_show(finding) for finding in _findings(database)]
    sys.exit(Exit.FAILED if Mark.BAD in marks else Exit.DONE)


def _unused(config: "Config") -> frozenset[str]:
    """Return the chats and cogs whose tables are not made, since nothing uses them."""
    from bot.chats import CHATS
    from bot.core.finding import find_sources

    chats = {chat.name for chat in CHATS if not chat.given(config)}
    cogs = {name for name in find_sources() if config.cogs and name not in config.cogs}
    return frozenset(chats | cogs)


def _show(finding: "Finding") -> str:
    click.echo(f"{finding.mark} {finding.what}{' ' if finding.advice else ''}{finding.advice}")
    return finding.mark


def _findings(database: Path | None) -> "Iterator[Finding]":
    from bot.checks import Finding, Mark
    from bot.checks.cogs import check_cogs, try_cogs
    from bot.checks.database import check_database
    from bot.checks.discord import check_discord
    from bot.checks.languages import check_languages
    from bot.checks.matrix import check_matrix
    from bot.checks.settings import check_settings
    from bot.config import ConfigError, read_config, read_what_is_well

    chosen = {"database": database.expanduser()} if database else {}
    try:
        config = read_config(**chosen)
    except ConfigError as error:
        yield Finding(Mark.BAD, str(error))
        config = read_what_is_well(**chosen)
    else:
        yield from check_settings(config)
    parts: Iterable[Iterable[Finding]] = (
        check_database(config.database, _unused(config)),
        check_cogs(config, try_cogs(config)),
        check_languages(),
        check_discord(config),
        check_matrix(config),
    )
    for part in parts:
        yield from part
