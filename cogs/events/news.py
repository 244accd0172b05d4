# SPDX-License-Identifier: MIT
"""Tells people of events: posts for everybody, in every place of the community, and words to those who come.

A post names the occurrence and when it starts in its key. So nothing is said twice, and what was said before an event
was moved does not stand in the way of what is to be said of the new time.
"""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta

from bot.kit import Button, Code, Field, Link, Mention, Poster, Reply, Text, Tone, Transaction, t

from . import store_lists
from .card import LONG, buttons, card, coming, on_the_spot, soon, span, title, with_file
from .model import Event, Occurrence, State
from .moments import Moment, Notice
from .recurrence import current, of_original, passed

SLOT = "announcements"
"""What the places are called where events are announced."""
LOG = "log"
"""What the places are called where moderators see proposals and troubles."""
URGENT = timedelta(hours=24)
"""People hear at any hour of changes of what starts sooner than this."""


class News:
    """Writes posts about events into the outbox."""

    def __init__(self, poster: Poster) -> None:
        self._poster = poster

    def publish(self, tx: Transaction, event: Event, roles: tuple[str, ...] = ()) -> int:
        """Post an event's card everywhere; return in how many places."""
        store_lists.note_post(tx, card_key(event), event.id, Notice.CARD)
        mention = Mention(role_ids=roles) if roles else None
        return self._poster.announce(
            tx,
            event.community_id,
            SLOT,
            card_key(event),
            with_file(event, tx.now),
            mention=mention,
            expires_at=event.ends_at,
        )

    def propose(self, tx: Transaction, event: Event, why: Text) -> int:
        """Show a proposal to moderators; return in how many places."""
        shown = Reply(
            why,
            title=title(event),
            fields=tuple(_proposal(event, tx.now)),
            buttons=(
                Button(t("Announce it"), "events.press_announce", event_id=event.id, emoji="✅"),
                Button(t("Dismiss it"), "events.press_dismiss", event_id=event.id, emoji="✖️"),
            ),
            link=Link(t("More about it"), event.content.link) if event.content.link else None,
            card=True,
        )
        return self._poster.announce(tx, event.community_id, LOG, proposal_key(event), shown, expires_at=event.ends_at)

    def settle(self, tx: Transaction, event: Event, words: Text) -> None:
        """Let a proposal say what came of it."""
        self._poster.update(tx, proposal_key(event), Reply(words, title=title(event), card=True))

    def renew(self, tx: Transaction, event: Event) -> None:
        """Edit everything that was posted about an event and is not over, so that it says what holds now."""
        for key, kind, original in store_lists.posts(tx, event.id):
            if kind == Notice.CARD:
                self._poster.update(tx, key, with_file(event, tx.now))
            elif kind in {Notice.WEEK, Notice.DAY, Notice.HOUR}:
                if original and passed(event, original, tx.now):
                    continue
                occurrence = of_original(event.timing, original) if event.timing.repeat else current(event, tx.now)
                if occurrence is None or event.state is State.CANCELLED:
                    self._poster.update(tx, key, _off(event))
                elif occurrence.start_at > tx.now:
                    self._poster.update(tx, key, reminder(event, occurrence))

    def remind(self, tx: Transaction, event: Event, moment: Moment) -> None:
        """Announce an occurrence again, or its start."""
        key = moment_key(event, moment)
        store_lists.note_post(tx, key, event.id, moment.notice, moment.occurrence.original)
        start = moment.notice is Notice.START
        said = started(event, moment.occurrence) if start else reminder(event, moment.occurrence)
        self._poster.announce(tx, event.community_id, SLOT, key, said, expires_at=moment.until_at)

    def thank(self, tx: Transaction, event: Event, moment: Moment, results: Reply | None) -> None:
        """Thank those who came, with what came of it."""
        key = moment_key(event, moment)
        store_lists.note_post(tx, key, event.id, moment.notice, moment.occurrence.original)
        said = thanks(event, results)
        self._poster.announce(tx, event.community_id, SLOT, key, said, expires_at=moment.until_at)

    def tell(
        self, tx: Transaction, event: Event, person_id: int, key: str, said: Reply, until_at: datetime | None = None
    ) -> None:
        """Tell one person in private; at any hour when it starts soon."""
        urgent = event.starts_at - tx.now < URGENT
        self._poster.tell(
            tx, event.community_id, person_id, f"event:{event.id}:{key}", said, expires_at=until_at, urgent=urgent
        )

    def tell_all(
        self,
        tx: Transaction,
        event: Event,
        people: Iterable[int],
        key: str,
        said: Reply,
        but: Collection[int | None] = (),
    ) -> int:
        """Tell everybody whom something concerns; return how many."""
        told = [person_id for person_id in people if person_id not in but]
        for person_id in told:
            self.tell(tx, event, person_id, key, said)
        return len(told)

    def tell_moderators(self, tx: Transaction, community_id: int, key: str, said: Reply) -> int:
        """Say something where moderators read."""
        return self._poster.announce(tx, community_id, LOG, key, said)


def card_key(event: Event) -> str:
    """Name an event's card among the posts."""
    return f"event:{event.id}:card"


def proposal_key(event: Event) -> str:
    """Name an event's proposal among the posts."""
    return f"event:{event.id}:proposal"


def moment_key(event: Event, moment: Moment) -> str:
    """Name what is said at a moment among the posts."""
    return f"event:{event.id}:{int(moment.occurrence.start_at.timestamp())}:{moment.notice}"


def reminder(event: Event, occurrence: Occurrence) -> Reply:
    """Say that an event is near."""
    return Reply(
        t("It starts {soon}.", soon=soon(occurrence)),
        title=title(event),
        fields=(
            Field(t("When"), span(event, occurrence)),
            Field(t("There"), on_the_spot(occurrence.when, all_day=event.timing.all_day)),
            *((Field(t("Where"), event.content.location[:LONG]),) if event.content.location else ()),
            Field(t("Who comes"), coming(event, occurrence)),
        ),
        link=Link(t("More about it"), event.content.link) if event.content.link else None,
        buttons=buttons(event, occurrence),
        note=_for_once(event),
        card=True,
    )


def _for_once(event: Event) -> Text | str:
    """Say that the buttons are those of one time of a series."""
    if not event.timing.repeat:
        return ""
    command = Code(f"event join {event.name}")
    return t("Your answer here is for this one time; {command} is for all of them.", command=command)


def started(event: Event, occurrence: Occurrence) -> Reply:
    """Say that an event begins."""
    where = event.content.location[:LONG]
    return Reply(
        t("It starts now."),
        title=title(event),
        fields=(
            Field(t("There"), on_the_spot(occurrence.when, all_day=event.timing.all_day)),
            *((Field(t("Where"), where),) if where else ()),
        ),
        link=Link(t("Come in"), event.content.link) if event.content.link else None,
        tone=Tone.GOOD,
    )


def thanks(event: Event, results: Reply | None) -> Reply:
    """Thank those who came."""
    return Reply(
        t("Thank you to everybody who was there!"),
        title=title(event),
        fields=results.fields if results else (),
        note=results.note if results else "",
        link=Link(t("More about it"), event.content.link) if event.content.link else None,
        tone=Tone.GOOD,
    )


def _off(event: Event) -> Reply:
    return Reply(
        t("It does not take place then."),
        title=title(event),
        fields=(Field(t("Reason"), event.reason[:LONG]),) if event.reason else (),
        tone=Tone.BAD,
        card=True,
    )


def _proposal(event: Event, now: datetime) -> Iterable[Field]:
    yield from card(event, now).fields
    if event.content.description:
        yield Field(t("About it"), event.content.description[:300])
