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
