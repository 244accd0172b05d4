# SPDX-License-Identifier: MIT
"""Homes that join a community, their numbers, and leaving with everything that is theirs."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import settings as run
from hypothesis import strategies as st
from storageplay import Store, empty_database

from bot.kit.errors import Invalid, UserError
from bot.kit.people import Home, Level
from bot.storage import (
    blocks,
    codes,
    communities,
    homes,
    levels,
    linking,
    numbers,
    people,
    places,
    privacy,
    settings,
    slots,
    switches,
    timers,
)


def ask(store: Store, home: Home, title: str = "x") -> int:
    """Open a request in a home, as the cog's store would; return its row."""

    def add(tx):
        row_id = tx.insert(
            "INSERT INTO requests (community_id, home_id, title) VALUES (?, ?, ?)",
            home.community_id,
            home.id,
            title,
        )
        numbers.allocate(tx, home.community_id, home.id, "request", row_id)
        return row_id

    return store(add)


def enter(tx, home: Home, slug: str) -> None:
    """Add an entry, unless the community has one of that name."""
    tx.run(
        "INSERT INTO entries (community_id, home_id, slug) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
        home.community_id,
        home.id,
        slug,
    )


def join(store: Store, host: Home, guest: Home) -> linking.Joined:
    code = store(codes.issue_home_code, host.id, store.person("Moderator").id)
    return store(linking.join, code, guest.id, None)


def number_of(store: Store, row_id: int) -> int | None:
    return store.value("SELECT number FROM numbers WHERE kind = 'request' AND row_id = ? AND current = 1", row_id)


def requests_of(store: Store, community_id: int) -> dict[int, str]:
    return {
        number_of(store, row_id): title
        for row_id, title in store.all("SELECT id, title FROM requests WHERE community_id = ?", community_id)
    }


def test_numbers_run_for_each_community_and_kind(store: Store):
    one, two = store.home("One"), store.home("Two")
    rows = [ask(store, home) for home in (one, one, two, one)]
    assert [number_of(store, row) for row in rows] == [1, 2, 1, 3]
    assert store(numbers.allocate, one.community_id, one.id, "event", 77) == 1
    assert store(numbers.find, one.community_id, "request", 3) == rows[3]
    assert store(numbers.find, two.community_id, "request", 3) is None
    assert store(numbers.find, one.community_id, "event", 1) == 77


def test_a_number_is_never_given_twice(store: Store):
    home = store.home("One")
    row = ask(store, home)
    store(numbers.release, "request", row)
    assert store(numbers.find, home.community_id, "request", 1) is None
    assert number_of(store, ask(store, home)) == 2


def test_a_home_joins_with_all_that_is_its_own(store: Store):
    host, guest = store.home("Host"), store.home("Guest", "matrix")
    ask(store, host, "first"), ask(store, host, "second")
    ask(store, guest, "mine"), ask(store, guest, "too")
    joined = join(store, host, guest)
    assert joined.home.community_id == joined.community.id == host.community_id
    assert joined.home.own_community_id == guest.own_community_id
    assert joined.moved == {"requests": 2}
    assert joined.stayed == {}
    assert [(renewal.old, renewal.new) for renewal in joined.renewals] == [(1, 3), (2, 4)]
    assert requests_of(store, host.community_id) == {1: "first", 2: "second", 3: "mine", 4: "too"}
    assert [home.name for home in store(homes.of_community, host.community_id)] == ["Host", "Guest"]


def test_old_numbers_stay_as_aliases_and_present_ones_come_first(store: Store):
    host, guest = store.home("Host"), store.home("Guest")
    first = ask(store, host)
    mine, too = ask(store, guest), ask(store, guest)
    join(store, host, guest)
    assert store(numbers.find, host.community_id, "request", 1) == first
    assert store(numbers.find, host.community_id, "request", 2) == mine, "its present number"
    store(numbers.release, "request", first)
    assert store(numbers.find, host.community_id, "request", 1) == mine, "its former number, now that it is nobody's"
    store(numbers.release, "request", mine)
    assert store(numbers.find, host.community_id, "request", 2) == too
    assert store(numbers.find, guest.own_community_id, "request", 1) is None


def test_an_alias_is_found_where_no_present_number_is(store: Store):
    host, guest = store.home("Host"), store.home("Guest")
    rows = [ask(store, guest) for _ in range(9)]
    for row in rows[:-1]:
        store(numbers.release, "request", row)
    join(store, host, guest)
    assert number_of(store, rows[-1]) == 1
    assert store(numbers.find, host.community_id, "request", 9) == rows[-1]


def test_the_preview_says_what_would_happen_and_does_nothing(store: Store):
    host, guest = store.home("Host"), store.home("Guest")
    ask(store, host), ask(store, guest)
    store(
        lambda tx: tx.many(
            "INSERT INTO entries (community_id, home_id, slug) VALUES (?, ?, 'same')",
            [(home.community_id, home.id) for home in (host, guest)],
        )
    )
    code = store(codes.issue_home_code, host.id, store.person("Moderator").id)
    before = store.dump()
    preview = store(linking.preview_join, code, guest.id)
    assert store.dump() == before
    assert (preview.moved, preview.stayed) == ({"requests": 1}, {"entries": 1})
    assert [(renewal.old, renewal.new) for renewal in preview.renewals] == [(1, 2)]
    assert store(linking.join, code, guest.id, None) == preview


