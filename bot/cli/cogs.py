# SPDX-License-Identifier: MIT
"""`refdesk cogs`: what features there are, where they come from, and why one does not run; `new` begins another."""

import sys
from pathlib import Path

import click

from bot.cli.exits import Exit
from bot.cli.settings import read_settings


@click.group(invoke_without_command=True)
@click.pass_context
def cogs(context: click.Context) -> None:
    """List the features: where each comes from, and why one does not run.

    Each is tried out on an empty database that is thrown away. The exit status is 1 where one fails.
    """
    if context.invoked_subcommand is None:
        _list()


def _list() -> None:
    from bot.checks.cogs import try_cogs

    trials = try_cogs(read_settings())
    width = max(len(trial.source.name) for trial in trials)
    for trial in trials:
        mark = "✗" if trial.failure else "✓" if trial.wanted else "-"
        said = trial.failure or (trial.summary if trial.wanted else "left out: REFDESK_COGS does not name it")
        click.echo(f"{mark} {trial.source.name:<{width}}  {trial.origin:<9}  {said}")
    sys.exit(Exit.FAILED if any(trial.failure for trial in trials) else Exit.DONE)


@cogs.command()
@click.argument("name")
@click.option(
    "--in", "folder", type=click.Path(file_okay=False, path_type=Path), default=Path(), help="Where to put it (here)."
)
def new(name: str, folder: Path) -> None:
    """Begin a feature: a package with a command, a button, a setting, a table, a job and tests that pass.

    NAME is one word of a-z and 0-9, such as "shelf"; people type it.
    """
    from bot.cli.making import make_cog

    made = make_cog(name, folder)
    for path in made:
        click.echo(f"✓ {path}")
    click.echo(f"Go on with:\n  cd {made[0].parent}\n  pip install -e '.[test]'\n  pytest\n  refdesk cogs")
