# SPDX-License-Identifier: MIT
"""What the homeserver in this process answers to each request of the bot."""

import asyncio
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import Any
from urllib.parse import unquote

from aiohttp import web

from tests.platforms.matrix.homeserver_parts import Room, error

SERVER = "hs.example"
BODY: ContextVar[Any] = ContextVar("body")
"""What came with the request that is being answered."""


class Answers:
    """The routes; `Homeserver` has what they work on."""

    @contextmanager
    def _keeps_waiting(self, user: str, request: web.Request) -> Iterator[None]:
        """Note that somebody has no answer for now."""
        self._waiting.append((user, request))
        try:
            yield
        finally:
            self._waiting.remove((user, request))

    def _user_of(self, request: web.Request) -> tuple[str, str] | None:
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        for account in self.accounts.values():
            if token in account.tokens:
                return account.user_id, account.tokens[token]
        return None

    async def _route(self, request: web.Request) -> web.StreamResponse:
        path = request.raw_path.partition("?")[0]
        rest = re.sub(r"^/_matrix/(client/v1/media|client/v\d|media/v3)", "", path)
        parts = [unquote(part) for part in rest.split("/") if part]
        if parts[0] == "login":
            return self._login(request)
        who = self._user_of(request)
        if who is None:
            return error(401, "M_UNKNOWN_TOKEN")
        handler = getattr(self, f"_on_{parts[0]}", None)
        if handler is None:
            return error(404, "M_UNRECOGNIZED")
        answer = handler(request, who[0], parts[1:])
        return await answer if asyncio.iscoroutine(answer) else answer

    def _login(self, request: web.Request) -> web.Response:
        body = BODY.get()
        account = self.accounts.get(body["identifier"]["user"])
        if account is None or account.password != body["password"]:
            return error(403, "M_FORBIDDEN", "Invalid username or password")
        device, token = body.get("device_id") or f"DEVICE{next(self._ids)}", f"token{next(self._ids)}"
        account.tokens[token] = device
        return web.json_response({"user_id": account.user_id, "device_id": device, "access_token": token})

    def _on_account(self, request: web.Request, user: str, parts: list[str]) -> web.Response:
        return web.json_response({"user_id": user, "device_id": self._user_of(request)[1]})

    def _on_profile(self, request: web.Request, user: str, parts: list[str]) -> web.Response:
        account = self.accounts.get(parts[0])
        return web.json_response({"displayname": account.name}) if account else error(404, "M_NOT_FOUND")

    def _on_user(self, request: web.Request, user: str, parts: list[str]) -> web.Response:
        if parts[1] == "filter":
            timeline = BODY.get().get("room", {}).get("timeline", {})
            self.unheard[user] = set(timeline.get("not_senders", ()))
            return web.json_response({"filter_id": "1"})
        account = self.accounts[user]
        if request.method == "GET":
            found = account.data.get(parts[2])
            return error(404, "M_NOT_FOUND") if found is None else web.json_response(found)
        account.data[parts[2]] = BODY.get()
        return web.json_response({})

    def _on_join(self, request: web.Request, user: str, parts: list[str]) -> Any:
        room = self.rooms.get(parts[0])
        if room is None:
            return error(404, "M_NOT_FOUND")
        public = room.state.get(("m.room.join_rules", ""), {}).get("content", {}).get("join_rule") == "public"
        if room.membership(user) not in {"invite", "join"} and not public:
            return error(403, "M_FORBIDDEN", "You are not invited to this room.")
        return self._joined(room.id, user)

    async def _joined(self, room_id: str, user: str) -> web.Response:
        await self.member(room_id, user, user, "join")
        return web.json_response({"room_id": room_id})

    def _on_joined_rooms(self, request: web.Request, user: str, parts: list[str]) -> web.Response:
        return web.json_response({"joined_rooms": [r.id for r in self.rooms.values() if r.membership(user) == "join"]})

    async def _on_createRoom(self, request: web.Request, user: str, parts: list[str]) -> web.Response:  # noqa: N802
        body = BODY.get()
        state = {each["type"]: each["content"] for each in body.get("initial_state", [])}
        room_id = await self.room(user, *body.get("invite", []), name="", is_direct=body.get("is_direct"), state=state)
        return web.json_response({"room_id": room_id})

    def _on_upload(self, request: web.Request, user: str, parts: list[str]) -> web.Response:
        media = f"media{next(self._ids)}"
        content = BODY.get()
        self.media[media] = content if isinstance(content, bytes) else json.dumps(content).encode()
        return web.json_response({"content_uri": f"mxc://{SERVER}/{media}"})

    def _on_download(self, request: web.Request, user: str, parts: list[str]) -> web.Response:
        return web.Response(body=self.media[parts[1]])

    def _on_keys(self, request: web.Request, user: str, parts: list[str]) -> web.Response:
        account = self.accounts[user]
        if parts[0] == "upload":
            account.keys.setdefault("uploads", []).append(BODY.get())
            return web.json_response({"one_time_key_counts": {"signed_curve25519": 50}})
        devices = {user: account.keys.get("devices", {})}
        return web.json_response({"device_keys": devices, "one_time_keys": {}, "failures": {}})

    def _on_rooms(self, request: web.Request, user: str, parts: list[str]) -> Any:
        room = self.rooms.get(parts[0])
        if room is None or (room.membership(user) != "join" and parts[1] != "leave"):
            return error(403, "M_FORBIDDEN", f"User {user} not in room {parts[0]}")
        return getattr(self, f"_room_{parts[1]}")(request, user, room, parts[2:])

    async def _room_send(self, request: web.Request, user: str, room: Room, parts: list[str]) -> web.Response:
        kind, txn = parts
        known = self._txns.get((user, self._user_of(request)[1], room.id, txn))
        if known:
            return web.json_response({"event_id": known})
        levels = room.state["m.room.power_levels", ""]["content"]
        wanted = levels.get("events") if isinstance(levels.get("events"), dict) else {}
        if room.power(user) < wanted.get(kind, levels.get("events_default", 0)):
            return error(403, "M_FORBIDDEN", "You don't have permission to post that to the room.")
        if len(json.dumps(BODY.get()).encode()) > 65_000:
            return error(413, "M_TOO_LARGE")
        relation = BODY.get().get("m.relates_to", {})
        there = [e["content"].get("m.relates_to") for e in self.from_(room.id, user, kind)]
        if kind == "m.reaction" and relation in there:
            return error(400, "M_DUPLICATE_ANNOTATION")
        event_id = await self.send(room.id, user, kind, BODY.get())
        self._txns[user, self._user_of(request)[1], room.id, txn] = event_id
        return web.json_response({"event_id": event_id})

    async def _room_redact(self, request: web.Request, user: str, room: Room, parts: list[str]) -> web.Response:
        return web.json_response({"event_id": await self.redact(room.id, user, parts[0])})

    async def _room_state(self, request: web.Request, user: str, room: Room, parts: list[str]) -> web.Response:
        if not parts:
            return web.json_response(list(room.state.values()))
        key = (parts[0], parts[1] if len(parts) > 1 else "")
        if request.method == "GET":
            found = room.state.get(key)
            return web.json_response(found["content"]) if found else error(404, "M_NOT_FOUND")
        return web.json_response({"event_id": await self.put_state(room.id, user, *key, BODY.get())})

    def _room_event(self, request: web.Request, user: str, room: Room, parts: list[str]) -> web.Response:
        found = [e for _, e in room.events if e["event_id"] == parts[0]]
        return web.json_response(found[0]) if found else error(404, "M_NOT_FOUND")

    def _room_messages(self, request: web.Request, user: str, room: Room, parts: list[str]) -> web.Response:
        start = int(request.query.get("from", f"s{self.position + 1}")[1:])
        end = int(request.query.get("to", "s0")[1:])
        senders = json.loads(request.query.get("filter", "{}")).get("senders")
        limit = int(request.query["limit"])
        before = [(n, e) for n, e in room.events if end < n < start and (not senders or e["sender"] in senders)]
        page = list(reversed(before))[:limit]
        answer: dict[str, Any] = {"chunk": [e for _, e in page], "start": f"s{start}"}
        if len(before) > limit:
            answer["end"] = f"s{page[-1][0]}"
        return web.json_response(answer)

    def _room_members(self, request: web.Request, user: str, room: Room, parts: list[str]) -> web.Response:
        members = [e for (kind, _), e in room.state.items() if kind == "m.room.member"]
        return web.json_response({"chunk": [e for e in members if e["content"]["membership"] != "leave"]})

    async def _room_leave(self, request: web.Request, user: str, room: Room, parts: list[str]) -> web.Response:
        await self.member(room.id, user, user, "leave")
        return web.json_response({})

    def _room_typing(self, request: web.Request, user: str, room: Room, parts: list[str]) -> web.Response:
        return web.json_response({})

    async def _on_sync(self, request: web.Request, user: str, parts: list[str]) -> web.Response:
        since = int(request.query.get("since", "s0")[1:])
        whole = "since" not in request.query or request.query.get("full_state") == "true"
        async with self._news:
            self.acked[user] = max(self.acked[user], since)
            self._news.notify_all()
        nudged = self.nudged
        until = asyncio.get_running_loop().time() + int(request.query.get("timeout", "0")) / 1000
        async with self._news:
            while not self._closing:
                answer = self._changes(user, since, whole=whole)
                left = until - asyncio.get_running_loop().time()
                if answer or left <= 0 or nudged != self.nudged:
                    break
                with self._keeps_waiting(user, request), suppress(TimeoutError):
                    await asyncio.wait_for(self._news.wait(), left)
            else:
                return error(502, "M_UNKNOWN")
        return web.json_response({"rooms": answer or {}, "next_batch": f"s{self.position}"})

    def _changes(self, user: str, since: int, *, whole: bool) -> dict[str, Any]:
        found: dict[str, dict[str, Any]] = defaultdict(dict)
        for room in self.rooms.values():
            news = [(n, e) for n, e in room.events if n > since]
            membership = room.membership(user)
            mine = [(n, e) for n, e in news if e["type"] == "m.room.member" and e.get("state_key") == user]
            if any(e["content"]["membership"] == "join" and not _was_in(e) for _, e in mine):
                news = list(room.events)  # as a real one shows a room that was just entered
            if membership == "join" and (news or whole):
                heard = [(n, e) for n, e in news if e["sender"] not in self.unheard[user]]
                if heard or whole or mine:
                    found["join"][room.id] = self._news_of(room, heard, whole=whole or bool(mine))
            elif membership == "invite" and (mine or whole):
                found["invite"][room.id] = {"invite_state": {"events": [room.state["m.room.member", user]]}}
            elif membership in {"leave", "ban"} and mine and not whole:
                found["leave"][room.id] = {}
        return dict(found)

    def _news_of(self, room: Room, news: list[tuple[int, dict[str, Any]]], *, whole: bool) -> dict[str, Any]:
        shown = news[-self.page :]
        timeline = {"events": [e for _, e in shown], "limited": len(news) > len(shown)}
        timeline["prev_batch"] = f"s{shown[0][0]}" if shown else f"s{self.position + 1}"
        ids = {e["event_id"] for _, e in shown}
        earlier = {e["event_id"] for _, e in news} - ids
        state = [e for e in room.state.values() if e["event_id"] not in ids and (whole or e["event_id"] in earlier)]
        here = [e["content"]["membership"] for (kind, _), e in room.state.items() if kind == "m.room.member"]
        summary = {"m.joined_member_count": here.count("join"), "m.invited_member_count": here.count("invite")}
        return {"timeline": timeline, "state": {"events": state}, "summary": summary}


def _was_in(event: dict[str, Any]) -> bool:
    return event["unsigned"].get("prev_content", {}).get("membership") == "join"
