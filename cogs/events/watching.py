# SPDX-License-Identifier: MIT
"""Says what is due about events at the right moment, also after the bot was away, and keeps cards fresh."""

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bot.kit import Community, Late, Reply, Transaction, Unavailable, at, every

from . import entries, intake, moments, store, store_feeds, store_lists, store_people
from .feeds import FeedTrouble, fetch
from .illustrating import Illustrating
from .model import Event
from .moments import Notice
from .results import gather
from .settings import EventSettings

log = logging.getLogger(__name__)

AFTERWARDS = timedelta(days=18)
"""How long after its end something may still be said about an event."""
DRAFTS_KEPT = timedelta(days=14)
ANSWERS_KEPT = timedelta(days=90)
"""For how long after an event it is known who came."""
FEEDS = "feeds"
"""The key of the timer of a community's calendars."""


class Watching(Illustrating):
    """Timers of single events, and a look at all of them from time to time."""

    @at(late=Late.RUN)
    async def on_moment(self, community: Community, payload: Mapping[str, Any]) -> None:
        """Say what is due about one event."""
        del community
        event_id = int(payload["event_id"])
        await self._ask_interest(event_id)
        await self._watch(event_id)

    @at(late=Late.RUN)
    async def renew_card(self, community: Community, payload: Mapping[str, Any]) -> None:
        """Let an event's posts say who comes by now."""
        del community
        await self.db.write(self._renew, int(payload["event_id"]))

    @every(timedelta(hours=6), late=Late.RUN)
    async def look_over(self, community: Community) -> None:
        """Plan anew, since settings may have changed, and delete what has served: drafts, and who came long ago."""
        settings = await self.settings_of(community.id)
        await self.db.write(self._plan_all, community.id, settings)

    @at(late=Late.RUN)
    async def read_calendars(self, community: Community, payload: Mapping[str, Any]) -> None:
        """Look at the calendars whose turn it is, and bring the community's events to what they say."""
        del payload
        settings = await self.settings_of(community.id)
        now = await self.db.read(lambda tx: tx.now)
        for feed in await self.db.read(store_feeds.due, community.id):
            try:
                reading = await fetch(self.http, self.services, feed, now, settings.feed_days, community.zone)
                await self.db.write(intake.took, self.service, feed, reading, settings)
            except (FeedTrouble, Unavailable) as trouble:
                log.info("The calendar %s cannot be read: %s", feed.address, trouble)
                gone = isinstance(trouble, FeedTrouble)
                await self.db.write(intake.failed, self.news, feed, trouble.text, settings, gone=gone)
        await self.db.write(self.plan_feeds, community.id)

    @every(timedelta(hours=3), late=Late.RUN)
    async def ask_who_is_interested(self, community: Community) -> None:
        """Ask the chats' own calendars who is interested, so that cards say so."""
        for event_id in await self.db.read(store_lists.to_watch, community.id):
            if await self._ask_interest(event_id):
                await self.db.write(self._renew, event_id)

    async def resume(self) -> None:
        """Set every timer again: one that was under way when the bot was killed is not run again by itself."""
        for community_id in await self.db.read(_communities):
            await self.db.write(self._plan_all, community_id, await self.settings_of(community_id))

    def later(self, tx: Transaction, event: Event, moment: Any) -> None:
        """Set the timer for the next moment of an event, or take it away."""
        key = str(event.id)
        if moment is None:
            self.timers.cancel(tx, self.on_moment, event.community_id, key)
        else:
            self.timers.set(tx, self.on_moment, event.community_id, key, moment, {"event_id": event.id})

    async def _ask_interest(self, event_id: int) -> bool:
        """Learn who is interested in what comes next; tell whether that changed."""
        key = await self.db.read(_entry_key, event_id)
        if key is None:
            return False
        found = await self.calendars.interested(key)
        return await self.db.write(store_people.learn, event_id, found.person_ids, complete=found.complete)

    async def _watch(self, event_id: int) -> None:
        event = await self.db.read(store.find, event_id)
        if event is None:
            return
        settings = await self.settings_of(event.community_id)
        results = await self._results(event, settings)
        await self.db.write(self.service.watch, event_id, settings, results)

    async def _results(self, event: Event, settings: EventSettings) -> Reply | None:
        """Fetch the numbers if thanks are due; without them people are thanked all the same."""
        own, now = await self.db.read(lambda tx: (store_people.own_minutes(tx, event.id), tx.now))
        due = moments.due(event, settings, own, now)
        if not any(each.notice is Notice.AFTER for each in due):
            return None
        found = await gather(self.http, self.services, event, now)
        return found.reply() if found else None

    def _renew(self, tx: Transaction, event_id: int) -> None:
        event = store.find(tx, event_id)
        if event is not None and event.published_at is not None:
            self.news.renew(tx, event)

    def _plan_all(self, tx: Transaction, community_id: int, settings: EventSettings) -> None:
        store_lists.drop_drafts(tx, community_id, tx.now - DRAFTS_KEPT)
        store_people.forget_old(tx, community_id, tx.now - ANSWERS_KEPT)
        for event_id in store_lists.to_watch(tx, community_id, tx.now - AFTERWARDS):
            event = store.find(tx, event_id)
            if event is not None:
                self.service.enter(tx, event, settings)
                self.service.plan(tx, event, settings)
        self.plan_feeds(tx, community_id)

    def plan_feeds(self, tx: Transaction, community_id: int) -> None:
        """Set the timer for the next look at a calendar that the community follows."""
        next_at = store_feeds.next_at(tx, community_id)
        if next_at is None:
            self.timers.cancel(tx, self.read_calendars, community_id, FEEDS)
        else:
            self.timers.set(tx, self.read_calendars, community_id, FEEDS, next_at)


def _entry_key(tx: Transaction, event_id: int) -> str | None:
    event = store.find(tx, event_id)
    return None if event is None else entries.current_key(tx, event)


def _communities(tx: Transaction) -> tuple[int, ...]:
    rows = tx.all(
        "SELECT community_id FROM events WHERE state = 'published' UNION SELECT community_id FROM event_feeds"
    )
    return tuple(row["community_id"] for row in rows)
