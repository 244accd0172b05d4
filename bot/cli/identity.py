# SPDX-License-Identifier: MIT
"""What of the bot's Matrix keys goes into a backup: who it is, and never what its device is.

The keys of a device move on with every message. An old copy of them would be used a second time, and other clients
refuse what is encrypted so, for good. The identity never changes: a bot that has it, and no device, becomes a new
device that its identity signs, and nobody sees a warning.
"""

import os
from pathlib import Path

from bot.cli.exits import Exit, Failure

SEEDS = "cross-signing.json"
"""The file in MATRIX_STORE that holds the seeds of the cross-signing identity."""


def beside(backup: Path) -> Path:
    """Return where the identity lies that belongs to a copy of the database."""
    return backup.with_name(f"{backup.stem}.{SEEDS}")


def copy_identity(folder: Path, backup: Path) -> Path | None:
    """Copy the identity beside a copy of the database, for its owner only; None where there is none."""
    source = folder / SEEDS
    if not source.is_file():
        return None
    return _copy(source, beside(backup))


def restore_identity(backup: Path, folder: Path) -> Path | None:
    """Put the identity back where there is none any more; None where nothing was to be done."""
    source, target = beside(backup), folder / SEEDS
    if not source.is_file() or target.exists():
        return None
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise Failure(f"The folder {folder} cannot be made: {error.strerror}.", Exit.FAILED) from error
    return _copy(source, target)


def _copy(source: Path, target: Path) -> Path:
    try:
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(source.read_bytes())
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise Failure(f"{source} could not be copied to {target}: {error.strerror}.", Exit.FAILED) from error
    return target
