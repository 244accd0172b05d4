# SPDX-License-Identifier: MIT
"""Runs the command line in this process, or as a process of its own."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from click.testing import CliRunner, Result

from bot.cli import cli

ROOT = Path(__file__).parents[2]


def refdesk(*arguments: str | Path, typed: str | None = None) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(cli, [str(each) for each in arguments], input=typed, prog_name="refdesk")


def process(
    *arguments: str | Path, typed: str = "", folder: Path, settings: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run `refdesk` as people do, in a folder, with no settings but those given."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *map(str, arguments)],
        input=typed,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        cwd=folder,
        env=environment(settings),
        check=False,
    )


def environment(settings: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return this process's environment with other settings of the bot's."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("REFDESK_")}
    return {**kept, "REFDESK_MODELS": "no", "PYTHONPATH": str(ROOT), **(settings or {})}
