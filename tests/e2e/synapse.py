# SPDX-License-Identifier: MIT
"""A real Synapse on loopback, started once for all test workers, and people who use it through its plain API.

It ends with the process that started it, however that ends (PR_SET_PDEATHSIG), and is stopped by its process id.
"""

import asyncio
import base64
import ctypes
import hashlib
import hmac
import itertools
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp

from scripts.synapse import PYTHON

RAISED = "{per_second: 10000, burst_count: 10000}"
LIMITS = f"""
rc_message: {RAISED}
rc_registration: {RAISED}
rc_login: {{address: {RAISED}, account: {RAISED}, failed_attempts: {RAISED}}}
rc_joins: {{local: {RAISED}, remote: {RAISED}}}
rc_joins_per_room: {RAISED}
rc_invites: {{per_room: {RAISED}, per_user: {RAISED}, per_issuer: {RAISED}}}
rc_room_creation: {RAISED}
rc_media_create: {RAISED}
"""
CONFIG = """
server_name: localhost
pid_file: "{folder}/homeserver.pid"
public_baseurl: "http://127.0.0.1:{port}/"
listeners:
  - {{port: {port}, type: http, tls: false, bind_addresses: ["127.0.0.1"], resources: [{{names: [client, media]}}]}}
database: {{name: sqlite3, args: {{database: "{folder}/homeserver.db"}}}}
log_config: "{folder}/log.yaml"
media_store_path: "{folder}/media"
signing_key_path: "{folder}/signing.key"
registration_shared_secret: "{secret}"
macaroon_secret_key: "{secret}m"
form_secret: "{secret}f"
report_stats: false
trusted_key_servers: []
suppress_key_server_warning: true
federation_domain_whitelist: []
presence: {{enabled: false}}
bcrypt_rounds: 4
{limits}
"""
LOG = """
version: 1
handlers: {{file: {{class: logging.FileHandler, filename: "{folder}/synapse.log"}}}}
root: {{level: WARNING, handlers: [file]}}
disable_existing_loggers: false
"""
UP_WITHIN = 60.0
PATIENCE = 60.0

_numbers = itertools.count(1)


class Synapse:
    """One server in one folder; it may be stopped and started again."""

    def __init__(self, folder: Path, limits: str = LIMITS) -> None:
        self.folder = folder
        self._limits = limits
        self._process: subprocess.Popen[bytes] | None = None
        kept = folder / "server.json"
        if kept.exists():
            self.port, self.secret = json.loads(kept.read_text())
        else:
            folder.mkdir(parents=True, exist_ok=True)
            self.port, self.secret = _free_port(), secrets.token_hex(16)
            self._write()
            kept.write_text(json.dumps([self.port, self.secret]))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> "Synapse":
        with (self.folder / "out.log").open("ab") as out:
            self._process = subprocess.Popen(
                [str(PYTHON), "-m", "synapse.app.homeserver", "-c", str(self.folder / "homeserver.yaml")],
                cwd=self.folder,
                stdout=out,
                stderr=subprocess.STDOUT,
                env={**os.environ, "SYNAPSE_CACHE_FACTOR": "0.5"},
                preexec_fn=_die_with_us if sys.platform == "linux" else None,  # noqa: PLW1509
            )
        until = time.monotonic() + UP_WITHIN
        while time.monotonic() < until:
            if self._process.poll() is not None:
                raise RuntimeError("Synapse ended: " + (self.folder / "out.log").read_text()[-2000:])
            if self._answers():
                return self
            time.sleep(0.05)
        self.stop()
        raise TimeoutError("Synapse does not answer.")

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is not None and process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(20)

    def _answers(self) -> bool:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=5) as line:
            line.sendall(b"GET /health HTTP/1.0\r\n\r\n")
            return b"200" in line.recv(64)
        return False

    def _write(self) -> None:
        values = {"folder": self.folder, "port": self.port, "secret": self.secret, "limits": self._limits}
        (self.folder / "homeserver.yaml").write_text(CONFIG.format(**values))
        (self.folder / "log.yaml").write_text(LOG.format(**values))
        seed = base64.b64encode(secrets.token_bytes(32)).decode().rstrip("=")
        (self.folder / "signing.key").write_text(f"ed25519 a_test {seed}\n")


