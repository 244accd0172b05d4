# SPDX-License-Identifier: MIT
"""The outside as a cog may ask it, and what the operator chose about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an outside service answered: parsed JSON, text or bytes, and how old it is in seconds.

    `headers` are those that help to ask politely again: "etag", "last-modified", "content-type".
    """

    body: Any
    status: int
    age: float = 0.0
    headers: Mapping[str, str] = field(default_factory=dict)


class Http(Protocol):
    """The one way to the outside: polite, bounded, cached, and shut to private networks. Raises Unavailable."""

    async def get_json(
        self,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        ttl: float = 0.0,
    ) -> Fetched:
        """Fetch JSON, from the cache when younger than `ttl` seconds."""

    async def get_text(
        self,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        ttl: float = 0.0,
    ) -> Fetched:
        """Fetch text, from the cache when younger than `ttl` seconds."""

    async def get_bytes(self, url: str, *, headers: Mapping[str, str] | None = None, ttl: float = 0.0) -> Fetched:
        """Fetch a file of at most a few megabytes, from the cache when younger than `ttl` seconds."""

    async def locate(self, url: str, *, params: Mapping[str, str] | None = None) -> str | None:
        """Return the address to which another leads, without going there; None where it leads nowhere."""


@dataclass(frozen=True, slots=True)
class Services:
    """What the operator chose about outside services, by the service's name ("citoid", "openalex").

    `addresses` are those of mirrors and stand-ins; `keys` are what a service wants to be shown; `email` is the contact
    for services that insist on one. What is absent is the service's usual address, or that it is not to be asked.
    """

    addresses: Mapping[str, str] = field(default_factory=dict)
    keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    email: str = ""
