# SPDX-License-Identifier: MIT
"""The outbox's tables: what is counted, kept and pruned."""

from datetime import timedelta
from typing import Any

import pytest
from storageplay import NOON, Store

from bot.storage import delivery, outbox, posts
from bot.storage.outbox import Kind, State


@pytest.fixture
def place_id(store: Store) -> int:
    return store.place(store.home("Library")).id


def queue(store: Store, place_id: int, key: str = "k", **options: Any) -> int:
    return store(outbox.queue, Kind.POST, key, "discord", '{"v":1}', place_id=place_id, **options)


def state(store: Store, row_id: int) -> State:
    return store(outbox.get, row_id).state


def test_a_row_moves_with_the_home_of_its_place(store: Store, place_id: int):
    row = store(outbox.get, queue(store, place_id))
    assert row.home_id == store.value("SELECT home_id FROM places WHERE id = ?", place_id)
    assert (row.where, row.state) == (("discord", place_id), State.PENDING)


def test_two_rows_never_share_a_nonce(store: Store, place_id: int):
    nonces = {store(outbox.get, queue(store, place_id)).nonce for _ in range(50)}
    assert len(nonces) == 50
    assert all(len(nonce) <= 25 for nonce in nonces)


def test_unfinished_rows_are_counted_and_finished_ones_pruned(store: Store, place_id: int):
    rows = [queue(store, place_id, f"k{number}") for number in range(4)]
    (taken,) = store(delivery.take_due, "discord")
    store(delivery.sent, {taken.id: "m1"})
    store(delivery.park, rows[1], "refused")
    store(delivery.skip, rows[2], "expired")
    assert store(delivery.unfinished) == {"parked": 1, "pending": 1}
    assert store(delivery.prune, NOON) == 0
    assert store(delivery.prune, NOON + timedelta(seconds=1)) == 2
    assert [state(store, row_id) for row_id in (rows[1], rows[3])] == [State.PARKED, State.PENDING]
    assert [post.message_id for post in store(posts.of_key, "k0")] == ["m1"]
    assert store(outbox.update, "k0", '{"v":1,"text":"new"}') == 1


def test_a_row_behind_one_that_is_tried_again_waits_and_beside_it_does_not(store: Store, place_id: int):
    other = store.place(store.home("Library"), "other").id
    first, behind, beside = queue(store, place_id), queue(store, place_id, "b"), queue(store, other, "c")
    assert [row.id for row in store(delivery.take_due, "discord")] == [first, beside]
    store(delivery.retry, first, "503", NOON + timedelta(minutes=5))
    assert store(delivery.take_due, "discord") == ()
    assert store(delivery.any_due, "discord")
    assert store(delivery.next_at, "discord") == NOON + timedelta(minutes=5)
    later = queue(store, other, "d", not_before_at=NOON + timedelta(hours=1))
    assert store(delivery.hurry, "discord") == 1
    assert [row.id for row in store(delivery.take_due, "discord")] == [first]
    assert [state(store, row_id) for row_id in (behind, later)] == [State.PENDING, State.PENDING]


def test_what_may_have_arrived_is_remembered_until_it_surely_did_not(store: Store, place_id: int):
    row_id = queue(store, place_id)
    store(delivery.take_due, "discord")
    assert store(delivery.interrupted, "discord") == 1
    store.clock.move(timedelta(minutes=1))
    (again,) = store(delivery.take_due, "discord")
    assert (again.sending_at, again.attempts) == (NOON, 2)
    store(delivery.put_back, row_id, again.sending_at)
    (again,) = store(delivery.take_due, "discord")
    assert (again.sending_at, again.attempts) == (NOON, 2)
    store(delivery.retry, row_id, "429", store.clock.now())
    (again,) = store(delivery.take_due, "discord")
    assert again.sending_at is None


def test_busy_lanes_and_other_platforms_are_left_alone(store: Store, place_id: int):
    queue(store, place_id)
    assert store(delivery.take_due, "discord", 10, (place_id,)) == ()
    assert store(delivery.take_due, "matrix") == ()
    assert len(store(delivery.take_due, "discord")) == 1


def test_due_rows_are_found_by_index(store: Store, place_id: int):
    plan = " ".join(row[-1] for row in store.all("EXPLAIN QUERY PLAN " + delivery._DUE, "discord", 0, "[]", 0, 10))
    assert "outbox_due" in plan
    assert "outbox_in_lane" in plan
    assert "SCAN o " not in plan
    assert "TEMP B-TREE" not in plan
