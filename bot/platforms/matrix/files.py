# SPDX-License-Identifier: MIT
"""Files that go with an answer, and those that people hand over; encrypted where the room is.

Source: Matrix client-server API v1.13, "Sending encrypted attachments".
"""

from typing import Any

from nio.crypto.attachments import decrypt_attachment, encrypt_attachment
from nio.exceptions import EncryptionError

from bot.kit.arg import Upload
from bot.kit.errors import Unavailable
from bot.kit.reply import Attachment
from bot.kit.text import t
from bot.platforms.matrix.api import Api
from bot.platforms.matrix.content import Spot
from bot.platforms.matrix.errors import MatrixError
from bot.platforms.matrix.reading import FileRef
from bot.platforms.matrix.rooms import Rooms
from bot.platforms.matrix.shapes import text

LARGEST = 8 * 1024 * 1024
"""How many bytes of a file are taken from people."""


class Files:
    """Uploads and downloads."""

    def __init__(self, api: Api, rooms: Rooms) -> None:
        self._api = api
        self._rooms = rooms

    async def content(self, spot: Spot, file: Attachment) -> dict[str, Any]:
        """Upload a file and return the message that shows it. Raises MatrixError."""
        room = self._rooms.get(spot.room_id)
        content: dict[str, Any] = {
            "msgtype": "m.image" if file.media_type.startswith("image/") else "m.file",
            "body": str(file.description) or file.name,
            "filename": file.name,
            "info": {"mimetype": file.media_type, "size": len(file.content)},
            "m.mentions": {},
        }
        if room is not None and room.encrypted:
            sealed, keys = encrypt_attachment(file.content)
            address = await self._api.wire.upload(sealed, "application/octet-stream", "")
            content["file"] = {**keys, "url": address}
        else:
            content["url"] = await self._api.wire.upload(file.content, file.media_type, file.name)
        return content | ({"m.relates_to": spot.relation} if spot.relation else {})

    async def fetch(self, file: FileRef) -> Upload:
        """Download what somebody sent; raises Unavailable."""
        try:
            raw = await self._api.fetch_media(file.address, LARGEST)
            if file.key is not None:
                key = text(file.key, "key", "k")
                raw = decrypt_attachment(raw, key, text(file.key, "hashes", "sha256"), text(file.key, "iv"))
        except (MatrixError, EncryptionError, ValueError) as error:
            raise Unavailable(t("I could not read your file. Please send it again.")) from error
        return Upload(file.name, raw, file.media_type)
