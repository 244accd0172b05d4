# SPDX-License-Identifier: MIT
"""The keys of our device and of everybody else's: nio's Olm machine, fed from raw answers of the homeserver.

What nio lacks is here: fallback keys (so that people can begin a conversation while the bot is down), new devices of
old members, and a look at whether a message was encrypted by a device of its sender. Source: Matrix client-server API
v1.13, "End-to-End Encryption".
"""

import json
import logging
import secrets
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from nio.crypto import Olm
from nio.events.to_device import OlmEvent
from nio.responses import KeysClaimResponse, KeysQueryResponse, KeysUploadResponse

from bot.platforms.matrix.api import Api
from bot.platforms.matrix.keystore import KeyDatabase
from bot.platforms.matrix.shapes import Event, events, mapping, strings, text, whole
from bot.platforms.matrix.wire import path

log = logging.getLogger(__name__)
logging.getLogger("nio").setLevel(
    logging.ERROR
)  # it warns of what is ordinary, such as a device met for the first time

ENOUGH_KEYS = 25
"""How many one-time keys may be left on the homeserver before new ones are uploaded."""

ALGORITHM = "m.megolm.v1.aes-sha2"
"""The one algorithm by which rooms are encrypted."""

FALLBACK = "signed_curve25519"


class Machine:
    """Our device's keys. Every method is called from the event loop's own thread."""

    def __init__(self, api: Api, store: KeyDatabase) -> None:
        self.olm = Olm(api.user_id, api.device_id, store)
        self._api = api
        self._store = store
        self._wants_fallback = not self.olm.account.shared
        self._txn = secrets.token_urlsafe(9)
        self._sent = 0

    def close(self) -> None:
        """Close the key store."""
        self._store.database.close()

    async def publish(self) -> None:
        """Publish the device's keys, and more one-time keys where they run low. Raises MatrixError."""
        left = self.olm.uploaded_key_count
        low = left is not None and left < ENOUGH_KEYS
        if self.olm.account.shared and not low and not self._wants_fallback:
            return
        body: dict[str, Any] = {}
        if not self.olm.account.shared or low:
            body = self.olm.share_keys()
        if self._wants_fallback:
            body["fallback_keys"] = self._fallback_keys()
        self.olm.save_account()
        found = await self._api.wire.ask("POST", path("keys", "upload"), body)
        self._wants_fallback = False
        self.olm.handle_response(KeysUploadResponse(0, whole(found, "one_time_key_counts", FALLBACK) or 0))

    async def query(self, users: Iterable[str] = ()) -> None:
        """Learn the devices of users that changed or that we do not know. Raises MatrixError."""
        wanted = {*users, *self.olm.users_for_key_query}
        if not wanted:
            return
        body: dict[str, Any] = {"device_keys": {user: [] for user in wanted}}
        found = await self._api.wire.ask("POST", path("keys", "query"), body)
        devices = {user: mapping(found, "device_keys", user) for user in wanted}
        self.olm.handle_response(KeysQueryResponse({user: _sound(each) for user, each in devices.items()}, {}))
        self.olm.users_for_key_query -= wanted

    async def claim(self, devices: dict[str, list[str]]) -> None:
        """Begin conversations with devices by one of their one-time keys. Raises MatrixError."""
        if not devices:
            return
        wanted = {user: dict.fromkeys(names, "signed_curve25519") for user, names in devices.items()}
        found = await self._api.wire.ask("POST", path("keys", "claim"), {"one_time_keys": wanted})
        given = {user: mapping(found, "one_time_keys", user) for user in wanted}
        for user, names in given.items():
            for device_id, keys in names.items():
                self._begin(user, device_id, keys)

    def take(self, answer: dict[str, Any]) -> set[tuple[str, str]]:
        """Learn from a sync; return which (room, session) keys came with it."""
        counts = mapping(answer, "device_one_time_keys_count")
        if counts or "device_one_time_keys_count" in answer:
            self.olm.uploaded_key_count = whole(counts, "signed_curve25519") or 0
        kinds = answer.get("device_unused_fallback_key_types")
        if isinstance(kinds, list) and FALLBACK not in kinds:
            self._wants_fallback = True
        came = set()
        for event in events(answer, "to_device", "events"):
            try:
                came |= self._take_to_device(event)
            except Exception:
                log.exception("A message from device to device (%s) could not be used.", text(event, "type"))
        return came

    def decrypt(self, room_id: str, event: Event) -> Event | None:
        """Return the event that was encrypted, or None while its key is missing."""
        content = mapping(event, "content")
        sender_key, session_id = text(content, "sender_key"), text(content, "session_id")
        session = self.olm.inbound_group_store.get(room_id, sender_key, session_id)
        if session is None:
            return None
        plaintext, index = session.decrypt(text(content, "ciphertext"))
        seen = SimpleNamespace(
            sender_key=sender_key,
            session_id=session_id,
            event_id=text(event, "event_id"),
            server_timestamp=whole(event, "origin_server_ts"),
        )
        if not self.olm.message_index_ok(index, seen) or not self._is_of(text(event, "sender"), sender_key):
            log.warning("%s: an encrypted message is not what it claims to be; it is ignored.", room_id)
            return None
        found = json.loads(plaintext)
        if not isinstance(found, dict) or text(found, "room_id") != room_id:
            return None
        inner = mapping(found, "content")
        if "m.relates_to" not in inner and "m.relates_to" in content:
            inner["m.relates_to"] = content["m.relates_to"]
        return {**event, "type": text(found, "type"), "content": inner, "encrypted": True}

    def changed(self, answer: dict[str, Any]) -> set[str]:
        """Return whose devices have changed, according to a sync."""
        users = set(strings(answer, "device_lists", "changed"))
        known = {user for user in users if user in self.olm.tracked_users}
        self.olm.add_changed_users(known)
        for user in strings(answer, "device_lists", "left"):
            self.olm.tracked_users.discard(user)
        return users

    def sealed_keys(self, room_id: str, users: Iterable[str]) -> dict[str, dict[str, Any]]:
        """Begin a new session for a room and return its key, sealed for each device of some users.

        nio's own way asks the database about each device's trust, which the bot does not tell apart: whoever is in a
        room may read what it says there.
        """
        self.olm.create_outbound_group_session(room_id)
        session = self.olm.outbound_group_sessions[room_id]
        content = {
            "algorithm": ALGORITHM,
            "room_id": room_id,
            "session_id": session.id,
            "session_key": session.session_key,
        }
        sealed: dict[str, dict[str, Any]] = {}
        with self._store.database.atomic():
            for user in users:
                for device in self.olm.device_store.active_user_devices(user):
                    conversation = self.olm.session_store.get(device.curve25519)
                    if conversation is not None and device.id != self._api.device_id:
                        letter = self.olm._olm_encrypt(conversation, device, "m.room_key", content)  # noqa: SLF001
                        sealed.setdefault(user, {})[device.id] = letter
        return sealed

    async def unwedge(self) -> None:
        """Mend conversations with devices whose messages could not be read. Raises MatrixError."""
        if self.olm.wedged_devices or self.olm.key_request_devices_no_session:
            await self.claim(self.olm.get_users_for_key_claiming())
        for waiting in list(self.olm.outgoing_to_device_messages):
            self.olm.outgoing_to_device_messages.remove(waiting)
            await self.send_to_devices(waiting.type, waiting.as_dict()["messages"])

    async def send_to_devices(self, kind: str, messages: dict[str, Any]) -> None:
        """Send messages from device to device. Raises MatrixError."""
        self._sent += 1
        txn = f"{self._txn}.{self._sent}"
        await self._api.wire.ask("PUT", path("sendToDevice", kind, txn), {"messages": messages})

    def _take_to_device(self, event: Event) -> set[tuple[str, str]]:
        if event["type"] != "m.room.encrypted":
            return set()
        parsed = OlmEvent.from_dict(event)
        if not isinstance(parsed, OlmEvent):
            return set()
        opened = self.olm.decrypt_event(parsed)
        room_id, session_id = getattr(opened, "room_id", None), getattr(opened, "session_id", None)
        return {(room_id, session_id)} if isinstance(room_id, str) and isinstance(session_id, str) else set()

    def _begin(self, user: str, device_id: str, keys: Any) -> None:
        answer = KeysClaimResponse({user: {device_id: keys}}, {})
        try:
            self.olm.handle_response(answer)
        except Exception as error:  # noqa: BLE001 (one device's broken key must not cost the others theirs)
            log.warning("No conversation could be begun with the device %s of %s: %s", device_id, user, error)

    def _is_of(self, sender: str, sender_key: str) -> bool:
        """Tell whether a key is of one of the sender's devices, as far as we know them."""
        if sender_key == self.olm.account.identity_keys["curve25519"]:
            return bool(sender == self.olm.user_id)
        owners = {device.user_id for device in self.olm.device_store if device.curve25519 == sender_key}
        if not owners:
            self.olm.users_for_key_query.add(sender)
        return not owners or sender in owners

    def _fallback_keys(self) -> dict[str, Any]:
        account = self.olm.account._account  # noqa: SLF001 (nio has no fallback keys, the library beneath it has)
        account.generate_fallback_key()
        found = {}
        for key_id, key in account.fallback_key.items():
            signed = {"key": key.to_base64(), "fallback": True}
            signature = self.olm.sign_json(signed)
            name = f"signed_curve25519:{key_id}"
            found[name] = {**signed, "signatures": {self.olm.user_id: {f"ed25519:{self.olm.device_id}": signature}}}
        return found


def _sound(devices: dict[str, Any]) -> dict[str, Any]:
    """Leave out devices whose description lacks what every one must have."""
    return {
        name: device
        for name, device in devices.items()
        if text(device, "user_id") and text(device, "device_id") and mapping(device, "keys")
    }
