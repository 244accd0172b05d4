# SPDX-License-Identifier: MIT
"""Finds settings that have no effect: misspelt variables, and lines of `.env` that cannot be read."""

import difflib
import os
from collections.abc import Iterable, Mapping
from io import StringIO
from pathlib import Path

from dotenv.parser import parse_stream

from bot.config import ENV_FILE, PREFIX, Config, variable, variables

_OURS = (PREFIX, "DISCORD_", "MATRIX_")
"""How our variables begin; in the environment only the first is surely ours, in `.env` all are."""


def stray_settings(environment: Mapping[str, str] | None = None, env_file: Path = ENV_FILE) -> list[str]:
    """Return a sentence for each variable or line that has no effect; values are never shown."""
    names = [name for name in (os.environ if environment is None else environment) if name.upper().startswith(PREFIX)]
    listed, unreadable = _listed(env_file)
    in_environment = [_advice(name, "the environment") for name in sorted(names)]
    in_file = [_advice(name, str(env_file)) for name in listed]
    lines = [f"Line {line} of {env_file} cannot be read: write NAME=value." for line in unreadable]
    return [advice for advice in (*in_environment, *in_file, *lines) if advice]


def _advice(name: str, where: str) -> str | None:
    wanted = name.upper()
    fields = [field.upper() for field in Config.model_fields]
    if any(wanted in variables(field) for field in Config.model_fields):
        return None
    if wanted.removeprefix(PREFIX) in fields:
        return f"{name} in {where} has no effect. Did you mean {variable(wanted.removeprefix(PREFIX))}?"
    if not wanted.startswith(_OURS):
        return None  # a variable of another program
    near = difflib.get_close_matches(wanted.removeprefix(PREFIX), fields, n=1, cutoff=0.7)
    meant = f"Did you mean {variable(near[0])}?" if near else "See .env.example for all there are."
    return f"{name} in {where} has no effect. {meant}"


def _listed(env_file: Path) -> tuple[list[str], list[int]]:
    try:
        text = env_file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return [], []
    found = list(parse_stream(StringIO(text)))
    return [each.key for each in found if each.key and not each.error], list(_broken(found))


def _broken(found: Iterable[object]) -> Iterable[int]:
    for each in found:
        original = getattr(each, "original", None)
        if getattr(each, "error", False) and original is not None:
            skipped = len(original.string) - len(original.string.lstrip())
            yield original.line + original.string[:skipped].count("\n")
