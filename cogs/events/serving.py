# SPDX-License-Identifier: MIT
"""A community's calendar for programs that subscribe to it, behind an address that nobody can guess."""

import secrets
from datetime import timedelta

from bot.kit import to_stamp
from bot.kit.database import Transaction

from . import store_lists
from .calendar import calendar
from .parts import Parts

PAST = timedelta(days=90)
"""For how long events stay in it once they are over; cancelled ones too, so that calendars strike them out."""


class Serving(Parts):
    """Provides `bot.kit.CalendarFeeds` to whatever serves the web."""

    async def secret_of(self, community_id: int, *, renew: bool = False) -> str:
        """Open a community's calendar and return its secret; a renewed one closes the address of before."""
        return await self.db.write(_opened, community_id, secrets.token_urlsafe(24), renew=renew)

    async def close_feed(self, community_id: int) -> bool:
        """Close a community's calendar; False when it was not open."""
        return await self.db.write(_closed, community_id)

    async def calendar(self, secret: str) -> bytes | None:
        """Return the calendar that a secret opens, or None."""
        return await self.db.read(_written, secret)


def _opened(tx: Transaction, community_id: int, fresh: str, *, renew: bool) -> str:
    if renew:
        _closed(tx, community_id)
    tx.run(
        """INSERT INTO event_calendars (community_id, secret, opened_at) VALUES (?, ?, ?)
           ON CONFLICT (community_id) DO NOTHING""",
        community_id,
        fresh,
        to_stamp(tx.now),
    )
    return str(tx.value("SELECT secret FROM event_calendars WHERE community_id = ?", community_id))


def _closed(tx: Transaction, community_id: int) -> bool:
    return bool(tx.run("DELETE FROM event_calendars WHERE community_id = ?", community_id))


def _written(tx: Transaction, secret: str) -> bytes | None:
    row = tx.one(
        """SELECT c.id, c.name FROM event_calendars e JOIN communities c ON c.id = e.community_id
           WHERE e.secret = ?""",
        secret,
    )
    if row is None:
        return None
    return calendar(store_lists.for_calendar(tx, row["id"], tx.now - PAST), row["name"])
