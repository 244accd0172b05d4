# SPDX-License-Identifier: MIT
"""Nobody sees more than they should, and what is closed is erased in time."""

import re
from pathlib import Path

import pytest

from bot.kit import Level, Visible
from bot.storage import privacy
from cogs.requests import Requests, erasing

pytestmark = pytest.mark.cogs("requests", "settings")

SECRET = 'request open "A book about leaving a sect" anonymous=yes details="I live in Graz"'


async def everything(desk) -> str:
    """Return all that anybody can see in rooms."""
    rooms = [desk.channel, desk.ana.spot]
    return " ".join(seen.plain for spot in rooms for seen in spot.messages)


async def test_an_anonymous_asker_is_named_nowhere(desk):
    seen = await desk.ana.says(SECRET)
    assert seen.visible is Visible.SECRET
    await desk.lib.says("request claim R-1")
    await desk.lib.says('request ask R-1 "Which one?"')
    await desk.settles()
    assert "Which one?" in desk.ana.inbox[-1].plain
    asked = desk.ana.inbox[-1]
    await desk.ana.privately.presses("Reply", on=asked)
    await desk.ana.privately.answers("The blue one")
    await desk.lib.says('request fulfil R-1 "The blue book"')
    await desk.settles()
    assert desk.cards[0].fields["Asked by"] == "somebody who stays anonymous"
    shown = await desk.lib.says("request show R-1")
    assert "The asker replied: The blue one" in " ".join(shown.items)
    for text in (desk.cards[0].plain, shown.plain, *(post.plain for post in desk.lib.inbox)):
        assert "Ana" not in text
    assert [post for post in desk.ana.spot.posts if "R-1" in post.plain] == []
    assert "blue book" in desk.ana.inbox[-1].plain


async def test_an_anonymous_asker_gives_nothing_away_by_closing_and_reopening(desk):
    await desk.ana.says(SECRET)
    await desk.settles()
    here = desk.ana.at(desk.channel)
    await here.presses("Close", on=desk.cards[0])
    done = await here.answers("Found it myself")
    assert (done.text, done.visible) == ("R-1 is withdrawn.", Visible.QUIET)
    await desk.settles()
    await here.presses("Reopen", on=desk.cards[0])
    assert (await here.confirms()).visible is Visible.QUIET
    assert (await here.says("request withdraw R-1")).visible is Visible.QUIET


@pytest.mark.forms(False)
async def test_where_everybody_reads_the_line_one_asks_anonymously_in_private_only(desk):
    seen = await desk.ana.says(SECRET)
    assert "private conversation" in seen.text
    assert (await desk.lib.says("request list")).text == "There are no such requests."
    done = await desk.ana.privately.says(SECRET)
    assert done.title == "R-1 · A book about leaving a sect"
    await desk.settles()
    assert "Ana" not in desk.cards[0].plain


async def test_a_moderator_may_look_behind_it_and_both_know(desk):
    await desk.ana.says(SECRET)
    assert "moderator" in (await desk.lib.says("request unmask R-1 curiosity")).text
    seen = await desk.mod.says("request unmask R-1 'Threats in the details'")
    assert seen.visible is Visible.SECRET
    assert seen.items == ("memory: Ana",) or list(seen.items) == ["memory: Ana"]
    assert "looked who had asked anonymously: R-1" in (await desk.mod.says("settings log")).plain
    await desk.settles()
    assert "Threats in the details" in desk.ana.inbox[-1].plain
    await desk.ana.says('request open "Zagreb fair, 1921"')
    assert "not asked anonymously" in (await desk.mod.says("request unmask R-2 curiosity")).text


async def test_a_contact_is_pointed_out_before_it_is_posted(desk_in_both_ways):
    desk = desk_in_both_ways
    line = 'request open "Zagreb fair, 1921" details="write to zdenka@example.org or +385 91 234 5678"'
    seen = await desk.ana.says(line)
    assert "zdenka@example.org, +385 91 234 5678" in seen.asked.confirm
    await desk.settles()
    assert desk.cards == []
    await desk.ana.confirms(False)
    await desk.settles()
    assert desk.cards == []
    await desk.ana.says(line)
    assert (await desk.ana.confirms()).title == "R-1 · Zagreb fair, 1921"


