# SPDX-License-Identifier: MIT
"""Posts are delivered once, in order, through every failure, or parked."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from outboxplay import NOON, Desk, FakeCourier, Fate, open_desk

from bot.core.clock import ManualClock
from bot.core.courier import Gone, Refused, Retry
from bot.kit.entry import CalendarEntry
from bot.kit.health import State
from bot.kit.reply import Reply
from bot.kit.text import t
from bot.storage import delivery


@pytest.fixture
async def desk(tmp_path: Path):
    clock = ManualClock(NOON)
    async with open_desk(tmp_path / "refdesk.db", clock, FakeCourier(clock)) as desk:
        yield desk


async def test_a_post_arrives_and_is_known_as_sent(desk: Desk):
    place = await desk.place("news")
    await desk.post(place, "k", Reply("Hello"))
    await desk.settled()
    assert desk.courier.texts(place) == ["Hello"]
    assert await desk.states() == ["sent"]
    assert (await desk.row(1)).payload == "{}"


async def test_nothing_leaves_before_the_commit_or_after_a_rollback(desk: Desk):
    place = await desk.place("news")

    def store(tx):
        desk.poster.post(tx, desk.community_id, place.id, "k", Reply("Hello"))
        raise ValueError("changed my mind")

    with pytest.raises(ValueError, match="changed"):
        await desk.db.write(store)
    await desk.settled()
    assert desk.courier.calls == 0


async def test_a_post_speaks_the_communitys_language_and_a_private_one_the_persons(desk: Desk):
    place, ana = await desk.place("news"), await desk.person("Ana")
    await desk.db.write(lambda tx: tx.run("UPDATE communities SET locale = 'de'"))
    await desk.db.write(lambda tx: tx.run("UPDATE people SET locale = 'hr' WHERE id = ?", ana.id))
    await desk.post(place, "a", Reply("x"))
    await desk.db.write(desk.poster.tell, desk.community_id, ana.id, "b", Reply("y"))
    await desk.settled()
    assert [(each.where, each.locale) for each in desk.courier.messages] == [("news", "de"), ("@ana", "hr")]


async def test_what_is_refused_is_parked_a_moderator_is_told_and_the_place_goes_on(desk: Desk):
    place = await desk.place("news")
    desk.courier.fail(Refused("I may not write here."))
    await desk.post(place, "a", Reply("one"))
    await desk.post(place, "b", Reply("two"))
    await desk.settled()
    assert await desk.rows() == [("a", "parked", "I may not write here."), ("b", "sent", None)]
    assert [(row.key, row.error) for row in desk.parked] == [("a", "I may not write here.")]
    await desk.db.write(desk.outbox.release, 1)
    await desk.settled()
    assert desk.courier.texts() == ["two", "one"]


async def test_a_parked_post_may_be_dropped(desk: Desk):
    place = await desk.place("news")
    desk.courier.fail(Refused("no"))
    await desk.post(place, "a", Reply("one"))
    await desk.settled()
    assert [row.key for row in await desk.db.read(desk.outbox.parked, desk.community_id)] == ["a"]
    await desk.db.write(desk.outbox.drop, 1)
    await desk.settled()
    assert (await desk.states(), desk.courier.texts()) == (["skipped"], [])


async def test_telling_a_moderator_is_part_of_parking(tmp_path: Path):
    """The notice is itself a row of the outbox, written in the transaction that parks."""
    clock = ManualClock(NOON)
    courier = FakeCourier(clock)

    def on_parked(tx, row):
        desk.poster.post(
            tx, desk.community_id, modroom.id, f"parked:{row.id}", Reply(t("Parked: {why}", why=row.error))
        )

    async with open_desk(tmp_path / "refdesk.db", clock, courier, on_parked=on_parked) as desk:
        modroom, place = await desk.place("mods"), await desk.place("news")
        courier.fail(Refused("too long"))
        await desk.post(place, "a", Reply("one"))
        await desk.settled()
        assert courier.texts(modroom) == ["Parked: too long"]


async def test_what_did_not_arrive_is_tried_again_after_the_wait_that_was_asked_for(desk: Desk):
    place, other = await desk.place("news"), await desk.place("chat")
    desk.courier.fail(Retry("slow down", after=7.0))
    await desk.post(place, "a", Reply("one"))
    await desk.post(place, "b", Reply("two"))
    await desk.post(other, "c", Reply("three"))
    await desk.move(6)
    assert desk.courier.texts() == ["three"]
    await desk.move(3)
    assert desk.courier.texts(place) == ["one", "two"]


async def test_failures_back_off(desk: Desk):
    place = await desk.place("news")
    desk.courier.fail(*[Retry("down")] * 6)
    await desk.post(place, "a", Reply("one"))
    calls = []
    for _ in range(130):
        await desk.move(1)
        calls.append(desk.courier.calls)
    gaps = [calls.count(number) for number in sorted(set(calls))]
    assert desk.courier.texts() == ["one"]
    assert gaps[:6] == sorted(gaps[:6])
    assert gaps[4] >= 15


async def test_an_outage_is_waited_out_and_its_end_is_noticed_at_once(desk: Desk):
    rooms = [await desk.place(f"room-{number}") for number in range(5)]
    desk.courier.decide = lambda where, text: Fate(Retry("502"))
    for number, room in enumerate(rooms):
        await desk.post(room, f"k{number}", Reply("news"))
    for _ in range(60):
        await desk.move(60)
    (part,) = desk.health.snapshot().components
    assert (part.name, part.state) == ("outbox.memory", State.DEGRADED)
    assert desk.parked == []
    desk.courier.decide = None
    await desk.move(305)
    assert len(desk.courier.texts()) == 5
    times = {each.at for each in desk.courier.messages}
    assert max(times) - min(times) < timedelta(seconds=1)
    assert desk.health.snapshot().state is State.OK


async def test_a_poison_post_is_parked_although_it_is_never_refused_and_others_go_on(desk: Desk):
    place, other = await desk.place("news"), await desk.place("chat")
    desk.courier.decide = lambda where, text: Fate(Retry("500") if text == "poison" else None)
    await desk.post(place, "a", Reply("poison"))
    await desk.post(place, "b", Reply("after it"))
    await desk.post(other, "c", Reply("beside it"))
    await desk.move(1)
    assert desk.courier.texts() == ["beside it"]
    await desk.move(1800)
    assert [row.key for row in desk.parked] == ["a"]
    assert desk.courier.texts(place) == ["after it"]


async def test_a_post_that_fails_all_alone_is_parked_after_a_day(desk: Desk):
    place = await desk.place("news")
    desk.courier.decide = lambda where, text: Fate(Retry("500"))
    await desk.post(place, "a", Reply("poison"))
    await desk.move(12 * 3600)
    assert desk.parked == []
    await desk.move(24 * 3600)
    assert [row.key for row in desk.parked] == ["a"]


async def test_a_courier_with_a_bug_is_taken_for_unclear(desk: Desk, caplog: pytest.LogCaptureFixture):
    place = await desk.place("news")
    desk.courier.fail(KeyError("colour"))
    await desk.post(place, "a", Reply("one"))
    await desk.move(10)
    assert desk.courier.texts() == ["one"]
    assert "KeyError: 'colour'" in caplog.text


async def test_a_courier_that_hangs_is_cut_short_and_others_are_served(desk: Desk):
    place, other = await desk.place("news"), await desk.place("chat")
    desk.courier.hold()
    await desk.post(place, "a", Reply("one"))
    await desk.post(other, "b", Reply("two"))
    await _until(lambda: desk.courier.texts(other))
    assert desk.courier.texts() == ["two"]
    desk.clock.move(timedelta(seconds=31))
    await desk.move(10)
    assert desk.courier.texts() == ["two", "one"]


async def _until(condition) -> None:
    while not condition():  # noqa: ASYNC110  # it never sleeps: each turn of the loop does some work
        await asyncio.sleep(0)


async def test_what_waits_for_its_hour_holds_nobody_back(desk: Desk):
    place = await desk.place("news")
    await desk.post(place, "a", Reply("tomorrow"), not_before_at=NOON + timedelta(days=1))
    await desk.post(place, "b", Reply("today"))
    await desk.settled()
    assert desk.courier.texts() == ["today"]
    await desk.move(86_400)
    assert desk.courier.texts() == ["today", "tomorrow"]


async def test_a_corrupt_row_is_parked_and_holds_nobody_back(desk: Desk):
    place = await desk.place("news")

    def store(tx):
        desk.poster.post(tx, desk.community_id, place.id, "a", Reply("one"))
        desk.poster.post(tx, desk.community_id, place.id, "b", Reply("two"))
        desk.poster.post(tx, desk.community_id, place.id, "c", Reply("three"))
        tx.run("UPDATE outbox SET payload = '{\"v\": 99}' WHERE key = 'a'")
        tx.run("UPDATE outbox SET payload = '{' WHERE key = 'b'")

    await desk.db.write(store)
    await desk.settled()
    assert await desk.states() == ["parked", "parked", "sent"]
    assert "99" in desk.parked[0].error


async def test_a_forgotten_person_is_neither_told_nor_named(desk: Desk):
    place, ana = await desk.place("news"), await desk.person("Ana")

    def store(tx):
        desk.poster.tell(tx, desk.community_id, ana.id, "a", Reply("psst"))
        desk.poster.post(tx, desk.community_id, place.id, "b", Reply(t("{who} asked", who=ana)))
        tx.run("DELETE FROM people WHERE id = ?", ana.id)

    await desk.db.write(store)
    await desk.settled()
    assert desk.courier.texts() == ["… asked"]


async def test_rows_of_another_platform_are_left_to_its_sender(desk: Desk):
    place = await desk.place("elsewhere", platform="matrix")
    await desk.post(place, "a", Reply("one"))
    await desk.settled()
    assert await desk.states() == ["pending"]
    other = FakeCourier(desk.clock)
    await desk.outbox.open("matrix", other)
    await desk.settled()
    assert (other.texts(), desk.courier.texts()) == (["one"], [])


async def test_what_another_process_wrote_is_delivered_when_the_outbox_is_woken(desk: Desk):
    place = await desk.place("news")
    desk.poster._wake = lambda: None
    await desk.post(place, "a", Reply("one"))
    await desk.settled()
    assert desk.courier.texts() == []
    desk.outbox.wake()
    await desk.settled()
    assert desk.courier.texts() == ["one"]


async def test_stopping_finishes_what_is_in_hand_and_leaves_the_rest(desk: Desk):
    place = await desk.place("news")
    gate = desk.courier.hold()
    await desk.post(place, "a", Reply("one"))
    await desk.post(place, "b", Reply("two"))
    await _until(lambda: desk.courier.busy)
    closing = asyncio.ensure_future(desk.outbox.close())
    await asyncio.sleep(0)
    gate.set()
    await closing
    assert (await desk.states(), desk.courier.texts()) == (["sent", "pending"], ["one"])


async def test_a_chat_that_is_gone_has_no_calendar_to_ask_but_what_is_meant_for_it_waits(tmp_path: Path):
    class Courier(FakeCourier):
        calendar = object()

    clock = ManualClock(NOON)
    async with open_desk(tmp_path / "refdesk.db", clock, Courier(clock)) as desk:
        await desk.place("news", "events")
        entry = CalendarEntry(
            "Edit-a-thon", NOON + timedelta(days=1), NOON + timedelta(days=1, hours=2), "Reading room"
        )
        assert desk.outbox.calendar("memory") is Courier.calendar
        await desk.outbox.close("memory")
        assert desk.outbox.calendar("memory") is None
        entered = await desk.db.write(desk.poster.schedule, desk.community_id, "events", "event:1:entry", entry)
        assert (entered, await desk.states()) == (1, ["pending"])


async def test_stopping_waits_five_seconds_at_most(desk: Desk):
    place = await desk.place("news")
    desk.courier.hold()
    await desk.post(place, "a", Reply("one"))
    await _until(lambda: desk.courier.busy)
    closing = asyncio.ensure_future(desk.outbox.close())
    await _until(lambda: desk.clock.next_at == NOON + timedelta(seconds=5))
    desk.clock.move(timedelta(seconds=5))
    await closing
    assert await desk.states() == ["sending"]


async def test_a_paced_post_that_has_not_begun_is_put_back_when_the_sender_stops(tmp_path: Path):
    clock = ManualClock(NOON)
    courier = FakeCourier(clock, pace=10.0)
    async with open_desk(tmp_path / "refdesk.db", clock, courier) as desk:
        for number in range(3):
            await desk.post(await desk.place(f"room-{number}"), f"k{number}", Reply("news"))
        await desk.settled()
        await desk.outbox.close()
        assert await desk.states() == ["sent", "pending", "pending"]
        rows = [await desk.row(number) for number in (2, 3)]
        assert [(row.attempts, row.sending_at) for row in rows] == [(0, None), (0, None)]


async def test_a_database_in_trouble_is_waited_out(desk: Desk, monkeypatch: pytest.MonkeyPatch):
    place = await desk.place("news")
    take_due = delivery.take_due

    def fail(*args, **kwargs):
        raise OSError("disk full")

    monkeypatch.setattr(delivery, "take_due", fail)
    await desk.post(place, "a", Reply("one"))
    await desk.settled()
    assert desk.health.snapshot().state is State.DOWN
    monkeypatch.setattr(delivery, "take_due", take_due)
    await desk.move(5)
    assert (desk.courier.texts(), desk.health.snapshot().state) == (["one"], State.OK)


async def test_a_deleted_message_is_not_edited_and_nobody_is_bothered(desk: Desk):
    place = await desk.place("news")
    await desk.post(place, "a", Reply("one"))
    await desk.settled()
    desk.courier.fail(Gone("The message was deleted."))
    assert await desk.db.write(desk.poster.update, "a", Reply("two")) == 1
    await desk.settled()
    assert (await desk.states(), desk.parked) == (["sent", "skipped"], [])
    assert await desk.db.write(desk.poster.update, "a", Reply("three")) == 0


async def test_what_was_finished_long_ago_is_forgotten_and_can_still_be_edited(desk: Desk):
    place = await desk.place("news")
    await desk.post(place, "a", Reply("one"))
    await desk.move(32 * 86_400)
    await desk.post(place, "b", Reply("two"))
    await desk.settled()
    assert [key for key, _, _ in await desk.rows()] == ["b"]
    assert await desk.db.write(desk.poster.update, "a", Reply("edited")) == 1
    await desk.settled()
    assert desk.courier.texts() == ["edited", "two"]
