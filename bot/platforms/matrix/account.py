# SPDX-License-Identifier: MIT
"""Becoming a device of the bot's account: the one of before while its keys are here, else a new one.

A device whose keys are lost, or that was revoked, can never read its rooms again: other clients encrypt for keys that
nobody has. So it is never taken up again; a new one is made where the password is known.
"""

import logging

from pydantic import SecretStr

from bot.kit.moment import Clock, to_stamp
from bot.platforms.matrix.api import Api
from bot.platforms.matrix.errors import Forbidden, Limited, Refusal, Revoked, StartError
from bot.platforms.matrix.keystore import Folder, Login

log = logging.getLogger(__name__)

DEVICE_NAME = "Refdesk"


class Account:
    """Who the bot is on its homeserver: a password, or a token with its device."""

    def __init__(
        self,
        api: Api,
        folder: Folder,
        clock: Clock,
        *,
        user_id: str,
        password: SecretStr | None = None,
        token: SecretStr | None = None,
        device_id: str = "",
        encrypted: bool = True,
    ) -> None:
        self._api = api
        self._folder = folder
        self._clock = clock
        self._user_id = user_id
        self._password = password
        self._token = token
        self._device_id = device_id
        self._encrypted = encrypted

    @property
    def password(self) -> str:
        """The password, or "" where only a token was given."""
        return self._password.get_secret_value() if self._password else ""

    async def enter(self) -> Login:
        """Take up the device of before, or become a new one. Raises StartError and MatrixError."""
        self._folder.prepare()
        if self._token is not None:
            return await self._with_token(self._token.get_secret_value())
        known = self._folder.login()
        if known is not None and (known.homeserver, known.user_id) == (self._api.wire.homeserver, self._user_id):
            if self._has_keys(known):
                return self._use(known)
            log.warning(
                "The keys of the Matrix device %s are not in %s any more. I log in as a new device: what was "
                "encrypted for the old one cannot be read, everything from now on can.",
                known.device_id,
                self._folder.path,
            )
        return await self.renew()

    async def renew(self, device_id: str = "") -> Login:
        """Log in as a new device, or once more as one that is only logged out. Raises StartError and MatrixError."""
        if not self.password:
            raise StartError(
                "The Matrix access token is not valid any more. Make a new one for a device of its own, and set "
                "MATRIX_ACCESS_TOKEN and MATRIX_DEVICE_ID; or set MATRIX_PASSWORD instead."
            )
        self._api.wire.token = ""
        try:
            found = await self._api.login(self._user_id, self.password, DEVICE_NAME, device_id)
        except Limited:
            raise
        except Forbidden as error:
            raise StartError(
                f"The homeserver does not let {self._user_id} in: {error.message or 'wrong password'}. "
                "Check MATRIX_USER and MATRIX_PASSWORD."
            ) from error
        except Refusal as error:
            raise StartError(f"{self._user_id} cannot log in with a password here: {error}") from error
        login = self._login(str(found["user_id"]), str(found["device_id"]), str(found["access_token"]))
        log.info("Logged in to Matrix as %s, device %s.", login.user_id, login.device_id)
        return self._use(login)

    async def _with_token(self, token: str) -> Login:
        known = self._folder.login()
        if known is not None and known.token == token and self._has_keys(known):
            return self._use(known)
        self._api.wire.token = token
        try:
            user_id, device_id = await self._api.whoami()
        except Revoked:
            return self._use(known) if known is not None and self._has_keys(known) else await self.renew()
        device_id = device_id or self._device_id
        if self._user_id and user_id != self._user_id:
            raise StartError(f"MATRIX_ACCESS_TOKEN belongs to {user_id}, not to {self._user_id} (MATRIX_USER).")
        if self._device_id and device_id != self._device_id:
            raise StartError(f"MATRIX_ACCESS_TOKEN belongs to the device {device_id}, not to {self._device_id}.")
        if not device_id:
            raise StartError("The homeserver does not say which device the token is of: set MATRIX_DEVICE_ID.")
        login = self._login(user_id, device_id, token)
        if not self._has_keys(login) and await self._has_published(user_id, device_id):
            return await self._replace_lost(device_id)
        return self._use(login)

    async def _replace_lost(self, device_id: str) -> Login:
        why = f"The Matrix device {device_id} has published keys that are not in {self._folder.path}"
        if self.password:
            log.warning("%s. I log in as a new device instead.", why)
            return await self.renew()
        raise StartError(
            f"{why}, so encrypted rooms could never be read. Make a token for a new device that no other program "
            "uses, or put the folder back, or set MATRIX_PASSWORD so that the bot can make one itself."
        )

    def _has_keys(self, login: Login) -> bool:
        return not self._encrypted or self._folder.has_keys(login.user_id, login.device_id)

    async def _has_published(self, user_id: str, device_id: str) -> bool:
        found = await self._api.wire.ask("POST", KEYS_QUERY, {"device_keys": {user_id: [device_id]}})
        devices = found.get("device_keys", {})
        return isinstance(devices, dict) and device_id in (devices.get(user_id) or {})

    def _login(self, user_id: str, device_id: str, token: str) -> Login:
        return Login(self._api.wire.homeserver, user_id, device_id, token, to_stamp(self._clock.now()))

    def _use(self, login: Login) -> Login:
        self._api.wire.token = login.token
        self._api.user_id, self._api.device_id = login.user_id, login.device_id
        self._folder.keep_login(login)
        return login


KEYS_QUERY = "/_matrix/client/v3/keys/query"
