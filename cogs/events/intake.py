# SPDX-License-Identifier: MIT
"""Takes over what other calendars say: new events once, changes where something changed there, cancellations."""

import hashlib
from dataclasses import dataclass, replace

from bot.kit import Code, Level, Reply, Shortcoming, Text, Tone, Transaction, t

from . import store, store_feeds, store_lists
from .feeds import Entry, Feed, Reading
from .model import Actor, Event, State
from .news import News
from .service import Service
from .settings import EventSettings

TELL_AFTER = 3
"""After so many failures in a row moderators hear of a calendar that does not answer; at once of one that is gone."""
NEW_MAX = 20
"""How many new events one look at a calendar brings: a calendar of hundreds does not flood a channel."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a look at a calendar."""

    new: int = 0
    changed: int = 0
    known: int = 0
    left: int = 0


def take(tx: Transaction, service: Service, feed: Feed, entries: tuple[Entry, ...], settings: EventSettings) -> Taken:
    """Bring a community's events to what a calendar says now."""
    actor, taken = Actor(feed.community_id, feed.home_id, None, Level.OWNER), Taken()
    for entry in entries:
        if entry.timing.when.at + entry.timing.length <= tx.now:
            continue
        event = store.with_uid(tx, feed.community_id, entry.uid)
        if event is not None:
            follows = event.feed_id == feed.id and _follow(tx, service, actor, event, entry, settings)
            taken = replace(taken, changed=taken.changed + follows, known=taken.known + (not follows))
        elif entry.cancelled or _twin(tx, feed, entry) is not None:
            taken = replace(taken, known=taken.known + 1)
        elif taken.new >= NEW_MAX:
            taken = replace(taken, left=taken.left + 1)
        else:
            _bring(tx, service, actor, feed, entry, settings)
            taken = replace(taken, new=taken.new + 1)
    return taken


def took(tx: Transaction, service: Service, feed: Feed, reading: Reading, settings: EventSettings) -> None:
    """Take over what a look gave, and note that it went well."""
    if reading.entries is not None:
        take(tx, service, feed, reading.entries, settings)
    store_feeds.fared_well(tx, feed, reading, settings.feed_hours)


def failed(tx: Transaction, news: News, feed: Feed, why: Text, settings: EventSettings, *, gone: bool) -> None:
    """Note that a look failed; moderators hear of it once, at once where the calendar is gone or damaged."""
    tell = gone or feed.failures + 1 >= TELL_AFTER
    if not store_feeds.fared_badly(tx, feed, why.message, settings.feed_hours, tell=tell):
        return
    said = Reply(
        t(
            "I look again, less and less often, and say no more until it is back. {command} ends it.",
            command=Code(f"event unfollow {feed.address}"),
        ),
        title=t("A calendar cannot be read: {name}", name=feed.name),
        note=why,
        tone=Tone.WARNING,
    )
    news.tell_moderators(tx, feed.community_id, f"event:feed:{feed.id}:{int(tx.now.timestamp())}", said)


def shortcomings(tx: Transaction, community_id: int) -> tuple[Shortcoming, ...]:
    """Return the calendars that cannot be read, and of which moderators were told."""
    return tuple(
        Shortcoming(
            t("The calendar {name} cannot be read: {reason}", name=feed.name, reason=Text(feed.trouble)),
            t("I look again by myself; {command} ends it.", command=Code(f"event unfollow {feed.address}")),
        )
        for feed in store_feeds.of_community(tx, community_id)
        if feed.told
    )


def digest(entry: Entry) -> str:
    """Return what stands for all that a calendar says of an event."""
    return hashlib.sha256(repr(entry).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _twin(tx: Transaction, feed: Feed, entry: Entry) -> Event | None:
    """Return the event as another calendar, or somebody here, entered it."""
    return store_lists.same(tx, feed.community_id, entry.content.title, entry.timing.when.at)


def _bring(tx: Transaction, service: Service, actor: Actor, feed: Feed, entry: Entry, settings: EventSettings) -> None:
    event = service.create(tx, actor, entry.content, entry.timing, entry.uid, feed_id=feed.id)
    store.change(tx, event.id, seen=digest(entry))
    if feed.direct:
        service.publish(tx, actor, event.id, settings)
    else:
        service.propose(tx, actor, event.id, t("From the calendar “{name}”.", name=feed.name))


def _follow(
    tx: Transaction, service: Service, actor: Actor, event: Event, entry: Entry, settings: EventSettings
) -> bool:
    """Let an event follow its calendar; False when nothing is new there, or it is settled here."""
    seen = tx.value("SELECT seen FROM events WHERE id = ?", event.id)
    if seen == digest(entry) or event.state not in {State.PROPOSED, State.PUBLISHED} or event.ends_at <= tx.now:
        return False
    store.change(tx, event.id, seen=digest(entry))
    if entry.cancelled:
        service.cancel(tx, actor, event.id, "", settings)
        return True
    old = event.content
    content = replace(
        entry.content, capacity=old.capacity, hashtag=old.hashtag, dashboard=old.dashboard or entry.content.dashboard
    )
    if content != old:
        service.edit(tx, actor, event.id, content, settings)
    when, minutes = entry.timing.when, entry.timing.minutes
    if (when.at, minutes) != (event.timing.when.at, event.timing.minutes):
        service.move(tx, actor, event.id, when, settings, minutes=minutes)
    return True
