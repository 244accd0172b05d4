# SPDX-License-Identifier: MIT
"""`refdesk restore`: puts a backup in the database's place, checked, and only while no bot runs on it."""

from pathlib import Path

import click

from bot.cli.settings import DATABASE, read_settings


@click.command()
@click.argument("backup", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--check", "check_only", is_flag=True, help="Read the backup as a whole, and change nothing.")
@DATABASE
def restore(backup: Path, yes: bool, check_only: bool, database: Path | None) -> None:
    """Put the backup FILE in the database's place; the bot must be stopped.

    The backup is read page by page first. The database that was there is kept beside it under another name, and deleted
    by nobody: delete it yourself when all is well, since people may have asked to be forgotten. The bot's identity on
    Matrix is put back where it is missing; without the keys of its device, the bot becomes a new one, which it signs.
    """
    from bot.cli.identity import restore_identity
    from bot.cli.opening import make_folder
    from bot.core.clock import SystemClock
    from bot.core.steps import every_step
    from bot.storage import restore as work

    config = read_settings(database)
    target = config.database
    if check_only:
        steps = work.check_backup(backup, every_step())
        click.echo(f"{backup} is whole.{_to_migrate(len(steps))}")
        return
    if target.exists() and not yes:
        work.check_idle(target)
        work.check_backup(backup, every_step())
        click.confirm(f"Put {backup} in the place of {target}?", abort=True)
    make_folder(target)
    done = work.restore(backup, target, every_step(), SystemClock())
    if done.kept:
        click.echo(f"The database that was there is kept as {done.kept}.")
    click.echo(f"Restored {target} from {backup}.{_to_migrate(len(done.steps))}")
    if identity := restore_identity(backup, config.matrix_store):
        click.echo(f"The bot's identity on Matrix is back as {identity}.")
    click.echo("Who asked to be forgotten since that backup was made is in it again: see docs/deploy.md.")


def _to_migrate(steps: int) -> str:
    return f" Migrations to be applied at the next start: {steps}." if steps else ""
