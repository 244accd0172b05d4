# SPDX-License-Identifier: MIT
"""What a community limits, what is pointed out before it is posted, and who hears of which change."""

import pytest

from bot.kit import Level

pytestmark = pytest.mark.cogs("requests", "settings")

FAIR = 'request open "Zagreb fair, 1921" kind=newspaper'
SECRET = 'request open "A book about leaving a sect" anonymous=yes'


async def chosen(desk, **values):
    for name, value in values.items():
        seen = await desk.mod.says(f"settings set requests.{name} {value}")
        assert str(value) in seen.plain


async def test_so_many_may_be_opened_in_a_day(desk):
    await chosen(desk, open_per_day=2)
    for title in ("Zagreb fair, 1921", "A map of Graz"):
        await desk.ana.says(f'request open "{title}"')
    await desk.ana.says("request withdraw R-1")
    refused = (await desk.ana.says('request open "A census of Pula"')).text
    assert refused == "Requests you have opened since yesterday: 2; that is as many as one may open here in a day."
    assert (await desk.ben.says('request open "A census of Pula"')).title.startswith("R-3")
    await desk.world.passes(days=1)
    assert (await desk.ana.says('request open "A census of Rijeka"')).title.startswith("R-4")


async def test_titles_details_and_words_are_as_long_as_the_community_wants_also_later(desk):
    await chosen(desk, title_max=20, details_max=200, words_max=100)
    seen = await desk.ana.says('request open "The great fair of Zagreb in 1921"')
    assert seen.asked.error == "Please use at most 20 characters here."
    await desk.ben.says('request open "Zagreb fair, 1921"')
    for change in ('title="The great fair of Zagreb in 1921"', f'details="{"d" * 201}"'):
        assert "Please use at most" in (await desk.ben.says(f"request edit R-1 {change}")).plain
    long = "w" * 101
    for typed in (f"ask R-1 {long}", f"note R-1 text={long}", f"fulfil R-1 {long}", f"decline R-1 {long}"):
        assert "Please use at most 100 characters here." in (await desk.lib.says(f"request {typed}")).plain
    for typed in (f"reply R-1 {long}", f"withdraw R-1 reason={long}"):
        assert "Please use at most 100 characters here." in (await desk.ben.says(f"request {typed}")).plain
    assert (await desk.mod.says("request show R-1")).fields["State"] == "🟢 Open"


async def test_a_long_message_becomes_a_title_as_short_as_the_community_wants(desk):
    await chosen(desk, title_max=20)
    seen = await desk.lib.shortcuts("wanted", on="Who has 10.1000/182 and more like it?")
    assert seen.title == "R-1 · Who has…"
    assert seen.fields["Kind"] == "Journal article"


@pytest.mark.parametrize(
    ("who", "typed"),
    [
        ("ana", 'request edit R-1 details="write to me@example.org"'),
        ("ana", 'request reply R-1 "write to me@example.org"'),
        ("ana", 'request withdraw R-1 reason="Thanks to me@example.org"'),
        ("lib", 'request ask R-1 "Would me@example.org know?"'),
        ("lib", 'request fulfil R-1 "Ask me@example.org"'),
        ("lib", 'request decline R-1 "Ask me@example.org"'),
    ],
)
async def test_a_contact_is_pointed_out_before_anything_is_posted(desk, who, typed):
    await desk.ana.says(FAIR)
    await desk.settles()
    seen = await getattr(desk, who).says(typed)
    assert seen.asked.confirm == "Everybody could read this in your text: me@example.org. Post it anyway?"
    await desk.settles()
    shown = (await desk.mod.says("request show R-1")).plain
    assert "me@example.org" not in shown
    assert not (await getattr(desk, who).confirms()).text.startswith("Everybody")
    assert "R-1" in (await desk.mod.says("request show R-1")).title
    assert (await desk.mod.says("request show R-1")).plain != shown


async def test_the_asker_hears_what_a_librarian_changed_and_followers_what_was_replied(desk):
    await desk.ana.says(FAIR)
    await desk.ben.says("request follow R-1 private=yes")
    await desk.lib.says("request edit R-1 language=hr")
    await desk.settles()
    assert "Lib changed the request." in desk.told(desk.ana)[-1]
    await desk.lib.says('request ask R-1 "Which page?"')
    await desk.ana.says('request reply R-1 "The front page"')
    await desk.settles()
    assert "Ana replied." in desk.ben.inbox[-1].plain
    assert "The front page" in desk.ben.inbox[-1].plain
    assert "replied" not in desk.told(desk.ana)[-1]


async def test_a_note_of_who_looks_is_news_and_one_of_others_is_not(desk):
    lia = desk.world.member("Lia", Level.LIBRARIAN)
    await desk.ana.says(FAIR)
    await desk.lib.says("request claim R-1")
    await desk.world.passes(days=4)
    await desk.lib.says('request note R-1 text="Ordered from Graz"')
    await desk.world.passes(days=4)
    assert not [post for post in desk.lib.inbox if "still looking" in post.plain]
    await lia.says("request note R-1 We have it too")
    await desk.world.passes(days=2)
    assert [post for post in desk.lib.inbox if "still looking" in post.plain]


@pytest.mark.forms(False)
@pytest.mark.parametrize("move", ["edit R-1 language=de", "reply R-1 yes", "withdraw R-1", "reopen R-1", "follow R-1"])
async def test_what_others_see_typed_does_not_tell_who_asked_anonymously(desk, move):
    await desk.ana.says("request list")
    assert (await desk.ana.privately.says(SECRET)).title.startswith("R-1")
    answers = [(await who.says(f"request {move}")).plain for who in (desk.ana, desk.ben)]
    assert answers[0] == answers[1]
    if not move.startswith("follow"):
        assert "was asked anonymously" in answers[0]
        assert (await desk.lib.says("request show R-1")).fields["State"] == "🟢 Open"


@pytest.mark.forms(False)
async def test_in_private_the_anonymous_asker_does_all_of_it(desk):
    await desk.ana.says("request list")
    await desk.ana.privately.says(SECRET)
    assert (await desk.ana.privately.says("request edit R-1 language=de")).text == "R-1 is changed."
    assert (await desk.ana.privately.says("request withdraw R-1")).text == "R-1 is withdrawn."
    assert (await desk.ana.privately.says("request reopen R-1")).text == "R-1 is open again."


async def test_the_copyright_line_stands_wherever_the_source_does(desk):
    await desk.ana.says(FAIR)
    done = await desk.lib.says('request fulfil R-1 "Jutarnji list" link=https://example.org/a')
    await desk.settles()
    places = (done, desk.cards[0], await desk.ben.says("request show R-1"), desk.ana.spot.posts[-1])
    assert all("https://example.org/a" in seen.plain and "For your own research." in seen.plain for seen in places)
