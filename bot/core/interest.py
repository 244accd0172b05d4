# SPDX-License-Identifier: MIT
"""Asks the chats' own calendars who is interested in what was entered there, and brings pictures there."""

import logging
from collections.abc import Callable

from bot.core.courier import Calendar, CourierError, Gone, Refused
from bot.kit.database import Database, Transaction
from bot.kit.people import Identity, Place
from bot.kit.posting import Illustrated, Interested
from bot.kit.reply import Attachment
from bot.storage import outbox, people, places, posts

log = logging.getLogger(__name__)


class Interest:
    """Implements `bot.kit.posting.ChatCalendars`; `calendar` finds a platform's, while it is connected."""

    def __init__(self, db: Database, calendar: Callable[[str], Calendar | None]) -> None:
        self._db = db
        self._calendar = calendar

    async def interested(self, key: str) -> Interested:
        """Return who is interested in an entry, over all chats that were asked."""
        found: set[Identity] = set()
        complete = True
        for platform, place, entry_id in await self._db.read(_entries, key):
            calendar = self._calendar(platform)
            try:
                if calendar is None:
                    complete = False
                else:
                    found.update(await calendar.interested(place, entry_id))
            except CourierError as error:
                log.info("Who is interested in %s is not known: %s", key, error)
                complete = False
        ids = await self._db.write(_recognised, found) if found else ()
        return Interested(ids, complete)

    async def illustrate(self, key: str, picture: Attachment | None) -> Illustrated:
        """Let an entry show a picture, or none, in one home after the other."""
        standing, homes = await self._db.read(lambda tx: (_entries(tx, key), outbox.homes_of_key(tx, key)))
        shown = refused = 0
        later = len(homes - {place.home_id for _, place, _ in standing})
        for platform, place, entry_id in standing:
            calendar = self._calendar(platform)
            try:
                if calendar is None:
                    later += 1
                else:
                    await calendar.illustrate(place, entry_id, picture)
                    shown += 1
            except Gone:
                continue  # a moderator deleted the entry, and is not asked about its picture
            except Refused as error:
                log.info("The entry %s gets no picture: %s", key, error)
                refused += 1
            except CourierError as error:
                log.info("The entry %s gets its picture later: %s", key, error)
                later += 1
        return Illustrated(shown, later, refused)


def _entries(tx: Transaction, key: str) -> tuple[tuple[str, Place, str], ...]:
    known = ((post.platform, places.get(tx, post.place_id or 0), post.message_id) for post in posts.of_key(tx, key))
    return tuple((platform, place, entry_id) for platform, place, entry_id in known if place is not None)


def _recognised(tx: Transaction, accounts: set[Identity]) -> tuple[int, ...]:
    found = (people.recognise(tx, each.platform, each.external_id, each.name) for each in accounts)
    return tuple(sorted({person.id for person in found}))
