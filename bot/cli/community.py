# SPDX-License-Identifier: MIT
"""Opens the database for one community: for commands that work beside the bot, on what is there already."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import click

from bot.cli.exits import Exit, Failure

if TYPE_CHECKING:
    from bot.config import Config
    from bot.kit import Community
    from bot.storage.database import SqliteDatabase

NEEDED = ("core", "faq")
"""Whose migrations must have been applied."""

COMMUNITY = click.option(
    "--community", metavar="NAME", help="Which community, by its name or number, where there are several."
)


@asynccontextmanager
async def open_database(config: "Config") -> "AsyncIterator[SqliteDatabase]":
    """Give the database as it is; one of an older form is refused, for `refdesk migrate` to bring up to date."""
    from bot.core.clock import SystemClock
    from bot.core.steps import every_step
    from bot.storage.database import SqliteDatabase

    async with await SqliteDatabase.open(config.database, SystemClock()) as db:
        if await db.pending([step for step in every_step() if step.owner in NEEDED]):
            raise Failure(f'{config.database} is of an older version. Run "refdesk migrate" first.', Exit.DATABASE)
        yield db


async def find_community(db: "SqliteDatabase", name: str | None) -> "Community | None":
    """Return the community of that name or number, or the only one; None where there is none at all."""
    from bot.storage import communities

    there = await db.read(communities.present)
    if name is None:
        if len(there) > 1:
            raise Failure(f"There are several communities: say which with --community. {_listed(there)}", Exit.USAGE)
        return there[0] if there else None
    found = [each for each in there if name.casefold() in (each.name.casefold(), str(each.id))]
    if len(found) != 1:
        said = "several communities" if found else "no community"
        raise Failure(f'There is {said} of the name "{name}". {_listed(found or there)}', Exit.USAGE)
    return found[0]


async def need_community(db: "SqliteDatabase", name: str | None) -> "Community":
    """Return the community; raises Failure where there is none yet."""
    found = await find_community(db, name)
    if found is None:
        raise Failure("There is no community in this database yet. One begins where the bot is first spoken to.")
    return found


def _listed(there: "Sequence[Community]") -> str:
    return f"There are: {', '.join(f'{each.id} ({each.name})' for each in there)}." if there else "There is none yet."
