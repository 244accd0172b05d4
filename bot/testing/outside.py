# SPDX-License-Identifier: MIT
"""The world outside, as a test says it is: no request leaves the machine, and nothing answers unless told."""

import asyncio
from collections.abc import Mapping
from typing import Any

from bot.kit.errors import Unavailable
from bot.kit.outside import Fetched
from bot.kit.text import t


class FakeOutside:
    """Implements `bot.kit.Http` for tests: `answers` maps the beginning of an address to what it answers.

    An Exception is raised, a Fetched is returned as it is, anything else is the body of a success. While it is held,
    every request waits. `asked` lists the addresses that were asked for, with their parameters.
    """

    def __init__(self) -> None:
        self.answers: dict[str, Any] = {}
        self.asked: list[tuple[str, dict[str, str]]] = []
        self._free = asyncio.Event()
        self._free.set()

    def hold(self) -> None:
        """Let every request wait until `release`: a service that hangs."""
        self._free.clear()

    def release(self) -> None:
        """Let what waits go on."""
        self._free.set()

    async def get_json(
        self,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        ttl: float = 0.0,
    ) -> Fetched:
        """Answer as the test said."""
        del headers, ttl
        return await self._answer(url, params)

    async def get_text(
        self,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        ttl: float = 0.0,
    ) -> Fetched:
        """Answer as the test said."""
        del headers, ttl
        return await self._answer(url, params)

    async def get_bytes(self, url: str, *, headers: Mapping[str, str] | None = None, ttl: float = 0.0) -> Fetched:
        """Answer as the test said."""
        del headers, ttl
        return await self._answer(url, None)

    async def locate(self, url: str, *, params: Mapping[str, str] | None = None) -> str | None:
        """Answer with the address that the test said."""
        found: str | None = (await self._answer(url, params)).body
        return found

    async def _answer(self, url: str, params: Mapping[str, str] | None) -> Fetched:
        self.asked.append((url, dict(params or {})))
        await self._free.wait()
        fitting = [beginning for beginning in self.answers if url.startswith(beginning)]
        if not fitting:
            raise Unavailable(t("Nothing answers at {url}.", url=url))
        answer = self.answers[max(fitting, key=len)]
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, Fetched) else Fetched(answer, 200)
