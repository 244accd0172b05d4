# SPDX-License-Identifier: MIT
"""Saying whether one comes: seats, the waiting list, and moving up."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.kit import Transaction

from . import dates, lifecycle, store, store_dates, store_people
from .lifecycle import Move
from .model import Actor, Coming, Event, Occurrence
from .service import Service

PAUSE = timedelta(seconds=20)
"""Cards follow answers at most this often: many people answer at once, and the last count is all that matters."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of an answer: the event, what now holds, and what held before.

    `occurrence` is the one time of a series that the answer was for; `usual` what holds of the series then. `full` are
    the times at which somebody who comes to the series has no seat yet.
    """

    event: Event
    coming: Coming | None
    waiting: bool = False
    before: Coming | None = None
    occurrence: Occurrence | None = None
    usual: Coming | None = None
    full: tuple[Occurrence, ...] = ()


def answer(tx: Transaction, service: Service, actor: Actor, event_id: int, coming: Coming) -> Answered:
    """Write down that somebody comes, perhaps or surely; without a free seat they wait for one."""
    event = store.at_hand(tx, actor, event_id)
    lifecycle.check(event, Move.COME, actor, tx.now)
    person_id = actor.person_id or 0
    known = store_people.answer_of(tx, event_id, person_id)
    if known is not None and known.answer is coming:
        return Answered(event, coming, known.waiting, coming)
    seats = event.content.capacity
    waiting = coming is Coming.YES and seats is not None and event.count.yes >= seats
    store_people.put(tx, event_id, person_id, coming, waiting=waiting)
    full = dates.take_seats(tx, event, person_id) if coming is Coming.YES and not waiting else ()
    service.fill(tx, event)
    after = store.get(tx, event.community_id, event_id)
    return Answered(after, coming, waiting, known.answer if known else None, full=full)


def withdraw(tx: Transaction, service: Service, actor: Actor, event_id: int, only: Coming | None = None) -> Answered:
    """Write down that somebody does not come; who waits longest moves up. `only` takes back that answer, no other."""
    event = store.at_hand(tx, actor, event_id)
    person_id = actor.person_id or 0
    known = store_people.answer_of(tx, event_id, person_id)
    if known is not None and only is not None and known.answer is not only:
        return Answered(event, known.answer, known.waiting, known.answer)
    before = known.answer if known else None
    if before is None and only is None and _is_guest(tx, event, person_id):
        before = Coming.YES
    if known is not None or only is None:
        store_dates.drop(tx, event_id, person_id)
    store_people.take_back(tx, event_id, person_id)
    store_people.remind(tx, event_id, person_id, None)
    if event.ends_at > tx.now:
        service.fill(tx, event)
    return Answered(store.get(tx, event.community_id, event_id), None, before=before)


def answer_once(
    tx: Transaction, service: Service, actor: Actor, event_id: int, original: str, coming: Coming
) -> Answered:
    """Write down what somebody answers for one time of a series; "" and what takes place once is the whole event."""
    event = store.at_hand(tx, actor, event_id)
    if not original or not event.timing.repeat:
        if coming is Coming.NO:
            return withdraw(tx, service, actor, event_id)
        return answer(tx, service, actor, event_id, coming)
    lifecycle.check(event, Move.COME, actor, tx.now)
    occurrence, person_id = dates.at_time(tx, event, original), actor.person_id or 0
    known = dates.answer_of(tx, event_id, original, person_id)
    usual = store_people.answer_of(tx, event_id, person_id)
    held, before = usual.answer if usual else None, known.answer if known else None
    now_waiting = known is not None and known.waiting
    if before is not coming and (coming is not Coming.NO or known is not None):
        now_waiting = dates.say(tx, event, original, person_id, coming)
        service.fill(tx, event)
    after = store.get(tx, event.community_id, event_id)
    return Answered(
        after, None if coming is Coming.NO else coming, now_waiting, before, occurrence=occurrence, usual=held
    )


def withdraw_once(
    tx: Transaction, service: Service, actor: Actor, event_id: int, original: str, only: Coming
) -> Answered:
    """Take back that answer for one time of a series, no other: what they answered for the series holds again."""
    event = store.at_hand(tx, actor, event_id)
    if not original or not event.timing.repeat:
        return withdraw(tx, service, actor, event_id, only)
    occurrence, person_id = dates.at_time(tx, event, original), actor.person_id or 0
    usual = store_people.answer_of(tx, event_id, person_id)
    before = dates.answer_of(tx, event_id, original, person_id)
    if person_id in store_dates.answers(tx, event_id, person_id).get(original, {}) and before and before.answer is only:
        dates.say(tx, event, original, person_id, usual.answer if usual else Coming.NO)
        service.fill(tx, event)
    event, known = store.get(tx, event.community_id, event_id), dates.answer_of(tx, event_id, original, person_id)
    return Answered(
        event,
        known.answer if known else None,
        known is not None and known.waiting,
        before.answer if before else None,
        occurrence,
        usual.answer if usual else None,
    )


def _is_guest(tx: Transaction, event: Event, person_id: int) -> bool:
    said = store_dates.answers(tx, event.id, person_id)
    return any(each.answer is not Coming.NO for here in said.values() for each in here.values())


def next_beat(now: datetime) -> datetime:
    """Return when cards are renewed next: at a common beat, so that answers in a row do not push it away."""
    start = datetime(1970, 1, 1, tzinfo=UTC)
    return start + PAUSE * ((now - start) // PAUSE + 1)
