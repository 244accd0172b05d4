# SPDX-License-Identifier: MIT
"""The requests that the bot makes, by what they do. Source: Matrix client-server API v1.13.

Every method raises MatrixError and repeats nothing.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from bot.platforms.matrix.errors import Refusal
from bot.platforms.matrix.shapes import Event, events, strings, text
from bot.platforms.matrix.wire import PATIENCE, Wire, path

POLL = 30_000
"""Milliseconds for which the homeserver may hold a sync open while nothing happens."""


class Api:
    """What can be asked of the homeserver; `user_id` and `device_id` are ours once we have logged in."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.user_id = ""
        self.device_id = ""

    async def login(self, user_id: str, password: str, device_name: str, device_id: str = "") -> dict[str, Any]:
        """Log in as a new device, or as one that the homeserver knows."""
        body: dict[str, Any] = {
            "type": "m.login.password",
            "identifier": {"type": "m.id.user", "user": user_id},
            "password": password,
            "initial_device_display_name": device_name,
        }
        body |= {"device_id": device_id} if device_id else {}
        return await self.wire.ask("POST", path("login"), body)

    async def whoami(self) -> tuple[str, str]:
        """Return the account and the device that the token belongs to."""
        found = await self.wire.ask("GET", path("account", "whoami"))
        return text(found, "user_id"), text(found, "device_id")

    async def keep_filter(self, content: Mapping[str, Any]) -> str:
        """Leave a filter with the homeserver and return its id."""
        found = await self.wire.ask("POST", path("user", self.user_id, "filter"), content)
        return text(found, "filter_id")

    async def sync(self, since: str, filter_id: str, *, whole: bool = False, poll: int = POLL) -> dict[str, Any]:
        """Wait for what happens after a token; `whole` asks for the state of every room as well."""
        query = {"filter": filter_id, "timeout": str(int(poll / self.wire.haste)), "set_presence": "online"}
        query |= {"since": since} if since else {}
        query |= {"full_state": "true"} if whole else {}
        patience = poll / 1000 + (4 * PATIENCE if whole or not since else PATIENCE)
        return await self.wire.ask("GET", path("sync"), query=query, patience=patience)

    async def send(self, room_id: str, kind: str, content: Mapping[str, Any], txn: str) -> str:
        """Send an event, once for each `txn`; return its id."""
        found = await self.wire.ask("PUT", path("rooms", room_id, "send", kind, txn), content)
        return text(found, "event_id")

    async def redact(self, room_id: str, event_id: str, txn: str) -> None:
        """Take an event back."""
        await self.wire.ask("PUT", path("rooms", room_id, "redact", event_id, txn), {})

    async def state(self, room_id: str) -> list[Event]:
        """Return the whole state of a room."""
        raw = await self.wire.download(path("rooms", room_id, "state"), 64 * 1024 * 1024)
        return list(events({"state": json.loads(raw)}, "state"))

    async def state_of(self, room_id: str, kind: str, key: str = "") -> dict[str, Any]:
        """Return the content of one state event; empty where there is none."""
        try:
            return await self.wire.ask("GET", path("rooms", room_id, "state", kind, key))
        except Refusal as error:
            if error.errcode == "M_NOT_FOUND":
                return {}
            raise

    async def set_state(self, room_id: str, kind: str, key: str, content: Mapping[str, Any]) -> None:
        """Set a state event."""
        await self.wire.ask("PUT", path("rooms", room_id, "state", kind, key), content)

    async def event(self, room_id: str, event_id: str) -> Event:
        """Return one event."""
        return await self.wire.ask("GET", path("rooms", room_id, "event", event_id))

    async def messages(
        self, room_id: str, start: str, end: str = "", *, limit: int = 100, senders: Sequence[str] = ()
    ) -> tuple[list[Event], str]:
        """Return events backwards from a token (from now: ""), and the token to go on from ("": the beginning)."""
        query = {"dir": "b", "limit": str(limit)}
        query |= {"from": start} if start else {}
        query |= {"to": end} if end else {}
        query |= {"filter": json.dumps({"senders": list(senders)})} if senders else {}
        found = await self.wire.ask("GET", path("rooms", room_id, "messages"), query=query)
        return list(events(found, "chunk")), text(found, "end")

    async def members(self, room_id: str) -> list[Event]:
        """Return the membership events of all who are in a room or invited."""
        query = {"not_membership": "leave"}
        found = await self.wire.ask("GET", path("rooms", room_id, "members"), query=query, patience=2 * PATIENCE)
        return list(events(found, "chunk"))

    async def join(self, room_id: str, via: Sequence[str] = ()) -> str:
        """Join a room and return its id."""
        address = path("join", room_id)
        if servers := [server for server in via if server]:
            address += "?" + urlencode([(name, server) for server in servers for name in ("via", "server_name")])
        return text(await self.wire.ask("POST", address, {}, patience=4 * PATIENCE), "room_id")

    async def leave(self, room_id: str, reason: str = "") -> None:
        """Leave a room or decline an invitation."""
        await self.wire.ask("POST", path("rooms", room_id, "leave"), {"reason": reason} if reason else {})

    async def create_room(self, content: Mapping[str, Any]) -> str:
        """Make a room and return its id."""
        return text(await self.wire.ask("POST", path("createRoom"), content), "room_id")

    async def typing(self, room_id: str, milliseconds: int) -> None:
        """Show that we are typing, for at most so long; 0 ends it."""
        body = {"typing": True, "timeout": milliseconds} if milliseconds else {"typing": False}
        await self.wire.ask("PUT", path("rooms", room_id, "typing", self.user_id), body)

    async def account_data(self, kind: str) -> dict[str, Any]:
        """Return data that we keep with our account; empty where there is none."""
        try:
            return await self.wire.ask("GET", path("user", self.user_id, "account_data", kind))
        except Refusal as error:
            if error.errcode == "M_NOT_FOUND":
                return {}
            raise

    async def set_account_data(self, kind: str, content: Mapping[str, Any]) -> None:
        """Keep data with our account."""
        await self.wire.ask("PUT", path("user", self.user_id, "account_data", kind), content)

    async def display_name(self, user_id: str) -> str:
        """Return the name that somebody goes by, or ""."""
        try:
            return text(await self.wire.ask("GET", path("profile", user_id, "displayname")), "displayname")
        except Refusal:
            return ""

    async def joined_rooms(self) -> list[str]:
        """Return the rooms that we are in."""
        return strings(await self.wire.ask("GET", path("joined_rooms")), "joined_rooms")

    async def fetch_media(self, address: str, limit: int) -> bytes:
        """Download what an mxc: address names, at most `limit` bytes."""
        server, _, media_id = address.removeprefix("mxc://").partition("/")
        return await self.wire.download(path("download", server, media_id, base="/_matrix/client/v1/media"), limit)
