# SPDX-License-Identifier: MIT
"""The whole life of a request on a simulated Discord and on a homeserver, each alone and both with one list."""

import pytest
from walkplay import walk

from bot.kit import Fetched
from cogs.requests.metadata.settings import LookupSettings

USUAL = LookupSettings()
FAIR = 'request open "Zagreb fair, 1921" kind=newspaper'
FOUND = {"source": "Jutarnji list, 3 May 1921, p. 4", "link": "https://example.org/a", "how": "link", "effort": "3"}

pytestmark = pytest.mark.slow


@pytest.fixture
async def town(tmp_path):
    async with walk(tmp_path) as opened:
        yield opened


@pytest.fixture
async def discord(town):
    await town.discord.types_at(town.discord.desk, "Mod", "settings channel requests")
    return town.discord


@pytest.fixture
async def matrix(town):
    await town.matrix.types("Mod", "settings channel requests")
    return town.matrix


async def test_on_discord_from_asking_to_the_faq(town, discord):
    [answer] = [s for s in await discord.types("Ana", FAIR) if "I passed it on to the librarians" in s.text]
    assert answer.buttons == ()
    await town.passes(seconds=5)
    [card] = discord.in_channel(discord.desk)
    assert card.buttons == ("Claim", "I have it", "Follow", "Close")

    [known] = await discord.types("Ben", 'request open "Zagreb Fair 1921" kind=newspaper')
    assert "R-1 asks for this already: follow it?" in known.text
    assert (known.buttons, known.seen_by) == (("Open a new one", "Follow R-1"), frozenset({"Ben"}))
    [followed] = await discord.presses("Ben", "Follow R-1")
    assert "You follow R-1" in followed.text

    [*_, claimed] = await discord.presses("Lib", "Claim")
    assert ("Lib is looking for R-1." in claimed.text, claimed.seen_by) == (True, frozenset({"Lib"}))
    await town.passes(seconds=5)
    [card] = discord.in_channel(discord.desk)
    assert "🔎 Claimed · Lib is looking" in card.text
    assert "Lib is looking for it." in discord.told("Ben")[-1].text
    assert "Lib is looking for it." in discord.in_channel(town.server.channel)[-1].text

    await discord.types("Lib", 'request ask R-1 "Which page?"')
    await town.passes(seconds=5)
    assert discord.told("Ben")[-1].buttons == ()
    asked = discord.in_channel(town.server.channel)[-1]
    assert ("Which page?" in asked.text, asked.buttons) == (True, ("Reply",))
    [form] = await discord.presses("Ana", "Reply")
    assert form.fields == ("answer",)
    await discord.answers("Ana", {"answer": "The front page"})
    await town.passes(seconds=5)
    assert "The front page" in discord.told("Lib")[-1].text

    [form] = await discord.presses("Lib", "I have it")
    assert form.fields == ("source", "link", "how", "effort", "minutes")
    [*_, done] = await discord.answers("Lib", FOUND)
    assert done.buttons == ("Citation", "Make an FAQ draft")
    await town.passes(seconds=5)
    [card] = discord.in_channel(discord.desk)
    assert ("✅ Fulfilled" in card.text, card.buttons) == (True, ("Reopen",))
    for seen in (discord.in_channel(town.server.channel)[-1], discord.told("Ben")[-1]):
        assert "Jutarnji list, 3 May 1921, p. 4" in seen.text
        assert "copyright" in seen.text
    assert discord.in_channel(town.server.channel)[-1].buttons == ("Citation", "This is not it")
    assert discord.told("Ben")[-1].buttons == ("Citation",)
    [*_, cited] = await discord.presses("Ana", "Citation")
    assert "{{cite news |title=Zagreb fair, 1921 |url=https://example.org/a" in cited.text

    [draft] = await discord.presses("Lib", "Make an FAQ draft")
    assert "Is nobody named in it?" in draft.text
    [*_, kept] = await discord.confirms("Lib", yes=True)
    assert "waits for a moderator" in kept.text


async def test_on_discord_a_form_asks_why_a_request_is_closed(town, discord):
    await discord.types("Ana", FAIR)
    await town.passes(seconds=5)
    [form] = await discord.presses("Lib", "Close")
    assert form.fields == ("reason",)
    await discord.answers("Lib", {"reason": "Lost in a fire"})
    await town.passes(seconds=5)
    assert "Lost in a fire" in discord.in_channel(town.server.channel)[-1].text
    [form] = await discord.types("Lib", "request decline R-1")
    assert form.fields == ("reason",)
    [*_, refused] = await discord.answers("Lib", {"reason": "Again"})
    assert "R-1 is closed (Declined)" in refused.text


async def test_on_discord_a_button_on_a_long_closed_request_says_so(town, discord):
    await discord.types("Ana", FAIR)
    await town.passes(seconds=5)
    old = next(m for m in discord.visible("Lib") if m.channel_id == discord.desk.id)
    claim = next(b["custom_id"] for b in contract_buttons(old) if b["label"] == "Claim")
    await discord.types("Lib", 'request decline R-1 "Lost in a fire"')
    await town.passes(days=100)
    before = discord.snapshot("Lib")
    handle = town.server.env.backend.get_message(old.channel_id, old.id)
    handle.components = old.components
    pressed = await press_raw(discord, "Lib", handle, claim, before)
    assert "R-1 is closed (Declined)" in pressed