async def test_closed_requests_lose_people_and_words_and_stay_findable(desk):
    await desk.ana.says('request open "My grandfather at the Zagreb fair" identifier="10.1000/182" details="private"')
    await desk.ben.says("request follow R-1")
    await desk.lib.says("request claim R-1")
    await desk.lib.says('request note R-1 text="knows him"')
    await desk.lib.says('request fulfil R-1 "Dear Ana, here" effort=2')
    before = (await desk.lib.says("request stats")).fields
    desk.world.clock.move(days=89)
    await desk.settles()
    assert "grandfather" in (await desk.lib.says("request show R-1")).title
    await desk.world.passes(days=2)
    shown = await desk.lib.says("request show R-1")
    text = shown.plain
    for gone in ("grandfather", "private", "Ana", "Lib", "knows him", "Ben"):
        assert gone not in text, gone
    assert shown.title == "R-1 · DOI 10.1000/182"
    assert "Ana" not in desk.cards[0].plain
    assert "grandfather" not in desk.cards[0].plain
    told = desk.told(desk.ana)
    assert len(told) >= 2
    assert [word for word in ("grandfather", "Lib", "Dear Ana", "here") if word in " ".join(told)] == []
    assert all("Names and words were erased." in post for post in told)
    assert (await desk.lib.says("request search grandfather")).items in ((), [])
    assert "R-1" in (await desk.lib.says("request search doi:10.1000/182")).plain
    seen = await desk.ben.says('request open "Something by that number" identifier="10.1000/182"')
    assert "R-1 has found this already" in seen.all[0].text
    after = (await desk.lib.says("request stats")).fields
    assert {key: after[key] for key in ("Received", "Answered", "Median time to fulfilment")} == {
        key: before[key] for key in ("Received", "Answered", "Median time to fulfilment")
    }
    rows = await desk.world.app.db.read(lambda tx: [tuple(row) for row in tx.all("SELECT * FROM requests")])
    rows += await desk.world.app.db.read(lambda tx: [tuple(row) for row in tx.all("SELECT * FROM request_events")])
    assert "grandfather" not in str(rows)
    assert "knows him" not in str(rows)
    assert "erased" in (await desk.ana.says("request reopen R-1")).text


async def test_an_open_request_is_never_erased(desk):
    await desk.ana.says('request open "Zagreb fair, 1921"')
    desk.world.clock.move(days=120)
    await desk.settles()
    assert (await desk.lib.says("request show R-1")).fields["Asked by"] == "Ana"


async def test_one_can_have_ones_data_and_be_forgotten(desk):
    await desk.ana.says('request open "Zagreb fair, 1921" details="for my thesis"')
    await desk.ben.says('request open "Graz fair, 1930"')
    await desk.ana.says("request follow R-2")
    await desk.lib.says("request claim R-1")
    await desk.lib.says("request claim R-2")
    await desk.lib.says('request note R-2 text="a note of mine"')
    await desk.lib.says("request subscribe map")
    await desk.settles()
    assert any("Lib is looking" in post for post in desk.told(desk.ben))
    cog, db = desk.world.cog(Requests), desk.world.app.db
    ana, lib = await desk.world.person(desk.ana), await desk.world.person(desk.lib)
    kept = await db.read(cog.export, ana.id)
    assert kept["requests"][0]["details"] == "for my thesis"
    assert len(kept["follows"]) == 1
    mine = await db.read(cog.export, lib.id)
    assert {change["words"] for change in mine["changes"]} >= {"a note of mine"}
    assert [len(mine["claims"]), len(mine["subscriptions"])] == [2, 1]
    await db.write(cog.forget, ana.id)
    await db.write(cog.forget, lib.id)
    await db.write(privacy.forget_person, ana.id)
    await db.write(privacy.forget_person, lib.id)
    desk.world.app.refresh()
    await desk.settles()
    first, second = [await desk.mod.says(f"request show R-{number}") for number in (1, 2)]
    assert first.fields["State"] == "↩️ Withdrawn"
    assert second.fields["State"] == "🟢 Open"
    rows = await db.read(
        lambda tx: [
            tuple(row)
            for table in ("requests", "request_events", "request_follows", "request_subscriptions")
            for row in tx.all(f"SELECT * FROM {table}")
        ]
    )
    for gone in ("for my thesis", "a note of mine", "Zagreb"):
        assert gone not in str(rows)
    assert "Ana" not in desk.cards[0].plain
    assert "Lib" not in " ".join(desk.told(desk.ben))
    assert "Somebody claimed it" in " ".join(desk.told(desk.ben))


async def test_what_was_handed_over_outlasts_who_found_it(desk):
    """A librarian is forgotten: their name goes from the news, the source that the asker needs does not."""
    await desk.ana.says('request open "Zagreb fair, 1921"')
    await desk.lib.says('request fulfil R-1 "Jutarnji list, 3 May 1921" link=https://example.org/a')
    await desk.settles()
    lib = await desk.world.person(desk.lib)
    await desk.world.app.db.write(desk.world.app.forgetting.forget, lib.id)
    desk.world.app.refresh()
    await desk.settles()
    (told,) = desk.told(desk.ana)
    assert "Lib" not in told
    assert "Jutarnji list, 3 May 1921" in told
    assert "https://example.org/a" in told


