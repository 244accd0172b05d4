# SPDX-License-Identifier: MIT
"""Discord's gateway on this machine: sessions that are resumed with what was missed, dropped, made void or silent."""

import asyncio
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11


@dataclass
class Gateway:
    """One shard's gateway. `identified` and `resumed` count sessions; `log` holds every event that was sent."""

    ready: Mapping[str, Any]
    guilds: list[Mapping[str, Any]] = field(default_factory=list)
    heartbeat_interval: int = 45_000
    refuse: int | None = None
    identified: int = 0
    resumed: int = 0
    silent: bool = False
    log: list[tuple[str, Any]] = field(default_factory=list)
    identify: Mapping[str, Any] | None = None

    def __post_init__(self) -> None:
        self.changed = asyncio.Condition()
        self._sockets: list[_Socket] = []
        self._session = ""

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        connection = _Socket(socket, request.query.get("compress", ""))
        self._sockets.append(connection)
        await connection.send({"op": HELLO, "d": {"heartbeat_interval": self.heartbeat_interval}})
        try:
            async for message in socket:
                if message.type is WSMsgType.TEXT:
                    await self._take(connection, json.loads(message.data))
        finally:
            if connection in self._sockets:
                self._sockets.remove(connection)
            await self._tell()
        return socket

    async def dispatch(self, kind: str, data: Any) -> None:
        """Send an event; without a connection it waits to be resumed."""
        self.log.append((kind, data))
        for connection in [each for each in self._sockets if each.live]:
            await connection.event(len(self.log), kind, data)

    async def drop(self, code: int = 4000) -> None:
        """Close the connection; with code 4000 the session can be resumed."""
        for connection in tuple(self._sockets):
            self._sockets.remove(connection)
            await connection.socket.close(code=code)

    async def cut(self) -> None:
        """Break the connection off, without a word."""
        for connection in tuple(self._sockets):
            self._sockets.remove(connection)
            transport = connection.socket._req.transport
            if transport is not None:
                transport.abort()

    async def invalidate(self) -> None:
        """Make the session void: the bot has to begin a new one."""
        self._session = ""
        for connection in tuple(self._sockets):
            await connection.send({"op": INVALID, "d": False})

    async def ask_to_reconnect(self) -> None:
        for connection in tuple(self._sockets):
            await connection.send({"op": RECONNECT, "d": None})

    async def until(self, met: Any) -> None:
        """Wait until something holds, five seconds at most."""
        async with asyncio.timeout(5), self.changed:
            await self.changed.wait_for(met)

    async def _take(self, connection: "_Socket", message: Mapping[str, Any]) -> None:
        match message["op"]:
            case 1 if not self.silent:
                await connection.send({"op": ACK})
            case 2:
                await self._begin(connection, message["d"])
            case 6:
                await self._resume(connection, message["d"])

    async def _begin(self, connection: "_Socket", data: Mapping[str, Any]) -> None:
        self.identify = data
        if self.refuse is not None:
            await connection.socket.close(code=self.refuse)
            return
        self.identified += 1
        self._session = f"session-{self.identified}"
        self.log.clear()
        connection.live = True
        unavailable = [{"id": guild["id"], "unavailable": True} for guild in self.guilds]
        await self.dispatch("READY", {**self.ready, "session_id": self._session, "guilds": unavailable})
        for guild in self.guilds:
            await self.dispatch("GUILD_CREATE", guild)
        await self._tell()

    async def _resume(self, connection: "_Socket", data: Mapping[str, Any]) -> None:
        if data["session_id"] != self._session:
            await connection.send({"op": INVALID, "d": False})
            return
        self.resumed += 1
        connection.live = True
        for number, (kind, missed) in enumerate(self.log[data["seq"] :], data["seq"] + 1):
            await connection.event(number, kind, missed)
        await self.dispatch("RESUMED", {})
        await self._tell()

    async def _tell(self) -> None:
        async with self.changed:
            self.changed.notify_all()


class _Socket:
    """One connection, compressed as the bot asked."""

    def __init__(self, socket: web.WebSocketResponse, compress: str) -> None:
        self.socket = socket
        self.live = False
        self._compressor = zlib.compressobj() if compress == "zlib-stream" else None

    async def event(self, number: int, kind: str, data: Any) -> None:
        await self.send({"op": DISPATCH, "s": number, "t": kind, "d": data})

    async def send(self, message: Mapping[str, Any]) -> None:
        text = json.dumps(message)
        if self.socket.closed:
            return
        if self._compressor is None:
            await self.socket.send_str(text)
            return
        packed = self._compressor.compress(text.encode()) + self._compressor.flush(zlib.Z_SYNC_FLUSH)
        await self.socket.send_bytes(packed)
