# SPDX-License-Identifier: MIT
"""What takes long to import is imported by who needs it, when it is needed: that keeps the start short."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import cogs

CHATS = {"discord", "nio", "aiohttp"}
LATER = {
    "httpx": "the first question to the outside",
    "icalendar": "the first calendar file",
    "dateutil.rrule": "the first series of events",
    "numpy": "the FAQ",
    "prompt_toolkit": "a terminal with a person at it",
    "rich": "the terminal",
    "unittest": "tests",
}
"""Modules that cost tens of milliseconds or several MiB, and what they are for."""


def imported_by(*modules: str) -> set[str]:
    """Return every module that a fresh Python has loaded after importing some."""
    code = f"import sys, {', '.join(modules)}\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    ("modules", "allowed"),
    [
        (("bot.cli",), set()),
        (("bot.app", "bot.config", "bot.chats", "bot.cli.run", "bot.cli.console"), set()),
        (("bot.app", "cogs.events", "cogs.requests", "cogs.help", "cogs.settings", "cogs.setup"), set()),
        (("bot.app", "cogs.faq"), {"numpy"}),
        (("bot.platforms.discord.platform",), {"discord", "aiohttp"}),
    ],
)
def test_nothing_slow_is_imported_before_it_is_needed(modules: tuple[str, ...], allowed: set[str]):
    assert (imported_by(*modules) & (CHATS | set(LATER))) - allowed == set()


def test_the_command_line_alone_reads_no_settings():
    assert not {name for name in imported_by("bot.cli") if name.startswith(("pydantic", "bot.core", "bot.storage"))}


def test_the_http_client_comes_without_its_command_line():
    assert not {"rich", "pygments"} & imported_by("bot.net")


def test_a_cog_imports_the_kit_by_its_own_name():
    """Its modules are its own business: what a cog may use is what the vocabulary lists."""
    inside = re.compile(r"^\s*(?:from|import) bot\.kit\.", re.MULTILINE)
    sources = sorted(Path(cogs.__path__[0]).rglob("*.py"))
    assert sources
    assert [path.name for path in sources if inside.search(path.read_text("utf-8"))] == []
