# SPDX-License-Identifier: MIT
"""A community's calendar for programs that subscribe to it, behind an address that nobody can guess."""

import hmac
import secrets
from datetime import timedelta
from enum import StrEnum
from typing import Annotated

from bot.kit import (
    Answer,
    Arg,
    Code,
    Context,
    Level,
    Link,
    Reply,
    Tone,
    Transaction,
    UserError,
    Visible,
    command,
    t,
    to_stamp,
)

from . import store_lists
from .calendar import calendar
from .model import Event
from .parts import Parts, aside

PAST = timedelta(days=90)
"""For how long events stay in it once they are over; cancelled ones too, so that calendars strike them out."""


class Door(StrEnum):
    """What to do with a community's calendar."""

    OPEN = "open"
    RENEW = "renew"
    CLOSE = "close"

    @property
    def label(self) -> str:
        """What people read."""
        return {"renew": "Renew: the address of before works no longer"}.get(self.value, self.value.capitalize())


class Serving(Parts):
    """Provides `bot.kit.CalendarFeeds` to whatever serves the web."""

    @command(
        "event address",
        "Open, renew or close the calendar that programs subscribe to",
        level=Level.MODERATOR,
        example="event address open",
        task="event",
        visible=Visible.SECRET,
    )
    async def set_address(self, ctx: Context, change: Annotated[Door, Arg("What to do with it")] = Door.OPEN) -> Answer:
        """Tell the address of the community's calendar, or close it."""
        if change is Door.CLOSE:
            if not await self.close_feed(ctx.community.id):
                raise UserError(t("There is no open calendar here."))
            return Reply(t("The calendar is closed; its address works no longer."), tone=Tone.GOOD)
        if not self.workspace.calendars:
            raise UserError(
                t(
                    "Whoever runs me does not serve calendars yet: it takes the setting {name}.",
                    name=Code("REFDESK_CALENDAR_PORT"),
                )
            )
        secret = await self.secret_of(ctx.community.id, renew=change is Door.RENEW)
        return Reply(
            t(
                "Whoever knows this address can read your announced events. {command} tells it to members; {renew} "
                "makes a new one, {close} closes it.",
                command=Code("event calendar"),
                renew=Code("event address renew"),
                close=Code("event address close"),
            ),
            link=Link(t("Subscribe with your calendar"), self._address(secret)),
            tone=Tone.GOOD,
        )

    async def subscribing(self, community_id: int) -> Link | None:
        """Return where a community's calendar can be subscribed to; None while that is closed."""
        secret = await self.db.read(_secret, community_id) if self.workspace.calendars else None
        return None if secret is None else Link(t("Subscribe with your calendar"), self._address(secret))

    def _address(self, secret: str) -> str:
        return f"{self.workspace.calendars}/calendar/{secret}.ics"

    async def secret_of(self, community_id: int, *, renew: bool = False) -> str:
        """Open a community's calendar and return its secret; a renewed one closes the address of before."""
        return await self.db.write(_opened, community_id, secrets.token_urlsafe(24), renew=renew)

    async def close_feed(self, community_id: int) -> bool:
        """Close a community's calendar; False when it was not open."""
        return await self.db.write(_closed, community_id)

    async def calendar(self, secret: str) -> bytes | None:
        """Return the calendar that a secret opens, or None."""
        found = await self.db.read(_found, secret)
        return None if found is None else await aside(calendar, *found)


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


def _secret(tx: Transaction, community_id: int) -> str | None:
    found: str | None = tx.value("SELECT secret FROM event_calendars WHERE community_id = ?", community_id)
    return found


def _closed(tx: Transaction, community_id: int) -> bool:
    return bool(tx.run("DELETE FROM event_calendars WHERE community_id = ?", community_id))


def _found(tx: Transaction, secret: str) -> tuple[tuple[Event, ...], str] | None:
    """Return what a secret opens; every secret is compared in full, so that the time it takes tells nothing."""
    rows = tx.all("SELECT e.secret, c.id, c.name FROM event_calendars e JOIN communities c ON c.id = e.community_id")
    wanted = secret.encode()
    fitting = [row for row in rows if hmac.compare_digest(row["secret"].encode(), wanted)]
    if not fitting:
        return None
    return store_lists.for_calendar(tx, fitting[0]["id"], tx.now - PAST), fitting[0]["name"]
