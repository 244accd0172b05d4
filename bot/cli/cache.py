# SPDX-License-Identifier: MIT
"""Finds a user's folder for what can be made again, where there is no database to lay it beside."""

import os
import sys
from pathlib import Path


def users_cache() -> Path | None:
    """Return the folder (XDG base directory specification; local data on Windows); None where none can be written."""
    try:
        folder = _root() / "refdesk"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return None
    return folder if os.access(folder, os.W_OK) else None


def _root() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
