# SPDX-License-Identifier: MIT
"""A click group that knows its commands by name, and imports one only when it is called."""

import difflib
import importlib
from dataclasses import dataclass
from typing import Any

import click

from bot.cli.exits import Failure, failure_of


@dataclass(frozen=True, slots=True)
class Listed:
    """A command as `--help` shows it; `where` is "module:attribute"."""

    name: str
    where: str
    summary: str


class LazyGroup(click.Group):
    """Lists commands without importing them; the `root` group turns every error into a line on stderr."""

    def __init__(self, name: str, *, listed: tuple[Listed, ...], root: bool = False, **options: Any) -> None:
        super().__init__(
            name, no_args_is_help=True, context_settings={"help_option_names": ["-h", "--help"]}, **options
        )
        self._listed = {each.name: each for each in listed}
        self._root = root
        if root:
            self.params.append(
                click.Option(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_show_version)
            )

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of the table."""
        del ctx
        return list(self._listed)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command."""
        del ctx
        if cmd_name not in self._listed:
            return None
        module, _, attribute = self._listed[cmd_name].where.partition(":")
        found: click.Command = getattr(importlib.import_module(module), attribute)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; a misspelt one is answered with the one that was meant."""
        if args and not args[0].startswith("-") and args[0] not in self._listed:
            near = difflib.get_close_matches(args[0], self._listed, n=1)
            meant = f'Did you mean "{near[0]}"?' if near else f"There are: {', '.join(self._listed)}."
            raise click.UsageError(f'There is no command "{args[0]}". {meant}', ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands from the table."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl([(each.name, each.summary) for each in self._listed.values()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error ends it with one line that says what to do."""
        if not self._root:
            return super().invoke(ctx)
        try:
            return super().invoke(ctx)
        except (click.ClickException, click.exceptions.Exit, click.Abort, Failure, BrokenPipeError):
            raise
        except KeyboardInterrupt:
            raise click.exceptions.Exit(130) from None
        except Exception as error:
            raise failure_of(error) from error


def _show_version(ctx: click.Context, param: click.Parameter, value: bool) -> None:
    del param
    if value and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"refdesk {version('refdesk')}")
        ctx.exit()
