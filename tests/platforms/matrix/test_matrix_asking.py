# SPDX-License-Identifier: MIT
"""What answers a question: the next message, a reply to it, a thread on it; and what does not."""

import pytest

from bot.core.finding import find_sources, import_cog
from tests.platforms.matrix.matrixplay import Bot
from tests.platforms.matrix.samplecog import Sample


async def texts(bot, room):
    return [event["content"]["body"] for event in await bot.said(room)]


def in_thread(root):
    return {"m.relates_to": {"rel_type": "m.thread", "event_id": root, "is_falling_back": True}}


def reply_to(event_id, *called):
    return {"m.relates_to": {"m.in_reply_to": {"event_id": event_id}}, "m.mentions": {"user_ids": list(called)}}


async def asks(bot, server, room, words="!echo"):
    """Have Ana ask for something that needs an answer; return the question."""
    await server.say(room, server.user("Ana"), words)
    return (await bot.said(room))[-1]


async def test_an_answer_in_a_thread_on_the_question_is_taken_and_answered_there(bot, server):
    room = await bot.enter("Ana")
    question = await asks(bot, server, room)
    assert question["content"].get("m.relates_to", {}).get("rel_type") is None
    await server.say(room, server.user("Ana"), "hello", **in_thread(question["event_id"]))
    answer = (await bot.said(room))[-1]
    assert answer["content"]["body"] == "Ana (MODERATOR) said: hello"
    assert answer["content"]["m.relates_to"]["event_id"] == question["event_id"]


@pytest.mark.parametrize("calls", [True, False])
async def test_a_reply_to_the_question_is_taken(bot, server, calls):
    room = await bot.enter("Ana", "Ben")
    question = await asks(bot, server, room)
    called = (bot.user_id,) if calls else ()
    await server.say(room, server.user("Ana"), "hello", **reply_to(question["event_id"], *called))
    assert (await texts(bot, room))[-1] == "Ana (MODERATOR) said: hello"


async def test_a_reply_and_a_thread_are_taken_after_a_restart(bot, server):
    room, ana = await bot.enter("Ana"), server.user("Ana")
    first, second = await asks(bot, server, room), await asks(bot, server, room)
    await bot.restart()
    await server.say(room, ana, "one", **in_thread(first["event_id"]))
    await server.say(room, ana, "two", **reply_to(second["event_id"]))
    assert (await texts(bot, room))[-2:] == ["Ana (MODERATOR) said: one", "Ana (MODERATOR) said: two"]


async def test_what_is_asked_next_in_the_thread_is_answered_there(bot, server):
    room, ana = await bot.enter("Ana"), server.user("Ana")
    question = await asks(bot, server, room, "!delete")
    thread = in_thread(question["event_id"])
    await server.say(room, ana, "yes", **thread)
    assert (await texts(bot, room))[-1] == "Deleted."


async def test_nobody_else_answers_by_a_reply_or_in_the_thread(bot, server):
    room, ben = await bot.enter("Ana", "Ben"), server.user("Ben")
    question = await asks(bot, server, room)
    own = await server.say(room, ben, "!echo")
    said = len(await bot.said(room))
    await server.say(room, ben, "mine", **in_thread(question["event_id"]))
    await server.say(room, ben, "mine", **reply_to(own))
    assert len(await bot.said(room)) == said
    assert not any("mine" in words for words in await texts(bot, room))


async def test_a_question_of_another_bot_is_none_of_ours(bot, server):
    room, ana, ben = await bot.enter("Ana", "Ben"), server.user("Ana"), server.user("Ben")
    question = await asks(bot, server, room)
    draft = question["content"]["org.refdesk.question"]
    forged = await server.say(room, ben, "Your password?", **{"org.refdesk.question": draft})
    await server.say(room, ana, "hunter2", **reply_to(forged))
    assert await texts(bot, room) == [question["content"]["body"]]


async def test_words_to_somebody_else_are_no_answer(bot, server):
    room, ana, ben = await bot.enter("Ana", "Ben"), server.user("Ana"), server.user("Ben")
    await asks(bot, server, room)
    remark = await server.say(room, ben, "How are you?")
    await server.say(room, ana, "Fine, thanks.", **reply_to(remark, ben))
    await server.say(room, ana, "hello")
    assert (await texts(bot, room))[1:] == ["Ana (MODERATOR) said: hello"]


async def test_another_command_puts_the_question_aside_and_says_so(bot, server):
    room, ana = await bot.enter("Ana"), server.user("Ana")
    question = await asks(bot, server, room)
    await server.say(room, ana, "!file")
    await server.say(room, ana, "What a nice list!")
    told, answer = (await texts(bot, room))[1:3]
    assert told == "I no longer wait for your answer about !echo. Type that again to go on with it."
    assert answer == "Here."
    assert not any("What a nice list" in words for words in await texts(bot, room))
    await bot.restart()
    await server.say(room, ana, "What a nice list!")
    await server.say(room, ana, "hello after all", **reply_to(question["event_id"]))
    assert (await texts(bot, room))[-1] == "Ana (MODERATOR) said: hello after all"
    assert not any("What a nice list" in words for words in await texts(bot, room))


async def test_a_yes_for_something_else_confirms_nothing(bot, server):
    room, ana = await bot.enter("Ana"), server.user("Ana")
    await server.say(room, ana, "!delete")
    await server.say(room, ana, "!file")
    await server.say(room, ana, "yes")
    assert "Deleted." not in await texts(bot, room)