def test_what_the_community_has_already_waits_untouched(store: Store):
    host, guest = store.home("Host"), store.home("Guest")
    for home in (host, guest):
        store(enter, home, "same")
        store(enter, home, home.name)
    before = store.dump("entries")
    joined = join(store, host, guest)
    assert (joined.moved, joined.stayed) == ({"entries": 1}, {"entries": 1})
    assert store.all("SELECT slug FROM entries WHERE community_id = ? ORDER BY id", host.community_id) == [
        ("same",),
        ("Host",),
        ("Guest",),
    ]
    store(linking.leave_community, guest.id, None)
    assert store.dump("entries") == before


def test_settings_of_places_move_and_those_of_the_community_stay(store: Store):
    host, guest = store.home("Host"), store.home("Guest")
    place = store.place(guest)
    for home in (host, guest):
        store(settings.change, home.community_id, "faq", "name", home.name, None)
        store(switches.change, home.community_id, "faq", home is host, None)
    store(settings.change, guest.community_id, "faq", "name", "Place", None, place_id=place.id)
    store(slots.assign, guest.community_id, "digest", place.id)
    join(store, host, guest)
    assert store(settings.values_of, host.community_id, "faq") == {"name": "Host"}
    assert store(settings.values_of, host.community_id, "faq", place.id) == {"name": "Place"}
    assert store(slots.places_of, host.community_id, "digest") == (place,)
    assert store(switches.chosen, host.community_id, "faq") is True
    assert store(places.whereabouts, place.platform, place.channel_id).community.id == host.community_id
    store(linking.leave_community, guest.id, None)
    assert store(settings.values_of, guest.community_id, "faq", place.id) == {"name": "Place"}
    assert store(settings.values_of, guest.community_id, "faq") == {"name": "Guest"}
    assert store(switches.chosen, guest.community_id, "faq") is False


def test_levels_granted_in_the_joining_community_give_none_in_the_other(store: Store):
    host, guest, ana = store.home("Host"), store.home("Guest"), store.person("Ana")
    store(levels.set_person_level, guest.community_id, ana.id, Level.OWNER, None)
    store(levels.set_role_level, guest.id, "7", "Mods", Level.MODERATOR, None)
    join(store, host, guest)
    assert store(levels.level_of, host.community_id, host.id, ana.id, ["7"]) is Level.MEMBER
    assert store(levels.level_of, host.community_id, guest.id, ana.id, ["7"]) is Level.MODERATOR
    store(linking.leave_community, guest.id, None)
    assert store(levels.level_of, guest.community_id, None, ana.id) is Level.OWNER


def test_timers_that_were_set_for_one_thing_move_and_daily_ones_stay(store: Store):
    host, guest = store.home("Host"), store.home("Guest")
    for home in (host, guest):
        store(timers.schedule, "requests", "remind", store.clock.now(), "d1", community_id=home.community_id)
    store(timers.schedule, "events", "remind", store.clock.now(), "1", community_id=guest.community_id, key="event:1")
    join(store, host, guest)
    assert sorted((timer.owner, timer.community_id) for timer in store(timers.due)) == [
        ("events", host.community_id),
        ("requests", host.community_id),
        ("requests", guest.community_id),
    ]
    assert [community.id for community in store(communities.present)] == [host.community_id]


def test_a_community_is_joined_once(store: Store):
    host, guest, third = store.home("Host"), store.home("Guest"), store.home("Third")
    join(store, host, guest)
    with pytest.raises(UserError, match="in this community already"):
        join(store, host, guest)
    with pytest.raises(UserError, match="must leave that one first"):
        join(store, third, guest)
    with pytest.raises(UserError, match="in this community already"):
        join(store, host, host)
    with pytest.raises(UserError, match="they must leave it first"):
        join(store, third, host)
    assert store(linking.leave_community, guest.id, None).community.id == guest.own_community_id
    with pytest.raises(UserError, match="nothing to leave"):
        store(linking.leave_community, guest.id, None)


def test_a_joined_home_may_invite_others_into_the_community(store: Store):
    host, guest, third = store.home("Host"), store.home("Guest"), store.home("Third")
    join(store, host, guest)
    assert join(store, guest, third).community.id == host.community_id


@pytest.mark.parametrize("spoil", ["used", "late", "wrong"])
def test_a_homes_code_works_once_and_for_ten_minutes(store: Store, spoil: str):
    host, guest, other = store.home("Host"), store.home("Guest"), store.home("Other")
    code = store(codes.issue_home_code, host.id, store.person("Moderator").id)
    if spoil == "used":
        store(linking.join, code, other.id, None)
    elif spoil == "late":
        store.clock.move(timedelta(minutes=10))
    else:
        code = "AAAA-AAAA"
    with pytest.raises(Invalid):
        store(linking.join, code, guest.id, None)


