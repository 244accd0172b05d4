# SPDX-License-Identifier: MIT
"""Who is answered, where, and who is not."""

import pytest


async def asked(bot, room, who, words, **extra):
    """Say something and return what the bot says to it."""
    before = len(await bot.said(room))
    await bot.server.say(room, bot.server.user(who), words, **extra)
    return [event["content"]["body"] for event in await bot.said(room, before)]


async def test_a_command_is_answered_where_it_was_given(bot, server):
    room = await bot.enter("Ana")
    question = await server.say(room, server.user("Ana"), "!echo hello")
    [answer] = await bot.said(room)
    assert answer["content"] == {
        "msgtype": "m.notice",
        "body": "Ana (MODERATOR) said: hello",
        "m.mentions": {},
        "m.relates_to": {"m.in_reply_to": {"event_id": question}},
    }


async def test_what_is_asked_in_a_thread_is_answered_there(bot, server):
    room = await bot.enter("Ana")
    root = await server.say(room, server.user("Ana"), "Let us talk.")
    relation = {"rel_type": "m.thread", "event_id": root, "is_falling_back": True, "m.in_reply_to": {"event_id": root}}
    question = await server.say(room, server.user("Ana"), "!echo hello", **{"m.relates_to": relation})
    [answer] = await bot.said(room)
    assert answer["content"]["m.relates_to"] == relation | {"m.in_reply_to": {"event_id": question}}


async def test_a_question_in_a_thread_is_answered_by_the_next_message_there_alone(bot, server):
    room = await bot.enter("Ana")
    root = await server.say(room, server.user("Ana"), "Let us talk.")
    here = {"m.relates_to": {"rel_type": "m.thread", "event_id": root}}
    [question] = await asked(bot, room, "Ana", "!echo", **here)
    assert "What to say" in question
    assert await asked(bot, room, "Ana", "elsewhere") == []
    assert await asked(bot, room, "Ana", "hello", **here) == ["Ana (MODERATOR) said: hello"]


@pytest.mark.parametrize(
    "call",
    [
        "Refdesk: {}",
        "refdesk, {}",
        "@refdesk:hs.example: {}",
        "@Refdesk: {}",
        "@refdesk:hs.example {}",
        "@refdesk !echo {}",
    ],
)
async def test_the_bot_answers_to_its_name(bot, call):
    room = await bot.enter("Ana")
    assert await asked(bot, room, "Ana", call.format("hello")) == ["Ana (MODERATOR) said: hello"]


async def test_the_bot_answers_to_a_mention(bot):
    room = await bot.enter("Ana")
    mention = {"m.mentions": {"user_ids": [bot.user_id]}}
    assert await asked(bot, room, "Ana", "Refdesk hello", **mention) == ["Ana (MODERATOR) said: hello"]
    assert await asked(bot, room, "Ana", "hello there", **mention) == ["Ana (MODERATOR) said: hello there"]


@pytest.mark.parametrize("words", ["hello", "!fly", "!!!", "! echo hello", "Refdeskers: hello", "echo hello", "5"])
async def test_the_bot_is_silent_where_it_is_not_meant(bot, server, words):
    room = await bot.enter("Ana")
    assert await asked(bot, room, "Ana", words) == []


async def test_words_that_are_not_for_the_bot_leave_no_trace(bot, server):
    room = await bot.enter("Ana", "Ben")
    await asked(bot, room, "Ben", "A private matter of mine")
    rows = await bot.app.db.read(lambda tx: [tx.value("SELECT count(*) FROM matrix_handled"), everything(tx)])
    assert rows[0] == 0
    assert "ben" not in rows[1].casefold()


def everything(tx):
    """All that the database holds, as text."""
    tables = [row["name"] for row in tx.all("SELECT name FROM sqlite_schema WHERE type = 'table'")]
    return "\n".join(str(tuple(row)) for table in tables for row in tx.all(f"SELECT * FROM {table}"))


