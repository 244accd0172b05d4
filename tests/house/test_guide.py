# SPDX-License-Identifier: MIT
"""The guide for authors of cogs works as it stands: its files are written down, imported, and its tests are run."""

import inspect
import re
import sys
from pathlib import Path

import pytest

from bot.testing.world import World

GUIDE = (Path(__file__).parents[2] / "docs" / "write-a-cog.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^`(?P<file>[\w/]+\.\w+)`\n\n```\w+\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
BLOCKS = {found["file"]: found["text"] for found in BLOCK.finditer(GUIDE)}
TESTS = re.findall(r"^async def (test_\w+)\((\w+)\)", BLOCKS["tests/test_shelf.py"], re.MULTILINE)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("guide")
    for file, text in BLOCKS.items():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    sys.path.insert(0, str(folder))
    scope: dict[str, object] = {}
    exec(compile(BLOCKS["tests/test_shelf.py"], "test_shelf.py", "exec"), scope)  # noqa: S102
    yield scope
    sys.path.remove(str(folder))
    for name in [name for name in sys.modules if name.startswith("refdesk_shelf")]:
        del sys.modules[name]


def test_the_guide_holds_every_file():
    assert set(BLOCKS) == {
        "refdesk_shelf/migrations/0001_books.sql",
        "refdesk_shelf/store.py",
        "refdesk_shelf/__init__.py",
        "tests/test_shelf.py",
    }
    assert len(TESTS) == 4


@pytest.mark.parametrize(("name", "fixture"), TESTS)
async def test_the_guide_s_own_tests_pass(written, name, fixture):
    test = written[name]
    assert inspect.iscoroutinefunction(test)
    for forms in (True, False) if fixture == "world_in_both_ways" else (True,):
        async with await World.open(written["Shelf"], forms=forms) as world:
            await test(world)
