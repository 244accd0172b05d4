# SPDX-License-Identifier: MIT
"""No sequence of commands reaches an impossible state, loses a number or leaves out a line of the history."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.clock import ManualClock
from bot.core.ranks import KnownLevels
from bot.kit import Level, Person, UserError
from bot.kit.people import HomeKind
from bot.storage import homes, numbers, people
from bot.storage.database import SqliteDatabase
from bot.storage.migrate import all_migrations
from cogs.requests import store, store_history
from cogs.requests.erasing import erase, forget
from cogs.requests.identifiers import parse
from cogs.requests.lifecycle import WAYS, Move
from cogs.requests.model import Actor, Content, Delivery, Happened, SourceKind, State
from cogs.requests.news import News
from cogs.requests.service import Service


class Silent:
    """A poster that keeps what it is told to say."""

    def __init__(self):
        self.said = []

    def announce(self, tx, community_id, slot, key, reply, **options):
        self.said.append((key, None))
        return 1

    def post(self, tx, community_id, place_id, key, reply, **options):
        self.said.append((key, place_id))

    def tell(self, tx, community_id, person_id, key, reply, **options):
        self.said.append((key, -person_id))

    def update(self, tx, key, reply):
        return 1


WHO = st.sampled_from(["asker", "member", "librarian", "other", "moderator", "bot"])
LIKELY = [
    ("open", "asker"),
    (Move.CLAIM, "librarian"),
    (Move.ASK, "librarian"),
    (Move.REPLY, "asker"),
    (Move.RELEASE, "librarian"),
    (Move.FULFIL, "librarian"),
    (Move.DECLINE, "librarian"),
    (Move.WITHDRAW, "asker"),
    (Move.REOPEN, "asker"),
]
STEP = st.tuples(st.sampled_from(LIKELY), st.just(0)) | st.tuples(
    st.tuples(st.sampled_from(["open", "forget", *Move]), WHO), st.integers(0, 2)
)


@settings(max_examples=80, deadline=None)
@given(st.lists(STEP, min_size=3, max_size=30))
def test_any_sequence_of_commands(steps):
    asyncio.run(play(steps))


async def play(steps):
    clock = ManualClock(datetime(2026, 11, 23, 12, tzinfo=UTC))
    db = await SqliteDatabase.in_memory(clock)
    try:
        await db.migrate([step for step in all_migrations() if step.owner in {"core", "requests"}])
        await db.write(run, clock, steps)
    finally:
        await db.close()


def run(tx, clock, steps):
    home = homes.arrive(tx, "memory", "1", "Library", HomeKind.SERVER)
    names = ["asker", "member", "librarian", "other", "moderator"]
    persons = {name: people.recognise(tx, "memory", name, name).id for name in names}
    levels = {"librarian": Level.LIBRARIAN, "other": Level.LIBRARIAN, "moderator": Level.MODERATOR}
    poster = Silent()
    service = Service(numbers, News(poster), lambda tx, request: None, KnownLevels())
    opened, gone = [], set()
    for (what, who), which in [(("open", "asker"), 0), *steps]:
        clock.move(timedelta(minutes=1))
        person_id = persons.get(who)
        if person_id in gone:
            continue
        actor = Actor(home.community_id, home.id, person_id, levels.get(who, Level.MEMBER), None)
        if what == "open" and person_id:
            request = service.open(tx, actor, Content(f"Title {len(opened)}", SourceKind.BOOK), (), "2026-11")
            opened.append(request.id)
            assert request.number == len(opened)
            assert request.state is State.OPEN
        elif what == "forget" and person_id:
            forget(tx, service, person_id)
            gone.add(person_id)
        elif opened and what in set(Move):
            attempt(tx, service, actor, opened[which % len(opened)], what, persons)
        check(tx, home.community_id, opened)
    assert len(set(poster.said)) == len(poster.said), "nothing is told twice"


def attempt(tx, service, actor, request_id, move, persons):
    before = store.get(tx, actor.community_id, request_id)
    history = store_history.of_request(tx, request_id)
    acts = {
        Move.CLAIM: lambda: service.claim(tx, actor, request_id),
        Move.RELEASE: lambda: service.release(tx, actor, request_id),
        Move.ASSIGN: lambda: service.assign(tx, actor, request_id, Person(persons["other"], "other")),
        Move.ASK: lambda: service.ask(tx, actor, request_id, "Which?"),
        Move.REPLY: lambda: service.reply(tx, actor, request_id, "This."),
        Move.EDIT: lambda: service.edit(tx, actor, request_id, before.content, None),
        Move.FULFIL: lambda: service.fulfil(tx, actor, request_id, Delivery("Here", effort=3, minutes=5)),
        Move.ACCEPT: lambda: service.accept_free(tx, actor, request_id),
        Move.DECLINE: lambda: service.decline(tx, actor, request_id, "No"),
        Move.WITHDRAW: lambda: service.withdraw(tx, actor, request_id),
        Move.REOPEN: lambda: service.reopen(tx, actor, request_id),
    }
    if actor.person_id is None and move not in {Move.RELEASE, Move.WITHDRAW}:
        return
    try:
        after = acts[move]()
    except UserError:
        assert store.get(tx, actor.community_id, request_id) == before
        assert store_history.of_request(tx, request_id) == history
        return
    assert WAYS[move][before.state] is after.state
    lines = store_history.of_request(tx, request_id)
    assert len(lines) == len(history) + 1
    assert (lines[-1].before, lines[-1].after) == (before.state, after.state)
    assert (lines[-1].person.id if lines[-1].person else None) == actor.person_id


def check(tx, community_id, opened):
    for place, request_id in enumerate(opened):
        request = store.get(tx, community_id, request_id)
        assert request.number == place + 1
        assert numbers.find(tx, community_id, store.KIND, request.number) == request_id
        assert (request.closed_at is not None) == request.state.closed
        if request.state is State.OPEN:
            assert request.claimer is None
        if request.state in {State.CLAIMED, State.WAITING}:
            assert request.claimer is not None
        if request.state is not State.FULFILLED:
            assert request.delivery == Delivery()
        history = store_history.of_request(tx, request_id)
        assert history[0].happened is Happened.OPENED
        states = [line.after for line in history]
        assert states[-1] is request.state
        assert all(line.before is earlier for line, earlier in zip(history[1:], states, strict=False))


@pytest.mark.parametrize("state", State)
def test_every_state_has_a_way_out_and_closed_ones_only_one(state):
    ways = {move for move, states in WAYS.items() if state in states}
    assert ways
    if state.closed:
        assert ways == {Move.REOPEN}


async def test_a_number_is_never_given_again():
    clock = ManualClock(datetime(2026, 11, 23, 12, tzinfo=UTC))
    db = await SqliteDatabase.in_memory(clock)
    await db.migrate([step for step in all_migrations() if step.owner in {"core", "requests"}])

    def work(tx):
        home = homes.arrive(tx, "memory", "1", "Library", HomeKind.SERVER)
        ana = people.recognise(tx, "memory", "ana", "Ana")
        service = Service(numbers, News(Silent()), lambda tx, request: None, KnownLevels())
        actor = Actor(home.community_id, home.id, ana.id)
        doi = parse("10.1000/182")
        first = service.open(tx, actor, Content("One"), (doi, doi), "2026-11")
        assert [each.value for each in first.identifiers] == ["10.1000/182"]
        service.withdraw(tx, actor, first.id)
        erase(tx, service.news, store.get(tx, home.community_id, first.id))
        return service.open(tx, actor, Content("Two"), (), "2026-11").number

    assert await db.write(work) == 2
    await db.close()
