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

    @property
    def ok(self) -> bool:
        """Whether the service says that it succeeded (2xx); a body may still tell of an error."""
        return 200 <= self.status < 300


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


@dataclass(frozen=True, slots=True)
class Probe:
    """Whether something is there: the status and the type, without the content."""

    status: int
    url: str
    content_type: str

    @property
    def ok(self) -> bool:
        """Whether the address answers with success."""
        return 200 <= self.status < 300
