# SPDX-License-Identifier: MIT
"""A homeserver in this process, over a real socket: as much of Matrix as the bot uses, and faults on demand.

It stands in where a real one is slow or cannot be made to fail; `tests/e2e` runs the same roads on a real Synapse.
"""

import asyncio
import itertools
import json
import re
from collections import defaultdict, deque
from collections.abc import Callable
from typing import Any, Self

from aiohttp import web

from tests.platforms.matrix.homeserver_answers import BODY, SERVER, Answers
from tests.platforms.matrix.homeserver_parts import LATEST, Account, Fault, Room, error


class Homeserver(Answers):
    """Start it with `async with`; people act through its methods, the bot through HTTP."""

    def __init__(self) -> None:
        self.accounts: dict[str, Account] = {}
        self.rooms: dict[str, Room] = {}
        self.requests: list[tuple[str, str, Any]] = []
        self.media: dict[str, bytes] = {}
        self.lines: list[str] = []
        self.position = 0
        self.acked: dict[str, int] = defaultdict(int)
        self.page = 50
        self.nudged = 0
        self.unheard: dict[str, set[str]] = defaultdict(set)
        self._ids = itertools.count(1)
        self._faults: deque[Fault] = deque()
        self._txns: dict[tuple[str, ...], str] = {}
        self._news = asyncio.Condition()
        self._waiting: list[tuple[str, web.Request]] = []
        self._closing = False

    async def __aenter__(self) -> Self:
        self._closing = False
        app = web.Application(middlewares=[self._middleware], client_max_size=2**26)
        app.router.add_route("*", "/{path:.*}", self._route)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", getattr(self, "port", 0))
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closing = True
        async with self._news:
            self._news.notify_all()
        await self._runner.cleanup()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    # What people do.

    def user(self, name: str) -> str:
        user_id = f"@{name.casefold()}:{SERVER}"
        self.accounts.setdefault(user_id, Account(user_id, f"{name}-secret", name))
        return user_id

    async def room(
        self, creator: str, *invited: str, version: str = LATEST, name: str = "Library", **extra: Any
    ) -> str:
        room_id = f"!room{next(self._ids)}:{SERVER}" if version != LATEST else f"!room{next(self._ids)}"
        self.rooms[room_id] = Room(room_id, version)
        create = {"room_version": version, **extra.pop("create", {})}
        await self.put_state(room_id, creator, "m.room.create", "", create)
        await self.member(room_id, creator, creator, "join")
        users = {} if version == LATEST else {creator: 100}
        await self.put_state(room_id, creator, "m.room.power_levels", "", {"users": users, **extra.pop("levels", {})})
        if name:
            await self.put_state(room_id, creator, "m.room.name", "", {"name": name})
        for kind, content in extra.pop("state", {}).items():
            await self.put_state(room_id, creator, kind, "", content)
        for user_id in invited:
            await self.member(room_id, creator, user_id, "invite", **extra)
        return room_id

    async def member(self, room_id: str, sender: str, user_id: str, membership: str, **extra: Any) -> str:
        account = self.accounts.get(user_id)
        content = {"membership": membership, "displayname": account.name if account else user_id, **extra}
        return await self.put_state(room_id, sender, "m.room.member", user_id, content)

    async def put_state(self, room_id: str, sender: str, kind: str, key: str, content: dict[str, Any]) -> str:
        before = self.rooms[room_id].state.get((kind, key))
        event = self._event(sender, kind, content) | {"state_key": key}
        if before:
            event["unsigned"]["prev_content"] = before["content"]
        self.rooms[room_id].state[kind, key] = event
        return await self._append(room_id, event)

    async def send(self, room_id: str, sender: str, kind: str, content: Any, *, age: int = 0, **extra: Any) -> str:
        event = self._event(sender, kind, content) | extra
        event["unsigned"]["age"] = age
        return await self._append(room_id, event)

    async def say(self, room_id: str, sender: str, body: str, *, age: int = 0, **extra: Any) -> str:
        return await self.send(room_id, sender, "m.room.message", {"msgtype": "m.text", "body": body, **extra}, age=age)

    async def react(self, room_id: str, sender: str, message_id: str, key: str) -> str:
        relation = {"rel_type": "m.annotation", "event_id": message_id, "key": key}
        return await self.send(room_id, sender, "m.reaction", {"m.relates_to": relation})

    async def redact(self, room_id: str, sender: str, event_id: str) -> str:
        self._blank(room_id, event_id)
        return await self.send(room_id, sender, "m.room.redaction", {"redacts": event_id}, redacts=event_id)

    def fail(self, pattern: str, **what: Any) -> Fault:
        """Let the next requests whose method and path match a pattern fail."""
        fault = Fault(re.compile(pattern), **what)
        self._faults.append(fault)
        return fault

    async def until(self, happened: Callable[[], bool]) -> None:
        """Wait until something has happened here."""
        async with self._news:
            await self._news.wait_for(happened)

    async def nudge(self) -> None:
        """Let every waiting sync end."""
        self.nudged += 1
        async with self._news:
            self._news.notify_all()

    def awaited(self, user: str) -> int:
        """The position of the latest event that somebody is told of."""
        latest = 0
        for room in self.rooms.values():
            mine = [n for n, e in room.events if e["type"] == "m.room.member" and e.get("state_key") == user]
            heard = [n for n, e in room.events if e["sender"] not in self.unheard[user]]
            latest = max([latest, *mine, *(heard if room.membership(user) == "join" else ())])
        return latest

    def kept_waiting(self, user: str) -> int:
        """How many requests of somebody are left without an answer for now, or for ever."""
        alive = [(who, r) for who, r in self._waiting if r.transport is not None and not r.transport.is_closing()]
        return sum(who == user for who, _ in alive)

    def heal(self) -> None:
        self._faults.clear()

    def from_(self, room_id: str, sender: str, kind: str = "m.room.message") -> list[dict[str, Any]]:
        """Everything of a type that somebody sent to a room."""
        return [e for _, e in self.rooms[room_id].events if e["sender"] == sender and e["type"] == kind]

    def seen(self, pattern: str) -> list[Any]:
        """The bodies of requests whose method and path match."""
        return [body for method, path, body in self.requests if re.search(pattern, f"{method} {path}")]

    # What the server does.

    def _event(self, sender: str, kind: str, content: Any) -> dict[str, Any]:
        return {
            "type": kind,
            "sender": sender,
            "content": content,
            "event_id": f"$event{next(self._ids)}",
            "origin_server_ts": 1_795_000_000_000,
            "unsigned": {"age": 0},
        }

    async def _append(self, room_id: str, event: dict[str, Any]) -> str:
        self.position += 1
        self.rooms[room_id].events.append((self.position, event))
        async with self._news:
            self._news.notify_all()
        return event["event_id"]

    def _blank(self, room_id: str, event_id: str) -> None:
        for _, event in self.rooms[room_id].events:
            if event["event_id"] == event_id:
                event["content"] = {}
                event["unsigned"]["redacted_because"] = {"event_id": "$redaction"}

    @web.middleware
    async def _middleware(self, request: web.Request, handler: Any) -> web.StreamResponse:
        raw = await request.read()
        try:
            body = json.loads(raw) if raw and "json" in request.content_type else raw
        except ValueError:
            return error(400, "M_NOT_JSON")
        BODY.set(body)
        line = f"{request.method} {request.path_qs}"
        self.requests.append((request.method, request.path, body))
        self.lines.append(line)
        for fault in self._faults:
            if fault.times and fault.pattern.search(line):
                fault.times -= 1
                return await self._fail(fault, request, handler)
        return await handler(request)

    async def _fail(self, fault: Fault, request: web.Request, handler: Any) -> web.StreamResponse:
        if not fault.silent:
            return await fault.answer(request, handler)
        who = self._user_of(request)
        with self._keeps_waiting(who[0] if who else "", request):
            return await fault.answer(request, handler)
