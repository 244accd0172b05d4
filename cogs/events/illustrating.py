# SPDX-License-Identifier: MIT
"""Brings the picture of an event to the chats' own calendars, once the event stands there; nothing waits for it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.kit import (
    Attachment,
    Code,
    Community,
    Field,
    Illustrated,
    Late,
    Reply,
    Text,
    Tone,
    Transaction,
    Unavailable,
    at,
    t,
)

from . import covers, entries, store, store_lists
from .card import title
from .model import Event
from .parts import Parts

SOON = timedelta(seconds=15)
"""After so long an event stands in the chats' calendars, if nothing is in the way."""
AGAIN = (timedelta(minutes=1), timedelta(minutes=10), timedelta(hours=1))
"""After how long a picture is tried again that cannot be had, or a chat that does not answer."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """An entry whose picture is another one than it should be; `address` "" is none."""

    event: Event
    key: str
    address: str


class Illustrating(Parts):
    """Pictures of events where a chat keeps a calendar of its own; elsewhere the card links them."""

    @at(late=Late.RUN)
    async def bring_cover(self, community: Community, payload: Mapping[str, Any]) -> None:
        """Fetch an event's picture once, and let its entries show it; who organises it hears once that it cannot be."""
        del community
        wanted = await self.db.read(_wanted, int(payload["event_id"]))
        if wanted is None:
            return
        tries = int(payload.get("tries", 0))
        try:
            picture = await covers.fetch(self.http, wanted.address) if wanted.address else None
        except covers.CoverTrouble as trouble:
            await self.db.write(self._without, wanted, trouble.text)
        except Unavailable as trouble:
            if not await self.db.write(self._again, wanted, tries):
                await self.db.write(self._without, wanted, trouble.text)
        else:
            await self._bring(wanted, picture, tries)

    def cover_later(self, tx: Transaction, event: Event) -> None:
        """Set the timer for an event's picture where its entry lacks it."""
        if _wanted(tx, event.id) is not None:
            self._set(tx, event, tx.now + SOON, 0)

    async def _bring(self, wanted: Wanted, picture: Attachment | None, tries: int) -> None:
        came: Illustrated = await self.calendars.illustrate(wanted.key, picture)
        if came.refused and not came.shown:
            why = t("The chat does not take this picture: it is damaged, or too large.")
            await self.db.write(self._without, wanted, why)
        elif came.shown and not came.later:
            await self.db.write(store_lists.note_cover, wanted.key, wanted.address)
        else:
            await self.db.write(self._again, wanted, tries)

    def _again(self, tx: Transaction, wanted: Wanted, tries: int) -> bool:
        """Try once more later; False after the last time. What is still missing then is seen at the next look."""
        if tries >= len(AGAIN):
            return False
        self._set(tx, wanted.event, tx.now + AGAIN[tries], tries + 1)
        return True

    def _without(self, tx: Transaction, wanted: Wanted, why: Text) -> None:
        """Let an entry be without its picture, and say so once."""
        store_lists.note_cover(tx, wanted.key, wanted.address)
        event, name = wanted.event, hashlib.sha256(wanted.address.encode()).hexdigest()[:12]
        said = Reply(
            t(
                "Your event stands in the chat's own list of events without its picture. {command} gives it another.",
                command=Code(f"event edit {event.name} cover=https://…"),
            ),
            title=title(event),
            fields=(Field(t("Picture"), wanted.address), Field(t("Reason"), why)),
            tone=Tone.WARNING,
        )
        if event.organiser is not None:
            self.news.tell(tx, event, event.organiser.id, f"cover:{name}", said, event.ends_at)
        else:
            self.news.tell_moderators(tx, event.community_id, f"event:{event.id}:cover:{name}", said)

    def _set(self, tx: Transaction, event: Event, moment: Any, tries: int) -> None:
        payload = {"event_id": event.id, "tries": tries}
        self.timers.set(tx, self.bring_cover, event.community_id, str(event.id), moment, payload)


def _wanted(tx: Transaction, event_id: int) -> Wanted | None:
    event = store.find(tx, event_id)
    key = None if event is None else entries.current_key(tx, event)
    if event is None or key is None or store_lists.cover_of(tx, key) == event.content.cover:
        return None
    return Wanted(event, key, event.content.cover)
