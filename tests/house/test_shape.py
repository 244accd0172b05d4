# SPDX-License-Identifier: MIT
"""The shape of the code: small files about one thing, short functions, no shortcuts."""

import ast
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
OURS = sorted(path for folder in ("bot", "cogs") for path in (ROOT / folder).rglob("*.py"))
EVERYTHING = sorted(
    path for folder in ("bot", "cogs", "tests", "scripts", "benchmarks") for path in (ROOT / folder).rglob("*.py")
)

FILE_MAX = 400
FUNCTION_MAX = 60

CLOCKS = {"bot/core/clock.py"}
"""The files that may ask the machine for the time."""

SPAWNERS = {"bot/core/tasks.py"}
"""The files that may start a task."""


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(tree: ast.AST) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def calls(tree: ast.AST) -> list[str]:
    return [ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)]


@pytest.mark.parametrize("path", EVERYTHING, ids=name)
def test_every_file_names_its_licence_first(path):
    assert path.read_text().startswith("# SPDX-License-Identifier: MIT\n")


@pytest.mark.parametrize("path", OURS, ids=name)
def test_files_and_functions_are_short(path):
    text = path.read_text()
    assert len(text.splitlines()) <= FILE_MAX, f"{name(path)} is too long to be about one thing"
    for function in functions(ast.parse(text)):
        length = (function.end_lineno or 0) - function.lineno + 1
        assert length <= FUNCTION_MAX, f"{name(path)}:{function.lineno} {function.name} has {length} lines"


@pytest.mark.parametrize("path", OURS, ids=name)
def test_nothing_takes_a_shortcut(path):
    tree = ast.parse(path.read_text())
    called = calls(tree)
    assert "print" not in called
    assert "time.sleep" not in called
    if name(path) not in CLOCKS:
        assert not {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"} & set(called)
    if name(path) not in SPAWNERS:
        assert not [call for call in called if call.endswith(("create_task", "ensure_future"))]


@pytest.mark.parametrize("path", OURS, ids=name)
def test_no_error_is_swallowed(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ExceptHandler):
            silent = all(isinstance(line, ast.Pass) for line in node.body)
            broad = node.type is None or ast.unparse(node.type) in {"Exception", "BaseException"}
            assert not (silent and broad), f"{name(path)}:{node.lineno} swallows every error"


@pytest.mark.parametrize("path", OURS, ids=name)
def test_public_things_say_what_they_are_for(path):
    tree = ast.parse(path.read_text())
    assert ast.get_docstring(tree), f"{name(path)} has no docstring"
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef) and not node.name.startswith("_")]
    for node in nodes:
        assert ast.get_docstring(node), f"{name(path)}: class {node.name} has no docstring"


@pytest.mark.parametrize("path", OURS, ids=name)
def test_every_parameter_is_annotated(path):
    for function in functions(ast.parse(path.read_text())):
        listed = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
        bare = [arg.arg for arg in listed if arg.annotation is None and arg.arg not in {"self", "cls", "_"}]
        assert not bare, f"{name(path)}:{function.lineno} {function.name} leaves {bare} without annotation"


def test_what_is_exported_is_sorted_and_there():
    import bot.kit as kit

    assert list(kit.__all__) == sorted(kit.__all__)
    assert [each for each in kit.__all__ if not hasattr(kit, each)] == []


def test_no_two_modules_of_the_tests_have_one_name():
    """Where folders of tests are no packages, the second module of a name would be taken for the first."""
    names = Counter(path.name for path in (ROOT / "tests").rglob("*.py") if "conftest" not in path.name)
    assert [name for name, count in names.items() if count > 1 and name != "__init__.py"] == []