@dataclass
class Human:
    """Somebody who uses the server through its plain API."""

    url: str
    name: str
    user_id: str
    password: str
    token: str
    device_id: str
    session: aiohttp.ClientSession
    since: str = ""

    async def ask(self, method: str, path: str, body: Any = None, **query: str) -> Any:
        """Make a request and return the JSON of the answer; raises AssertionError for a refusal."""
        found = await self.tries(method, path, body, **query)
        assert "errcode" not in found, f"{method} {path}: {found}"
        return found

    async def tries(self, method: str, path: str, body: Any = None, **query: str) -> Any:
        """Make a request and return the JSON of the answer, whatever it says."""
        headers = {"Authorization": f"Bearer {self.token}"}
        url = f"{self.url}/_matrix/client/v3{path}"
        async with self.session.request(method, url, json=body, params=query, headers=headers) as answer:
            return await answer.json()

    async def room(self, *invited: str, **content: Any) -> str:
        body = {"preset": "private_chat", "name": "Library", "invite": list(invited), **content}
        return (await self.ask("POST", "/createRoom", body))["room_id"]

    async def join(self, room_id: str) -> None:
        await self.ask("POST", f"/join/{quote(room_id, safe='')}", {})

    async def send(self, room_id: str, kind: str, content: Any) -> str:
        path = f"/rooms/{quote(room_id, safe='')}/send/{kind}/t{next(_numbers)}{secrets.token_hex(4)}"
        found = await self.tries("PUT", path, content)
        while found.get("errcode") == "M_LIMIT_EXCEEDED":
            await asyncio.sleep(found["retry_after_ms"] / 1000)
            found = await self.tries("PUT", path, content)
        assert "event_id" in found, f"PUT {path}: {found}"
        return found["event_id"]

    async def say(self, room_id: str, body: str, **extra: Any) -> str:
        return await self.send(room_id, "m.room.message", {"msgtype": "m.text", "body": body, **extra})

    async def react(self, room_id: str, event_id: str, key: str) -> str:
        relation = {"rel_type": "m.annotation", "event_id": event_id, "key": key}
        return await self.send(room_id, "m.reaction", {"m.relates_to": relation})

    async def redact(self, room_id: str, event_id: str) -> None:
        path = f"/rooms/{quote(room_id, safe='')}/redact/{quote(event_id, safe='')}/t{next(_numbers)}"
        await self.ask("PUT", path, {})

    async def state(self, room_id: str, kind: str, key: str = "") -> Any:
        return await self.tries("GET", f"/rooms/{quote(room_id, safe='')}/state/{kind}/{quote(key, safe='')}")

    async def history(self, room_id: str) -> list[Any]:
        """The latest hundred events of a room, the oldest first."""
        found = await self.ask("GET", f"/rooms/{quote(room_id, safe='')}/messages", dir="b", limit="100")
        return list(reversed(found["chunk"]))

    async def sees(self, room_id: str, wanted: Any, what: str = "an event") -> Any:
        """Wait until an event for which `wanted` is true is in a room; return it. AssertionError after the deadline."""
        until = asyncio.get_running_loop().time() + PATIENCE
        since = (await self.ask("GET", "/sync", timeout="0", filter=_FILTER))["next_batch"]
        while True:
            found = [event for event in await self.history(room_id) if wanted(event)]
            if found:
                return found[0]
            left = until - asyncio.get_running_loop().time()
            assert left > 0, f"{self.name} never saw {what} in {room_id}."
            answer = await self.ask("GET", "/sync", timeout=str(int(min(left, 5) * 1000)), since=since, filter=_FILTER)
            since = answer["next_batch"]

    async def hears(self, room_id: str, words: str, sender: str = "") -> Any:
        """Wait for a message that holds words."""

        def wanted(event: Any) -> bool:
            right = not sender or event["sender"] == sender
            return right and event["type"] == "m.room.message" and words in event["content"].get("body", "")

        return await self.sees(room_id, wanted, f"“{words}”")

    async def invitation(self, sender: str) -> str:
        """Wait for an invitation from somebody and accept it; return the room."""
        until = asyncio.get_running_loop().time() + PATIENCE
        answer = await self.ask("GET", "/sync", timeout="0")
        while True:
            for room_id, room in answer.get("rooms", {}).get("invite", {}).items():
                events = room["invite_state"]["events"]
                if any(e["type"] == "m.room.member" and e["sender"] == sender for e in events):
                    await self.join(room_id)
                    return room_id
            assert asyncio.get_running_loop().time() < until, f"{sender} never invited {self.name}."
            answer = await self.ask("GET", "/sync", timeout="5000", since=answer["next_batch"])


_FILTER = json.dumps({"presence": {"types": []}, "room": {"ephemeral": {"types": []}, "timeline": {"limit": 1}}})


async def register(server: Synapse, session: aiohttp.ClientSession, name: str) -> Human:
    """Make a fresh account of which nobody else knows."""
    localpart = f"{name.casefold()}-{secrets.token_hex(5)}"
    url = f"{server.url}/_synapse/admin/v1/register"
    async with session.get(url) as answer:
        nonce = (await answer.json())["nonce"]
    password = secrets.token_hex(8)
    said = b"\0".join(each.encode() for each in (nonce, localpart, password, "notadmin"))
    mac = hmac.new(server.secret.encode(), said, hashlib.sha1).hexdigest()
    body = {"nonce": nonce, "username": localpart, "password": password, "displayname": name, "mac": mac}
    async with session.post(url, json={**body, "admin": False}) as answer:
        found = await answer.json()
    return Human(server.url, name, found["user_id"], password, found["access_token"], found["device_id"], session)


def _die_with_us() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return line.getsockname()[1]
