# SPDX-License-Identifier: MIT
"""Notices when the keys in the folder are an old copy of themselves, put back from a backup or a snapshot.

A device's keys move on with every message, so an old copy would use them a second time: other clients then refuse what
the bot says, for good. Nothing in the copy tells that it is old. So a word is kept in two places, in the folder and
with the homeserver, and changed at every start and every hour; where the two differ, the keys were not the last.
"""

import json
import logging
import secrets
from datetime import timedelta

from bot.platforms.matrix.api import Api
from bot.platforms.matrix.errors import Refusal
from bot.platforms.matrix.keystore import Folder, Login
from bot.platforms.matrix.shapes import text

log = logging.getLogger(__name__)

PERIOD = timedelta(hours=1)
"""How often the word changes; a copy that is younger is not noticed."""

KIND = "org.refdesk.keys"
"""The account data in which the homeserver keeps the word."""

FILE = "epoch.json"


class Epoch:
    """The word of the device that is in use."""

    def __init__(self, api: Api, folder: Folder) -> None:
        self._api = api
        self._folder = folder

    async def is_current(self, login: Login) -> bool:
        """Tell whether the keys of a device are those that it used last. Raises MatrixError."""
        kept = await self._kept()
        if text(kept, "device_id") != login.device_id:
            return True
        here = self._here(login)
        return text(kept, "epoch") in here

    async def turn(self, login: Login) -> None:
        """Change the word: here first, where the former one counts until the homeserver has the new one."""
        new = secrets.token_urlsafe(12)
        former = text(await self._kept(), "epoch")
        self._folder.write(FILE, json.dumps({"device_id": login.device_id, "epoch": new, "former": former}))
        try:
            await self._api.set_account_data(KIND, {"device_id": login.device_id, "epoch": new})
        except Refusal as error:
            log.warning("The homeserver keeps no account data, so an old copy of the keys would not be seen: %s", error)

    async def _kept(self) -> dict[str, object]:
        return await self._api.account_data(KIND)

    def _here(self, login: Login) -> set[str]:
        try:
            found = json.loads((self._folder.path / FILE).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return set()
        if text(found, "device_id") != login.device_id:
            return set()
        return {text(found, "epoch"), text(found, "former")} - {""}
