# SPDX-License-Identifier: MIT
"""Moderators on a real Synapse: setting up a room, and making two rooms one community."""

import re
from urllib.parse import quote

from tests.e2e.botplay import running
from tests.e2e.test_matrix_synapse import with_bot

COGS = ("setup", "settings", "requests", "help", "status")


async def test_a_room_is_set_up_and_the_way_goes_on_after_a_restart(people, tmp_path):
    zoe, ana, bot = await people("Zoe"), await people("Ana"), await people("Refdesk")
    async with running(tmp_path, bot, encryption=False, cogs=COGS):
        room = await with_bot(zoe, bot, ana)
        await ana.say(room, "!setup")
        await ana.hears(room, "Only a moderator")
        await zoe.say(room, "!setup")
        await zoe.hears(room, "Step 1 of")
        await zoe.say(room, "1")
        await zoe.hears(room, "Which language")
        await zoe.say(room, "es")
        await zoe.hears(room, "Paso 2")  # in the language that was chosen just now
        await zoe.say(room, "3")
        await zoe.hears(room, "Quedan 9 pasos")
    async with running(tmp_path, bot, encryption=False, cogs=COGS):
        asked = await zoe.say(room, "!setup")
        await zoe.sees(room, lambda e: "Paso 2" in str(e["content"]) and asked in str(e["content"]), "the same step")


async def test_two_rooms_become_one_community_when_both_moderators_have_agreed(people, tmp_path):
    ana, ben, bot = await people("Ana"), await people("Ben"), await people("Refdesk")
    async with running(tmp_path, bot, encryption=False, cogs=COGS):
        first, second = await with_bot(ana, bot, name="First"), await with_bot(ben, bot, name="Second")
        await ben.say(second, '!request open "Zagreb fair, 1921" kind=newspaper')
        await ben.hears(second, "R-1")
        await ana.say(first, '!request open "Atlas of Rijeka" kind=book')
        await ana.hears(first, "R-1")
        await ana.say(first, "!settings link")
        direct = await ana.invitation(bot.user_id)
        await ana.join(direct)
        given = await ana.hears(direct, "Your code is")
        code = re.search(r"settings link ([A-Z0-9]{4}-[A-Z0-9]{4})", given["content"]["body"])[1]
        await ben.say(second, f"!settings link {code}")
        await ben.hears(second, "1 → 2")
        await ben.say(second, "yes")
        await ana.hears(direct, "asks to share everything")
        await ana.say(first, f"!settings link {code}")
        await ana.hears(first, "1 → 2")
        await ana.say(first, "yes")
        await ana.hears(direct, "is now part of")
        await ana.say(first, "!request list")
        await ana.hears(first, "R-2 Zagreb fair")


async def test_who_moderates_a_room_does_so_in_private_until_they_are_out(people, tmp_path):
    zoe, mod, lib, bot = await people("Zoe"), await people("Mod"), await people("Lib"), await people("Refdesk")
    async with running(tmp_path, bot, encryption=False, cogs=COGS):
        powers = {"users": {mod.user_id: 50}}
        room = await with_bot(zoe, bot, mod, lib, name="Reading room", power_level_content_override=powers)
        direct = await with_bot(mod, bot, is_direct=True)
        await mod.say(direct, f"settings level person={lib.user_id} level=librarian")
        await mod.hears(direct, "Lib now has the level: librarian.")
        await lib.say(room, "!request subscribe newspaper")
        await lib.hears(room, "You hear of new requests")
        path = quote(room, safe="")
        await zoe.ask("POST", f"/rooms/{path}/kick", {"user_id": mod.user_id})
        await mod.say(direct, "settings quiet 22:00 07:00")
        await mod.hears(direct, "Only a moderator of Reading room may do this.")
