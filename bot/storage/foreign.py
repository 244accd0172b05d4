# SPDX-License-Identifier: MIT
"""Notices that another process wrote to the database, so that caches can be read anew."""

import sqlite3


class DataVersion:
    """`PRAGMA data_version` of one connection: it changes when any other connection has committed.

    https://www.sqlite.org/pragma.html#pragma_data_version
    """

    def __init__(self) -> None:
        self._seen: int | None = None

    def changed(self, connection: sqlite3.Connection) -> bool:
        """Tell whether somebody else committed since the last look; the first look only takes note."""
        present: int = connection.execute("PRAGMA data_version").fetchone()[0]
        before, self._seen = self._seen, present
        return before is not None and before != present


class OurTurn:
    """Tells the reader whether this process' writer may have committed since it last looked.

    A write counts from before its first statement until after its commit: the reader may look in between, and see what
    was committed only at its next look.
    """

    def __init__(self) -> None:
        self._steps = 0
        self._seen = 0

    def __enter__(self) -> None:
        """Begin a write; only the writer's thread does."""
        self._steps += 1

    def __exit__(self, *_: object) -> None:
        """End it, committed or not."""
        self._steps += 1

    def since_last_look(self) -> bool:
        """Tell whether the writer is at work, or was since the last look. To be asked after `DataVersion.changed`."""
        steps = self._steps
        before, self._seen = self._seen, steps
        return steps % 2 == 1 or steps != before
