# SPDX-License-Identifier: MIT
"""`refdesk faq import` and `refdesk faq export`: the same as in the chat, also beside a running bot."""

import asyncio
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from bot.cli.community import COMMUNITY, need_community, open_database
from bot.cli.exits import Exit, Failure
from bot.cli.settings import DATABASE, read_settings

if TYPE_CHECKING:
    from bot.config import Config
    from cogs.faq.import_plan import Plan
    from cogs.faq.importing import ParsedFile


@click.command("import")
@click.argument("source", metavar="FILE", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="List what would change, and change nothing.")
@COMMUNITY
@DATABASE
def import_file(source: Path, dry_run: bool, community: str | None, database: Path | None) -> None:
    """Take entries from FILE (CSV or JSON): all of it, or nothing where a row cannot be taken.

    The first row of a CSV file names the columns; question and answer are needed. The exit status is 1 where rows
    were rejected.
    """
    config = read_settings(database)
    content = source.read_bytes()
    plan, parsed = asyncio.run(_import(config, source.name, content, community, apply=not dry_run))
    _show(plan, parsed, apply=not dry_run)
    sys.exit(Exit.FAILED if plan.rejected else Exit.DONE)


@click.command("export")
@click.argument("target", metavar="FILE", type=click.Path(allow_dash=True, dir_okay=False, path_type=Path))
@click.option("--format", "kind", type=click.Choice(["csv", "json"]), help="Else the name of FILE decides, or csv.")
@click.option("--all", "everything", is_flag=True, help="Export the starter FAQ as well.")
@click.option("--force", is_flag=True, help="Write over a file that exists.")
@COMMUNITY
@DATABASE
def export_file(
    target: Path,
    kind: Literal["csv", "json"] | None,
    everything: bool,
    force: bool,
    community: str | None,
    database: Path | None,
) -> None:
    """Write the community's entries to FILE, from which they can be imported again; - writes to standard output."""
    if target.exists() and not force:
        raise Failure(f"{target} exists already. Choose another name, or add --force.")
    config = read_settings(database)
    chosen = kind or ("json" if target.suffix.casefold() == ".json" else "csv")
    content = asyncio.run(_export(config, chosen, community, everything=everything))
    if str(target) == "-":
        click.echo(content, nl=False)
        return
    partial = target.with_name(f"{target.name}.partial")
    partial.write_bytes(content)
    partial.replace(target)
    click.echo(f"Wrote {target}.")


async def _import(
    config: "Config", name: str, content: bytes, community: str | None, *, apply: bool
) -> "tuple[Plan, ParsedFile]":
    from cogs.faq import command_line

    async with open_database(config) as db:
        where = await need_community(db, community)
        return await command_line.import_file(db, where, name, content, apply=apply)


async def _export(config: "Config", kind: str, community: str | None, *, everything: bool) -> bytes:
    from cogs.faq import command_line

    async with open_database(config) as db:
        where = await need_community(db, community)
        return await command_line.export_file(db, where.id, command_line.Format(kind), everything=everything)


def _show(plan: "Plan", parsed: "ParsedFile", *, apply: bool) -> None:
    from bot.cli.exits import english
    from bot.platforms.console.plain import lines
    from cogs.faq.transfer import plan_reply

    for line in lines(plan_reply(plan, parsed, apply=apply), english()):
        click.echo(line)
