# SPDX-License-Identifier: MIT
"""Documents that must say what the code says: each is generated, or compared word by word."""

import re
import subprocess
import sys

import pytest
from cliplay import ROOT, environment

import bot.kit
from bot.cli import cli
from bot.cli.exits import Exit

DOCS = ROOT / "docs"


def test_the_vocabulary_lists_every_item_once():
    listed = re.findall(r"^\| `(\w+)` \|", (DOCS / "vocabulary.md").read_text("utf-8"), re.MULTILINE)
    assert sorted(listed) == sorted(bot.kit.__all__)


@pytest.mark.slow
@pytest.mark.parametrize("script", ["env_example.py", "commands.py", "starter_vectors.py"])
def test_what_is_generated_is_current(script):
    checked = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / script), "--check"],
        capture_output=True,
        text=True,
        env=environment(),
        check=False,
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_every_exit_status_and_command_is_told_to_the_operator():
    text = (DOCS / "operate.md").read_text("utf-8")
    rows = {int(number) for number in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)}
    assert rows == {*map(int, Exit), 130}
    commands = cli.list_commands(None)  # type: ignore[arg-type]
    told = text + (ROOT / "README.md").read_text("utf-8")
    assert [name for name in commands if not re.search(rf"\b{name}\b", told)] == []


def test_the_pictures_load_nothing_from_elsewhere():
    pictures = sorted((DOCS / "pictures").glob("*.svg"))
    assert [picture.stem for picture in pictures] == ["ask", "keep"]
    for picture in pictures:
        text = picture.read_text("utf-8")
        assert set(re.findall(r"https?://[^\s\"'<]+", text.replace("&#160;", " "))) & {"http://www.w3.org/2000/svg"}
        assert "url(http" not in text
        assert "@import" not in text
