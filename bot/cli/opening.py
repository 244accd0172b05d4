# SPDX-License-Identifier: MIT
"""Makes a place for a database that is not there yet."""

from pathlib import Path


def make_folder(database: Path) -> None:
    """Make the folder of a database, but none above it: a missing disk must not look like an empty bot."""
    from bot.storage.errors import StorageError

    try:
        if database.parent.parent.is_dir():
            database.parent.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"The folder {database.parent} cannot be made ({error.strerror}): "
            "make it yourself and let the bot's user write it, or set REFDESK_DATABASE."
        ) from error
