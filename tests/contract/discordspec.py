# SPDX-License-Identifier: MIT
"""Checks payloads against Discord's OpenAPI document, loosened where the document is stricter than Discord.

The document lies beside the repository (`../shared/discord/openapi.json`); where it is absent, nothing is checked and
a test says so.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema

DOCUMENT = Path(__file__).parents[3] / "shared" / "discord" / "openapi.json"


def present() -> bool:
    return DOCUMENT.is_file()


def check_payload(method: str, path: str, body: Any) -> bool:
    """Raise AssertionError for a body that Discord would refuse; tell whether it was checked."""
    if not present() or body is None:
        return False
    validator = _validator(method.lower(), path)
    if validator is None:
        return False
    body = body if isinstance(body, Mapping) else list(body)
    errors = sorted(validator.iter_errors(_plain(body)), key=lambda error: len(error.absolute_path))
    assert not errors, f"{method} {path}: {_deepest(errors[0])}"
    return True


def _deepest(error: jsonschema.ValidationError) -> str:
    while error.context:
        error = max(error.context, key=lambda each: len(each.absolute_path))
    return f"{list(error.absolute_path)}: {error.message[:300]}"


def _plain(body: Any) -> Any:
    return json.loads(json.dumps(body, default=str))


@cache
def _document() -> dict[str, Any]:
    return _loosened(json.loads(DOCUMENT.read_text()))


@cache
def _validator(method: str, path: str) -> jsonschema.Draft202012Validator | None:
    document = _document()
    for template, operations in document["paths"].items():
        if method in operations and _pattern(template).fullmatch(path):
            content = operations[method].get("requestBody", {}).get("content", {})
            if "application/json" not in content:
                return None
            schema = {**content["application/json"]["schema"], "components": document["components"]}
            return jsonschema.Draft202012Validator(schema)
    return None


@cache
def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template)))


def _loosened(node: Any) -> Any:
    """Let one of several forms be any of them, ids be numbers as well, and permissions be text."""
    if isinstance(node, list):
        return [_loosened(each) for each in node]
    if not isinstance(node, dict):
        return node
    loose = {("anyOf" if key == "oneOf" else key): _loosened(value) for key, value in node.items()}
    if loose.get("format") == "snowflake":
        loose = {"type": ["string", "integer"]}
    return loose
