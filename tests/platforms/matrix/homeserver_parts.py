# SPDX-License-Identifier: MIT
"""What the homeserver in this process is made of: accounts, rooms, and what happens to requests on demand."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

LATEST = "12"


@dataclass
class Fault:
    """What happens to the next requests that match: a status with a body, a delay without an answer, a dead line.

    `hang` is silence instead of an answer, `stall` silence after its headers (0.0) or after a part of it (0.5).
    """

    pattern: re.Pattern[str]
    status: int = 500
    body: Any = None
    times: int = 1
    hang: bool = False
    stall: float | None = None
    cut: bool = False
    takes_effect: bool = False

    @property
    def silent(self) -> bool:
        """Whether no whole answer ever comes."""
        return self.hang or self.stall is not None

    async def answer(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.Response]]
    ) -> web.StreamResponse:
        """Answer a request in this way, or never."""
        real = await handler(request) if self.takes_effect else web.json_response({"next_batch": "s1"})
        if self.hang:
            await asyncio.Event().wait()
        if self.stall is not None:
            await self._stall(request, bytes(real.body))
        if self.cut:
            request.transport.close()
            return web.Response()
        return web.json_response(self.body or {"errcode": "M_UNKNOWN", "error": "broken"}, status=self.status)

    async def _stall(self, request: web.Request, body: bytes) -> None:
        response = web.StreamResponse(headers={"Content-Type": "application/json"})
        response.content_length = len(body)
        await response.prepare(request)
        await response.write(body[: int(len(body) * self.stall)])
        await asyncio.Event().wait()


@dataclass
class Account:
    """Somebody on the server."""

    user_id: str
    password: str
    name: str
    data: dict[str, Any] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    keys: dict[str, Any] = field(default_factory=dict)


@dataclass
class Room:
    """A room: what happened in it, at which position, and what it is like now."""

    id: str
    version: str
    events: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    state: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def membership(self, user_id: str) -> str:
        event = self.state.get(("m.room.member", user_id))
        return event["content"]["membership"] if event else "leave"

    def power(self, user_id: str) -> float:
        create = self.state["m.room.create", ""]
        if user_id == create["sender"] and self.version == LATEST:
            return float("inf")
        users = self.state["m.room.power_levels", ""]["content"].get("users")
        return users.get(user_id, 0) if isinstance(users, dict) else 0


def error(status: int, errcode: str, message: str = "") -> web.Response:
    return web.json_response({"errcode": errcode, "error": message}, status=status)
