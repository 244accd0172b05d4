# SPDX-License-Identifier: MIT
"""What a number or a reaction on one of our messages stands for; kept in rows, so that it works after a restart."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from bot.core.exchange import Origin, PlaceRef
from bot.kit.database import Database, Transaction
from bot.kit.reply import Button
from bot.storage import bindings, places

NUMBERS_LAST = timedelta(hours=12)
"""How long a typed number means the button that had it last."""

VARIATION_SELECTOR = "\ufe0f"


@dataclass(frozen=True, slots=True)
class Pressed:
    """What is to be run, and the message that asked for it."""

    target: str
    arguments: Mapping[str, str]
    message_id: str


def plain_sign(sign: str) -> str:
    """Return an emoji as it is compared: clients disagree about variation selectors."""
    return sign.replace(VARIATION_SELECTOR, "")


class Bindings:
    """Binds signs to buttons, and finds what was pressed."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def bind(
        self,
        platform: str,
        place: PlaceRef,
        message_id: str,
        signs: Sequence[tuple[str, Button]],
        *,
        lasting: bool = False,
    ) -> None:
        """Remember what the signs on a message stand for; `lasting` ones (on cards) never end."""
        await self._db.write(_bind, platform, place, message_id, tuple(signs), None if lasting else NUMBERS_LAST)

    async def numbered(self, origin: Origin, number: str) -> Pressed | None:
        """Find the button that had this number last in this place."""
        return _pressed(await self._db.read(_numbered, origin, number))

    async def on(self, platform: str, place: PlaceRef, message_id: str, sign: str) -> Pressed | None:
        """Find what a reaction on one message stands for; None for foreign messages and other emoji."""
        return _pressed(await self._db.read(_on, platform, place, message_id, plain_sign(sign)))


def _pressed(found: bindings.Binding | None) -> Pressed | None:
    return None if found is None else Pressed(found.target, found.arguments, found.message_id)


def _bind(
    tx: Transaction,
    platform: str,
    ref: PlaceRef,
    message_id: str,
    signs: Sequence[tuple[str, Button]],
    lasts: timedelta | None,
) -> None:
    place = places.find(tx, platform, ref.channel_id, ref.thread_id)
    if place is not None:
        pairs = [bindings.Sign(plain_sign(sign), button.target, dict(button.arguments)) for sign, button in signs]
        expires_at = None if lasts is None else tx.now + lasts
        bindings.bind(tx, platform, place.id, message_id, pairs, expires_at=expires_at)


def _on(tx: Transaction, platform: str, ref: PlaceRef, message_id: str, sign: str) -> bindings.Binding | None:
    place = places.find(tx, platform, ref.channel_id, ref.thread_id)
    return None if place is None else bindings.find(tx, place.id, message_id, sign)


def _numbered(tx: Transaction, origin: Origin, number: str) -> bindings.Binding | None:
    place = places.find(tx, origin.platform, origin.place.channel_id, origin.place.thread_id)
    return None if place is None else bindings.latest(tx, place.id, number)
