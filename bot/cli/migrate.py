# SPDX-License-Identifier: MIT
"""`refdesk migrate`: brings the database to the present form, or shows what that would do."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.settings import DATABASE, read_settings

if TYPE_CHECKING:
    from bot.config import Config
    from bot.storage.migrate import Migration


@click.command()
@click.option("--sql", is_flag=True, help="Print the SQL that would be run, and change nothing.")
@click.option("--dry-run", is_flag=True, help="List the steps that would be taken, and change nothing.")
@DATABASE
def migrate(sql: bool, dry_run: bool, database: Path | None) -> None:
    """Bring the database to the present form.

    `refdesk run` does the same at its start. A database that exists is copied first, beside it; each step is one
    transaction, which is done entirely or not at all.
    """
    if sql and dry_run:
        raise click.UsageError("Choose one of --sql and --dry-run.")
    config = read_settings(database)
    if sql:
        _show_sql(config)
    elif dry_run:
        _list_steps(config)
    else:
        _apply(config)


def _apply(config: "Config") -> None:
    from bot.cli.opening import make_folder
    from bot.core.clock import SystemClock
    from bot.core.steps import every_step
    from bot.storage.database import SqliteDatabase

    async def work() -> "tuple[Migration, ...]":
        async with await SqliteDatabase.open(config.database, SystemClock(), create=True, sole=True) as db:
            return await db.migrate(every_step())

    make_folder(config.database)
    steps = asyncio.run(work())
    for step in steps:
        click.echo(f"✓ {step.label}")
    click.echo(f"{config.database} is up to date." if steps else f"{config.database} was up to date.")


def _list_steps(config: "Config") -> None:
    steps = _pending(config)
    for step in steps:
        click.echo(step.label)
    click.echo(f"{len(steps)} to be applied to {config.database}." if steps else f"{config.database} is up to date.")


def _show_sql(config: "Config") -> None:
    from bot.core.clock import SystemClock
    from bot.storage.migrate import sql

    click.echo(sql(_pending(config), SystemClock().now()), nl=False)


def _pending(config: "Config") -> "tuple[Migration, ...]":
    from contextlib import closing

    from bot.core.steps import every_step
    from bot.storage.connect import connect_reader
    from bot.storage.migrate import pending

    if not config.database.exists():
        return every_step()
    with closing(connect_reader(config.database)) as connection:
        return pending(connection, every_step())
