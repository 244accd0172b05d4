# SPDX-License-Identifier: MIT
"""One test for each road through a real Synapse, as it comes out of the box: room version 12, its own push rules."""

import asyncio
import os
import signal
import sqlite3
import sys
from contextlib import closing, contextmanager
from urllib.parse import quote

from bot.core.courier import Parcel
from bot.kit import Identity, Reply, t
from bot.platforms.matrix import store
from bot.platforms.matrix.slash import DESCRIPTION
from bot.storage import places
from tests.e2e.botplay import running
from tests.e2e.synapse import Synapse, register


async def with_bot(human, bot, *others, **content):
    """Make a room and wait until the bot is in it."""
    room = await human.room(bot.user_id, *(other.user_id for other in others), **content)
    for other in others:
        await other.join(room)
    await human.sees(room, lambda e: e["type"] == "m.room.member" and e["sender"] == bot.user_id, "the bot")
    return room


async def test_a_command_in_a_new_room_is_answered_and_its_creator_moderates(people, tmp_path):
    ana, ben, bot = await people("Ana"), await people("Ben"), await people("Refdesk")
    async with running(tmp_path, bot, encryption=False):
        room = await with_bot(ana, bot, ben)
        assert (await ana.state(room, "m.room.create"))["room_version"] == "12"
        asked = await ana.say(room, "!echo hello")
        answer = await ana.hears(room, "Ana (MODERATOR) said: hello")
        assert answer["content"]["msgtype"] == "m.notice"
        assert answer["content"]["m.mentions"] == {}
        assert answer["content"]["m.relates_to"] == {"m.in_reply_to": {"event_id": asked}}
        await ben.say(room, "!echo hello")
        await ana.hears(room, "Ben (MEMBER) said: hello")


async def test_threads_questions_and_numbers(people, tmp_path):
    ana, bot = await people("Ana"), await people("Refdesk")
    async with running(tmp_path, bot, encryption=False):
        room = await with_bot(ana, bot)
        root = await ana.say(room, "Let us talk.")
        here = {"m.relates_to": {"rel_type": "m.thread", "event_id": root}}
        await ana.say(room, "!echo", **here)
        question = await ana.hears(room, "What to say")
        assert question["content"]["m.relates_to"]["event_id"] == root
        await ana.say(room, "in the thread", **here)
        answer = await ana.hears(room, "said: in the thread")
        assert answer["content"]["m.relates_to"]["event_id"] == root


async def test_reactions_press_and_are_taken_back(people, tmp_path):
    ana, ben, bot = await people("Ana"), await people("Ben"), await people("Refdesk")
    async with running(tmp_path, bot, encryption=False):
        room = await with_bot(ana, bot, ben)
        await ana.say(room, "!invite")
        card = await ana.hears(room, "A meeting.")
        seed = await ana.sees(room, lambda e: e["type"] == "m.reaction" and e["sender"] == bot.user_id, "a reaction")
        assert seed["content"]["m.relates_to"]["key"].startswith("✋")
        reaction = await ben.react(room, card["event_id"], "✋")
        await ana.hears(room, "Ben comes to 7.")
        await ben.redact(room, reaction)
        await ana.hears(room, "Ben stays away.")


async def test_a_restart_in_mid_conversation_and_what_was_said_meanwhile(people, tmp_path):
    ana, bot = await people("Ana"), await people("Refdesk")
    async with running(tmp_path, bot, encryption=False):
        room = await with_bot(ana, bot)
        await ana.say(room, "!echo")
        await ana.hears(room, "What to say")
    await ana.say(room, "the answer")
    for number in range(60):
        await ana.say(room, f"chatter {number}")
    await ana.say(room, "!echo after the gap")
    async with running(tmp_path, bot, encryption=False):
        await ana.hears(room, "said: after the gap")
        await ana.hears(room, "said: the answer")
    said = [e["content"].get("body", "") for e in await ana.history(room) if e["sender"] == bot.user_id]
    assert sum("said:" in body for body in said) == 2


async def test_posts_arrive_once_notify_whom_they_call_and_are_found_again(people, tmp_path, synapse):
    ana, ben, bot = await people("Ana"), await people("Ben"), await people("Refdesk")
    async with running(tmp_path, bot, encryption=False) as (app, platform):
        room = await with_bot(ana, bot, ben)
        await ana.say(room, "!echo hello")
        notice = await ana.hears(room, "said: hello")
        place = await app.db.read(places.find, "matrix", room)
        voice = app.catalogs.voice("en", "UTC", app.clock.now())
        calls_ana = (Identity("matrix", ana.user_id, "Ana"),)
        parcel = Parcel("marker-1", Reply(t("Your request was answered.")), voice, mentions=calls_ana)
        first = await platform.courier.post(place, parcel)
        assert await platform.courier.post(place, parcel) == first
        assert await platform.courier.find(place, "marker-1") == first
        assert await platform.courier.find(place, "marker-2") is None
        later = await ana.say(room, "So that all before it is counted.")
        await ben.hears(room, "So that all")
        counted = _notified(synapse, ana.user_id)
        assert counted[first] == "highlight"
        assert notice["event_id"] not in counted
        assert _notified(synapse, ben.user_id)[first] == "notify"
        assert later in _notified(synapse, ben.user_id)


def _notified(synapse, user_id):
    """What the server's push rules made of events for somebody, from its own database."""
    with closing(sqlite3.connect(f"file:{synapse.folder}/homeserver.db?mode=ro", uri=True, timeout=10)) as found:
        rows = found.execute(
            "SELECT event_id, highlight FROM event_push_actions WHERE user_id = ? AND notif = 1", (user_id,)
        ).fetchall()
    return {event_id: "highlight" if highlight else "notify" for event_id, highlight in rows}


