# SPDX-License-Identifier: MIT
"""A member tries a moderator's command by every road of Discord and Matrix: nothing comes of it, and they are told."""

import re

import pytest
import simcord
from chatwalk import COGS, WHO, on_discord, on_matrix
from discordplay import buttons_of, shown

from bot.kit import HomeKind
from bot.storage import audit, homes, switches

REFUSED = "Only a moderator may do this"
LINE = "settings switch status off"
FORGED = ("a:settings.switch?name=status&enabled=no", "a:setup.toggle?feature=requests", "a:settings.drop?row_id=1")


async def untouched(walk):
    """Tell whether nothing was switched in any community."""
    return not await walk.chat.app.db.read(lambda tx: [each for n in (1, 2) for each in switches.everything(tx, n)])


async def forged(walk, custom_id):
    """Press, as Ana, a button of her own answer whose id she has replaced."""
    await walk.types("mydata show", who="Ana")
    message = next(m for m in reversed(walk.chat.visible("Ana")) if buttons_of(m.components))
    buttons_of(message.components)[0]["custom_id"] = custom_id
    before = walk.chat.snapshot("Ana")
    handle = simcord.results.ResponseMessage(walk.chat.server.env, message)
    await walk.chat.people["Ana"].click(handle, custom_id=custom_id)
    return "\n".join(sight.text for sight in await walk.chat.sights("Ana", before))


async def test_no_road_of_discord_leads_a_member_to_a_moderator_s_command(tmp_path):
    async with on_discord(tmp_path) as (walk, _):
        ana, server = walk.chat.people["Ana"], walk.chat.server
        await walk.types("status", who="Ana")
        roads = {
            "slash command": await walk.types(LINE, who="Ana"),
            "mention": walk._keep("mention", await walk.chat.says("Ana", LINE)),
            **{f"forged button {each}": await forged(walk, each) for each in FORGED},
        }
        before = walk.chat.snapshot("Ana")
        await ana.send_dm(f"/{LINE}")
        await server.settle()
        told = [m for m in walk.chat.visible("Ana") if m.id not in before]
        roads["private message"] = "\n".join(shown(m.components) for m in told)
        assert {road: said for road, said in roads.items() if REFUSED not in said} == {}
        assert await untouched(walk)


async def test_a_member_s_context_menu_of_discord_saves_no_faq_entry_and_does_what_it_may(tmp_path):
    async with on_discord(tmp_path, (*COGS, "faq")) as (walk, _):
        chat = walk.chat
        await walk.types('request open "Ours" kind=book', who="Ana")
        refused = await chat.reacts_to("Ana", "save")
        assert "Only a librarian" in "\n".join(sight.text for sight in refused)
        assert not any(sight.fields for sight in refused)
        asked = await chat.reacts_to("Ana", "wanted")
        assert any("Only" not in sight.text and (sight.fields or sight.buttons) for sight in asked), asked
        offered = await chat.reacts_to(WHO, "save")
        assert "Saved as the draft" in offered[0].text, "a moderator may"


async def test_no_road_of_matrix_leads_a_member_to_a_moderator_s_command(tmp_path):
    async with on_matrix(tmp_path) as (walk, _):
        chat, bot = walk.chat, walk.chat.bot
        ana, server = chat.account("Ana").external_id, chat.server
        command = {
            "org.matrix.msc4391.command": {
                "command": "settings switch",
                "arguments": {"name": "status", "enabled": "no"},
            },
            "m.mentions": {"user_ids": [bot.user_id]},
        }
        await walk.types("settings block", who="Zoe")
        roads = {
            "prefix": await walk.types(LINE, who="Ana"),
            "name": walk._keep("name", await chat.says("Ana", LINE)),
            "structured": walk._keep(
                "structured", await chat.sees("Ana", server.say(chat.room, ana, "/settings switch", **command))
            ),
        }
        assert {road: said for road, said in roads.items() if REFUSED not in said} == {}
        await walk.types("setup", who="Zoe")
        card = chat.messages(chat.room)[-1]["event_id"]
        relation = {"m.relates_to": {"m.in_reply_to": {"event_id": card}}}
        for number in ("1", "2", "3"):  # the buttons of a moderator's own card, answered by somebody else
            said = await chat.sees("Ana", server.say(chat.room, ana, number, **relation))
            assert all(REFUSED in sight.text for sight in said)
        for sign in ("1️⃣", "✅", "👍"):
            said = await chat.sees("Ana", server.react(chat.room, ana, card, sign))
            assert all(REFUSED in sight.text for sight in said)
        assert await untouched(walk)
        assert "Step 1 of 10" in await walk.types("setup")


@pytest.mark.parametrize("chat", [on_discord, on_matrix])
async def test_the_ids_of_another_community_lead_nowhere(chat, tmp_path):
    async with chat(tmp_path) as (walk, _):
        await walk.types('request open "Ours" kind=book', who="Ana")
        other = await walk.chat.app.db.write(_elsewhere)
        for line in (f"settings undo {other['audit']}", "request show 2", "event show 1", "settings parked 1"):
            said = await walk.types(line)
            assert re.search("no request|no event|no change|no post", said, re.IGNORECASE), said
        assert (
            await walk.chat.app.db.read(lambda tx: tx.value("SELECT count(*) FROM audit WHERE action = 'undone'")) == 0
        )


def _elsewhere(tx):
    """Let another community have a change in its log and a post that waits."""
    home = homes.arrive(tx, "memory", "babel", "Library of Babel", HomeKind.SERVER)
    audit.note(tx, home.community_id, None, "posts.held", {})
    return {"audit": tx.value("SELECT max(id) FROM audit")}
