# SPDX-License-Identifier: MIT
"""How a command ends: the exit status, and one line on stderr that says what to do."""

import os
import traceback
from enum import IntEnum
from typing import IO, TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from bot.core.i18n.voice import Voice


class Exit(IntEnum):
    """The exit status of `refdesk`; scripts and service managers may rely on it."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    CONFIG = 3
    DATABASE = 4
    BUG = 70


class Failure(click.ClickException):
    """Ends a command with a line on stderr."""

    def __init__(self, message: str, status: Exit = Exit.FAILED) -> None:
        super().__init__(message)
        self.exit_code = int(status)  # type: ignore[misc]

    def show(self, file: IO[Any] | None = None) -> None:
        """Write the line."""
        click.echo(f"refdesk: {self.message}", file=file, err=file is None)


def failure_of(error: Exception) -> Failure:
    """Turn an error into how the command ends."""
    from bot.config import ConfigError
    from bot.kit.errors import RefdeskError, Unavailable, UserError
    from bot.storage.errors import StorageError

    if isinstance(error, ConfigError):
        return Failure(str(error), Exit.CONFIG)
    if isinstance(error, StorageError):
        return Failure(str(error), Exit.DATABASE)
    if isinstance(error, (UserError, Unavailable)):
        return Failure(in_english(error.text))
    if isinstance(error, RefdeskError):
        return Failure(str(error))
    if isinstance(error, OSError) and error.filename:
        return Failure(f"{error.filename}: {error.strerror}.")
    return _fault(error)


def in_english(words: Any) -> str:
    """Return words of the bot's as plain text for the operator."""
    return english().plain(words)


def english() -> "Voice":
    """Return the voice of the command line."""
    from bot.core.clock import SystemClock
    from bot.core.i18n.catalogs import Catalogs

    return Catalogs().voice("en", "UTC", SystemClock().now())


def _fault(error: Exception) -> Failure:
    if os.environ.get("REFDESK_LOG_LEVEL", "").upper() == "DEBUG":
        click.echo("".join(traceback.format_exception(error)), err=True, nl=False)
        return Failure("This is a fault of Refdesk. Please report it with the lines above.", Exit.BUG)
    what = f"{type(error).__name__}: {error}".splitlines()[0]
    return Failure(
        f"This is a fault of Refdesk ({what}). Run the command again with REFDESK_LOG_LEVEL=DEBUG and report it.",
        Exit.BUG,
    )
