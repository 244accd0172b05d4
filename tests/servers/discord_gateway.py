# SPDX-License-Identifier: MIT
"""Discord's gateway on this machine: sessions that are resumed with what was missed, dropped, made void or silent.

A bot may divide its servers among several sessions (shards); each is told of its own servers alone.
"""

import asyncio
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11


@dataclass
class Session:
    """What one shard was told; events that it missed wait here to be resumed."""

    name: str
    shard: int = 0
    shards: int = 1
    log: list[tuple[str, Any]] = field(default_factory=list)

    def concerns(self, data: Any) -> bool:
        """Tell whether an event is for this shard: that of its server, or the first where there is none."""
        guild_id = data.get("guild_id") if isinstance(data, Mapping) else None
        return self.shard == (int(guild_id) >> 22) % self.shards if guild_id else self.shard == 0


@dataclass
class Gateway:
    """The gateway. `identified` and `resumed` count what bots did; `identify` is what the last one said of itself."""

    ready: Mapping[str, Any]
    guilds: list[Mapping[str, Any]] = field(default_factory=list)
    heartbeat_interval: int = 45_000
    refuse: int | None = None
    identified: int = 0
    resumed: int = 0
    silent: bool = False
    identify: Mapping[str, Any] | None = None
    sessions: dict[str, Session] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.changed = asyncio.Condition()
        self._sockets: list[_Socket] = []

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
        """Send an event to whom it concerns; without a connection it waits to be resumed."""
        for session in [each for each in self.sessions.values() if each.concerns(data)]:
            await self._send(session, kind, data)

    async def _send(self, session: Session, kind: str, data: Any) -> None:
        session.log.append((kind, data))
        for connection in [each for each in self._sockets if each.session is session]:
            await connection.event(len(session.log), kind, data)

    async def drop(self, code: int = 4000, shard: int | None = None) -> None:
        """Close the connections, or that of one shard; with code 4000 the session can be resumed."""
        for connection in tuple(self._sockets):
            if shard is not None and (connection.session is None or connection.session.shard != shard):
                continue
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
        self.sessions.clear()
        for connection in tuple(self._sockets):
            await connection.send({"op": INVALID, "d": False})

    async def ask_to_reconnect(self) -> None:
        for connection in tuple(self._sockets):
            await connection.send({"op": RECONNECT, "d": None})

    async def until(self, met: Any) -> None:
        """Wait until something holds, a minute at most."""
        async with asyncio.timeout(60), self.changed:
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
        shard, shards = data.get("shard") or (0, 1)
        session = connection.session = Session(f"session-{self.identified}", shard, shards)
        self.sessions = {name: each for name, each in self.sessions.items() if each.shard != shard}
        self.sessions[session.name] = session
        guilds = [guild for guild in self.guilds if session.concerns({"guild_id": guild["id"]})]
        unavailable = [{"id": guild["id"], "unavailable": True} for guild in guilds]
        about = {"session_id": session.name, "guilds": unavailable, "shard": [shard, shards]}
        await self._send(session, "READY", {**self.ready, **about})
        for guild in guilds:
            await self._send(session, "GUILD_CREATE", guild)
        await self._tell()

    async def _resume(self, connection: "_Socket", data: Mapping[str, Any]) -> None:
        session = self.sessions.get(data["session_id"])
        if session is None:
            await connection.send({"op": INVALID, "d": False})
            return
        self.resumed += 1
        connection.session = session
        for number, (kind, missed) in enumerate(session.log[data["seq"] :], data["seq"] + 1):
            await connection.event(number, kind, missed)
        await self._send(session, "RESUMED", {})
        await self._tell()

    async def _tell(self) -> None:
        async with self.changed:
            self.changed.notify_all()


class _Socket:
    """One connection, compressed as the bot asked."""

    def __init__(self, socket: web.WebSocketResponse, compress: str) -> None:
        self.socket = socket
        self.session: Session | None = None
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
