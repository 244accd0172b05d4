# SPDX-License-Identifier: MIT
"""The bot's keys: kept private, renewed in time, and no use to whoever forges a sender."""

import json
import logging
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from nio.crypto import Olm
from nio.events.to_device import OlmEvent
from nio.responses import KeysUploadResponse
from nio.store.database import SqliteMemoryStore
from pydantic import SecretStr

from bot.platforms.matrix.encryption import Encryption
from bot.platforms.matrix.errors import StartError
from bot.platforms.matrix.keystore import Folder
from bot.platforms.matrix.machine import Machine
from bot.platforms.matrix.rooms import Rooms
from tests.platforms.matrix.matrixplay import Bot
from tests.platforms.matrix.samplecog import Sample

ME, ANA, BEN = "@refdesk:hs.example", "@ana:hs.example", "@ben:hs.example"
ROOM = "!room:hs.example"
FALLBACK = "device_unused_fallback_key_types"


class Device:
    """Somebody else's device."""

    def __init__(self, user_id):
        self.user_id, self.device_id = user_id, f"DEVICE-{user_id[1:4]}"
        self.olm = Olm(user_id, self.device_id, SqliteMemoryStore(user_id, self.device_id))
        uploaded = self.olm.share_keys()
        self.keys, self.one_time = uploaded["device_keys"], uploaded["one_time_keys"]
        self.olm.handle_response(KeysUploadResponse(0, len(self.one_time)))

    def says(self, words, machine):
        """Seal words for a room, and the session's key for the bot; return (message, letter)."""
        self.olm.create_outbound_group_session(ROOM)
        session = self.olm.outbound_group_sessions[ROOM]
        session.shared = True
        content = {"algorithm": "m.megolm.v1.aes-sha2", "room_id": ROOM, "session_id": session.id}
        content["session_key"] = session.session_key
        bot = SimpleNamespace(
            user_id=ME,
            curve25519=machine.olm.account.identity_keys["curve25519"],
            ed25519=machine.olm.account.identity_keys["ed25519"],
        )
        key = next(iter(machine.olm.account.one_time_keys["curve25519"].values()))
        letter = self.olm._olm_encrypt(self.olm.create_session(key, bot.curve25519), bot, "m.room_key", content)
        words = {"msgtype": "m.text", "body": words}
        return self.olm.group_encrypt(ROOM, {"type": "m.room.message", "content": words}), letter


class KeyServer:
    """What a homeserver keeps of keys."""

    user_id, device_id = ME, "BOT"

    def __init__(self, *devices):
        self.wire = self
        self.devices = {device.user_id: device for device in devices}
        self.uploads = []

    async def ask(self, method, where, body=None, **_):
        if where.endswith("upload"):
            self.uploads.append(body)
            return {"one_time_key_counts": {"signed_curve25519": 50}}
        if where.endswith("query"):
            found = {user: self.devices[user] for user in body["device_keys"]}
            return {"device_keys": {user: {d.device_id: json.loads(json.dumps(d.keys))} for user, d in found.items()}}
        if where.endswith("claim"):
            found = {user: self.devices[user] for user in body["one_time_keys"]}
            return {"one_time_keys": {user: {d.device_id: dict([d.one_time.popitem()])} for user, d in found.items()}}
        for user, letters in body["messages"].items():
            event = {"type": "m.room.encrypted", "sender": ME, "content": letters[self.devices[user].device_id]}
            self.devices[user].olm.decrypt_event(OlmEvent.from_dict(event))
        return {}


@pytest.fixture
def ana():
    return Device(ANA)


@pytest.fixture
def server(ana):
    return KeyServer(ana)


@pytest.fixture
def machine(server, tmp_path):
    folder = Folder(tmp_path / "keys")
    folder.prepare()
    machine = Machine(server, folder.open_keys(ME, "BOT"))
    yield machine
    machine.close()


async def test_a_fallback_key_is_published_at_first_and_whenever_it_was_used(machine, server):
    await machine.publish()
    [first] = server.uploads
    assert len(first["one_time_keys"]) == 50
    [key] = first["fallback_keys"].values()
    assert key["fallback"] is True
    assert f"ed25519:{server.device_id}" in key["signatures"][ME]
    machine.take({FALLBACK: ["signed_curve25519"], "device_one_time_keys_count": {"signed_curve25519": 50}})
    await machine.publish()
    assert len(server.uploads) == 1
    machine.take({FALLBACK: []})
    await machine.publish()
    assert list(server.uploads[1]) == ["fallback_keys"]
    assert server.uploads[1]["fallback_keys"].keys() != first["fallback_keys"].keys()


async def test_one_time_keys_are_renewed_before_they_run_out(machine, server):
    await machine.publish()
    machine.take({"device_one_time_keys_count": {"signed_curve25519": 20}})
    await machine.publish()
    assert len(server.uploads[1]["one_time_keys"]) == 30
    machine.take({"device_one_time_keys_count": {}})
    await machine.publish()
    assert len(server.uploads[2]["one_time_keys"]) == 50


