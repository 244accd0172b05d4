# SPDX-License-Identifier: MIT
"""Lets only one bot run on a database: two would answer every command twice."""

from pathlib import Path

from filelock import FileLock, Timeout

from bot.storage.errors import DatabaseInUseError, ReadOnlyDatabaseError


class RunningLock:
    """An advisory lock beside the database; the system lets it go when the process ends, however it ends."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._lock = FileLock(f"{database}.lock", timeout=0, thread_local=False, mode=0o600)

    def take(self) -> None:
        """Take the lock; raises DatabaseInUseError when another bot holds it."""
        try:
            self._lock.acquire()
        except Timeout as error:
            raise DatabaseInUseError(
                f"Another Refdesk is running on {self._database}. Stop it first, or give this one its own database.",
            ) from error
        except OSError as error:
            raise ReadOnlyDatabaseError(
                f"The lock beside {self._database} cannot be written ({error.strerror}): "
                "let the bot's user write that folder.",
            ) from error

    def release(self) -> None:
        """Let the lock go; nothing happens when it is not held."""
        self._lock.release()
