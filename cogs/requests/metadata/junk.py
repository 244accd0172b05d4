# SPDX-License-Identifier: MIT
"""Reads JSON that may hold anything anywhere: what is not as documented counts as missing."""

import html
import re
from collections.abc import Iterable, Iterator
from typing import Any

from cogs.requests.identifiers import Scheme
from cogs.requests.identifiers.normal import normal
from cogs.requests.metadata.model import Unreadable

_MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_MATH_ANNOTATION = re.compile(r"<(?:\w+:)?annotation(?:-xml)?\b.*?</(?:\w+:)?annotation(?:-xml)?>", re.DOTALL)
_LONGEST = 2000
_UNTITLED = re.compile(r"\[?no title(?: found| available)?\]?|untitled|\[?not available\]?", re.IGNORECASE)


def mapping(data: Any) -> dict[str, Any]:
    """Return a JSON object. Raises Unreadable."""
    if not isinstance(data, dict):
        raise Unreadable(f"an object was expected, not {type(data).__name__}")
    return data


def sub(data: dict[str, Any], key: str) -> dict[str, Any]:
    """Return an object inside an object, empty if it is none."""
    found = data.get(key)
    return found if isinstance(found, dict) else {}


def items(data: dict[str, Any], key: str) -> list[Any]:
    """Return a list inside an object; a single value counts as a list of one."""
    found = data.get(key)
    if found is None:
        return []
    return found if isinstance(found, list) else [found]


def text(value: Any) -> str:
    """Return a value as plain text on one line: the first of a list, without HTML, MathML and entities."""
    if isinstance(value, list):
        return next((found for each in value if (found := text(each))), "")
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    try:
        raw = str(value)[:_LONGEST]
    except ValueError:
        return ""  # an integer with thousands of digits
    # Entities hide markup, sometimes twice: "&amp;lt;i&amp;gt;".
    for _ in range(3):
        raw = html.unescape(_MARKUP.sub("", _MATH_ANNOTATION.sub("", raw)))
    return " ".join(raw.encode("utf-8", "ignore").decode().split())


def title(value: Any) -> str:
    """Return a title, or nothing for the ways in which services say that they have none."""
    found = text(value)
    return "" if _UNTITLED.fullmatch(found) else found


def identifier(scheme: Scheme, values: Iterable[Any]) -> str:
    """Return the first valid identifier of a scheme in normal form."""
    for value in values:
        candidate = re.sub(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", "", text(value), flags=re.IGNORECASE)
        found = normal(scheme, candidate.strip())
        if found is not None:
            return found
    return ""


def address(value: Any) -> str:
    """Return a web address, or nothing."""
    return identifier(Scheme.URL, [value])


def objects(values: list[Any]) -> Iterator[dict[str, Any]]:
    """Walk over the objects in a list."""
    return (each for each in values if isinstance(each, dict))
