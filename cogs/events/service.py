# SPDX-License-Identifier: MIT
"""What can be done with an event: each a function of one transaction that checks, changes, notes and tells.

A change, its line in the history, the posts and the next moment are one transaction, so no crash parts them.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.kit import Field, Invalid, NotFound, Numbers, Poster, Reply, Text, Tone, Transaction, n, t

from . import dates, entries, lifecycle, moments, store, store_lists, store_people
from .card import on_the_spot, rhythm, still_full, title
from .lifecycle import Move
from .model import Actor, Content, Event, Exceptional, Happened, Occurrence, Repeat, State, Timing
from .moments import Notice
from .news import News
from .recurrence import bounds, occurrences, of_original, repeated, turned, upcoming
from .settings import EventSettings
from .when import LocalTime, of_text

Later = Callable[[Transaction, Event, datetime | None], None]
"""Sets the timer for the next moment of an event, or takes it away (None)."""

CoverLater = Callable[[Transaction, Event], None]
"""Sees to it that the chats' calendars show the picture of an event."""

Told = tuple[str, Reply, Actor, tuple[int, ...]]
"""What is told of a change: a name for it, the words, who made it (they know) and whom it concerns."""


class Service:
    """The rules over the tables; knows nothing of chat."""

    def __init__(self, numbers: Numbers, poster: Poster, news: News, later: Later, cover_later: CoverLater) -> None:
        self._numbers = numbers
        self._poster = poster
        self._news = news
        self._later = later
        self._cover_later = cover_later

    def find(self, tx: Transaction, community_id: int, number: int, name: str) -> Event:
        """Return the event that a number stands for in this community; raises NotFound."""
        row_id = self._numbers.find(tx, community_id, store.KIND, number)
        if row_id is None:
            raise NotFound(t("There is no event {number} here.", number=name))
        try:
            return store.get(tx, community_id, row_id)
        except NotFound as error:
            raise NotFound(t("There is no event {number} here.", number=name)) from error

    def create(
        self,
        tx: Transaction,
        actor: Actor,
        content: Content,
        timing: Timing,
        uid: str,
        *,
        state: State = State.DRAFT,
        feed_id: int | None = None,
    ) -> Event:
        """Write an event down; nobody hears of it yet."""
        event_id = store.add(tx, actor, content, timing, uid, state=state, feed_id=feed_id)
        self._numbers.allocate(tx, actor.community_id, actor.home_id, store.KIND, event_id)
        store_people.note(tx, event_id, actor.person_id, Happened.CREATED)
        return store.get(tx, actor.community_id, event_id)

    def publish(self, tx: Transaction, actor: Actor, event_id: int, settings: EventSettings) -> tuple[Event, int]:
        """Announce an event everywhere; return it, and in how many places."""
        event = store.at_hand(tx, actor, event_id)
        lifecycle.check(event, Move.ANNOUNCE, actor, tx.now, trusted=settings.members_announce)
        was = event.state
        store.change(tx, event_id, state=State.PUBLISHED.value, published_at=tx.now, watched_at=tx.now)
        store_people.note(tx, event_id, actor.person_id, Happened.PUBLISHED)
        event = store.get(tx, event.community_id, event_id)
        places = self._news.publish(tx, event, store_lists.called(tx, event.community_id))
        if was is not State.DRAFT:
            self._news.settle(tx, event, t("It was announced."))
            self._tell_organiser(tx, event, actor, "published", t("A moderator announced your event."))
        self.enter(tx, event, settings)
        self.plan(tx, event, settings)
        return event, places

    def propose(self, tx: Transaction, actor: Actor, event_id: int, why: Text) -> tuple[Event, int]:
        """Show an event to moderators; return it, and in how many places."""
        event = store.at_hand(tx, actor, event_id)
        lifecycle.check(event, Move.PROPOSE, actor, tx.now)
        store.change(tx, event_id, state=State.PROPOSED.value)
        store_people.note(tx, event_id, actor.person_id, Happened.PROPOSED)
        event = store.get(tx, event.community_id, event_id)
        return event, self._news.propose(tx, event, why)

    def dismiss(self, tx: Transaction, actor: Actor, event_id: int) -> Event:
        """Let nobody hear of an event."""
        event = store.at_hand(tx, actor, event_id)
        lifecycle.check(event, Move.DISMISS, actor, tx.now)
        store.change(tx, event_id, state=State.DISMISSED.value)
        store_people.note(tx, event_id, actor.person_id, Happened.DISMISSED)
        self._news.settle(tx, event, t("It was dismissed."))
        if event.state is State.PROPOSED:
            self._tell_organiser(tx, event, actor, "dismissed", t("A moderator decided not to announce your event."))
        return store.get(tx, event.community_id, event_id)

    def edit(self, tx: Transaction, actor: Actor, event_id: int, content: Content, settings: EventSettings) -> Event:
        """Change what is said of an event; the posts change with it."""
        event = self._to_change(tx, actor, event_id, Move.EDIT)
        taken = dates.most_seated(tx, event)
        if content.capacity is not None and content.capacity < taken:
            raise Invalid(
                "capacity",
                n(
                    "{count} person has a seat already; there cannot be fewer seats.",
                    "{count} people have a seat already; there cannot be fewer seats.",
                    taken,
                ),
            )
        moved_place = event.content.location != content.location
        changed = self._changed(tx, event, actor, Happened.EDITED, **store.columns_of(content))
        self.fill(tx, changed)
        if moved_place and changed.state is State.PUBLISHED:
            said = _news(changed, t("It takes place elsewhere now."), Field(t("Where"), content.location or "–"))
            people = dates.concerned(tx, changed)
            self._news.tell_all(tx, changed, people, f"where:{changed.sequence}", said, (actor.person_id,))
        return self._spread(tx, changed, settings)

    def move(
        self,
        tx: Transaction,
        actor: Actor,
        event_id: int,
        when: LocalTime,
        settings: EventSettings,
        *,
        minutes: int | None = None,
        original: str = "",
    ) -> Event:
        """Let an event, or one occurrence of a series, take place at another time; tell everybody who comes."""
        event = self._to_change(tx, actor, event_id, Move.EDIT)
        before, people = _occurrence(event, original, tx.now), dates.concerned(tx, event, original)
        if original:
            moved = _in_zone(when, event.timing.when.zone)
            store.put_exception(tx, event_id, Exceptional(original, moved))
            changed = self._changed(tx, event, actor, Happened.MOVED, original)
            store.renew_bounds(tx, event_id)
            changed = store.get(tx, event.community_id, event_id)
        else:
            store.drop_exceptions(tx, event_id)
            was = of_text(before.original, event.timing.when.zone)
            repeat = turned(event.timing.repeat, was, when)
            minutes = minutes or event.timing.minutes
            timing = replace(event.timing, when=when, minutes=minutes, repeat=repeat, exceptions=())
            _check_timing(timing, tx.now)
            changed = self._changed(tx, event, actor, Happened.MOVED, **store.columns_when(timing))
            dates.follow(tx, event, changed, when.local - was.local)
            changed = store.get(tx, event.community_id, event_id)
        said = _news(
            changed,
            t("It takes place at another time now."),
            Field(t("Before"), on_the_spot(before.when)),
            Field(t("Now"), t("{start}", start=when.at)),
            Field(t("There"), on_the_spot(when)),
        )
        return self._spread(tx, changed, settings, ("moved", said, actor, people))

    def repeat(self, tx: Transaction, actor: Actor, event_id: int, repeat: Repeat, settings: EventSettings) -> Event:
        """Let an event repeat otherwise from its next occurrence on, or no more; tell everybody who comes."""
        event = self._to_change(tx, actor, event_id, Move.EDIT)
        timing, people = repeated(event, repeat, tx.now), dates.concerned(tx, event)
        _check_timing(timing, tx.now)
        store.drop_exceptions(tx, event_id)
        for exception in timing.exceptions:
            store.put_exception(tx, event_id, exception)
        changed = self._changed(tx, event, actor, Happened.EDITED, "repeats", **store.columns_when(timing))
        dates.follow(tx, event, changed)
        changed = store.get(tx, event.community_id, event_id)
        coming = upcoming(changed, tx.now)[:1]
        said = _news(
            changed,
            t("It repeats otherwise now.") if repeat else t("It does not repeat any more."),
            *((Field(t("Repeats"), rhythm(repeat)),) if repeat else ()),
            *(Field(t("Next time"), on_the_spot(each.when)) for each in coming),
        )
        return self._spread(tx, changed, settings, ("repeats", said, actor, people))

    def skip(
        self, tx: Transaction, actor: Actor, event_id: int, original: str, reason: str, settings: EventSettings
    ) -> Event:
        """Leave one occurrence of a series out; tell everybody who comes."""
        event = self._to_change(tx, actor, event_id, Move.EDIT)
        before, people = _occurrence(event, original, tx.now), dates.concerned(tx, event, original)
        if len(upcoming(event, tx.now)) == 1:
            raise Invalid("date", t("It is the last one. Cancel the series instead."))
        store.put_exception(tx, event_id, Exceptional(original, None, reason))
        changed = self._changed(tx, event, actor, Happened.SKIPPED, original)
        store.renew_bounds(tx, event_id)
        said = _news(
            changed,
            t("One occurrence does not take place. The others do."),
            Field(t("Not on"), on_the_spot(before.when)),
            *((Field(t("Reason"), reason),) if reason else ()),
        )
        changed = store.get(tx, event.community_id, event_id)
        return self._spread(tx, changed, settings, ("skipped", said, actor, people))

    def cancel(self, tx: Transaction, actor: Actor, event_id: int, reason: str, settings: EventSettings) -> Event:
        """Let an event not take place; tell everybody who comes."""
        event = self._to_change(tx, actor, event_id, Move.CANCEL)
        columns = {"state": State.CANCELLED.value, "reason": reason}
        changed = self._changed(tx, event, actor, Happened.CANCELLED, **columns)
        if event.state is State.PROPOSED:
            self._news.settle(tx, changed, t("It was cancelled."))
        said = replace(
            _news(changed, t("It is cancelled."), *((Field(t("Reason"), reason),) if reason else ())), tone=Tone.BAD
        )
        return self._spread(tx, changed, settings, ("cancelled", said, actor, dates.concerned(tx, changed)))

    def fill(self, tx: Transaction, event: Event) -> None:
        """Give free seats to those who wait, of the whole event and then of single times, and tell them."""
        stamp = int(tx.now.timestamp())
        for person_id in store_people.move_up(tx, event):
            full = still_full(dates.take_seats(tx, event, person_id))
            said = _news(event, t("A seat became free: it is yours. If you cannot come, please tell me."), *full)
            self._news.tell(tx, event, person_id, f"seat:{stamp}", replace(said, tone=Tone.GOOD), event.ends_at)
        for occurrence, person_id in dates.move_up(tx, event):
            said = _news(
                event,
                t(
                    "A seat became free on {day}: it is yours. If you cannot come, please tell me.",
                    day=on_the_spot(occurrence.when, all_day=True),
                ),
            )
            key = f"seat:{occurrence.original}:{stamp}"
            self._news.tell(tx, event, person_id, key, replace(said, tone=Tone.GOOD), occurrence.end_at)

    def plan(self, tx: Transaction, event: Event, settings: EventSettings) -> None:
        """Set the timer for what is to be said next."""
        if event.state is not State.PUBLISHED:
            self._later(tx, event, None)
            return
        own = store_people.own_minutes(tx, event.id)
        self._later(tx, event, moments.next_at(event, settings, own, event.watched_at or tx.now))

    def watch(
        self, tx: Transaction, event_id: int, settings: EventSettings, results: Reply | None = None
    ) -> Event | None:
        """Say what is due about an event, once, and plan what comes next; None when the event is gone."""
        event = store.find(tx, event_id)
        if event is None or event.state is not State.PUBLISHED:
            return None
        own = store_people.own_minutes(tx, event_id)
        for moment in moments.due(event, settings, own, tx.now):
            self._say(tx, event, moment, results)
        store.change(tx, event_id, watched_at=tx.now)
        event = store.get(tx, event.community_id, event_id)
        self._news.renew(tx, event)
        self.enter(tx, event, settings)
        self.plan(tx, event, settings)
        return event

    def enter(self, tx: Transaction, event: Event, settings: EventSettings) -> None:
        """Bring the chats' own calendars to what holds of an event now."""
        if event.published_at is not None:
            entries.enter(tx, self._poster, event, settings)
            self._cover_later(tx, event)

    def _say(self, tx: Transaction, event: Event, moment: moments.Moment, results: Reply | None) -> None:
        match moment.notice:
            case Notice.AFTER:
                self._news.thank(tx, event, moment, results)
            case Notice.OWN:
                self._remind_own(tx, event, moment)
            case Notice.CHECKLIST:
                self._say_checklist(tx, event, moment)
            case Notice.OVER:
                pass  # what was posted is renewed after every moment, and names the next occurrence then
            case _:
                self._news.remind(tx, event, moment)

    def _remind_own(self, tx: Transaction, event: Event, moment: moments.Moment) -> None:
        from .news import moment_key, reminder

        key = moment_key(event, moment).partition(":")[2].partition(":")[2]
        people = store_people.reminded(tx, event.id, moment.minutes)
        for person_id in dates.reminded(tx, event, moment.occurrence.original, people):
            said = reminder(event, moment.occurrence)
            self._news.tell(tx, event, person_id, f"{key}:{moment.minutes}", said, moment.until_at)

    def _say_checklist(self, tx: Transaction, event: Event, moment: moments.Moment) -> None:
        from .checklist import short

        if event.organiser is not None:
            self._news.tell(
                tx, event, event.organiser.id, f"checklist:{moment.at:%Y%m%d}", short(event), moment.until_at
            )

    def _to_change(self, tx: Transaction, actor: Actor, event_id: int, move: Move) -> Event:
        event = store.at_hand(tx, actor, event_id)
        lifecycle.check(event, move, actor, tx.now)
        return event

    def _changed(
        self, tx: Transaction, event: Event, actor: Actor, happened: Happened, words: str = "", **columns: Any
    ) -> Event:
        store.change(tx, event.id, **columns, sequence=event.sequence + 1, changed_at=tx.now)
        store_people.note(tx, event.id, actor.person_id, happened, words)
        return store.get(tx, event.community_id, event.id)

    def _spread(self, tx: Transaction, event: Event, settings: EventSettings, said: Told | None = None) -> Event:
        """Let posts and timers follow a change, and tell those whom it concerns."""
        if event.state is State.PROPOSED:
            self._news.propose(tx, event, t("This was proposed, and has changed since."))
        if event.published_at is None:
            return event
        if said is not None:
            key, words, actor, people = said
            store.change(tx, event.id, watched_at=tx.now)
            event = store.get(tx, event.community_id, event.id)
            self._news.tell_all(tx, event, people, f"{key}:{event.sequence}", words, (actor.person_id,))
        self._news.renew(tx, event)
        self.enter(tx, event, settings)
        self.plan(tx, event, settings)
        return event

    def _tell_organiser(self, tx: Transaction, event: Event, actor: Actor, key: str, words: Text) -> None:
        if event.organiser is not None and not event.is_organiser(actor.person_id):
            self._news.tell(tx, event, event.organiser.id, f"{key}:{event.sequence}", _news(event, words))


def _news(event: Event, words: Text, *fields: Field) -> Reply:
    return Reply(words, title=title(event), fields=fields)


def _in_zone(when: LocalTime, zone: str) -> LocalTime:
    from .when import of_moment

    return of_moment(when.at, zone)


def _occurrence(event: Event, original: str, now: datetime) -> Occurrence:
    found = of_original(event.timing, original) if original else next(iter(upcoming(event, now)), None)
    if found is None:
        raise Invalid("date", t("{number} does not take place then.", number=event.name))
    return found


def _check_timing(timing: Timing, now: datetime) -> None:
    if not occurrences(timing):
        raise Invalid("start", t("The series would end before it starts. Enter it anew with another end."))
    if bounds(timing)[1] <= now:
        raise Invalid("start", t("That is over. Give a time to come."))
