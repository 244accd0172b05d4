# SPDX-License-Identifier: MIT
"""The life of a reference request on a real Synapse."""

from tests.e2e.botplay import running
from tests.e2e.test_matrix_synapse import with_bot

COGS = ("settings", "requests")


async def test_a_request_is_asked_claimed_by_a_reaction_and_handed_over(people, tmp_path):
    zoe, ana, bot = await people("Zoe"), await people("Ana"), await people("Refdesk")
    async with running(tmp_path, bot, encryption=False, cogs=COGS):
        room = await with_bot(zoe, bot, ana)
        await zoe.say(room, "!settings channel requests")
        await zoe.hears(room, "Reference requests")
        await ana.say(room, '!request open "Zagreb fair, 1921" kind=newspaper')
        await ana.hears(room, "I passed it on")
        seed = await zoe.sees(room, lambda e: e["type"] == "m.reaction" and e["sender"] == bot.user_id, "a reaction")
        card = seed["content"]["m.relates_to"]["event_id"]
        await zoe.react(room, card, "✋")
        looking = await ana.hears(room, "is looking for it.")
        assert looking["content"]["m.mentions"] == {"user_ids": [ana.user_id]}
        await zoe.sees(room, lambda e: _edits(e, card, "Claimed"), "the card, claimed")
        await zoe.say(room, '!request fulfil R-1 "Jutarnji list, 3 May 1921, p. 4" link=https://example.org/a')
        found = await ana.hears(room, "found it.")
        assert found["content"]["m.mentions"] == {"user_ids": [ana.user_id]}
        assert all(words in found["content"]["body"] for words in ("Jutarnji list", "example.org/a", "own research"))
        await zoe.sees(room, lambda e: _edits(e, card, "Fulfilled"), "the card, fulfilled")


def _edits(event, card, words):
    relation = event["content"].get("m.relates_to", {})
    return relation.get("rel_type") == "m.replace" and relation["event_id"] == card and words in str(event["content"])
