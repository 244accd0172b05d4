# SPDX-License-Identifier: MIT
"""Writes the skeleton of a cog as a package of its own, from the files in `skeleton`."""

import re
from importlib import resources
from pathlib import Path
from string import Template

from bot.cli.exits import Exit, Failure

_NAME = re.compile(r"[a-z][a-z0-9]*")

_FILES = {
    "pyproject.txt": "pyproject.toml",
    "readme.txt": "README.md",
    "cog.txt": "$package/__init__.py",
    "store.txt": "$package/store.py",
    "migration.txt": "$package/migrations/0001_notes.sql",
    "test.txt": "tests/test_$name.py",
}


def make_cog(name: str, folder: Path) -> list[Path]:
    """Write a package `refdesk-<name>` into a folder; return its files. Raises Failure, and writes nothing."""
    from bot.core.finding import find_sources

    if not _NAME.fullmatch(name) or len(name) > 32:
        raise Failure(f'"{name}" cannot be a name: use one word of a-z and 0-9, such as "shelf".', Exit.USAGE)
    if name in find_sources():
        raise Failure(f'There is a feature "{name}" already. Choose another name.', Exit.USAGE)
    target = folder / f"refdesk-{name}"
    if target.exists():
        raise Failure(f"{target} exists already. Choose another name or folder.", Exit.USAGE)
    words = {"name": name, "package": f"refdesk_{name}", "title": name.capitalize()}
    return [_write(target, source, file, words) for source, file in _FILES.items()]


def _write(target: Path, source: str, file: str, words: dict[str, str]) -> Path:
    text = (resources.files("bot.cli") / "skeleton" / source).read_text("utf-8")
    path = target / Template(file).substitute(words)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(Template(text).substitute(words), "utf-8")
    return path
