# SPDX-License-Identifier: MIT
"""Drafts, timers and bindings: what waits for somebody's answer, an hour or a press."""

from datetime import timedelta

import pytest
from storageplay import Store

from bot.kit.people import Home, Person, Place
from bot.storage import bindings, drafts, timers
from bot.storage.bindings import Sign

HOUR = timedelta(hours=1)


@pytest.fixture
def ana(store: Store) -> Person:
    return store.person("Ana")


@pytest.fixture
def home(store: Store) -> Home:
    return store.home("One")


@pytest.fixture
def place(store: Store, home: Home) -> Place:
    return store.place(home)


def draft(store: Store, person: Person, place: Place, **more) -> drafts.Draft:
    return store(
        drafts.add,
        person.id,
        place.id,
        "requests.open_request",
        {"title": "Zagreb fair"},
        expires_at=store.clock.now() + HOUR,
        **more,
    )


def test_a_draft_keeps_what_is_known(store: Store, ana: Person, home: Home, place: Place):
    kept = draft(
        store, ana, place, community_id=home.community_id, home_id=home.id, asking="kind", platform_ref={"event": "$1"}
    )
    assert store(drafts.get, kept.id) == kept
    assert (kept.arguments, kept.asking, kept.confirmed, kept.platform_ref) == (
        {"title": "Zagreb fair"},
        "kind",
        False,
        {"event": "$1"},
    )
    assert (kept.created_at, kept.expires_at) == (store.clock.now(), store.clock.now() + HOUR)


def test_a_draft_grows_until_it_is_taken_once(store: Store, ana: Person, place: Place):
    kept = draft(store, ana, place, asking="kind", platform_ref={"event": "$1"})
    later = store.clock.now() + 2 * HOUR
    grown = store(
        drafts.change,
        kept.id,
        arguments={"title": "Zagreb fair", "kind": "book"},
        asking=None,
        confirmed=True,
        expires_at=later,
    )
    assert (grown.arguments["kind"], grown.confirmed, grown.platform_ref, grown.expires_at) == (
        "book",
        True,
        {"event": "$1"},
        later,
    )
    assert store(drafts.take, kept.id) == grown
    assert store(drafts.take, kept.id) is store(drafts.get, kept.id) is None
    assert store(drafts.change, kept.id, arguments={}, asking=None) is None


def test_a_draft_expires(store: Store, ana: Person, place: Place):
    kept = draft(store, ana, place, asking="kind")
    store.clock.move(HOUR)
    assert store(drafts.get, kept.id) is None
    assert store(drafts.change, kept.id, arguments={}, asking=None) is store(drafts.take, kept.id) is None
    assert store(drafts.drop_expired) == 1


def test_a_drafts_id_is_never_given_again(store: Store, ana: Person, place: Place):
    """An old Continue button must not continue something else."""
    first = draft(store, ana, place)
    store(drafts.take, first.id)
    assert draft(store, ana, place).id > first.id


def test_the_earliest_timer_comes_first(store: Store, home: Home):
    now = store.clock.now()
    assert store(timers.next_at) is None
    for key, hours in (("b", 2), ("a", 1), ("c", 3)):
        store(timers.schedule, "events", "remind", now + hours * HOUR, key, community_id=home.community_id, key=key)
    assert store(timers.next_at) == now + HOUR
    assert store(timers.due) == ()
    store.clock.move(2 * HOUR)
    assert [timer.key for timer in store(timers.due)] == ["a", "b"]
    assert [timer.key for timer in store(timers.due, 1)] == ["a"]


def test_setting_a_timer_again_moves_it(store: Store, home: Home):
    now = store.clock.now()
    first = store(timers.schedule, "events", "remind", now, "1", community_id=home.community_id, key="event:1")
    again = store(
        timers.schedule,
        "events",
        "remind",
        now + HOUR,
        "2",
        community_id=home.community_id,
        key="event:1",
        payload={"x": 1},
    )
    assert store(timers.due) == ()
    store.clock.move(HOUR)
    (timer,) = store(timers.due)
    assert (first, again, timer.due_at, timer.slot, timer.payload) == (timer.id, timer.id, now + HOUR, "2", {"x": 1})
    assert store(timers.cancel, "events", "remind", home.community_id, "event:1")
    assert not store(timers.cancel, "events", "remind", home.community_id, "event:1")


@pytest.mark.parametrize("everywhere", [False, True])
def test_a_job_has_one_rhythm(store: Store, home: Home, everywhere: bool):
    community_id = None if everywhere else home.community_id
    now = store.clock.now()
    for slot in ("1", "2"):
        store(timers.schedule, "faq", "digest", now, slot, community_id=community_id)
    (timer,) = store(timers.due)
    assert (timer.slot, timer.community_id) == ("2", community_id)
    assert store(timers.remove, timer.id)
    assert store(timers.next_at) is None


