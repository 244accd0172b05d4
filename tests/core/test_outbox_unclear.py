# SPDX-License-Identifier: MIT
"""Posts of which nobody can tell whether they arrived, and those that are too late: never twice, never unseen."""

from datetime import timedelta
from pathlib import Path

import pytest
from outboxplay import NOON, Desk, FakeCourier, open_desk, unclear

from bot.core.clock import ManualClock
from bot.core.courier import Refused, Retry
from bot.kit.reply import Reply


@pytest.fixture
async def desk(tmp_path: Path):
    clock = ManualClock(NOON)
    async with open_desk(tmp_path / "refdesk.db", clock, FakeCourier(clock)) as desk:
        yield desk


@pytest.mark.parametrize("arrived", [True, False])
async def test_within_the_platforms_memory_an_unclear_post_is_simply_repeated(desk: Desk, arrived: bool):
    place = await desk.place("news")
    desk.courier.fail(unclear(), unclear(), arrived=arrived)
    await desk.post(place, "a", Reply("one"))
    await desk.move(30)
    assert (desk.courier.texts(), desk.courier.looks) == (["one"], 0)
    assert await desk.states() == ["sent"]


@pytest.mark.parametrize("arrived", [True, False])
async def test_past_the_platforms_memory_an_unclear_post_is_looked_for(desk: Desk, arrived: bool):
    place = await desk.place("news")
    desk.courier.memory = 0.0
    desk.courier.fail(unclear(), arrived=arrived)
    await desk.post(place, "a", Reply("one"))
    await desk.move(30)
    assert (desk.courier.texts(), desk.courier.looks) == (["one"], 1)
    assert await desk.states() == ["sent"]


@pytest.mark.parametrize("error", [unclear("may not read"), Refused("may not read")])
async def test_where_nobody_can_look_an_unclear_post_is_parked(desk: Desk, error: Exception):
    place = await desk.place("news")
    desk.courier.memory, desk.courier.readable = 0.0, error
    desk.courier.fail(unclear(), arrived=True)
    await desk.post(place, "a", Reply("one"))
    await desk.move(30)
    assert await desk.rows() == [("a", "parked", "may not read")]
    assert len(desk.parked) == 1
    assert desk.parked[0].sending_at is not None
    assert desk.courier.texts() == ["one"]


async def test_a_look_that_must_wait_is_repeated(desk: Desk):
    place = await desk.place("news")
    desk.courier.memory, desk.courier.readable = 0.0, Retry("slow down", after=5)
    desk.courier.fail(unclear(), arrived=True)
    await desk.post(place, "a", Reply("one"))
    await desk.move(4)
    desk.courier.readable = None
    await desk.move(20)
    assert (await desk.states(), desk.courier.texts()) == (["sent"], ["one"])


async def test_being_told_to_come_back_does_not_make_an_unclear_post_clear(desk: Desk):
    """Unclear (it arrived), then Retry until the platform has forgotten the marker: it must be looked for."""
    place = await desk.place("news")
    desk.courier.memory = 40.0
    desk.courier.fail(unclear(), arrived=True)
    desk.courier.fail(Retry("slow down", after=100))
    await desk.post(place, "a", Reply("one"))
    await desk.move(200)
    assert (desk.courier.texts(), desk.courier.looks) == (["one"], 1)


async def test_a_private_post_is_looked_for_where_it_went(desk: Desk):
    ana = await desk.person("Ana")
    desk.courier.memory = 0.0
    desk.courier.fail(unclear(), arrived=True)
    await desk.db.write(desk.poster.tell, desk.community_id, ana.id, "a", Reply("psst"))
    await desk.move(30)
    assert (desk.courier.texts(), desk.courier.looks, await desk.states()) == (["psst"], 1, ["sent"])


async def test_what_is_too_late_is_skipped(desk: Desk):
    place = await desk.place("news")
    desk.courier.fail(Retry("down", after=100))
    await desk.post(place, "a", Reply("It starts in a minute!"), expires_at=NOON + timedelta(seconds=60))
    await desk.post(place, "b", Reply("after it"))
    await desk.move(200)
    assert await desk.rows() == [("a", "skipped", "expired"), ("b", "sent", None)]


@pytest.mark.parametrize(("arrived", "state"), [(True, "sent"), (False, "skipped")])
async def test_what_is_too_late_and_may_have_arrived_is_looked_for_and_not_repeated(
    desk: Desk, arrived: bool, state: str
):
    place = await desk.place("news")
    desk.courier.fail(unclear(), Retry("down", after=100), arrived=arrived)
    await desk.post(place, "a", Reply("It starts in a minute!"), expires_at=NOON + timedelta(seconds=60))
    await desk.move(200)
    assert (await desk.states(), len(desk.courier.texts())) == ([state], int(arrived))
