# SPDX-License-Identifier: MIT
"""Encrypted fan-out: one post to many rooms, its keys to everybody's devices; each receiver must read it."""

import json
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from nio.crypto import Olm
from nio.events.to_device import OlmEvent
from nio.responses import KeysUploadResponse
from nio.store.database import SqliteMemoryStore

from benchmarks.rows import Row
from bot.platforms.matrix.encryption import Encryption
from bot.platforms.matrix.keystore import Folder
from bot.platforms.matrix.machine import Machine
from bot.platforms.matrix.rooms import Rooms

ROOMS, MEMBERS, PEOPLE = 50, 4, 40
POST = {"msgtype": "m.text", "body": "An edit-a-thon begins on Monday."}


class Receiver:
    """Somebody's device."""

    def __init__(self, number: int) -> None:
        self.user_id, self.device_id = f"@p{number}:hs.example", f"D{number}"
        self.olm = Olm(self.user_id, self.device_id, SqliteMemoryStore(self.user_id, self.device_id))
        uploaded = self.olm.share_keys()
        self.device_keys, self.one_time = uploaded["device_keys"], uploaded["one_time_keys"]
        self.olm.handle_response(KeysUploadResponse(0, len(self.one_time)))

    def reads(self, room_id: str, sealed: dict[str, Any]) -> str:
        session = self.olm.inbound_group_store.get(room_id, sealed["sender_key"], sealed["session_id"])
        return json.loads(session.decrypt(sealed["ciphertext"])[0])["content"]["body"]


class KeyServer:
    """Answers as a homeserver does to what concerns keys, and passes messages between devices on."""

    def __init__(self, receivers: list[Receiver]) -> None:
        self.user_id, self.device_id, self.wire = "@bot:hs.example", "BOT", self
        self._receivers = {each.user_id: each for each in receivers}

    async def ask(self, method: str, where: str, body: Any = None, **_: Any) -> dict[str, Any]:
        del method
        if where.endswith("keys/upload"):
            return {"one_time_key_counts": {"signed_curve25519": 50}}
        if where.endswith("keys/query"):
            return {"device_keys": {user: self._keys(user) for user in body["device_keys"]}}
        if where.endswith("keys/claim"):
            return {"one_time_keys": {user: self._claim(user) for user in body["one_time_keys"]}}
        for user, messages in body["messages"].items():
            for content in messages.values():
                event = {"type": "m.room.encrypted", "sender": self.user_id, "content": content}
                self._receivers[user].olm.decrypt_event(OlmEvent.from_dict(event))
        return {}

    def _keys(self, user: str) -> dict[str, Any]:
        each = self._receivers[user]
        return {each.device_id: json.loads(json.dumps(each.device_keys))}

    def _claim(self, user: str) -> dict[str, Any]:
        each = self._receivers[user]
        name = next(iter(each.one_time))
        return {each.device_id: {name: each.one_time.pop(name)}}


class Meter:
    """Counts our CPU time, and not that of the receivers, who are in this process too."""

    def __init__(self, server: KeyServer) -> None:
        self.spent = 0.0
        self._ask = server.ask
        server.ask = self._asked

    async def _asked(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        started = time.process_time()
        try:
            return await self._ask(*args, **kwargs)
        finally:
            self.spent += time.process_time() - started


async def fan_out() -> list[Row]:
    """Post twice to each of fifty rooms of four people."""
    receivers = [Receiver(number) for number in range(PEOPLE)]
    server = KeyServer(receivers)
    meter = Meter(server)
    rooms = Rooms()
    for number in range(ROOMS):
        room = rooms.enter(f"!room{number}:hs.example")
        room.encryption, room.complete = {"algorithm": "m.megolm.v1.aes-sha2"}, True
        members = [receivers[(number * MEMBERS + each) % PEOPLE].user_id for each in range(MEMBERS)]
        room.members = dict.fromkeys([*members, server.user_id], "join")
    with tempfile.TemporaryDirectory() as path:
        folder = Folder(Path(path))
        folder.prepare()
        machine = Machine(server, folder.open_keys(server.user_id, server.device_id))
        await machine.publish()
        encryption = Encryption(server, rooms, machine)
        turns = [[await _post(encryption, meter, room, receivers) for room in rooms] for _ in range(2)]
        machine.close()
    (first, read), (again, read_again) = ([list(side) for side in zip(*turn, strict=True)] for turn in turns)
    unread = 2 * ROOMS * MEMBERS - sum(read) - sum(read_again)
    return [
        _timed("a first post to an encrypted room, with keys to 4 devices, CPU", statistics.fmean(first)),
        _timed("the next post there, CPU", statistics.fmean(again)),
        Row("posts that a receiver could not read", str(unread), "0", unread == 0),
    ]


async def _post(encryption: Encryption, meter: Meter, room: Any, receivers: list[Receiver]) -> tuple[float, int]:
    meter.spent, started = 0.0, time.process_time()
    sealed = await encryption.encrypt(room, "m.room.message", POST)
    spent = time.process_time() - started - meter.spent
    here = [each for each in receivers if each.user_id in room.members]
    return spent * 1e3, sum(each.reads(room.id, sealed) == POST["body"] for each in here)


def _timed(subject: str, milliseconds: float) -> Row:
    return Row(subject, f"{milliseconds:.2f} ms", "≤ 10 ms", milliseconds <= 10)
