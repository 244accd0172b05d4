# SPDX-License-Identifier: MIT
"""Writes posts into the outbox, in the transaction of the fact that they report."""

import json
import logging
from collections.abc import Callable, Collection
from datetime import datetime
from typing import Any, TypeAlias

from bot.kit.database import Transaction
from bot.kit.entry import CalendarEntry, dump_entry
from bot.kit.people import Place
from bot.kit.posting import Mention
from bot.kit.reply import Reply
from bot.kit.wire import dump_reply
from bot.storage import outbox, people, places, posts, slots
from bot.storage.outbox import Kind

log = logging.getLogger(__name__)

Quiet: TypeAlias = Callable[[Transaction, int, datetime], datetime | None]
"""When a community's quiet hours that hold at a moment will end; None when they do not hold."""


Calendars: TypeAlias = Callable[[], Collection[str]]


def no_quiet(tx: Transaction, community_id: int, moment: datetime) -> datetime | None:
    """Keep no quiet hours."""
    del tx, community_id, moment
    return None


class OutboxPoster:
    """Implements `bot.kit.posting.Poster`; `wake` is called on the event loop once rows are committed.

    `calendars` tells which platforms have a calendar of their own.
    """

    def __init__(self, wake: Callable[[], None], quiet: Quiet = no_quiet, calendars: Calendars = frozenset) -> None:
        self._wake = wake
        self._quiet = quiet
        self._calendars = calendars

    def announce(
        self,
        tx: Transaction,
        community_id: int,
        slot: str,
        key: str,
        reply: Reply,
        *,
        mention: Mention | None = None,
        not_before_at: datetime | None = None,
        expires_at: datetime | None = None,
        urgent: bool = False,
    ) -> int:
        """Post to every place that the community named for `slot`; return how many places that is."""
        moment = self._moment(tx, community_id, not_before_at, expires_at, urgent=urgent)
        payload, mentions = _payload(reply), _mentions(mention)
        chosen = slots.places_of(tx, community_id, slot)
        fresh = not outbox.knows(tx, key)
        for place in chosen:
            if fresh or not self._known(tx, key, payload, place):
                self._put(tx, community_id, place, key, payload, mentions, moment, expires_at)
        return len(chosen)

    def post(
        self,
        tx: Transaction,
        community_id: int,
        place_id: int,
        key: str,
        reply: Reply,
        *,
        mention: Mention | None = None,
        not_before_at: datetime | None = None,
        expires_at: datetime | None = None,
        urgent: bool = False,
    ) -> None:
        """Post to one place, such as the one where a question was asked."""
        place = places.get(tx, place_id)
        if place is None:
            log.info("%s is not posted: the place %d is gone.", key, place_id)
            return
        payload = _payload(reply)
        if not self._known(tx, key, payload, place):
            moment = self._moment(tx, community_id, not_before_at, expires_at, urgent=urgent)
            self._put(tx, community_id, place, key, payload, _mentions(mention), moment, expires_at)

    def post_below(
        self,
        tx: Transaction,
        community_id: int,
        root: str,
        key: str,
        reply: Reply,
        *,
        mention: Mention | None = None,
        not_before_at: datetime | None = None,
        expires_at: datetime | None = None,
        urgent: bool = False,
    ) -> int:
        """Post below what has the key `root`, wherever that went or is about to go; return in how many places."""
        payload = _payload(reply)
        tx.after_commit(self._wake)
        return outbox.update(tx, key, payload) or outbox.queue_below(
            tx,
            root,
            key,
            payload,
            mentions=_mentions(mention),
            not_before_at=self._moment(tx, community_id, not_before_at, expires_at, urgent=urgent),
            expires_at=expires_at,
        )

    def tell(
        self,
        tx: Transaction,
        community_id: int,
        person_id: int,
        key: str,
        reply: Reply,
        *,
        not_before_at: datetime | None = None,
        expires_at: datetime | None = None,
        urgent: bool = False,
    ) -> None:
        """Tell one person in private, on the platform where they were seen last."""
        platform = people.seen_on(tx, person_id)
        if platform is None:
            log.info("%s is not told: the person %d has no account.", key, person_id)
            return
        payload = _payload(reply)
        if self._again(tx, key, payload, platform, posts.lane_of(None, person_id)):
            return
        outbox.queue(
            tx,
            Kind.DIRECT,
            key,
            platform,
            payload,
            community_id=community_id or None,
            person_id=person_id,
            not_before_at=self._moment(tx, community_id, not_before_at, expires_at, urgent=urgent),
            expires_at=expires_at,
        )
        tx.after_commit(self._wake)

    def update(self, tx: Transaction, key: str, reply: Reply) -> int:
        """Replace what was posted under `key`, wherever it went or is about to go; return in how many places."""
        tx.after_commit(self._wake)
        return outbox.update(tx, key, _payload(reply))

    def schedule(
        self,
        tx: Transaction,
        community_id: int,
        slot: str,
        key: str,
        entry: CalendarEntry,
    ) -> int:
        """Enter something into the own calendar of every home that has one; return in how many homes it stands."""
        payload = json.dumps(dump_entry(entry), separators=(",", ":"))
        known = outbox.homes_of_key(tx, key)
        if known:
            tx.after_commit(self._wake)
            outbox.update(tx, key, payload)
        if entry.cancelled:
            return len(known)
        able, fresh = self._calendars(), set[int]()
        for place in slots.places_of(tx, community_id, slot, once_per_bridge=False):
            home_id = place.home_id or 0
            if place.platform in able and home_id not in known and home_id not in fresh:
                fresh.add(home_id)
                self._put(tx, community_id, place, key, payload, "{}", tx.now, entry.start_at, Kind.ENTRY)
        return len(known) + len(fresh)

    def _put(
        self,
        tx: Transaction,
        community_id: int,
        place: Place,
        key: str,
        payload: str,
        mentions: str,
        not_before_at: datetime,
        expires_at: datetime | None,
        kind: Kind = Kind.POST,
    ) -> None:
        outbox.queue(
            tx,
            kind,
            key,
            place.platform,
            payload,
            community_id=community_id or None,
            place_id=place.id,
            mentions=mentions,
            not_before_at=not_before_at,
            expires_at=expires_at,
        )
        tx.after_commit(self._wake)

    def _known(self, tx: Transaction, key: str, payload: str, place: Place) -> bool:
        """Update what was posted under this key in a place, or where a bridge carries it over from there."""
        bridged = places.bridged_with(tx, place.id)
        return any(self._again(tx, key, payload, each.platform, each.id) for each in (place, *bridged))

    def _again(self, tx: Transaction, key: str, payload: str, platform: str, lane: int) -> bool:
        """Update what was posted under this key before; tell whether there was anything."""
        if not outbox.update(tx, key, payload, only=(platform, lane)):
            return False
        tx.after_commit(self._wake)
        return True

    def _moment(
        self,
        tx: Transaction,
        community_id: int,
        not_before_at: datetime | None,
        expires_at: datetime | None,
        *,
        urgent: bool,
    ) -> datetime:
        """Return when a post may go out: after the quiet hours, unless it would be too late then."""
        moment = max(not_before_at or tx.now, tx.now)
        end = None if urgent else self._quiet(tx, community_id, moment)
        return moment if end is None or (expires_at is not None and end >= expires_at) else max(moment, end)


def _payload(reply: Reply) -> str:
    # ASCII only: a lone surrogate is legal in JSON's escapes, and nowhere else in the database.
    return json.dumps(dump_reply(reply), separators=(",", ":"))


def _mentions(mention: Mention | None) -> str:
    found: dict[str, Any] = {}
    if mention is not None and mention.role:
        found["role"] = True
    if mention is not None and mention.person_ids:
        found["people"] = list(mention.person_ids)
    if mention is not None and mention.role_ids:
        found["roles"] = list(mention.role_ids)
    return json.dumps(found, separators=(",", ":"))
