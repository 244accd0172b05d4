# SPDX-License-Identifier: MIT
"""What the outbox asks of a platform's courier: the same on every platform."""

from dataclasses import replace

import pytest

from bot.core.courier import Parcel
from bot.kit import Button, Field, Reply, t

CARD = Reply(
    title=t("{number} · {title}", number="R-1", title="*Zagreb* fair"),
    fields=(Field(t("Kind"), "book"),),
    buttons=(Button(t("Claim"), "sample.claim", request_id=1),),
    card=True,
)


@pytest.fixture
async def parcel(chat):
    await chat.types("Ana", "sample quiet")
    return Parcel("post-1", CARD, chat.app.catalogs.voice("en", "UTC", chat.app.clock.now()))


async def test_a_post_reaches_its_place(chat, parcel):
    place = await chat.place()
    assert await chat.courier.post(place, parcel)
    [seen] = chat.posted(place)
    assert "R-1 · *Zagreb* fair" in seen.text
    assert "book" in seen.text
    assert seen.buttons == ("Claim",)


async def test_a_post_with_the_same_marker_arrives_once(chat, parcel):
    place = await chat.place()
    first = await chat.courier.post(place, parcel)
    assert await chat.courier.post(place, parcel) == first
    assert len(chat.posted(place)) == 1


async def test_a_post_is_found_by_its_marker(chat, parcel):
    place = await chat.place()
    assert await chat.courier.find(place, parcel.marker) is None
    message_id = await chat.courier.post(place, parcel)
    assert await chat.courier.find(place, parcel.marker) == message_id


async def test_an_edit_replaces_the_message_and_may_come_twice(chat, parcel):
    place = await chat.place()
    message_id = await chat.courier.post(place, parcel)
    edited = replace(parcel, marker="edit-1", reply=Reply(t("R-1 is found.")))
    await chat.courier.edit(place, message_id, edited)
    await chat.courier.edit(place, message_id, edited)
    [seen] = chat.posted(place)
    assert "R-1 is found." in seen.text
    assert "Zagreb" not in seen.text


async def test_posts_below_another_stand_together_arrive_once_and_can_be_edited(chat, parcel):
    place = await chat.place()
    root = await chat.courier.post(place, parcel)
    words = (Reply(t("Lib is looking for it."), title=t("R-1")), Reply(t("Lib asks back."), title=t("R-1")))
    first, second = (replace(parcel, marker=f"below-{n}", reply=reply, below=root) for n, reply in enumerate(words, 1))
    message_id = await chat.courier.post(place, first)
    assert await chat.courier.find(place, "below-1", root) == message_id
    assert await chat.courier.find(place, "below-2", root) is None
    assert await chat.courier.post(place, first) == message_id
    await chat.courier.post(place, second)
    await chat.courier.edit(place, message_id, replace(first, marker="edit-3", reply=Reply(t("It is open again."))))
    seen = [sight.text for sight in chat.posted_below(place, root)]
    assert ["open again" in seen[0], "asks back" in seen[1], len(seen)] == [True, True, 2]


async def test_what_belongs_below_a_lost_message_is_still_said(chat, parcel):
    await chat.courier.post(await chat.place(), parcel)
    before = len(chat.posted(await chat.place()))
    lost = replace(
        parcel, marker="below-lost", reply=Reply(t("It is open again."), title=t("R-1")), below=chat.no_message
    )
    await chat.courier.post(await chat.place(), lost)
    after = [*chat.posted(await chat.place()), *chat.posted_below(await chat.place(), chat.no_message)]
    assert "It is open again." in after[-1].text
    assert len(chat.posted(await chat.place())) >= before


async def test_a_person_is_told_in_private(chat, parcel):
    ana, lib = await chat.identity("Ana"), await chat.identity("Lib")
    message_id = await chat.courier.tell(ana, parcel)
    assert "R-1" in chat.posted(ana)[0].text
    assert chat.posted(lib) == []
    assert chat.posted(await chat.place()) == []
    await chat.courier.edit(ana, message_id, replace(parcel, marker="edit-2", reply=Reply(t("R-1 is found."))))
    assert "R-1 is found." in chat.posted(ana)[0].text


async def test_a_button_of_a_post_can_be_pressed(chat, parcel):
    await chat.courier.post(await chat.place(), parcel)
    assert "Lib is looking for R-1." in (await chat.presses("Lib", "Claim"))[-1].text


async def test_a_button_of_a_post_can_be_pressed_after_a_restart(chat, parcel):
    await chat.courier.post(await chat.place(), parcel)
    await chat.restart()
    pressed = await chat.presses_after_restart("Lib", "Claim", number=1)
    assert "Lib is looking for R-1." in pressed[-1].text


async def test_the_courier_names_its_pace(chat):
    assert chat.courier.pace > 0
    assert chat.courier.place_pace > 0
    assert chat.courier.memory >= 0


async def test_rendering_is_pure(chat, parcel):
    assert chat.platform.render(parcel.reply, parcel.voice) == chat.platform.render(parcel.reply, parcel.voice)
