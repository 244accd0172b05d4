# SPDX-License-Identifier: MIT
"""What the documents point to is there: files, headings, tests, settings and commands of the command line."""

import re
from functools import cache
from pathlib import Path

import pytest

from bot.cli import cli
from bot.config import Config, variables

ROOT = Path(__file__).parents[2]
DOCS = sorted(
    path
    for folder in (ROOT, ROOT / "docs", ROOT / "docs" / "decisions", *(ROOT / "cogs").iterdir())
    for path in folder.glob("*.md")
)
NAMED = [path for path in DOCS if path.name != "CHANGELOG.md"]

_LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)")
_TEST = re.compile(r"`(test_\w+)`")
_FILE = re.compile(r"`((?:bot|cogs|docs|tests|scripts|deploy|migrations|benchmarks)/[\w./-]+\.\w+)`")
_VARIABLE = re.compile(r"\b(REFDESK_[A-Z_]+|(?:DISCORD|MATRIX)_[A-Z_]+)\b")
_COMMAND = re.compile(r"(?:`|\.venv/bin/)refdesk ([a-z]+)\b")
_CODE = re.compile(r"`[^`\n]*`")
_BLOCK = re.compile(r"```.*?```", re.DOTALL)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def words(path: Path) -> str:
    return path.read_text("utf-8")


@cache
def anchors(path: Path) -> frozenset[str]:
    """Return the addresses of a document's headings, as forges make them."""
    titles = re.findall(r"^#+ (.+)$", _BLOCK.sub("", words(path)), re.MULTILINE)
    return frozenset(re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", "-") for title in titles)


@cache
def written_tests() -> frozenset[str]:
    found = (path.read_text("utf-8") for path in (ROOT / "tests").rglob("*.py"))
    return frozenset(name for text in found for name in re.findall(r"def (test_\w+)", text))


@pytest.mark.parametrize("path", DOCS, ids=named)
def test_every_link_leads_somewhere(path):
    for target, heading in _LINK.findall(_CODE.sub("", words(path))):
        there = (path.parent / target).resolve() if target else path
        assert there.exists(), f"{named(path)}: there is no {target}"
        if heading:
            assert heading in anchors(there), f"{named(path)}: {target} has no heading #{heading}"


@pytest.mark.parametrize("path", NAMED, ids=named)
def test_what_is_named_is_there(path):
    text = words(path)
    assert [name for name in _TEST.findall(text) if name not in written_tests()] == []
    if path.parent.name != "decisions" and path.name != "write-a-cog.md":
        assert [name for name in _FILE.findall(text) if not (ROOT / name).exists()] == []
    known = {name for field in Config.model_fields for name in variables(field)}
    assert [name for name in _VARIABLE.findall(text) if name not in known] == []
    assert [name for name in _COMMAND.findall(text) if name not in cli.list_commands(None)] == []


def test_the_documents_are_found_and_name_what_is_looked_for():
    for pattern in (_LINK, _TEST, _FILE, _VARIABLE, _COMMAND):
        assert any(pattern.search(words(path)) for path in DOCS), pattern.pattern
