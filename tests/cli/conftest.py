# SPDX-License-Identifier: MIT
"""An empty folder to be in, with no settings but that models are off."""

import asyncio
import logging
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import App
from bot.config import Config
from bot.core.clock import MovableClock
from bot.demo import fill


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder as the working directory."""
    for name in [name for name in os.environ if name.upper().startswith("REFDESK_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("REFDESK_MODELS", "no")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def demo_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the demonstration's data; copied before it is changed."""
    path = tmp_path_factory.mktemp("demo") / "demo.db"

    async def make() -> None:
        clock = MovableClock()
        config = Config(database=path, models=False, _env_file=None)
        async with await App.open(config, clock=clock, cogs=frozenset({"faq", "settings"})) as app:
            await fill(app, clock)

    asyncio.run(make())
    return path


@pytest.fixture
def database(demo_file: Path, here: Path) -> Path:
    """The demonstration's database, for one test to change."""
    return Path(shutil.copy(demo_file, here / "refdesk.db"))


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
