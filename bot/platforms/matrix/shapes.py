# SPDX-License-Identifier: MIT
"""Reads events that anybody may have written: what has not the right shape counts as absent, and never raises."""

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

Json: TypeAlias = Any
Event: TypeAlias = dict[str, Any]

_WHOLE = re.compile(r"\s{0,9}([+-]?[0-9]{1,18})\s{0,9}")


def text(value: Json, *path: str) -> str:
    """Return the string under a path of keys, or ""; never with half a character in it, which nothing can keep."""
    found = under(value, *path)
    return whole_characters(found) if isinstance(found, str) else ""


def mapping(value: Json, *path: str) -> dict[str, Any]:
    """Return the object under a path of keys, or an empty one."""
    found = under(value, *path)
    return found if isinstance(found, dict) else {}


def listing(value: Json, *path: str) -> list[Any]:
    """Return the list under a path of keys, or an empty one."""
    found = under(value, *path)
    return found if isinstance(found, list) else []


def whole(value: Json, *path: str) -> int | None:
    """Return the whole number under a path of keys, also one that old rooms wrote as text; None for anything else."""
    found = under(value, *path)
    if isinstance(found, bool):
        return None
    if isinstance(found, str):
        written = _WHOLE.fullmatch(found)
        return int(written[1]) if written else None
    return found if isinstance(found, int) else None


def strings(value: Json, *path: str) -> list[str]:
    """Return the strings of the list under a path of keys."""
    return [whole_characters(each) for each in listing(value, *path) if isinstance(each, str)]


def events(value: Json, *path: str) -> Iterator[Event]:
    """Yield the events of the list under a path of keys: objects with a type and a sender, whatever else they hold."""
    for each in listing(value, *path):
        if isinstance(each, dict) and isinstance(each.get("type"), str):
            yield each


def whole_characters(said: str) -> str:
    """Return a text with "?" for lone surrogates, which JSON can hold and UTF-8 cannot."""
    if said.isascii():
        return said
    return said.encode("utf-8", "replace").decode()


def under(value: Json, *path: str) -> Json:
    """Return what is under a path of keys, or None."""
    for key in path:
        if not isinstance(value, dict):
            return None
        value = value.get(key)
    return value
