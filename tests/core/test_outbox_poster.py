# SPDX-License-Identifier: MIT
"""What is written into the outbox: where to, once under a key, and what an update does."""

import asyncio
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from outboxplay import NOON, Desk, FakeCourier, open_desk, unclear

from bot.core.clock import ManualClock
from bot.core.courier import Refused, Retry
from bot.kit.posting import Mention
from bot.kit.reply import Reply
from bot.kit.text import t
from bot.storage import homes, people, places, posts
from bot.storage.outbox import State


@pytest.fixture
async def desk(tmp_path: Path):
    clock = ManualClock(NOON)
    async with open_desk(tmp_path / "refdesk.db", clock, FakeCourier(clock)) as desk:
        yield desk


async def announce(desk: Desk, slot: str, key: str, text: str, **options) -> int:
    return await desk.db.write(desk.poster.announce, desk.community_id, slot, key, Reply(text), **options)


async def update(desk: Desk, key: str, text: str) -> int:
    count = await desk.db.write(desk.poster.update, key, Reply(text))
    await desk.settled()
    return count


async def test_an_announcement_goes_to_every_place_of_its_slot(desk: Desk):
    for name in ("news", "chat"):
        await desk.place(name, "requests")
    await desk.place("elsewhere", "events")
    assert await announce(desk, "requests", "k", "Hello") == 2
    assert await announce(desk, "nowhere", "k", "Hello") == 0
    await desk.settled()
    assert sorted(message.where for message in desk.courier.messages) == ["chat", "news"]


async def test_places_that_a_bridge_connects_get_a_post_once(desk: Desk):
    first, second = await desk.place("room", "requests"), await desk.place("channel", "requests")
    await desk.db.write(places.bridge, [first.id, second.id], "b")
    assert await announce(desk, "requests", "k", "Hello") == 1
    await desk.post(second, "k", Reply("Hello"))
    await desk.settled()
    assert desk.courier.texts() == ["Hello"]


async def test_posting_again_under_a_key_updates(desk: Desk):
    place = await desk.place("news")
    for text in ("one", "one", "two"):
        await desk.post(place, "k", Reply(text))
        await desk.settled()
    (message,) = desk.courier.messages
    assert (message.text, message.edits) == ("two", ["two"])


async def test_the_same_key_in_another_place_is_another_post(desk: Desk):
    for name in ("news", "chat"):
        await desk.post(await desk.place(name), "k", Reply("Hello"))
    await desk.settled()
    assert len(desk.courier.messages) == 2


async def test_an_update_reaches_wherever_the_post_went_or_is_about_to_go(desk: Desk):
    news, later, ana = await desk.place("news"), await desk.place("later"), await desk.person("Ana")
    await desk.post(news, "k", Reply("old"))
    await desk.db.write(desk.poster.tell, desk.community_id, ana.id, "k", Reply("old"))
    await desk.settled()
    await desk.post(later, "k", Reply("old"), not_before_at=NOON + timedelta(hours=1))
    assert await update(desk, "k", "new") == 3
    assert await update(desk, "unknown", "new") == 0
    await desk.move(3600)
    assert {message.where: (message.text, message.edits) for message in desk.courier.messages} == {
        "news": ("new", ["new"]),
        "@ana": ("new", ["new"]),
        "later": ("new", []),
    }


async def test_a_newer_edit_takes_the_place_of_one_that_waits(desk: Desk):
    place = await desk.place("news")
    await desk.post(place, "k", Reply("0"))
    await desk.settled()
    desk.courier.fail(Retry("busy", after=60))
    for number in range(1, 6):
        await update(desk, "k", str(number))
    await desk.move(120)
    (message,) = desk.courier.messages
    assert message.edits == ["5"]
    assert await desk.states() == ["sent", "sent"]


async def test_an_edit_that_comes_while_another_is_under_way_keeps_the_wait_that_was_asked_for(desk: Desk):
    place = await desk.place("news")
    await desk.post(place, "k", Reply("0"))
    await desk.settled()
    gate = desk.courier.hold()
    desk.courier.fates[0].error = Retry("busy", after=60)
    await desk.db.write(desk.poster.update, "k", Reply("1"))
    while not desk.courier.busy:  # noqa: ASYNC110  # it never sleeps: each turn of the loop does some work
        await asyncio.sleep(0)
    await desk.db.write(desk.poster.update, "k", Reply("2"))
    gate.set()
    await desk.move(59)
    assert desk.courier.messages[0].edits == []
    await desk.move(60)
    assert desk.courier.messages[0].edits == ["2"]


async def test_an_edit_back_to_what_is_shown_is_not_sent(desk: Desk):
    place = await desk.place("news")
    await desk.post(place, "k", Reply("shown"))
    await desk.settled()
    await desk.outbox.close()
    await desk.db.write(desk.poster.update, "k", Reply("other"))
    await desk.db.write(desk.poster.update, "k", Reply("shown"))
    await desk.outbox.open("memory", desk.courier)
    await desk.settled()
    assert desk.courier.messages[0].edits == []


async def test_an_edit_back_is_sent_when_the_other_edit_may_have_arrived(desk: Desk):
    place = await desk.place("news")
    await desk.post(place, "k", Reply("shown"))
    await desk.settled()
    desk.courier.fail(unclear(), arrived=True)
    await update(desk, "k", "other")
    await update(desk, "k", "shown")
    await desk.move(60)
    assert desk.courier.messages[0].text == "shown"