async def test_notices_of_other_bots_and_edits_are_no_commands(bot, server):
    room = await bot.enter("Ana")
    assert await asked(bot, room, "Ana", "!echo one", msgtype="m.notice") == []
    edit = {"m.relates_to": {"rel_type": "m.replace", "event_id": "$x"}, "m.new_content": {"body": "!echo two"}}
    assert await asked(bot, room, "Ana", "!echo two", **edit) == []


async def test_in_a_room_for_two_bare_words_are_for_the_bot(bot, server):
    room = await bot.enter("Ana", is_direct=True, name="")
    assert await asked(bot, room, "Ana", "hello") == ["Ana (MEMBER) said: hello"]
    assert await asked(bot, room, "Ana", "!echo hello") == ["Ana (MEMBER) said: hello"]
    [slip] = await asked(bot, room, "Ana", "!eco hello")
    assert "echo" in slip
    [answer] = (await bot.said(room))[-1:]
    assert "m.relates_to" not in answer["content"]


async def test_in_a_room_for_two_a_slip_in_a_command_and_a_late_cancel_are_no_questions(bot, server):
    room = await bot.enter("Ana", is_direct=True, name="")
    [slip] = await asked(bot, room, "Ana", "wisper")
    assert "Did you mean whisper?" in slip
    assert await asked(bot, room, "Ana", "Cancel!") == ["I am not waiting for anything from you."]
    assert await asked(bot, room, "Ana", "wisper to me") == ["Ana (MEMBER) said: wisper to me"]


async def test_a_room_for_two_that_a_third_person_enters_is_private_no_more(bot, server):
    room = await bot.enter("Ana", is_direct=True, name="")
    await server.member(room, server.user("Ben"), server.user("Ben"), "join")
    assert await asked(bot, room, "Ana", "hello") == []
    told = await asked(bot, room, "Ana", "!whisper")
    assert len(told) == 1
    assert "swordfish" not in told[0]


async def test_a_room_chooses_its_own_prefix(bot, server):
    room, other = await bot.enter("Ana"), await bot.enter("Ana")
    await choose(bot, room, "prefix", "%%")
    assert await asked(bot, room, "Ana", "%%echo hello") == ["Ana (MODERATOR) said: hello"]
    assert await asked(bot, room, "Ana", "!echo hello") == []
    assert await asked(bot, other, "Ana", "!echo hello") == ["Ana (MODERATOR) said: hello"]


async def choose(bot, room, name, value):
    """Change a setting of one room, as the settings command does."""
    from bot.storage import places, settings

    def change(tx):
        found = places.whereabouts(tx, "matrix", room)
        settings.change(tx, found.community.id, "matrix", name, value, None, place_id=found.place.id)

    await bot.app.db.write(change)
    bot.app.refresh()


async def test_who_moderates_is_decided_by_power_and_the_rooms_own_setting(bot, server):
    levels = {"users": {server.user("Ana"): 100, server.user("Ben"): 50, server.user("Eva"): 20}}
    room = await bot.enter("Ana", "Ben", "Eva", version="10", levels=levels)
    assert await asked(bot, room, "Ben", "!room rule") == ["You rule."]
    assert "Only a moderator" in (await asked(bot, room, "Eva", "!room rule"))[0]
    await choose(bot, room, "moderator_power", 20)
    assert await asked(bot, room, "Eva", "!room rule") == ["You rule."]


async def test_a_command_that_a_client_has_put_together_is_run(bot, server):
    room = await bot.enter("Ana")
    command = {"command": "echo", "arguments": {"words": "hello", "wrong": {"deep": []}, "other": None}}
    invoked = {"org.matrix.msc4391.command": command, "m.mentions": {"user_ids": [bot.user_id]}}
    assert await asked(bot, room, "Ana", "/echo hello", **invoked) == ["Ana (MODERATOR) said: hello"]
    for_another = {**invoked, "m.mentions": {"user_ids": ["@other:hs.example"]}}
    assert await asked(bot, room, "Ana", "/echo hello", **for_another) == []


