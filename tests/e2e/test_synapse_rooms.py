# SPDX-License-Identifier: MIT
"""Rooms that a real Synapse lets the bot into, out of, and on to; and private conversations that are declined."""

from urllib.parse import quote

from bot.storage import places, settings
from tests.e2e.botplay import running
from tests.e2e.test_matrix_synapse import with_bot


def at(room, deed):
    return f"/rooms/{quote(room, safe='')}/{deed}"


def left(bot):
    """Whether an event is the bot's leaving."""
    return lambda e: e.get("state_key") == bot.user_id and e["content"].get("membership") == "leave"


async def declined(human, sender):
    """Decline the next invitation of somebody; return its room."""
    answer = await human.ask("GET", "/sync", timeout="0")
    while not (rooms := answer.get("rooms", {}).get("invite", {})):
        answer = await human.ask("GET", "/sync", timeout="5000", since=answer["next_batch"])
    [(room, invitation)] = rooms.items()
    assert any(e["sender"] == sender for e in invitation["invite_state"]["events"])
    await human.ask("POST", at(room, "leave"), {})
    return room


async def test_who_declined_a_private_conversation_is_told_how_to_begin_one_and_may(people, tmp_path):
    ana, bot = await people("Ana"), await people("Refdesk")
    async with running(tmp_path, bot, encryption=False):
        room = await with_bot(ana, bot)
        await ana.say(room, "!whisper")
        await ana.hears(room, "I answered you in private")
        refused = await declined(ana, bot.user_id)
        await ana.say(room, "!whisper")
        told = await ana.hears(room, "I cannot write to you in private")
        assert bot.user_id in told["content"]["body"]
        assert (await bot.ask("GET", f"/user/{bot.user_id}/account_data/m.direct")) == {ana.user_id: [refused]}
        direct = await with_bot(ana, bot, is_direct=True, preset="trusted_private_chat", name="")
        await ana.say(direct, "whisper")
        await ana.hears(direct, "swordfish")
        kept = await bot.ask("GET", f"/user/{bot.user_id}/account_data/m.direct")
        assert kept == {ana.user_id: [refused, direct]}
        await ana.say(room, "!whisper")
        await ana.sees(room, lambda e: direct in str(e["content"].get("formatted_body")), "the pointer to the new room")
    async with running(tmp_path, bot, encryption=False):
        await ana.say(direct, "echo after the restart")
        await ana.hears(direct, "said: after the restart")


async def test_a_bot_that_was_invited_before_it_was_started_comes(people, tmp_path):
    ana, bot = await people("Ana"), await people("Refdesk")
    room = await ana.room(bot.user_id)
    async with running(tmp_path, bot, encryption=False):
        await ana.sees(room, lambda e: e["type"] == "m.room.member" and e["sender"] == bot.user_id, "the bot")
        await ana.say(room, "!echo hello")
        await ana.hears(room, "said: hello")


async def test_who_may_not_invite_the_bot_is_declined(people, tmp_path):
    ana, ben, bot = await people("Ana"), await people("Ben"), await people("Refdesk")
    async with running(tmp_path, bot, encryption=False, welcome=(ben.user_id,)):
        room = await ana.room(bot.user_id)
        await ana.sees(room, left(bot), "the bot declining")
        await with_bot(ben, bot)


async def test_a_room_that_lets_the_bot_not_write_is_left_with_the_reason(people, tmp_path):
    ana, bot = await people("Ana"), await people("Refdesk")
    async with running(tmp_path, bot, encryption=False):
        room = await with_bot(ana, bot, power_level_content_override={"events_default": 50})
        await ana.say(room, "!echo hello")
        gone = await ana.sees(room, left(bot), "the bot leaving")
        assert gone["content"]["reason"] == "I may not write in this room. Let me, and invite me again."


async def test_a_private_room_is_followed_once_the_bot_is_invited_to_where_it_goes_on(people, tmp_path):
    ana, bot = await people("Ana"), await people("Refdesk")
    async with running(tmp_path, bot, encryption=False) as (app, _):
        room = await with_bot(ana, bot, room_version="11")
        await ana.say(room, "!echo before")
        await ana.hears(room, "said: before")
        kept = await app.db.read(places.whereabouts, "matrix", room)
        await app.db.write(settings.change, kept.community.id, "matrix", "prefix", "%", None, place_id=kept.place.id)
        app.refresh()
        successor = (await ana.ask("POST", at(room, "upgrade"), {"new_version": "12"}))["replacement_room"]
        await ana.tries("POST", at(successor, "invite"), {"user_id": bot.user_id})
        await ana.say(successor, "%echo hello")
        await ana.hears(successor, "Ana (MODERATOR) said: hello")
        await ana.sees(room, left(bot), "the bot leaving the former room")
        found = await app.db.read(places.whereabouts, "matrix", successor)
        assert (found.home.id, found.place.id) == (kept.home.id, kept.place.id)


async def test_an_answer_in_a_thread_on_the_question_is_taken_also_after_a_restart(people, tmp_path):
    ana, bot = await people("Ana"), await people("Refdesk")
    async with running(tmp_path, bot, encryption=False):
        room = await with_bot(ana, bot)
        await ana.say(room, "!echo")
        question = await ana.hears(room, "What to say")
    async with running(tmp_path, bot, encryption=False):
        thread = {"rel_type": "m.thread", "event_id": question["event_id"], "is_falling_back": True}
        await ana.say(room, "hello", **{"m.relates_to": thread})
        answer = await ana.hears(room, "said: hello")
        assert answer["content"]["m.relates_to"]["event_id"] == question["event_id"]


async def test_a_question_goes_with_the_command_that_its_person_deleted(people, tmp_path):
    ana, bot = await people("Ana"), await people("Refdesk")
    async with running(tmp_path, bot, encryption=False):
        room = await with_bot(ana, bot)
        command = await ana.say(room, "!echo")
        await ana.hears(room, "What to say")
        await ana.redact(room, command)
        await ana.say(room, "not for the bot")
        await ana.say(room, "!echo hello")
        await ana.hears(room, "said: hello")
    said = [e["content"].get("body", "") for e in await ana.history(room) if e["sender"] == bot.user_id]
    assert not any("not for the bot" in body for body in said)


async def test_a_mention_is_heard_whatever_the_bot_is_called_there(people, tmp_path):
    ana, bot = await people("Ana"), await people("Refdesk")
    async with running(tmp_path, bot, encryption=False):
        room = await with_bot(ana, bot)
        pill = f'<a href="https://matrix.to/#/{bot.user_id}">Library Bot</a>'
        mention = {"format": "org.matrix.custom.html", "m.mentions": {"user_ids": [bot.user_id]}}
        await ana.say(room, "Library Bot: echo hello", formatted_body=f"{pill}: echo hello", **mention)
        await ana.hears(room, "(MODERATOR) said: hello")