async def test_an_update_of_a_post_that_may_have_arrived_comes_after_it(desk: Desk):
    place = await desk.place("news")
    desk.courier.fail(unclear(), arrived=True)
    await desk.post(place, "k", Reply("old"))
    await desk.settled()
    assert await update(desk, "k", "new") == 1
    await desk.move(60)
    (message,) = desk.courier.messages
    assert (message.text, message.edits) == ("new", ["new"])


async def test_an_update_of_a_refused_post_is_what_a_moderator_releases(desk: Desk):
    place = await desk.place("news")
    desk.courier.fail(Refused("too long"))
    await desk.post(place, "k", Reply("long"))
    await desk.settled()
    await update(desk, "k", "short")
    assert desk.courier.texts() == []
    await desk.db.write(desk.outbox.release, 1)
    await desk.settled()
    assert desk.courier.texts() == ["short"]


async def test_an_edit_of_a_post_that_was_given_up_is_given_up_with_it(desk: Desk):
    place = await desk.place("news")
    desk.courier.memory, desk.courier.readable = 0.0, unclear("may not read")
    desk.courier.fail(unclear())
    await desk.post(place, "k", Reply("old"))
    await desk.move(10)
    await update(desk, "k", "new")
    await desk.post(place, "other", Reply("next"))
    await desk.settled()
    assert await desk.states() == ["parked", "pending", "sent"]
    await desk.db.write(desk.outbox.drop, 1)
    assert await desk.states() == ["skipped", "skipped", "sent"]


async def test_mentions_ride_along_for_this_platforms_accounts_only(desk: Desk):
    place, ana = await desk.place("news"), await desk.person("Ana")
    stranger = await desk.db.write(people.recognise, "matrix", "@bob", "Bob")
    mention = Mention(role=True, person_ids=(ana.id, stranger.id, 999))
    await desk.post(place, "k", Reply("Hello"), mention=mention)
    await desk.post(place, "l", Reply("Hello"))
    await desk.settled()
    first, second = (message.parcel for message in desk.courier.messages)
    assert (first.mention_role, [each.external_id for each in first.mentions]) == (True, ["ana"])
    assert (second.mention_role, second.mentions) == (False, ())


async def test_a_person_is_told_on_the_platform_where_they_were_seen_last(desk: Desk):
    ana = await desk.person("Ana")
    matrix = FakeCourier(desk.clock)
    await desk.outbox.open("matrix", matrix)
    desk.clock.move(timedelta(hours=1))

    def link(tx):
        tx.run("INSERT INTO identities VALUES ('matrix', '@ana:x', ?, 'Ana', 1)", ana.id)
        home = homes.arrive(tx, "matrix", "!room", "Room", homes.HomeKind.ROOM)
        people.seen(tx, ana.id, home)

    await desk.db.write(link)
    await desk.db.write(desk.poster.tell, desk.community_id, ana.id, "k", Reply("psst"))
    await desk.settled()
    assert (matrix.texts(), desk.courier.texts()) == (["psst"], [])
    assert [post.platform for post in await desk.db.read(posts.of_key, "k")] == ["matrix"]


async def test_nobody_is_told_what_cannot_reach_them(desk: Desk):
    await desk.db.write(desk.poster.tell, desk.community_id, 999, "k", Reply("psst"))
    await desk.db.write(desk.poster.post, desk.community_id, 999, "k", Reply("psst"))
    await desk.settled()
    assert await desk.rows() == []


def until_morning(tx, community_id: int, moment: datetime) -> datetime | None:
    return NOON + timedelta(hours=8) if moment < NOON + timedelta(hours=8) else None


async def test_quiet_hours_hold_back_what_is_not_urgent_and_not_edits(tmp_path: Path):
    clock = ManualClock(NOON)
    courier = FakeCourier(clock)
    async with open_desk(tmp_path / "refdesk.db", clock, courier, quiet=until_morning) as desk:
        await desk.place("news", "requests")
        await announce(desk, "requests", "a", "urgent", urgent=True)
        await announce(desk, "requests", "b", "morning")
        await announce(desk, "requests", "c", "soon over", expires_at=NOON + timedelta(hours=2))
        await announce(desk, "requests", "d", "evening", not_before_at=NOON + timedelta(hours=9))
        await desk.settled()
        await update(desk, "a", "urgent!")
        assert courier.texts() == ["urgent!", "soon over"]
        await desk.move(8 * 3600)
        assert courier.texts() == ["urgent!", "soon over", "morning"]
        await desk.move(3600)
        assert courier.texts()[-1] == "evening"


async def test_any_text_survives_the_wait(desk: Desk):
    place = await desk.place("news")
    await desk.post(
        place, "k", Reply(t("{said} 日本 ć", said="\ud83d lone \x00")), not_before_at=NOON + timedelta(hours=1)
    )
    await desk.move(3600)
    assert "lone" in desk.courier.texts()[0]
    assert "日本 ć" in desk.courier.texts()[0]


async def test_the_words_of_a_finished_post_are_not_kept(desk: Desk):
    place = await desk.place("news")
    await desk.post(place, "k", Reply("secret"))
    await desk.settled()
    await update(desk, "k", "more secret")
    rows = [await desk.row(number) for number in (1, 2)]
    assert [(row.state, row.payload) for row in rows] == [(State.SENT, "{}")] * 2