async def test_a_room_is_followed_where_it_goes_on(people, tmp_path):
    ana, bot = await people("Ana"), await people("Refdesk")
    async with running(tmp_path, bot, encryption=False) as (app, _):
        room = await with_bot(ana, bot, preset="public_chat", room_version="11")
        await ana.say(room, "!echo before")
        await ana.hears(room, "said: before")
        kept = await app.db.read(places.whereabouts, "matrix", room)
        successor = (await ana.ask("POST", f"/rooms/{quote(room, safe='')}/upgrade", {"new_version": "12"}))[
            "replacement_room"
        ]
        await ana.sees(successor, lambda e: e["type"] == "m.room.member" and e["sender"] == bot.user_id, "the bot")
        await ana.say(successor, "!echo hello")
        await ana.hears(successor, "Ana (MODERATOR) said: hello")
        found = await app.db.read(places.whereabouts, "matrix", successor)
        assert (found.home.id, found.place.id) == (kept.home.id, kept.place.id)
        assert await app.db.read(store.lineage) == {successor: room}


async def test_after_a_kick_and_an_invitation_the_bot_is_back(people, tmp_path):
    ana, bot = await people("Ana"), await people("Refdesk")
    async with running(tmp_path, bot, encryption=False):
        room = await with_bot(ana, bot)
        where = f"/rooms/{quote(room, safe='')}"
        await ana.ask("POST", f"{where}/kick", {"user_id": bot.user_id})
        await ana.ask("POST", f"{where}/invite", {"user_id": bot.user_id})
        joins = []
        await ana.sees(room, lambda e: _is_second_join(e, bot.user_id, joins), "the bot again")
        await ana.say(room, "!echo hello")
        await ana.hears(room, "said: hello")


def _is_second_join(event, user_id, joins):
    if event["sender"] == user_id and event["content"].get("membership") == "join":
        joins.append(event["event_id"])
    return len(set(joins)) > 1


async def test_commands_are_described_where_moderators_let_the_bot(people, tmp_path):
    ana, bot = await people("Ana"), await people("Refdesk")
    async with running(tmp_path, bot, encryption=False) as (app, _):
        levels = {"events": {DESCRIPTION: 0}}
        room = await with_bot(ana, bot, power_level_content_override=levels)
        wanted = len(app.registry.commands)
        seen = {}
        await ana.sees(room, lambda e: _described(e, seen) >= wanted, "the descriptions")
        assert "echo" in seen


def _described(event, seen):
    if event["type"] == DESCRIPTION:
        seen[event["content"]["command"]] = event
    return len(seen)


async def test_a_limit_as_servers_have_it_delays_answers_and_loses_none(session, tmp_path):
    strict = "rc_message: {per_second: 1, burst_count: 2}\n"
    server = Synapse(tmp_path / "strict", "\n".join(["rc_login: " + _RAISED_LOGIN, strict]))
    with _up(server):
        ana, bot = await register(server, session, "Ana"), await register(server, session, "Refdesk")
        async with running(tmp_path, bot, encryption=False):
            room = await with_bot(ana, bot)
            for number in range(4):
                await ana.say(room, f"!echo {number}")
            for number in range(4):
                await ana.hears(room, f"said: {number}")


_RAISED_LOGIN = (
    "{address: {per_second: 100, burst_count: 100}, account: {per_second: 100, burst_count: 100}, "
    "failed_attempts: {per_second: 100, burst_count: 100}}"
)


@contextmanager
def _up(server):
    server.start()
    try:
        yield
    finally:
        server.stop()


async def test_the_server_may_restart_in_mid_conversation(session, tmp_path):
    server = Synapse(tmp_path / "own")
    with _up(server):
        ana, bot = await register(server, session, "Ana"), await register(server, session, "Refdesk")
        async with running(tmp_path, bot, encryption=False):
            room = await with_bot(ana, bot)
            await ana.say(room, "!echo")
            await ana.hears(room, "What to say")
            server.stop()
            await asyncio.sleep(1)
            server.start()
            await ana.say(room, "after the restart")
            await ana.hears(room, "said: after the restart")


async def test_a_bot_that_was_killed_answers_what_it_had_not_begun_and_owns_up_to_the_rest(people, tmp_path):
    ana, bot = await people("Ana"), await people("Refdesk")
    process = await _start_process(tmp_path, bot)
    try:
        room = await with_bot(ana, bot)
        await ana.say(room, "!echo first")
        await ana.hears(room, "said: first")
        os.kill(process.pid, signal.SIGSTOP)
        await ana.say(room, "!echo second")
    finally:
        os.kill(process.pid, signal.SIGKILL)
        await process.wait()
    async with running(tmp_path, bot, encryption=False):
        await ana.hears(room, "said: second")
    said = [e["content"].get("body", "") for e in await ana.history(room) if e["sender"] == bot.user_id]
    assert sorted(body for body in said if "said:" in body) == [
        "Ana (MODERATOR) said: first",
        "Ana (MODERATOR) said: second",
    ]


async def _start_process(folder, bot):
    code = (
        "import asyncio, pathlib, types\n"
        "from tests.e2e.botplay import running\n"
        f"human = types.SimpleNamespace(url={bot.url!r}, user_id={bot.user_id!r}, password={bot.password!r})\n"
        "async def main():\n"
        f"    async with running(pathlib.Path({str(folder)!r}), human, encryption=False):\n"
        "        await asyncio.Event().wait()\n"
        "asyncio.run(main())\n"
    )
    return await asyncio.create_subprocess_exec(sys.executable, "-c", code)