def test_a_slot_runs_at_most_once_and_the_timer_moves_on(store: Store, home: Home):
    now = store.clock.now()
    store(timers.schedule, "faq", "digest", now, "monday", community_id=home.community_id)
    (timer,) = store(timers.due)
    run = store(timers.begin, timer, next_due_at=now + HOUR, next_slot="tuesday")
    assert run is not None
    assert store(timers.begin, timer, next_due_at=now + HOUR, next_slot="tuesday") is None
    assert [each.slot for each in store(timers.interrupted)] == ["monday"]
    store(timers.finish, run)
    assert store(timers.interrupted) == ()
    assert store(timers.next_at) == now + HOUR


def test_a_slot_that_has_run_does_not_run_again_when_its_timer_is_set_anew(store: Store, home: Home):
    """After a cog was taken away and brought back, or a backup of its settings was put in place."""
    now = store.clock.now()
    for _ in range(2):
        store(timers.schedule, "faq", "digest", now, "monday", community_id=home.community_id)
        (timer,) = store(timers.due)
        runs = store(timers.begin, timer)
    assert runs is None
    assert store(timers.due) == ()


def test_a_timer_that_was_moved_or_cancelled_meanwhile_does_not_run(store: Store, home: Home):
    now = store.clock.now()
    set_for = lambda slot: store(  # noqa: E731
        timers.schedule, "events", "remind", now, slot, community_id=home.community_id, key="event:1"
    )
    set_for("1")
    (timer,) = store(timers.due)
    set_for("2")
    assert store(timers.begin, timer) is None
    (moved,) = store(timers.due)
    store(timers.cancel, "events", "remind", home.community_id, "event:1")
    assert store(timers.begin, moved) is None
    assert store.value("SELECT count(*) FROM timer_runs") == 0


def test_a_late_slot_may_be_let_go(store: Store, home: Home):
    store(timers.schedule, "faq", "digest", store.clock.now(), "monday", community_id=home.community_id)
    (timer,) = store(timers.due)
    assert store(timers.begin, timer, skip=True) is None
    assert store.all("SELECT slot, state FROM timer_runs") == [("monday", "skipped")]
    assert store(timers.interrupted) == store(timers.due) == ()


def test_what_a_run_ended_with_is_kept_for_a_while(store: Store, home: Home):
    for slot, error in (("1", None), ("2", "KeyError"), ("3", None)):
        store(timers.schedule, "faq", "digest", store.clock.now(), slot, community_id=home.community_id)
        run = store(timers.begin, store(timers.due)[0])
        if slot != "3":
            store(timers.finish, run, error)
    assert store.all("SELECT state, error FROM timer_runs") == [
        ("done", None),
        ("failed", "KeyError"),
        ("running", None),
    ]
    store.clock.move(HOUR)
    assert store(timers.prune, store.clock.now()) == 2


SIGNS = [Sign("✋", "requests.claim", {"request_id": 7}), Sign("1", "requests.show", {"request_id": 7})]


def test_a_sign_on_a_message_means_what_was_bound(store: Store, place: Place):
    store(bindings.bind, "matrix", place.id, "$1", SIGNS)
    found = store(bindings.find, place.id, "$1", "✋")
    assert (found.target, found.arguments) == ("requests.claim", {"request_id": 7})
    assert store(bindings.find, place.id, "$1", "👍") is store(bindings.find, place.id, "$2", "✋") is None
    assert store(bindings.find, place.id, "$1", "1").target == "requests.show"


def test_binding_again_replaces(store: Store, place: Place):
    store(bindings.bind, "matrix", place.id, "$1", SIGNS)
    store(bindings.bind, "matrix", place.id, "$1", [Sign("✋", "requests.give_back", {})])
    assert store(bindings.find, place.id, "$1", "✋").target == "requests.give_back"
    assert store(bindings.find, place.id, "$1", "1") is None
    assert store(bindings.unbind, place.id, "$1") == 1


def test_a_number_means_the_latest_list(store: Store, place: Place):
    store(bindings.bind, "matrix", place.id, "$1", [Sign("1", "first", {})])
    store(bindings.bind, "matrix", place.id, "$2", [Sign("1", "second", {})])
    assert store(bindings.latest, place.id, "1").target == "second"
    assert store(bindings.latest, place.id, "2") is None


def test_bindings_expire(store: Store, place: Place):
    store(bindings.bind, "matrix", place.id, "$1", SIGNS, expires_at=store.clock.now() + HOUR)
    store(bindings.bind, "matrix", place.id, "$2", [Sign("✋", "for ever", {})])
    store.clock.move(HOUR - timedelta(microseconds=1))
    assert store(bindings.find, place.id, "$1", "✋")
    store.clock.move(timedelta(microseconds=1))
    assert store(bindings.find, place.id, "$1", "✋") is store(bindings.latest, place.id, "1") is None
    assert store(bindings.drop_expired) == 2
    assert store(bindings.find, place.id, "$2", "✋").target == "for ever"