async def test_a_shortcut_is_told_the_message_that_is_replied_to(bot, server):
    room = await bot.enter("Ana")
    message = await server.say(room, server.user("Ana"), "Open on Sundays")
    reply = {"m.relates_to": {"m.in_reply_to": {"event_id": message}}}
    assert await asked(bot, room, "Ana", "> <@ana> Open on Sundays\n\n!save", **reply) == ["Saved: Open on Sundays"]


async def test_only_the_asker_confirms(bot, server):
    room = await bot.enter("Ana", "Ben")
    [question] = await asked(bot, room, "Ana", "!delete")
    assert "Delete everything?" in question
    assert await asked(bot, room, "Ben", "yes") == []
    assert await asked(bot, room, "Ana", "yes") == ["Deleted."]


async def test_numbers_press_the_buttons_of_an_answer(bot, server):
    room = await bot.enter("Ana", "Ben")
    [choices] = await asked(bot, room, "Ana", "!choose")
    assert choices.endswith("1. Come\n2. Again")
    assert server.from_(room, bot.user_id, "m.reaction") == []
    assert await asked(bot, room, "Ben", "2") == ["Ben (MEMBER) said: again"]


async def test_what_is_too_long_for_an_event_goes_on_in_a_thread(bot, server):
    room = await bot.enter("Ana")
    await asked(bot, room, "Ana", "!long")
    first, *rest = await bot.said(room)
    assert len(rest) >= 2
    assert all(event["content"]["m.relates_to"]["event_id"] == first["event_id"] for event in rest)
    sizes = [len(str(event["content"]).encode()) for event in (first, *rest)]
    assert max(sizes) < 16_384
    text = " ".join(event["content"]["body"] for event in (first, *rest))
    assert text.count("word") == 6000
    assert "Item 59" in text


async def test_a_file_goes_with_its_answer_and_says_what_it_shows(bot, server):
    room = await bot.enter("Ana")
    await asked(bot, room, "Ana", "!file")
    file = (await bot.said(room))[-1]["content"]
    assert (file["msgtype"], file["filename"], file["body"]) == ("m.file", "list.csv", "A list")
    assert server.media[file["url"].rpartition("/")[2]] == b"a,b\n"


async def test_a_secret_is_told_in_a_room_for_two_which_is_found_again(bot, server):
    room, ana = await bot.enter("Ana", "Ben"), server.user("Ana")
    [pointer] = await asked(bot, room, "Ana", "!whisper")
    [direct] = [r for r in server.rooms.values() if r.membership(ana) == "invite"]
    assert "I answered you in private" in pointer
    assert direct.id in (await bot.said(room))[-1]["content"]["formatted_body"]
    assert [e["content"]["body"] for e in await bot.said(direct.id)] == ["The password is swordfish."]
    await server.member(direct.id, ana, ana, "join")
    await bot.restart()
    await asked(bot, room, "Ana", "!whisper")
    assert len(await bot.said(direct.id)) == 2
    assert server.accounts[bot.user_id].data["m.direct"] == {ana: [direct.id]}


async def test_whoever_declines_the_room_for_two_is_told_how_to_begin_one(bot, server):
    room, ana = await bot.enter("Ana"), server.user("Ana")
    await asked(bot, room, "Ana", "!whisper")
    [direct] = [r for r in server.rooms.values() if r.membership(ana) == "invite"]
    await server.member(direct.id, ana, ana, "leave")
    [pointer] = await asked(bot, room, "Ana", "!whisper")
    assert "Start a direct chat with @refdesk:hs.example" in pointer
    assert len([r for r in server.rooms.values() if r.membership(bot.user_id) == "join"]) == 2
    own = await bot.enter("Ana", is_direct=True, name="")
    await asked(bot, room, "Ana", "!whisper")
    assert (await bot.said(own))[-1]["content"]["body"] == "The password is swordfish."
