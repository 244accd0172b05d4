# SPDX-License-Identifier: MIT
"""Homes, communities, places, slots, settings and switches."""

from datetime import timedelta

import pytest
from storageplay import Store

from bot.kit.errors import NotFound
from bot.kit.people import HomeKind
from bot.storage import audit, communities, homes, linking, places, settings, slots, switches


def test_a_home_starts_a_community_of_its_own(store: Store):
    home = store(homes.arrive, "matrix", "!room:example.org", "Reading room", HomeKind.ROOM, "hr", "Europe/Zagreb")
    community = store(communities.get, home.community_id)
    assert home.community_id == home.own_community_id
    assert (community.name, community.locale, community.zone) == ("Reading room", "hr", "Europe/Zagreb")
    assert community.first_home_id == home.id
    assert store(homes.find, "matrix", "!room:example.org") == store(homes.get, home.id) == home
    assert home.kind is HomeKind.ROOM


def test_arriving_again_changes_nothing_but_the_name(store: Store):
    home = store.home("One")
    again = store(homes.arrive, "discord", "one", "One and all", HomeKind.SERVER)
    assert (again.id, again.name) == (home.id, "One and all")
    assert store(communities.get, home.community_id).name == "One and all"


def test_a_community_that_was_named_keeps_its_name(store: Store):
    home = store.home("One")
    store(communities.change, home.community_id, name="Wikimedia and Libraries", zone="Europe/Paris")
    store(homes.arrive, "discord", "one", "Uno", HomeKind.SERVER)
    assert store(communities.get, home.community_id).name == "Wikimedia and Libraries"
    assert store(communities.change, home.community_id, locale="ca").zone == "Europe/Paris"


def test_what_is_not_known_is_said(store: Store):
    with pytest.raises(NotFound):
        store(homes.existing, 999)
    with pytest.raises(NotFound):
        store(communities.change, 999, name="x")
    assert store(homes.get, 999) is store(communities.get, 999) is store(places.get, 999) is None


def test_a_home_that_the_bot_left_waits_thirty_days(store: Store):
    home, other = store.home("One"), store.home("Two")
    store(homes.leave, home.id)
    assert store(homes.present) == (other,)
    assert store(communities.present) == (store(communities.get, other.community_id),)
    store.clock.move(timedelta(days=20))
    store(homes.leave, home.id)
    store.clock.move(timedelta(days=10, microseconds=-1))
    assert store(homes.due_for_purge) == ()
    store.clock.move(timedelta(microseconds=1))
    assert store(homes.due_for_purge) == (home,)


def test_returning_in_time_keeps_everything(store: Store):
    home = store.home("One")
    store(homes.leave, home.id)
    assert store.home("One") == home
    store.clock.move(timedelta(days=31))
    assert store(homes.due_for_purge) == ()
    assert store(homes.present, "discord") == (home,)
    assert store(homes.present, "matrix") == ()


def test_purging_a_home_leaves_nothing_of_it(store: Store):
    before = store.dump()
    person = store.person("Ana")
    with_person = store.dump("people", "identities")
    home = store.home("One")
    place = store.place(home)
    store(slots.assign, home.community_id, "digest", place.id)
    store(settings.change, home.community_id, "faq", "threshold", 1, person.id, place_id=place.id)
    store(settings.change, home.community_id, "faq", "threshold", 1, person.id)
    store(switches.change, home.community_id, "faq", False, person.id)
    store(audit.note, home.community_id, person.id, "test", {})
    store(
        lambda tx: tx.run(
            "INSERT INTO requests (community_id, home_id, title) VALUES (?, ?, 'x')", home.community_id, home.id
        )
    )
    store(linking.purge, home.id)
    after = store.dump()
    del after["sqlite_sequence"], before["sqlite_sequence"]
    assert after == {**before, **with_person}


def test_a_place_is_known_once_and_renamed(store: Store):
    home = store.home("One")
    place = store(places.ensure, "discord", "7", None, "general", home_id=home.id)
    thread = store(places.ensure, "discord", "7", "8", "a thread", home_id=home.id)
    assert (place.thread_id, thread.thread_id, thread.direct) == (None, "8", False)
    assert store(places.ensure, "discord", "7", None, "lobby", home_id=home.id).id == place.id
    assert store(places.find, "discord", "7").name == "lobby"
    assert store(places.find, "matrix", "7") is None
    assert [each.name for each in store(places.of_home, home.id)] == ["a thread", "lobby"]


def test_a_direct_conversation_is_a_persons(store: Store):
    ana = store.person("Ana")
    place = store(places.ensure, "discord", "dm", person_id=ana.id)
    assert place.direct
    found = store(places.whereabouts, "discord", "dm")
    assert (found.place, found.home, found.community) == (place, None, None)


@pytest.mark.parametrize("owners", [{}, {"home_id": 1, "person_id": 1}])
def test_a_place_is_either_a_homes_or_a_persons(store: Store, owners: dict):
    with pytest.raises(ValueError, match="either to a home or to a person"):
        store(places.ensure, "discord", "7", **owners)