def contract_buttons(message):
    from discordplay import buttons_of

    return buttons_of(message.components)


async def press_raw(discord, who, message, custom_id, before):
    """Press what a client still shows of an old message."""
    import simcord

    stored = message.components
    message.components = [
        {"type": 1, "id": 1, "components": [{"type": 2, "style": 2, "label": "Claim", "custom_id": custom_id}]}
    ]
    try:
        result = await discord.people[who].click(
            simcord.results.ResponseMessage(discord.server.env, message), custom_id=custom_id
        )
    finally:
        message.components = stored
    return " ".join(sight.text for sight in await discord.sights(who, before, result))


async def test_on_discord_a_channel_deleted_after_the_claim_keeps_nobody_from_the_source(town, discord):
    await discord.types("Ana", FAIR)
    await town.passes(seconds=5)
    await discord.presses("Lib", "Claim")
    await town.passes(seconds=5)
    town.server.env.backend.delete_channel(discord.desk.id)
    await town.settle()
    [*_, done] = await discord.types("Lib", 'request fulfil R-1 "Jutarnji list, 3 May 1921"')
    assert "R-1 is fulfilled" in done.text
    await town.passes(minutes=10)
    assert "Jutarnji list, 3 May 1921" in discord.in_channel(town.server.channel)[-1].text


async def test_on_matrix_a_reaction_to_a_long_closed_request_says_so(town, matrix):
    await matrix.types("Ana", FAIR)
    await town.passes(seconds=1)
    [event] = [each for each in matrix.events(matrix.room) if "✋ Claim" in str(each["content"].get("body"))]
    await matrix.types("Lib", 'request decline R-1 "Lost in a fire"')
    await town.passes(days=2)
    seen = await matrix.sees("Lib", matrix.server.react(matrix.room, matrix.user("Lib"), event["event_id"], "✅"))
    assert seen == [] or "closed" in seen[0].text
    again = await matrix.sees("Lib", matrix.server.react(matrix.room, matrix.user("Lib"), event["event_id"], "🔁"))
    assert any("Open R-1 again?" in sight.text for sight in again)


async def test_a_free_copy_is_offered_to_the_asker_alone_and_then_to_librarians(town, discord):
    town.outside.answers |= {
        USUAL.citoid: Fetched({"error": "Unable to load URL"}, 404),
        USUAL.cdx: [["timestamp", "original"], ["20190103040506", "https://example.org/a"]],
    }
    await discord.types("Ana", 'request open "A page that is gone" kind=web identifier=https://example.org/a')
    await town.passes(seconds=30)
    assert discord.in_channel(discord.desk) == []
    [offer] = discord.told("Ana")
    assert "web.archive.org/web/20190103040506" in offer.text
    assert offer.buttons == ("That is what I needed", "I still need a librarian")
    assert all("web.archive.org" not in sight.text for sight in discord.in_channel(town.server.channel))
    passed = await discord.presses_privately("Ana", "I still need a librarian")
    assert any("I passed R-1 on to the librarians." in sight.text for sight in passed)
    await town.passes(seconds=5)
    [card] = discord.in_channel(discord.desk)
    assert "A page that is gone" in card.text


async def test_on_matrix_from_asking_to_the_faq(town, matrix):
    room = matrix.room
    seen = await matrix.types("Ana", FAIR)
    assert all("Send a number" not in sight.text for sight in seen)
    assert any("✋ Claim · ✅ I have it · 🔔 Follow · ✖️ Close" in sight.text for sight in seen)
    [card_event] = [event for event in matrix.events(room) if "✋ Claim" in event["content"]["body"]]
    seeded = [
        e["content"]["m.relates_to"]["key"]
        for e in town.server.bot.server.from_(room, matrix.bot.user_id, "m.reaction")
    ]
    assert len(seeded) <= 3

    [known] = await matrix.types("Ben", 'request open "Zagreb Fair 1921" kind=newspaper')
    assert "1. Open a new one\n2. Follow R-1" in known.text
    [followed] = await matrix.writes("Ben", "2")
    assert "You follow R-1" in followed.text

    claimed = await matrix.presses("Lib", "Claim")
    assert any("Lib is looking for R-1." in sight.text for sight in claimed)
    await town.passes(seconds=5)
    present = matrix.present(room, card_event)
    assert "State: 🔎 Claimed · Lib is looking" in present["body"]
    assert "<strong>R-1 · Zagreb fair, 1921</strong>" in present["formatted_body"]
    assert "Lib is looking for it." in matrix.told("Ben")[-1].text

    await matrix.types("Lib", 'request ask R-1 "Which page?"')
    await town.passes(seconds=5)
    asked = next(s for s in reversed(matrix.in_room(room)) if "needs to know more" in s.text)
    assert ("Which page?" in asked.text, "💬 Reply" in asked.text) == (True, True)
    [question] = await matrix.presses("Ana", "Reply")
    assert "Your answer to the librarians" in question.text
    await matrix.answers("Ana", {"answer": "The front page"})
    await town.passes(seconds=5)
    assert "The front page" in matrix.told("Lib")[-1].text

    done = await matrix.types("Lib", 'request fulfil R-1 "Jutarnji list, 3 May 1921, p. 4" link=https://example.org/a')
    assert any("R-1 is fulfilled. Thank you!" in sight.text for sight in done)
    await town.passes(seconds=5)
    assert "State: ✅ Fulfilled" in matrix.present(room, card_event)["body"]
    assert "Jutarnji list" in matrix.told("Ben")[-1].text
    told = next(s for s in reversed(matrix.in_room(room)) if "Lib found it." in s.text)
    assert ("📄 Citation · 🔁 This is not it" in told.text, "copyright" in told.text) == (True, True)


