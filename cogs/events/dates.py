# SPDX-License-Identifier: MIT
"""Answers for one time of a series: they stand above the answer to the series, and each time has its own seats.

Who comes to the series has a seat at every time. Where they say that they do not come once, that seat goes to who waits
longest, for that time or for the series. Where guests of one time took the last seat, who joins the series later waits
for one at that time alone.
"""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import timedelta

from bot.kit import Transaction, UserError, t

from . import store, store_dates, store_people
from .model import Coming, Event, Exceptional, Occurrence, Rsvp
from .recurrence import occurrences, of_original, upcoming
from .when import LocalTime, of_text


def at_time(tx: Transaction, event: Event, original: str) -> Occurrence:
    """Return the time of a series that somebody answers for; raises UserError once it is over or left out."""
    found = of_original(event.timing, original)
    if found is None or found.end_at <= tx.now:
        raise UserError(t("{number} does not take place then.", number=event.name))
    return found


def answer_of(tx: Transaction, event_id: int, original: str, person_id: int) -> Rsvp | None:
    """Return what holds of somebody at one time: their answer for it, else the one for the series; None for no."""
    own = store_dates.answers(tx, event_id, person_id).get(original, {}).get(person_id)
    if own is None:
        return store_people.answer_of(tx, event_id, person_id)
    return None if own.answer is Coming.NO else own


def say(tx: Transaction, event: Event, original: str, person_id: int, coming: Coming) -> bool:
    """Write down what somebody answers for one time; tell whether they have to wait for a seat.

    An answer that says what the one for the series says is not kept.
    """
    usual = store_people.answer_of(tx, event.id, person_id)
    waiting = coming is Coming.YES and _is_full(event, original)
    same = usual is not None and usual.answer is coming and not usual.waiting
    if (same and not waiting) or (usual is None and coming is Coming.NO):
        store_dates.drop(tx, event.id, person_id, (original,))
    else:
        store_dates.put(tx, event.id, original, person_id, coming, waiting=waiting)
    return waiting


def take_seats(tx: Transaction, event: Event, person_id: int) -> tuple[Occurrence, ...]:
    """Let who has a seat in the series now have one at every time; return those at which they come to wait for it."""
    event, usual = store.get(tx, event.community_id, event.id), store_people.answer_of(tx, event.id, person_id)
    since = usual.answered_at if usual else tx.now
    own = store_dates.answers(tx, event.id, person_id)
    full = []
    for each in _with_answers(event, upcoming(event, tx.now)):
        said = own.get(each.original, {}).get(person_id)
        if said is not None and said.answer is Coming.YES and not (said.waiting and _is_full(event, each.original)):
            store_dates.drop(tx, event.id, person_id, (each.original,))
        elif said is None and _is_overfull(event, each.original):
            store_dates.put(tx, event.id, each.original, person_id, Coming.YES, waiting=True, answered_at=since)
            full.append(each)
    return tuple(full)


def move_up(tx: Transaction, event: Event) -> Iterator[tuple[Occurrence, int]]:
    """Give the free seats of single times to who waits longest; yield each time and who it is."""
    event = store.get(tx, event.community_id, event.id)
    seats = event.content.capacity
    for each in _with_answers(event, upcoming(event, tx.now)):
        free = -1 if seats is None else max(0, seats - event.count_of(each.original).yes)
        for person_id in store_dates.waiting_for(tx, event.id, each.original, free):
            usual = store_people.answer_of(tx, event.id, person_id)
            if usual is not None and usual.answer is Coming.YES and not usual.waiting:
                store_dates.drop(tx, event.id, person_id, (each.original,))
            else:
                store_dates.put(tx, event.id, each.original, person_id, Coming.YES, waiting=False)
            yield each, person_id


def concerned(tx: Transaction, event: Event, original: str = "") -> tuple[int, ...]:
    """Return whom a change concerns: who comes, may come or waits, at one time or at any that is to come."""
    if original:
        return tuple(each.person.id for each in store_dates.who_comes(tx, event.id, original))
    people = dict.fromkeys(each.person.id for each in store_people.rsvps(tx, event.id))
    own = store_dates.answers(tx, event.id)
    for each in _with_answers(event, upcoming(event, tx.now)):
        said = own.get(each.original, {}).values()
        people |= dict.fromkeys(one.person.id for one in said if one.answer is not Coming.NO)
    return tuple(people)


def reminded(tx: Transaction, event: Event, original: str, people: Collection[int]) -> tuple[int, ...]:
    """Leave out who does not come at that time: those who said so, and guests of other times."""
    own = store_dates.answers(tx, event.id)
    usual = {each.person.id for each in store_people.rsvps(tx, event.id)}
    guests = {person_id for said in own.values() for person_id in said} - usual
    here = own.get(original, {})
    return tuple(
        each for each in people if (here[each].answer is not Coming.NO if each in here else each not in guests)
    )


def most_seated(tx: Transaction, event: Event) -> int:
    """Return how many seats are taken at the fullest time that is to come."""
    times = (event.count_of(each.original).yes for each in upcoming(event, tx.now))
    return max((event.count.yes, *times))


def follow(tx: Transaction, before: Event, after: Event, shift: timedelta = timedelta()) -> None:
    """Let answers for single times go with a series that takes place otherwise now; those without a time end."""
    if not before.dates:
        return
    if not after.timing.repeat:
        coming = upcoming(before, tx.now)
        store_dates.become_whole(tx, before.id, coming[0].original if coming else "")
        return
    zone, times = before.timing.when.zone, {each.original for each in occurrences(after.timing)}
    moved = {each: LocalTime(of_text(each, zone).local + shift, zone).text for each, _ in before.dates}
    store_dates.carry_over(tx, before.id, {old: new for old, new in moved.items() if new in times})


def own_part(tx: Transaction, event: Event, person_id: int) -> Event:
    """Return a series with only those times at which somebody may come, for a calendar of their own."""
    own = store_dates.answers(tx, event.id, person_id)
    if not own or not event.timing.repeat or event.is_organiser(person_id):
        return event
    everywhere = store_people.answer_of(tx, event.id, person_id) is not None
    away = [
        each.original
        for each in occurrences(event.timing)
        if not _comes(own.get(each.original, {}).get(person_id), usually=everywhere)
    ]
    kept = tuple(each for each in event.timing.exceptions if each.original not in away)
    left_out = tuple(Exceptional(each, None) for each in away)
    return replace(event, timing=replace(event.timing, exceptions=(*kept, *left_out)))


def _comes(said: Rsvp | None, *, usually: bool) -> bool:
    return usually if said is None else said.answer is not Coming.NO


def _with_answers(event: Event, times: tuple[Occurrence, ...]) -> Iterator[Occurrence]:
    """Yield the times that have answers of their own: at all others the answers to the series hold."""
    known = {original for original, _ in event.dates}
    return (each for each in times if each.original in known)


def _is_full(event: Event, original: str) -> bool:
    seats = event.content.capacity
    return seats is not None and event.count_of(original).yes >= seats


def _is_overfull(event: Event, original: str) -> bool:
    seats = event.content.capacity
    return seats is not None and event.count_of(original).yes > seats