async def test_the_same_command_again_asks_again_without_a_word(bot, server):
    room = await bot.enter("Ana")
    await asks(bot, server, room)
    await asks(bot, server, room)
    await server.say(room, server.user("Ana"), "hello")
    found = await texts(bot, room)
    assert found[0] == found[1]
    assert found[2:] == ["Ana (MODERATOR) said: hello"]


async def test_a_command_that_a_client_has_put_together_puts_the_question_aside(bot, server):
    room, ana = await bot.enter("Ana"), server.user("Ana")
    await asks(bot, server, room)
    invoked = {"org.matrix.msc4391.command": {"command": "file"}, "m.mentions": {"user_ids": [bot.user_id]}}
    await server.say(room, ana, "/file", **invoked)
    await server.say(room, ana, "What a nice list!")
    assert "I no longer wait for your answer about !echo" in (await texts(bot, room))[1]
    assert not any("What a nice list" in words for words in await texts(bot, room))


@pytest.mark.parametrize("relation", [in_thread, reply_to])
async def test_a_number_in_a_thread_on_choices_or_as_a_reply_to_them_presses_one(bot, server, relation):
    room, ana = await bot.enter("Ana"), server.user("Ana")
    choices = await asks(bot, server, room, "!choose")
    await asks(bot, server, room, "!echo other")
    await server.say(room, ana, "1", **relation(choices["event_id"]))
    assert (await texts(bot, room))[-1] == "Ana comes to 7."


async def test_commands_are_named_as_they_are_typed_there(bot, server):
    room, ana = await bot.enter("Ana"), server.user("Ana")
    private = await bot.enter("Ana", name="", is_direct=True)
    for where in (room, private):
        await server.say(where, ana, "!echo")
        await server.say(where, ana, "!file")
    [shared] = [words for words in await texts(bot, room) if "no longer" in words]
    [apart] = [words for words in await texts(bot, private) if "no longer" in words]
    assert "about !echo." in shared
    assert "about echo." in apart


@pytest.mark.parametrize("thread", [{}, in_thread("$root")])
async def test_a_question_goes_with_the_command_that_its_person_deleted(bot, server, thread):
    room = await bot.enter("Ana", "Ben")
    command = await server.say(room, server.user("Ana"), "!echo", **thread)
    before = len(await texts(bot, room))
    await server.redact(room, server.user("Ana"), command)
    await server.say(room, server.user("Ana"), "not for the bot", **thread)
    assert len(await texts(bot, room)) == before
    assert await bot.app.db.read(lambda tx: tx.value("SELECT count(*) FROM drafts")) == 0


async def test_a_question_stays_where_something_else_is_deleted(bot, server):
    room = await bot.enter("Ana", "Ben")
    earlier = await server.say(room, server.user("Ana"), "!echo earlier")
    await bot.settle()
    command = await server.say(room, server.user("Ana"), "!echo")
    await bot.settle()
    await server.redact(room, server.user("Ana"), earlier)
    await server.redact(room, server.user("Ben"), command)
    await server.say(room, server.user("Ana"), "hello")
    assert (await texts(bot, room))[-1] == "Ana (MODERATOR) said: hello"


async def test_in_private_a_command_in_full_is_no_answer_to_what_is_asked_save_in_reply_to_it(bot, server):
    room, ana = await bot.enter("Ana", is_direct=True, name=""), server.user("Ana")
    await bot.enter("Ana")
    question = await asks(bot, server, room, "echo")
    await server.say(room, ana, "room rule")
    told, ruled = (await texts(bot, room))[1:]
    assert told == "I no longer wait for your answer about echo. Type that again to go on with it."
    assert ruled == "You rule."
    await server.say(room, ana, "room rule", **reply_to(question["event_id"]))
    assert (await texts(bot, room))[-1] == "Ana (MODERATOR) said: room rule"


async def test_behind_the_bot_s_name_a_command_in_full_is_no_answer_either(bot, server):
    room, ana = await bot.enter("Ana"), server.user("Ana")
    await asks(bot, server, room)
    await server.say(room, ana, "Refdesk: room rule")
    told, ruled = (await texts(bot, room))[1:]
    assert told == "I no longer wait for your answer about !echo. Type that again to go on with it."
    assert ruled == "You rule."
    await asks(bot, server, room)
    await server.say(room, ana, "Refdesk: hello")
    assert (await texts(bot, room))[-1] == "Ana (MODERATOR) said: hello"


async def test_in_private_words_that_only_begin_like_a_command_are_an_answer(bot, server):
    room = await bot.enter("Ana", is_direct=True, name="")
    await asks(bot, server, room, "echo")
    await server.say(room, server.user("Ana"), "room with a view")
    assert (await texts(bot, room))[-1] == "Ana (MEMBER) said: room with a view"


async def test_help_in_private_is_never_the_answer_to_a_question(server, tmp_path):
    bot = Bot(tmp_path, server, (Sample, import_cog(find_sources()["help"])))
    await bot.open()
    try:
        room = await bot.enter("Ana", is_direct=True, name="")
        await asks(bot, server, room, "echo")
        await server.say(room, server.user("Ana"), "Help")
        assert "What I can do for you here" in (await texts(bot, room))[-1]
    finally:
        await bot.close()
