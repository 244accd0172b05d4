# SPDX-License-Identifier: MIT
"""What came back from outside, in the shape that was asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class _Received:
    """What every answer tells: the status, where it finally came from, and how old it is (seconds)."""

    status: int
    url: str
    headers: Mapping[str, str]
    from_cache: bool
    age: float


@dataclass(frozen=True, slots=True)
class Answer(_Received):
    """A JSON answer; after an error status `json` is None if the service sent plain text, kept in `text`."""

    json: Any
    text: str


@dataclass(frozen=True, slots=True)
class Page(_Received):
    """A textual answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Blob(_Received):
    """An answer as bytes."""

    data: bytes
