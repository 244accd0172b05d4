# SPDX-License-Identifier: MIT
"""Finds the folders of a user's own, where there is no database to lay things beside."""

import os
import sys
from pathlib import Path


def users_folder(variable: str, below_home: str) -> Path:
    """Return our folder below the one that a variable of the XDG base directory specification names, or its default.

    On Windows it is the local data's. Raises RuntimeError where the user has no home.
    """
    if sys.platform == "win32":
        root = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        root = Path(os.environ.get(variable) or Path.home() / below_home)
    return root / "refdesk"
