# SPDX-License-Identifier: MIT
"""Finds a user's folder for what can be made again, where there is no database to lay it beside."""

import os
from pathlib import Path

from bot.core.folders import users_folder


def users_cache() -> Path | None:
    """Return the folder; None where none can be written."""
    try:
        folder = users_folder("XDG_CACHE_HOME", ".cache")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return None
    return folder if os.access(folder, os.W_OK) else None