@pytest.fixture
async def both(town, discord, matrix):
    """One community of both, with a channel for librarians on each."""
    await town.link()
    return town


async def test_asked_on_discord_claimed_and_found_on_matrix(both, town, discord):
    matrix = town.matrix
    await discord.types("Ana", FAIR)
    await town.passes(seconds=5)
    [there] = discord.in_channel(discord.desk)
    assert "R-1 · Zagreb fair, 1921" in there.text
    await matrix.types("Ben", "request follow R-1")
    await matrix.presses("Lib", "Claim")
    await town.passes(seconds=5)
    assert "Lib is looking for it." in discord.in_channel(town.server.channel)[-1].text
    [*_, late] = await discord.presses("Lib", "I have it")
    assert late.fields == ("source", "link", "how", "effort", "minutes")
    [there] = discord.in_channel(discord.desk)
    assert "Claimed · Lib is looking" in there.text
    done = await matrix.types("Lib", 'request fulfil R-1 "Jutarnji list, 3 May 1921"')
    assert any("R-1 is fulfilled" in sight.text for sight in done)
    await town.passes(seconds=5)
    heard = discord.in_channel(town.server.channel)[-1]
    assert ("Lib found it." in heard.text, "Jutarnji list, 3 May 1921" in heard.text) == (True, True)
    [there] = discord.in_channel(discord.desk)
    assert "✅ Fulfilled" in there.text
    assert any("Lib found it." in sight.text for sight in matrix.in_room(matrix.room))
    [*_, over] = await discord.answers("Lib", FOUND)
    assert "R-1 is closed (Fulfilled)" in over.text


async def test_two_who_press_at_once_on_different_chats_are_told_who_was_quicker(both, town, discord):
    matrix = town.matrix
    await discord.types("Ana", FAIR)
    await town.passes(seconds=5)
    card = next(e for e in matrix.events(matrix.room) if "✋ Claim" in e["content"]["body"])
    await town.matrix.server.react(matrix.room, matrix.user("Lib"), card["event_id"], "✋")
    first = await discord.presses("Lib", "Claim")
    await town.passes(seconds=5)
    answers = [s.text for s in (*first, *matrix.in_room(matrix.room)) if "looking for R-1." in s.text]
    assert sorted("already" in text for text in answers) == [False, True]
    history = await discord.types("Ana", "request show R-1")
    assert history[-1].text.count("claimed it") == 1


async def test_each_request_has_a_thread_on_discord_and_matrix_where_that_is_wished(both, town, discord):
    matrix = town.matrix
    await discord.types("Mod", "settings set requests.threads yes")
    await discord.types("Ana", FAIR)
    await town.passes(seconds=5)
    await town.server.restart()
    await discord.types("Lib", "request claim R-1")
    await town.passes(seconds=5)
    shown = {place: [m for m in posts.values() if m.components] for place, posts in all_of(town).items()}
    [card] = [m for m in shown[discord.desk.id] if not m.is_ephemeral]
    inside = [discord.sight(m, frozenset()).text for m in shown[card.id]]
    assert ["comes here" in inside[0], "Lib is looking for it." in inside[1], len(inside)] == [True, True, 2]
    thread = town.server.env.backend.channels[card.id]
    assert thread.name == "R-1 · Zagreb fair, 1921"
    root = next(e for e in matrix.events(matrix.room) if "✋ Claim" in e["content"]["body"])
    there = [
        e["content"]["body"]
        for e in matrix.events(matrix.room)
        if e["content"].get("m.relates_to", {}).get("event_id") == root["event_id"]
        and e["content"]["m.relates_to"].get("rel_type") == "m.thread"
    ]
    assert ["comes here" in there[0], "Lib is looking for it." in there[1], len(there)] == [True, True, 2]


def all_of(town):
    """All messages of Discord, by channel."""
    return town.server.env.backend.messages


async def test_a_form_that_comes_again_speaks_the_language_that_was_chosen(town, discord):
    await discord.types("Ana", "account language es")
    await discord.types("Ana", "request open")
    [again] = await discord.answers("Ana", {"title": "12345678", "identifier": "", "details": "", "needed_by": ""})
    assert "El título es solo un número" in again.text
    assert "Identificador" in again.text
    assert "Identifier" not in again.text
