# SPDX-License-Identifier: MIT
"""The skeleton of a cog works as it is made: its own tests pass, and the style checks too."""

import importlib
import inspect
import subprocess
import sys

import pytest
from cliplay import refdesk

from bot.testing.world import World


@pytest.fixture
def made(here):
    result = refdesk("cogs", "new", "shelf")
    assert result.exit_code == 0, result.output
    folder = here / "refdesk-shelf"
    sys.path.insert(0, str(folder))
    scope: dict[str, object] = {}
    path = folder / "tests" / "test_shelf.py"
    exec(compile(path.read_text(), str(path), "exec"), scope)  # noqa: S102
    yield folder, scope
    sys.path.remove(str(folder))
    for name in [name for name in sys.modules if name.startswith("refdesk_shelf")]:
        del sys.modules[name]


async def test_its_own_tests_pass(made):
    _, scope = made
    tests = [test for name, test in scope.items() if name.startswith("test_") and inspect.iscoroutinefunction(test)]
    assert len(tests) == 3
    for test in tests:
        for forms in (True, False):
            async with await World.open(scope["Shelf"], forms=forms) as world:
                await test(world)


def test_what_is_made_keeps_to_the_style(made):
    folder, _ = made
    checked = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--isolated", "--line-length=120", "."],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stdout


def test_its_package_names_its_entry_point(made):
    folder, _ = made
    assert 'shelf = "refdesk_shelf:Shelf"' in (folder / "pyproject.toml").read_text()
    assert importlib.import_module("refdesk_shelf").Shelf.name == "shelf"


@pytest.mark.parametrize("name", ["Shelf", "../shelf", "faq", "a" * 40, "", "é", "shelf_1", "book-shelf"])
def test_a_name_that_cannot_be_writes_nothing(here, name):
    result = refdesk("cogs", "new", name)
    assert result.exit_code == 2
    assert list(here.iterdir()) == []


def test_nothing_is_written_over_what_is_there(here):
    (here / "refdesk-shelf").mkdir()
    result = refdesk("cogs", "new", "shelf")
    assert result.exit_code == 2
    assert "exists already" in result.output