def test_where_one_is(store: Store):
    home = store.home("One")
    place = store.place(home)
    found = store(places.whereabouts, "discord", place.channel_id)
    assert (found.place, found.home, found.community.id) == (place, home, home.community_id)
    assert store(places.whereabouts, "discord", "elsewhere") is None


def test_a_place_that_is_gone_serves_no_more_and_may_come_back(store: Store):
    home = store.home("One")
    place = store.place(home)
    store(slots.assign, home.community_id, "digest", place.id)
    store(places.mark_gone, place.id)
    assert store(places.of_home, home.id) == store(slots.places_of, home.community_id, "digest") == ()
    store.place(home)
    assert store(slots.places_of, home.community_id, "digest") == (place,)


def test_a_slot_may_be_several_places(store: Store):
    home = store.home("One")
    first, second = store.place(home, "a"), store.place(home, "b")
    for place in (first, second, first):
        store(slots.assign, home.community_id, "digest", place.id)
    assert store(slots.places_of, home.community_id, "digest") == (first, second)
    assert [slot.place_id for slot in store(slots.everything)] == [first.id, second.id]
    assert store(slots.withdraw, home.community_id, "digest", first.id)
    assert not store(slots.withdraw, home.community_id, "digest", first.id)
    assert store(slots.places_of, home.community_id, "digest") == (second,)


def test_places_of_another_community_are_out_of_reach(store: Store):
    one, two = store.home("One"), store.home("Two")
    foreign = store.place(two)
    with pytest.raises(NotFound):
        store(slots.assign, one.community_id, "digest", foreign.id)
    with pytest.raises(NotFound):
        store(settings.change, one.community_id, "faq", "threshold", 1, None, place_id=foreign.id)
    with pytest.raises(NotFound):
        store(switches.change, one.community_id, "faq", False, None, place_id=foreign.id)
    store(slots.assign, two.community_id, "digest", foreign.id)
    assert not store(slots.withdraw, one.community_id, "digest", foreign.id)


def test_of_places_that_a_bridge_connects_one_is_posted_to(store: Store):
    home = store.home("One")
    first, second, third = (store.place(home, name) for name in "abc")
    for place in (first, second, third):
        store(slots.assign, home.community_id, "digest", place.id)
    store(places.bridge, [first.id, second.id], "lounge")
    assert store(slots.places_of, home.community_id, "digest") == (first, third)
    assert store(slots.places_of, home.community_id, "digest", once_per_bridge=False) == (first, second, third)
    assert store(places.bridged_with, second.id) == (first,)
    store(places.bridge, [second.id], None)
    assert store(slots.places_of, home.community_id, "digest") == (first, second, third)


def test_what_a_place_chose_comes_before_what_the_community_chose(store: Store):
    home = store.home("One")
    place, other = store.place(home, "a"), store.place(home, "b")
    change = lambda key, value, **at: store(settings.change, home.community_id, "faq", key, value, None, **at)  # noqa: E731
    change("threshold", 0.5)
    change("sources", ["meta", "wikipedia"])
    change("threshold", 0.9, place_id=place.id)
    change("threshold", 0.8, place_id=place.id)
    of = lambda *at: store(settings.values_of, home.community_id, "faq", *at)  # noqa: E731
    assert of() == of(other.id) == {"threshold": 0.5, "sources": ["meta", "wikipedia"]}
    assert of(place.id) == {"threshold": 0.8, "sources": ["meta", "wikipedia"]}
    assert len(store(settings.everything)) == 3
    assert store(settings.values_of, home.community_id, "events") == {}
    assert store(settings.reset, home.community_id, "faq", "threshold", place_id=place.id)
    assert of(place.id) == of()
    assert store(settings.reset, home.community_id, "faq", "threshold")
    assert not store(settings.reset, home.community_id, "faq", "threshold")
    assert of() == {"sources": ["meta", "wikipedia"]}


def test_a_place_and_its_community_are_switched_apart(store: Store):
    home = store.home("One")
    place = store.place(home)
    change = lambda enabled, **at: store(switches.change, home.community_id, "faq", enabled, None, **at)  # noqa: E731
    chosen = lambda *at: store(switches.chosen, home.community_id, "faq", *at)  # noqa: E731
    assert (chosen(), chosen(place.id)) == (None, None)
    change(False)
    assert (chosen(), chosen(place.id)) == (False, None)
    change(True, place_id=place.id)
    assert (chosen(), chosen(place.id)) == (False, True)
    assert [switch.enabled for switch in store(switches.everything, home.community_id)] == [False, True]
    change(None)
    change(None, place_id=place.id)
    assert store(switches.everything) == ()


def test_the_audit_is_read_from_the_newest_and_pruned(store: Store):
    home = store.home("One")
    for number in range(5):
        store(audit.note, home.community_id, None, "setting.changed", {"was": number, "is": number + 1})
    first = store(audit.recent, home.community_id, 3)
    assert [entry.detail["was"] for entry in first] == [4, 3, 2]
    assert first[0].at == store.clock.now()
    assert store(audit.recent, store.home("Two").community_id) == ()
    store.clock.move(timedelta(days=1))
    assert store(audit.prune, store.clock.now()) == 5
