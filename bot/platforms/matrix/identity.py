# SPDX-License-Identifier: MIT
"""The bot's cross-signing identity: without it, other clients warn of the bot or exchange no keys with it at all.

Sources: Matrix client-server API v1.13, "Cross-signing"; MSC4153, under which clients leave out devices that their
owner has not signed. The three seeds are kept beside the key store: who has them is the bot.
"""

import base64
import json
import logging
import os
from typing import Any

from Crypto.PublicKey import ECC
from Crypto.Signature import eddsa

from bot.platforms.matrix.api import Api
from bot.platforms.matrix.errors import MatrixError, Refusal
from bot.platforms.matrix.keystore import SEEDS, Folder
from bot.platforms.matrix.machine import Machine
from bot.platforms.matrix.shapes import mapping, text
from bot.platforms.matrix.wire import path

log = logging.getLogger(__name__)

USES = ("master", "self_signing", "user_signing")
_SEED_BYTES = 32


class SigningKey:
    """One Ed25519 key of the identity."""

    def __init__(self, seed: bytes) -> None:
        self._key = ECC.construct(curve="Ed25519", seed=seed)
        self.public = _unpadded(self._key.public_key().export_key(format="raw"))

    @property
    def name(self) -> str:
        """How signatures name the key."""
        return f"ed25519:{self.public}"

    def sign(self, content: dict[str, Any]) -> str:
        """Sign an object as Matrix does: canonical JSON without signatures and what is unsigned."""
        bare = {key: value for key, value in content.items() if key not in {"signatures", "unsigned"}}
        canonical = json.dumps(bare, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        return _unpadded(eddsa.new(self._key, "rfc8032").sign(canonical.encode()))


class Identity:
    """Publishes the identity once, and signs each new device with it."""

    def __init__(self, api: Api, folder: Folder, machine: Machine, password: str) -> None:
        self._api = api
        self._folder = folder
        self._machine = machine
        self._password = password

    async def ensure(self) -> None:
        """See that our device is signed by our identity; what prevents it is logged with what to do."""
        try:
            await self._ensure()
        except MatrixError as error:
            log.warning("The bot's device could not be signed, so others may see a warning beside it: %s", error)

    async def _ensure(self) -> None:
        user, device = self._api.user_id, self._api.device_id
        found = await self._api.wire.ask("POST", path("keys", "query"), {"device_keys": {user: []}})
        public = next(iter(mapping(found, "master_keys", user, "keys").values()), None)
        keys = self._load()
        if public is not None and (keys is None or keys["master"].public != public):
            if not self._password:
                log.warning(
                    "The account has a cross-signing identity that is not in %s: put the file %s back, or set "
                    "MATRIX_PASSWORD so that the bot can replace it. Until then others see a warning.",
                    self._folder.path,
                    SEEDS,
                )
                return
            log.warning("The bot's cross-signing identity is lost and is replaced; whoever verified it sees a change.")
        if keys is None or keys["master"].public != public:
            keys = keys or self._make()
            await self._publish(keys)
        await self._sign_device(mapping(found, "device_keys", user, device), keys["self_signing"])

    async def _publish(self, keys: dict[str, SigningKey]) -> None:
        user, device = self._api.user_id, self._api.device_id
        master: dict[str, Any] = _described(user, "master", keys["master"])
        master["signatures"] = {user: {f"ed25519:{device}": self._machine.olm.sign_json(dict(master))}}
        body: dict[str, Any] = {"master_key": master}
        for use in USES[1:]:
            part = _described(user, use, keys[use])
            body[f"{use}_key"] = {**part, "signatures": {user: {keys["master"].name: keys["master"].sign(part)}}}
        where = path("keys", "device_signing", "upload")
        try:
            await self._api.wire.ask("POST", where, body)
        except Refusal as error:
            session = text(error.body, "session")
            if error.status != 401 or not session or not self._password:
                raise
            proof = {
                "type": "m.login.password",
                "session": session,
                "password": self._password,
                "identifier": {"type": "m.id.user", "user": user},
            }
            await self._api.wire.ask("POST", where, {**body, "auth": proof})
        log.info("The bot's cross-signing identity is published.")

    async def _sign_device(self, device: dict[str, Any], key: SigningKey) -> None:
        user, device_id = self._api.user_id, self._api.device_id
        if not device or key.name in mapping(device, "signatures", user):
            return
        bare = {name: value for name, value in device.items() if name != "unsigned"}
        signed = {**bare, "signatures": {user: {key.name: key.sign(bare)}}}
        body = {user: {device_id: signed}}
        found = await self._api.wire.ask("POST", path("keys", "signatures", "upload"), body)
        if failures := mapping(found, "failures"):
            raise Refusal(200, "M_INVALID_SIGNATURE", json.dumps(failures)[:300])
        log.info("The device %s is signed by the bot's identity.", device_id)

    def _load(self) -> dict[str, SigningKey] | None:
        try:
            kept = json.loads((self._folder.path / SEEDS).read_text(encoding="utf-8"))
            return {use: SigningKey(base64.b64decode(kept[use])) for use in USES}
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.warning("The file %s in %s cannot be read: %r", SEEDS, self._folder.path, error)
            return None

    def _make(self) -> dict[str, SigningKey]:
        seeds = {use: os.urandom(_SEED_BYTES) for use in USES}
        kept = {use: base64.b64encode(seed).decode() for use, seed in seeds.items()}
        self._folder.write(SEEDS, json.dumps(kept))
        return {use: SigningKey(seed) for use, seed in seeds.items()}


def _described(user: str, use: str, key: SigningKey) -> dict[str, Any]:
    return {"user_id": user, "usage": [use], "keys": {key.name: key.public}}


def _unpadded(raw: bytes) -> str:
    return base64.b64encode(raw).decode().rstrip("=")