async def test_no_number_or_button_reaches_another_community(world):
    ana, lib = world.member("Ana"), world.member("Lib", Level.LIBRARIAN)
    spy = world.member("Spy", Level.OWNER, home="Elsewhere")
    card = await ana.says('request open "Zagreb fair, 1921"')
    await lib.says("request claim R-1")
    lines = ["show R-1", "claim R-1", "release R-1", "ask R-1 what?", "note R-1", "decline R-1 because", "withdraw R-1"]
    lines += [
        "reopen R-1",
        "edit R-1 language=de",
        "follow R-1",
        "unfollow R-1",
        "fulfil R-1 paper",
        "unmask R-1 abuse",
    ]
    lines += ["reply R-1 hello"]
    for line in lines:
        world.clock.move(minutes=1)
        assert (await spy.says(f"request {line}")).text == "There is no request R-1 here.", line
    assert (await spy.says("cite R-1")).text == "There is no request R-1 here."
    assert (await spy.says("request list all")).text == "There are no such requests."
    assert "No request" in (await spy.says("request search zagreb")).text
    for target in (
        "claim",
        "release",
        "follow",
        "unfollow",
        "show",
        "cite",
        "reopen",
        "free",
        "still",
        "keep",
        "introduce",
        "draft",
    ):
        world.clock.move(minutes=1)
        exchange = await spy._exchange()
        await world.app.inbox.press(exchange, f"requests.press_{target}", {"request_id": "1"})
        said = spy._seen(exchange)
        assert "no such request" in said.text or "FAQ is switched off" in said.text, (target, said.plain)
    for target, answer in (("have", "source"), ("close", "reason"), ("reply", "answer")):
        exchange = await spy._exchange()
        arguments = {"request_id": "1", answer: "some words"}
        await world.app.inbox.press(exchange, f"requests.press_{target}", arguments)
        assert "no such request" in spy._seen(exchange).text
    assert "Zagreb" not in (await spy.says("request export json")).files["requests.json"].content.decode()
    assert (await ana.says("request show R-1")).fields["State"] == "🔎 Claimed · Lib is looking"
    assert card.title


async def test_ones_own_request_is_reached_from_a_private_conversation_but_not_from_another_community(world):
    ana, lib = world.member("Ana"), world.member("Lib", Level.LIBRARIAN)
    card = await ana.says('request open "Zagreb fair, 1921"')
    await lib.says("request claim R-1")
    elsewhere = world.member("Ana", home="Elsewhere")
    await elsewhere.says("request list")
    button = card.button("I have it")
    for member, heard in ((elsewhere, "no such request"), (elsewhere.privately, "R-1 · Zagreb fair, 1921")):
        exchange = await member._exchange()
        await world.app.inbox.press(exchange, "requests.press_show", dict(button.arguments))
        assert heard in member._seen(exchange).plain


async def test_contacts_are_exchanged_only_when_both_want_it(desk):
    await desk.ana.says('request open "Zagreb fair, 1921"')
    await desk.lib.says('request fulfil R-1 "I can lend it to you" how=contact')
    await desk.settles()
    assert "memory: Lib" not in desk.told(desk.ana)[-1]
    post = desk.ana.spot.posts[-1]
    seen = await desk.ben.presses("Exchange contacts", on=post)
    assert "Only whoever asked" in seen.text
    seen = await desk.ana.presses("Exchange contacts", on=post)
    assert "account names" in seen.asked.confirm
    await desk.ana.confirms()
    await desk.settles()
    assert "memory: Lib" in desk.ana.inbox[-1].plain
    assert "memory: Ana" in desk.lib.inbox[-1].plain


async def test_the_export_names_nobody(desk):
    await desk.ana.says('request open "=HYPERLINK(1)" details="for my neighbour" identifier="10.1000/182"')
    await desk.lib.says("request claim R-1")
    seen = await desk.lib.says("request export csv")
    text = seen.files["requests.csv"].content.decode("utf-8-sig")
    assert seen.visible is Visible.SECRET
    assert "R-1,claimed,article" in text
    assert "doi 10.1000/182" in text
    for secret in ("Ana", "Lib", "neighbour", "=HYPERLINK"):
        assert secret not in text
    assert '"number": "R-1"' in (await desk.lib.says("request export json")).files["requests.json"].content.decode()
    assert "librarian" in (await desk.ana.says("request export csv")).text


KEPT = """id community_id home_id state kind language wiki anonymous private month asker_no warned_at claimed_at
reminded_at opened_at active_at responded_at closed_at how effort minutes work work_source looked_up_at look_ups
free_copies offered_at carded_at"""
"""What is counted, looked up or told by the clock: it names nobody."""


def test_every_place_of_words_is_erased():
    """A column that is added later must be erased or be named here."""
    sql = Path("migrations/requests/0001_requests.sql").read_text()
    table = sql[sql.index("CREATE TABLE requests") : sql.index(") STRICT")]
    columns = set(re.findall(r"^ {4}([a-z_]+) (?:TEXT|INTEGER)", table, re.MULTILINE))
    kept = set(KEPT.split())
    source = Path(erasing.__file__).read_text()
    body = source[source.index("def erase") : source.index("def orphans")]
    assert columns - kept == {name for name in columns if f" {name}=" in body}
