# SPDX-License-Identifier: MIT
"""Texts can be translated: their parameters are named, and given exactly."""

import ast
from pathlib import Path

import pytest

from bot.core.i18n.templates import names

ROOT = Path(__file__).parents[2]
OURS = sorted(path for folder in ("bot", "cogs") for path in (ROOT / folder).rglob("*.py"))


def said(path: Path) -> list[ast.Call]:
    tree = ast.parse(path.read_text())
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in {"t", "n"}
    ]


@pytest.mark.parametrize(
    "path", [path for path in OURS if said(path)], ids=lambda path: path.relative_to(ROOT).as_posix()
)
def test_every_text_is_a_constant_with_its_parameters(path):
    for call in said(path):
        forms = call.args[:2] if call.func.id == "n" else call.args[:1]
        where = f"{path.name}:{call.lineno}"
        assert all(isinstance(form, ast.Constant) and isinstance(form.value, str) for form in forms), (
            f"{where}: a text must be written out where it is said, or nobody can translate it"
        )
        if any(keyword.arg is None for keyword in call.keywords):
            continue
        given = {keyword.arg for keyword in call.keywords} | ({"count"} if call.func.id == "n" else set())
        wanted = set().union(*(names(form.value) for form in forms))
        assert wanted <= given, f"{where}: {sorted(wanted - given)} is not given"
        assert given - {"count", "context"} <= wanted, f"{where}: {sorted(given - wanted)} is not used"
