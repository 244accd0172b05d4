# SPDX-License-Identifier: MIT
"""One test for each road through a real Synapse, as it comes out of the box: room version 12, its own push rules."""

from tests.e2e.botplay import running


async def test_a_command_in_a_new_room_is_answered_and_its_creator_moderates(people, tmp_path):
    ana, ben, bot = await people("Ana"), await people("Ben"), await people("Refdesk")
    async with running(tmp_path, bot, encryption=False):
        room = await ana.room(bot.user_id, ben.user_id)
        assert (await ana.state(room, "m.room.create"))["room_version"] == "12"
        await ben.join(room)
        await ana.sees(room, lambda e: e["type"] == "m.room.member" and e["sender"] == bot.user_id)
        asked = await ana.say(room, "!echo hello")
        answer = await ana.hears(room, "Ana (MODERATOR) said: hello")
        assert answer["content"]["msgtype"] == "m.notice"
        assert answer["content"]["m.mentions"] == {}
        assert answer["content"]["m.relates_to"] == {"m.in_reply_to": {"event_id": asked}}
        await ben.say(room, "!echo hello")
        await ana.hears(room, "Ben (MEMBER) said: hello")
