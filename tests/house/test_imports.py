# SPDX-License-Identifier: MIT
"""What takes long to import is imported by who needs it, when it is needed: that keeps the start short."""

import subprocess
import sys

import pytest

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
