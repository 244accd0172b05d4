# SPDX-License-Identifier: MIT
"""Saying whether one comes: seats, the waiting list, and moving up."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.kit.database import Transaction

from . import lifecycle, store, store_people
from .lifecycle import Move
from .model import Actor, Coming, Event
from .service import Service

PAUSE = timedelta(seconds=20)
"""Cards follow answers at most this often: many people answer at once, and the last count is all that matters."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What came of an answer: the event, what now holds, and what held before."""

    event: Event
    coming: Coming | None
    waiting: bool = False
    before: Coming | None = None


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
    service.fill(tx, event)
    after = store.get(tx, event.community_id, event_id)
    return Answered(after, coming, waiting, known.answer if known else None)


def withdraw(tx: Transaction, service: Service, actor: Actor, event_id: int, only: Coming | None = None) -> Answered:
    """Write down that somebody does not come; who waits longest moves up. `only` takes back that answer, no other."""
    event = store.at_hand(tx, actor, event_id)
    person_id = actor.person_id or 0
    known = store_people.answer_of(tx, event_id, person_id)
    if known is not None and only is not None and known.answer is not only:
        return Answered(event, known.answer, known.waiting, known.answer)
    store_people.take_back(tx, event_id, person_id)
    store_people.remind(tx, event_id, person_id, None)
    if event.ends_at > tx.now:
        service.fill(tx, event)
    return Answered(store.get(tx, event.community_id, event_id), None, before=known.answer if known else None)


def next_beat(now: datetime) -> datetime:
    """Return when cards are renewed next: at a common beat, so that answers in a row do not push it away."""
    start = datetime(1970, 1, 1, tzinfo=UTC)
    return start + PAUSE * ((now - start) // PAUSE + 1)
