# SPDX-License-Identifier: MIT
"""Discord on this machine: its HTTP interface with limits and faults, and its gateway, for discord.py's real code.

It knows what the bot uses and answers everything else with 404. A post with a nonce that is known is the first one, as
Discord does for some minutes.
"""

import asyncio
import json
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

from aiohttp import web
from discord_gateway import Gateway
from discord_payloads import APP_ID, BOT, CHANNEL_ID, TOKEN, guild, interaction, numbered

_VIA = {"Via": "1.1 loopback"}


@dataclass
class Fault:
    """What happens to requests whose "METHOD path" contains `where`, `times` times.

    `status` answers so, `reset` breaks the connection, `hold` waits for the event first; with `done` the request is
    acted on before. `answered` is set when it has happened.
    """

    where: str
    status: int = 0
    body: Mapping[str, Any] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    reset: bool = False
    done: bool = False
    hold: asyncio.Event | None = None
    times: int = 1
    met: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass
class Limits:
    """Discord's limits on posts: so many a second for the bot, five in five seconds for a channel."""

    per_second: int = 50
    per_channel: int = 5
    window: float = 5.0


class Loopback:
    """A Discord of one server with text channels. `requests` is everything that came: (method, path, body)."""

    def __init__(self, *, guilds: int = 1, channels: int = 1, limits: Limits | None = None, shards: int = 1) -> None:
        self.shards = shards
        self.requests: list[tuple[str, str, Any]] = []
        self.messages: dict[str, dict[str, dict[str, Any]]] = {}
        self.answers: dict[str, asyncio.Future[Mapping[str, Any]]] = {}
        self.faults: list[Fault] = []
        self.commands: list[Any] = []
        self.refused = 0
        self.times: list[float] = []
        self._limits = limits
        self._posted: dict[str, deque[float]] = {}
        self._nonces: dict[tuple[str, str], dict[str, Any]] = {}
        self._count = 5_000_000_000_000_000_000
        self._tokens: dict[str, str] = {}
        self.gateway = Gateway({}, [guild(number, channels) for number in range(guilds)])

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=64 * 2**20)
        app.router.add_get("/gateway", self.gateway.handle)
        app.router.add_route("*", "/api/v10/{path:.*}", self._take)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.gateway.ready = {
            "v": 10,
            "user": BOT,
            "application": {"id": APP_ID, "flags": 0},
            "resume_gateway_url": self.gateway_url,
            "private_channels": [],
        }
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.gateway.cut()
        await self._runner.cleanup()

    @property
    def api_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/v10"

    @property
    def gateway_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/gateway"

    def fail(self, where: str, **what: Any) -> Fault:
        fault = Fault(where, **what)
        self.faults.append(fault)
        return fault

    def next_id(self) -> str:
        self._count += 1
        return str(self._count)

    def post_log(self, channel_id: str = CHANNEL_ID) -> list[dict[str, Any]]:
        return list(self.messages.get(channel_id, {}).values())

    async def interact(self, kind: int, data: Mapping[str, Any], **more: Any) -> "Sent":
        """Send an interaction to the bot."""
        interaction_id = self.next_id()
        token = f"token-{interaction_id}"
        payload = {**interaction(interaction_id, token, kind, data), **more}
        self._tokens[token] = interaction_id
        self.answers[interaction_id] = asyncio.get_running_loop().create_future()
        await self.gateway.dispatch("INTERACTION_CREATE", payload)
        return Sent(self, interaction_id, token, payload)

    async def _take(self, request: web.Request) -> web.StreamResponse:
        body = await _body(request)
        path = "/" + request.match_info["path"]
        self.requests.append((request.method, path, body))
        fault = next((each for each in self.faults if each.where in f"{request.method} {path}"), None)
        if fault is None:
            return self._answer(request, path, body)
        fault.times -= 1
        if not fault.times:
            self.faults.remove(fault)
        if fault.hold is not None:
            fault.met.set()
            await fault.hold.wait()
        answer = self._answer(request, path, body) if fault.done or not (fault.status or fault.reset) else None
        fault.met.set()
        if fault.reset:
            if request.transport is not None:
                request.transport.abort()
            raise ConnectionResetError("as planned")
        return _reply(fault.body, fault.status, fault.headers) if fault.status else answer or _reply({}, 500)

    def _answer(self, request: web.Request, path: str, body: Any) -> web.StreamResponse:
        if request.headers.get("Authorization", f"Bot {TOKEN}") != f"Bot {TOKEN}":
            return _reply({"message": "401: Unauthorized", "code": 0}, 401)
        match request.method, path.strip("/").split("/"):
            case "GET", ["users", "@me"]:
                return _reply(BOT)
            case "GET", ["oauth2", "applications", "@me"]:
                return _reply(
                    {
                        "id": APP_ID,
                        "name": "refdesk",
                        "description": "",
                        "flags": 0,
                        "bot_public": True,
                        "bot_require_code_grant": False,
                        "verify_key": "",
                        "icon": None,
                        "rpc_origins": None,
                        "owner": BOT,
                        "summary": "",
                        "team": None,
                    }
                )
            case "GET", ["gateway", "bot"]:
                limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
                return _reply({"url": self.gateway_url, "shards": self.shards, "session_start_limit": limit})
            case "PUT", ["applications", _, "commands"]:
                self.commands = body
                return _reply([])
            case "GET", ["guilds", guild_id, *rest]:
                return self._about_guild(guild_id, rest)
            case "POST", ["users", "@me", "channels"]:
                return _reply({"id": "9" + str(body["recipient_id"])[1:], "type": 1, "recipients": []})
        return self._answer_channels(request, path, body)

    def _about_guild(self, guild_id: str, rest: list[str]) -> web.StreamResponse:
        found = next((each for each in self.gateway.guilds if each["id"] == guild_id), None)
        match rest:
            case [] if found:
                return _reply(found)
            case ["channels"] if found:
                return _reply([{**each, "guild_id": guild_id} for each in found["channels"]])
            case ["members", _] if found:
                return _reply(found["members"][0])
        return _reply({"message": "Unknown Guild", "code": 10004}, 404)

    def _answer_channels(self, request: web.Request, path: str, body: Any) -> web.StreamResponse:
        match request.method, path.strip("/").split("/"):
            case "POST", ["channels", channel_id, "messages"]:
                return self._post(channel_id, body)
            case "GET", ["channels", channel_id, "messages"]:
                return self._history(channel_id, request.query)
            case "PATCH", ["channels", channel_id, "messages", message_id]:
                return self._edit(channel_id, message_id, body)
            case "PATCH", ["channels", channel_id]:
                return _reply({"id": channel_id, "type": 11})
            case "POST", ["channels", _, "typing"]:
                return web.Response(status=204)
            case "POST", ["interactions", interaction_id, _, "callback"]:
                return self._callback(interaction_id, body, told=request.query.get("with_response") == "1")
            case method, ["webhooks", _, token, *rest]:
                return self._webhook(method, token, rest, body)
        return _reply({"message": "404: Not Found", "code": 0}, 404)

    def _post(self, channel_id: str, body: Any) -> web.StreamResponse:
        nonce = body.get("nonce") if body.get("enforce_nonce") else None
        if nonce is not None and (channel_id, nonce) in self._nonces:
            return _reply(self._nonces[channel_id, nonce])
        if (wait := self._wait(channel_id)) is not None:
            self.refused += 1
            headers = {"Retry-After": f"{wait:.3f}", "X-RateLimit-Scope": "user", **_VIA}
            return _reply(
                {"message": "You are being rate limited.", "retry_after": wait, "global": False}, 429, headers
            )
        made = self._message(channel_id, body)
        self.times.append(time.monotonic())
        if nonce is not None:
            self._nonces[channel_id, nonce] = made
        return _reply(made)

    def _wait(self, channel_id: str) -> float | None:
        if self._limits is None:
            return None
        now = time.monotonic()
        for key, most, window in (
            ("", self._limits.per_second, 1.0),
            (channel_id, self._limits.per_channel, self._limits.window),
        ):
            stamps = self._posted.setdefault(key, deque())
            while stamps and now - stamps[0] >= window:
                stamps.popleft()
            if len(stamps) >= most:
                return window - (now - stamps[0])
        for key in ("", channel_id):
            self._posted[key].append(now)
        return None

    def _message(self, channel_id: str, body: Any) -> dict[str, Any]:
        made = {
            "id": self.next_id(),
            "channel_id": channel_id,
            "author": BOT,
            "content": body.get("content") or "",
            "timestamp": "2026-11-23T12:00:00+00:00",
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "embeds": [],
            "pinned": False,
            "type": 0,
            "flags": body.get("flags", 0),
            "components": numbered(body.get("components") or []),
            "nonce": body.get("nonce"),
        }
        self.messages.setdefault(channel_id, {})[made["id"]] = made
        return made

    def seed(self, number: int, channel_id: str = CHANNEL_ID) -> None:
        """Let somebody else have said something."""
        self._message(channel_id, {"content": f"Somebody's message {number}"})

    def _history(self, channel_id: str, query: Mapping[str, str]) -> web.StreamResponse:
        listed = list(reversed(self.messages.get(channel_id, {}).values()))
        if before := query.get("before"):
            listed = [each for each in listed if int(each["id"]) < int(before)]
        return _reply(listed[: int(query.get("limit", 50))])

    def _edit(self, channel_id: str, message_id: str, body: Any) -> web.StreamResponse:
        found = self.messages.get(channel_id, {}).get(message_id)
        if found is None:
            return _reply({"message": "Unknown Message", "code": 10008}, 404)
        found["components"] = numbered(body.get("components", found["components"]))
        return _reply(found)

    def _callback(self, interaction_id: str, body: Any, *, told: bool) -> web.StreamResponse:
        waiting = self.answers.get(interaction_id)
        if waiting is None:
            return _reply({"message": "Unknown interaction", "code": 10062}, 404)
        if waiting.done():
            return _reply({"message": "Interaction has already been acknowledged.", "code": 40060}, 400)
        waiting.set_result(body)
        if not told:
            return web.Response(status=204)
        about = {"id": interaction_id, "type": 2, "response_message_id": None, "response_message_loading": False}
        return _reply({"interaction": {**about, "response_message_ephemeral": False}})

    def _webhook(self, method: str, token: str, rest: list[str], body: Any) -> web.StreamResponse:
        if token not in self._tokens:
            return _reply({"message": "Unknown Webhook", "code": 10015}, 404)
        channel = f"interaction-{self._tokens[token]}"
        if method == "DELETE":
            self.messages.setdefault(channel, {})["deleted"] = {"components": []}
            return web.Response(status=204)
        made = self._message(channel, body or {})
        made["channel_id"] = CHANNEL_ID
        return _reply(made)


@dataclass
class Sent:
    """An interaction that was sent, and what the bot answers."""

    server: Loopback
    id: str
    token: str
    payload: Mapping[str, Any]

    async def answer(self) -> Mapping[str, Any]:
        """Return the first response; fails after a minute."""
        async with asyncio.timeout(60):
            return await asyncio.shield(self.server.answers[self.id])

    @property
    def later(self) -> list[Any]:
        """Everything that came by the interaction's webhook: (method, body)."""
        return [
            (method, body) for method, path, body in self.server.requests if self.token in path and "webhooks" in path
        ]


async def _body(request: web.Request) -> Any:
    if request.content_type == "multipart/form-data":
        form = await request.post()
        return json.loads(str(form["payload_json"]))
    text = await request.text()
    return json.loads(text) if text else None


def _reply(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> web.Response:
    # discord.py reads JSON only where the type is exactly this one.
    return web.Response(
        body=json.dumps(body).encode(),
        status=status,
        headers={"Content-Type": "application/json", **_VIA, **(headers or {})},
    )
