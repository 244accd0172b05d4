# SPDX-License-Identifier: MIT
"""`refdesk backup`: a checked copy of the database, also while the bot runs."""

import os
from contextlib import closing, suppress
from pathlib import Path

import click

from bot.cli.settings import DATABASE, read_settings


@click.command()
@click.argument("named", metavar="FILE")
@DATABASE
def backup(named: str, database: Path | None) -> None:
    """Copy the database into FILE, also while the bot runs.

    The copy is one whole file, checked page by page. To restore it, stop the bot and use `restore`. The bot's identity
    on Matrix is copied beside it; keep both as private as the database.
    FILE may be a folder: the copy then gets a name with the present time. One that ends in "/" is made if need be.
    """
    from bot.cli.identity import copy_identity
    from bot.core.clock import SystemClock
    from bot.storage.backup import copy_database
    from bot.storage.connect import connect_reader
    from bot.storage.errors import MissingDatabaseError

    config = read_settings(database)
    source = config.database
    if not source.is_file():
        raise MissingDatabaseError(f"There is no database at {source}. Set REFDESK_DATABASE or give --database FILE.")
    target = Path(named)
    if named.endswith((os.sep, "/")):
        with suppress(OSError):  # the copy tells what is wrong with it
            target.mkdir(mode=0o700)
    if target.is_dir():
        target /= f"{source.stem}-{SystemClock().now():%Y%m%dT%H%M%SZ}{source.suffix}"
    with closing(connect_reader(source)) as connection:
        copy_database(connection, target)
    click.echo(f"Copied {source} to {target} ({target.stat().st_size / 1e6:.1f} MB, checked).")
    if identity := copy_identity(config.matrix_store, target):
        click.echo(
            f"Copied the bot's identity on Matrix to {identity}. Keep it private: who has it can pose as the bot."
        )