def test_joining_and_leaving_are_noted(store: Store):
    host, guest, ana = store.home("Host"), store.home("Guest"), store.person("Ana")
    code = store(codes.issue_home_code, host.id, ana.id)
    store(linking.join, code, guest.id, ana.id)
    store(linking.leave_community, guest.id, ana.id)
    assert store.all("SELECT action, person_id FROM audit ORDER BY id") == [
        ("home.joined", ana.id),
        ("home.left", ana.id),
    ]


def test_when_the_first_home_is_purged_the_others_go_home(store: Store):
    host, guest = store.home("Host"), store.home("Guest")
    ask(store, host, "theirs"), ask(store, guest, "mine")
    join(store, host, guest)
    store(linking.purge, host.id)
    assert store(homes.get, host.id) is None
    assert store(homes.get, guest.id).community_id == guest.own_community_id
    assert requests_of(store, guest.own_community_id) == {1: "mine"}
    assert store.value("SELECT count(*) FROM requests") == 1


def test_when_a_joined_home_is_purged_the_community_stays(store: Store):
    host, guest = store.home("Host"), store.home("Guest")
    ask(store, host, "theirs"), ask(store, guest, "mine")
    join(store, host, guest)
    store(linking.purge, guest.id)
    assert requests_of(store, host.community_id) == {1: "theirs"}
    assert store(communities.get, guest.own_community_id) is None
    assert number_of(store, ask(store, host)) == 3, "R-2 was the other's and is not given again"


MOVING = (
    "homes",
    "memberships",
    "slots",
    "settings",
    "switches",
    "blocks",
    "requests",
    "entries",
    "timers",
    "drafts",
    "outbox",
    "role_levels",
    "person_levels",
    "places",
    "communities",
)

doings = st.lists(
    st.tuples(
        st.sampled_from(["ask", "entry", "setting", "slot", "switch", "block", "timer", "seen", "level"]),
        st.integers(0, 2),
        st.integers(0, 3),
    ),
    max_size=25,
)


def do(store: Store, world: list[Home], what: str, which: int, number: int) -> None:
    home = store(homes.get, world[which].id)
    ana = store.person(f"Person {number}")
    place = store.place(home, str(number))
    if what == "ask":
        ask(store, home, f"{home.id}-{number}")
    elif what == "entry":
        store(enter, home, f"slug {number}")
    elif what == "setting":
        store(settings.change, home.community_id, "faq", "a", number, ana.id, place_id=place.id)
    elif what == "slot":
        store(slots.assign, home.community_id, f"slot {number % 2}", place.id)
    elif what == "switch":
        store(switches.change, home.community_id, "faq", bool(number % 2), None, place_id=place.id)
    elif what == "block":
        store(blocks.block, home.community_id, ana.identities, None)
    elif what == "timer":
        store(
            timers.schedule,
            "events",
            "remind",
            store.clock.now(),
            str(number),
            community_id=home.community_id,
            home_id=home.id,
            key=f"event:{home.id}:{number}",
        )
    elif what == "seen":
        store(people.seen, ana.id, home)
    else:
        store(levels.set_person_level, home.community_id, ana.id, Level(number), None)


@run(max_examples=60, deadline=None)
@given(doings, doings)
def test_joining_and_leaving_restores_everything(before: list, meanwhile: list):
    """What was there before is as it was, number for number; what was made meanwhile goes home with its home."""
    store = Store(empty_database())
    world = [store.home(name) for name in ("Host", "Guest", "Bystander")]
    for doing in before:
        do(store, world, *doing)
    tables, shown = store.dump(*MOVING), [requests_of(store, home.community_id) for home in world]
    joined = join(store, world[0], world[1])
    assert requests_of(store, world[2].community_id) == shown[2]
    assert set(requests_of(store, world[0].community_id).values()) == {*shown[0].values(), *shown[1].values()}
    assert len(joined.renewals) == len(shown[1])
    left = store(linking.leave_community, world[1].id, None)
    assert [requests_of(store, home.community_id) for home in world] == shown
    assert store.dump(*MOVING) == tables
    again = join(store, world[0], world[1])
    assert [(r.row_id, r.new) for r in again.renewals] == [(r.row_id, r.new) for r in joined.renewals]
    assert [(r.row_id, r.old) for r in left.renewals] == [(r.row_id, r.new) for r in joined.renewals]
    for doing in meanwhile:
        do(store, world, *doing)
    store(linking.leave_community, world[1].id, None)
    for home in world:
        for table in ("requests", "slots", "settings", "switches", "blocks", "timers", "memberships"):
            rows = store.all(f"SELECT DISTINCT community_id FROM {table} WHERE home_id = ?", home.id)
            assert rows in ([], [(home.own_community_id,)]), table
        ours = requests_of(store, home.community_id)
        assert None not in ours
        assert len(ours) == store.value("SELECT count(*) FROM requests WHERE home_id = ?", home.id)
        for number, title in ours.items():
            row = store(numbers.find, home.community_id, "request", number)
            assert store.value("SELECT title FROM requests WHERE id = ?", row) == title
    assert store.all("PRAGMA foreign_key_check") == []
    assert store(privacy.uncovered_person_columns) == ()
    store.connection.close()
