# SPDX-License-Identifier: MIT
"""`refdesk cogs`: what features there are, where they come from, and why one does not run."""

import sys

import click

from bot.cli.exits import Exit
from bot.cli.settings import read_settings


@click.command()
def cogs() -> None:
    """List the features: where each comes from, and why one does not run.

    Each is tried out on an empty database that is thrown away. The exit status is 1 where one fails.
    """
    from bot.checks.cogs import try_cogs

    trials = try_cogs(read_settings())
    width = max(len(trial.source.name) for trial in trials)
    for trial in trials:
        mark = "✗" if trial.failure else "✓" if trial.wanted else "-"
        said = trial.failure or (trial.summary if trial.wanted else "left out: REFDESK_COGS does not name it")
        click.echo(f"{mark} {trial.source.name:<{width}}  {trial.origin:<9}  {said}")
    sys.exit(Exit.FAILED if any(trial.failure for trial in trials) else Exit.DONE)