async def test_what_a_member_says_is_read_and_what_somebody_else_passes_off_as_theirs_is_not(machine, ana):
    await machine.query([ANA])
    machine.olm.account.generate_one_time_keys(1)
    sealed, letter = ana.says("hello", machine)
    event = {"type": "m.room.encrypted", "sender": ANA, "content": sealed, "event_id": "$1", "origin_server_ts": 1}
    assert machine.decrypt(ROOM, event) is None
    machine.take({"to_device": {"events": [{"type": "m.room.encrypted", "sender": ANA, "content": letter}]}})
    assert machine.decrypt(ROOM, event)["content"]["body"] == "hello"
    assert machine.decrypt(ROOM, {**event, "event_id": "$replayed"}) is None
    again = ana.olm.group_encrypt(ROOM, {"type": "m.room.message", "content": {"body": "forged"}})
    forged = {**event, "event_id": "$2", "sender": BEN, "content": again}
    assert machine.decrypt(ROOM, forged) is None


async def test_no_key_is_waited_for_where_a_message_was_taken_back(machine, server):
    encryption = Encryption(server, Rooms(), machine)
    event = {"type": "m.room.encrypted", "sender": ANA, "event_id": "$1", "origin_server_ts": 1}
    sealed = {"ciphertext": "x", "session_id": "y", "sender_key": "z"}
    assert encryption.read(ROOM, {**event, "content": sealed}) is None
    assert encryption.is_unread("$1")
    assert encryption.read(ROOM, {**event, "event_id": "$2", "content": {}}) is None
    assert not encryption.is_unread("$2")


async def test_whoever_comes_late_gets_the_next_key_and_whoever_left_does_not(machine, server, ana):
    rooms = Rooms()
    room = rooms.enter(ROOM)
    room.encryption, room.complete, room.members = {"algorithm": "x"}, True, {ME: "join", ANA: "join"}
    encryption = Encryption(server, rooms, machine)
    first = await encryption.encrypt(room, "m.room.message", {"body": "one"})
    assert ana.olm.inbound_group_store.get(ROOM, first["sender_key"], first["session_id"])
    same = await encryption.encrypt(room, "m.room.message", {"body": "two", "m.relates_to": {"rel_type": "m.thread"}})
    assert same["session_id"] == first["session_id"]
    assert same["m.relates_to"] == {"rel_type": "m.thread"}
    server.devices[BEN] = ben = Device(BEN)
    room.members[BEN] = "join"
    encryption.renew(ROOM)
    second = await encryption.encrypt(room, "m.room.message", {"body": "three"})
    assert second["session_id"] != first["session_id"]
    assert ben.olm.inbound_group_store.get(ROOM, second["sender_key"], second["session_id"])
    room.members[ANA] = "leave"
    encryption.renew(ROOM)
    third = await encryption.encrypt(room, "m.room.message", {"body": "four"})
    assert ana.olm.inbound_group_store.get(ROOM, third["sender_key"], third["session_id"]) is None
    encryption.renew_with(BEN)
    fourth = await encryption.encrypt(room, "m.room.message", {"body": "five"})
    assert fourth["session_id"] != third["session_id"]


def test_the_keys_are_for_their_owner_only(machine, tmp_path):
    files = list((tmp_path / "keys").iterdir())
    assert files
    assert all(file.stat().st_mode & 0o077 == 0 for file in files if file.suffix == ".db")


# At the start.


def encrypted(setup):
    return replace(setup, encryption=True)


async def test_keys_that_cannot_be_read_are_set_aside_for_a_new_device(homeserver, tmp_path, caplog):
    bot = Bot(tmp_path, homeserver, (Sample,), setup=encrypted)
    await bot.open()
    former = bot.platform.courier.login.device_id
    await bot.close()
    [keys] = (tmp_path / "matrix").glob("keys*.db")
    for file in (tmp_path / "matrix").glob("keys*"):
        file.unlink()
    keys.write_bytes(b"this is no database, and never was one")
    with caplog.at_level(logging.WARNING):
        await bot.open()
    try:
        assert bot.platform.courier.login.device_id != former
        assert "are of no use" in caplog.text
        assert list((tmp_path / "matrix").glob("*.broken"))
        seeds = tmp_path / "matrix" / "cross-signing.json"
        assert seeds.stat().st_mode & 0o777 == 0o600
    finally:
        await bot.close()


@pytest.fixture
async def homeserver():
    from tests.platforms.matrix.homeserver import Homeserver

    async with Homeserver() as running:
        yield running


async def test_a_token_whose_keys_are_elsewhere_is_not_taken(homeserver, tmp_path):
    me = homeserver.user("Refdesk")
    homeserver.accounts[me].tokens["theirs"] = "BROWSER"
    homeserver.accounts[me].keys["devices"] = {"BROWSER": {"keys": {}}}

    def browser(setup):
        return replace(setup, encryption=True, password=None, token=SecretStr("theirs"), device_id="BROWSER")

    with pytest.raises(StartError, match="that no other program"):
        await Bot(tmp_path, homeserver, (Sample,), setup=browser).open()


async def test_whoever_cannot_be_read_in_a_private_chat_is_told_so_after_a_while(homeserver, tmp_path):
    bot = Bot(tmp_path, homeserver, (Sample,), setup=encrypted)
    await bot.open()
    try:
        room = await bot.enter("Ana", is_direct=True, name="")
        sealed = {"algorithm": "m.megolm.v1.aes-sha2", "sender_key": "k", "session_id": "s", "ciphertext": "c"}
        await homeserver.send(room, homeserver.user("Ana"), "m.room.encrypted", sealed)
        await bot.settle()
        assert homeserver.from_(room, bot.user_id) == []
        bot.clock.move(timedelta(seconds=21))
        await bot.passes(lambda: homeserver.from_(room, bot.user_id))
        [told] = homeserver.from_(room, bot.user_id)
        assert "I cannot read your message" in told["content"]["body"]
    finally:
        await bot.close()
