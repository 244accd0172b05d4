# SPDX-License-Identifier: MIT
"""Events in the chats' own calendars: of a series the occurrence that comes next, changed and taken back with it."""

from datetime import datetime

from bot.kit import CalendarEntry, Poster, Transaction

from . import store_lists
from .model import Event, Occurrence, State
from .recurrence import current, of_original, passed
from .settings import EventSettings

SLOT = "announcements"
KIND = "entry"
"""What entries are called among an event's posts."""
SOMEWHERE = "🌐"
WORDS_MAX = 800
PLACE_MAX = 100


def enter(tx: Transaction, poster: Poster, event: Event, settings: EventSettings) -> None:
    """Bring the chats' calendars to what holds of an event now; nothing happens where nothing changed."""
    known = {key: original for key, kind, original in store_lists.posts(tx, event.id) if kind == KIND}
    for key, original in known.items():
        occurrence = _occurrence(event, original, tx.now)
        if occurrence is not None and event.state is State.PUBLISHED:
            if occurrence.start_at > tx.now:
                poster.schedule(tx, event.community_id, SLOT, key, entry_of(event, occurrence))
        elif not passed(event, original, tx.now):
            poster.schedule(tx, event.community_id, SLOT, key, _taken_back(event))
    upcoming = current(event, tx.now)
    if upcoming is None or upcoming.start_at <= tx.now or not settings.own_calendar:
        return
    key = key_of(event, upcoming)
    if event.state is not State.PUBLISHED or key in known:
        return
    if poster.schedule(tx, event.community_id, SLOT, key, entry_of(event, upcoming)):
        store_lists.note_post(tx, key, event.id, KIND, _name(event, upcoming))


def current_key(tx: Transaction, event: Event) -> str | None:
    """Return under which key an event stands in the chats' calendars now, or None."""
    upcoming = current(event, tx.now)
    if upcoming is None or event.state is not State.PUBLISHED or upcoming.end_at <= tx.now:
        return None
    key = key_of(event, upcoming)
    return key if any(each == key for each, _, _ in store_lists.posts(tx, event.id)) else None


def key_of(event: Event, occurrence: Occurrence) -> str:
    """Name an occurrence's entry among the posts; of an event that takes place once, whenever that is."""
    return f"event:{event.id}:entry:{_name(event, occurrence) or 'once'}"


def entry_of(event: Event, occurrence: Occurrence) -> CalendarEntry:
    """Return an occurrence as it stands in a calendar."""
    content = event.content
    words = (content.description[:WORDS_MAX], content.link, event.name)
    where = content.location[:PLACE_MAX] or (content.link if len(content.link) <= PLACE_MAX else "")
    return CalendarEntry(
        event.title,
        occurrence.start_at,
        occurrence.end_at,
        where or SOMEWHERE,
        "\n\n".join(filter(None, words)),
    )


def _taken_back(event: Event) -> CalendarEntry:
    return CalendarEntry(event.title, event.starts_at, event.ends_at, SOMEWHERE, event.name, cancelled=True)


def _name(event: Event, occurrence: Occurrence) -> str:
    return occurrence.original if event.timing.repeat else ""


def _occurrence(event: Event, original: str, now: datetime) -> Occurrence | None:
    if bool(original) is not bool(event.timing.repeat):
        return None
    return of_original(event.timing, original) if original else current(event, now)
