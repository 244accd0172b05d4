# SPDX-License-Identifier: MIT
"""What may be done with a request, by whom, and what they are told when it may not."""

import pytest

from bot.kit import Level, Visible

pytestmark = pytest.mark.cogs("requests", "settings")

FAIR = 'request open "Zagreb fair, 1921" kind=newspaper'


async def state(desk, number="R-1"):
    return (await desk.mod.says(f"request show {number}")).fields["State"]


@pytest.mark.parametrize("number", ["R-1", "r1", "1", "#1", "R–1", "R 1", "r - 1", "R-1.", "١"])
async def test_a_number_may_be_written_in_many_ways(desk, number):
    await desk.ana.says(FAIR)
    assert (await desk.ana.says(f"request show {number}")).title == "R-1 · Zagreb fair, 1921"


async def test_what_is_no_number_and_what_is_not_there_is_told(desk):
    assert (await desk.ana.says("request show seventeen")).asked.error == "A request's number looks like R-17."
    for typed in ("R-9", "9", "#9"):
        assert (await desk.ana.says(f"request show {typed}")).text == "There is no request R-9 here."


async def test_a_question_back_lets_it_wait_and_the_reply_lets_it_go_on(desk_in_both_ways):
    desk = desk_in_both_ways
    await desk.ana.says(FAIR)
    await desk.lib.says('request ask R-1 "Which page?"')
    assert await state(desk) == "⏳ Waiting for the asker · Lib is looking"
    await desk.settles()
    post = desk.ana.spot.posts[-1]
    assert "Which page?" in post.plain
    asked = await desk.ana.presses("Reply", on=post)
    assert asked.asked.names[0] == "answer"
    done = await desk.ana.answers("The front page, please")
    assert done.text == "I passed it on. R-1 goes on."
    assert await state(desk) == "🔎 Claimed · Lib is looking"
    await desk.settles()
    assert "The front page, please" in desk.lib.inbox[-1].plain


async def test_nobody_else_answers_for_the_asker(desk):
    await desk.ana.says(FAIR)
    await desk.lib.says('request ask R-1 "Which page?"')
    assert (await desk.ben.says('request reply R-1 "all"')).text == "Only whoever asked for R-1 can do this."


async def test_release_belongs_to_who_looks_and_to_moderators(desk):
    lia = desk.world.member("Lia", Level.LIBRARIAN)
    await desk.ana.says(FAIR)
    assert (await desk.lib.says("request release R-1")).text == "Nobody has claimed R-1."
    await desk.lib.says("request claim R-1")
    assert "Only Lib" in (await lia.says("request release R-1")).text
    assert (await desk.lib.says("request release R-1")).text == "R-1 is open again."
    await lia.says("request claim R-1")
    assert (await desk.mod.says("request release R-1")).text == "R-1 is open again."
    await desk.settles()
    assert "open again" in lia.inbox[-1].plain


async def test_what_waits_for_the_asker_can_be_released_and_nobody_looks_after_it_is_reopened(desk):
    await desk.ana.says(FAIR)
    await desk.lib.says('request ask R-1 "Which page?"')
    assert (await desk.lib.says("request release R-1")).text == "R-1 is open again."
    assert await state(desk) == "🟢 Open"
    await desk.lib.says("request claim R-1")
    await desk.lib.says('request fulfil R-1 "Some paper"')
    await desk.ana.says("request reopen R-1")
    assert await state(desk) == "🟢 Open"


async def test_somebody_is_asked_to_look_and_told_so(desk):
    await desk.ana.says(FAIR)
    await desk.lib.says("request claim R-1")
    await desk.mod.uses("settings level", person=desk.ben, level="librarian")
    seen = await desk.mod.uses("request assign", number="R-1", person=desk.ben)
    assert seen.text == "Ben is to look for R-1."
    await desk.settles()
    assert "Ben is to look for it." in desk.ben.inbox[-1].plain
    assert await state(desk) == "🔎 Claimed · Ben is looking"


async def test_a_declined_request_says_why_to_the_asker(desk):
    await desk.ana.says(FAIR)
    await desk.lib.says('request decline R-1 "No library in reach has it"')
    await desk.settles()
    assert "No library in reach has it" in desk.told(desk.ana)[-1]
    assert await state(desk) == "✖️ Declined"
    assert "Reopen" in (await desk.lib.says("request claim R-1")).text


async def test_withdrawing_belongs_to_the_asker(desk):
    await desk.ana.says(FAIR)
    assert "withdraw" in (await desk.ben.says("request withdraw R-1")).text
    assert (await desk.ana.says("request withdraw R-1")).text == "R-1 is withdrawn."
    await desk.settles()
    assert desk.told(desk.ana) == []


async def test_close_withdraws_for_the_asker_and_declines_for_a_librarian(desk):
    await desk.ana.says(FAIR)
    await desk.ana.says("request open 'Another fair of 1922 in Graz'")
    await desk.settles()
    first, second = desk.cards
    await desk.ana.at(desk.channel).presses("Close", on=first)
    assert (await desk.ana.at(desk.channel).answers("Found it myself")).text == "R-1 is withdrawn."
    await desk.lib.at(desk.channel).presses("Close", on=second)
    assert (await desk.lib.at(desk.channel).answers("Lost in a fire")).text == "R-2 is declined."
    await desk.ben.says("request open 'Yet another thing entirely'")
    await desk.settles()
    await desk.ben.at(desk.channel).presses("Close", on=desk.cards[2])
    assert "withdrawn" in (await desk.ben.at(desk.channel).answers("not needed")).text


async def test_a_member_cannot_close_what_another_asked(desk):
    await desk.ana.says(FAIR)
    await desk.settles()
    await desk.ben.at(desk.channel).presses("Close", on=desk.cards[0])
    assert "librarian" in (await desk.ben.at(desk.channel).answers("I do not like it")).text
    assert await state(desk) == "🟢 Open"


async def test_a_fulfilled_request_is_reopened_from_the_news(desk):
    await desk.ana.says(FAIR)
    await desk.lib.says('request fulfil R-1 "Some paper"')
    await desk.settles()
    post = desk.ana.spot.posts[-1]
    assert (await desk.ana.presses("This is not it", on=post)).asked.confirm == "Open R-1 again?"
    assert (await desk.ana.confirms()).text == "R-1 is open again."
    shown = await desk.ana.says("request show R-1")
    assert shown.fields["State"] == "🟢 Open"
    assert "Found" not in shown.fields
    assert any("Some paper" not in item and "fulfilled it" in item for item in shown.items)


async def test_buttons_on_long_closed_requests_say_so(desk):
    await desk.ana.says(FAIR)
    await desk.settles()
    card = desk.cards[0]
    await desk.lib.says('request fulfil R-1 "Some paper"')
    assert "R-1 is closed (Fulfilled)" in (await desk.lib.at(desk.channel).presses("Claim", on=card)).text
    await desk.lib.at(desk.channel).presses("I have it", on=card)
    assert "R-1 is closed" in (await desk.lib.answers("Another paper")).text


async def test_i_have_it_asks_for_what_was_found_and_tells_who_was_looking(desk_in_both_ways):
    desk = desk_in_both_ways
    lia = desk.world.member("Lia", Level.LIBRARIAN)
    await desk.ana.says(FAIR)
    await desk.settles()
    card = desk.cards[0]
    await desk.lib.at(desk.channel).presses("Claim", on=card)
    asked = await lia.presses("I have it", on=card)
    assert asked.asked.names[0] == "source"
    assert (await lia.answers("Jutarnji list, p. 4")).text == "R-1 is fulfilled. Thank you!"
    await desk.settles()
    assert "Lia found it." in desk.lib.inbox[-1].plain


async def test_a_link_must_be_one(desk):
    await desk.ana.says(FAIR)
    seen = await desk.lib.says('request fulfil R-1 "See the file" link=C:\\\\scan.pdf')
    assert "https://" in seen.asked.error
    assert await state(desk) == "🟢 Open"
    assert (await desk.lib.answers("https://example.org/scan")).fields["Found"] == "See the file"
    assert await state(desk) == "✅ Fulfilled"


async def test_notes_are_for_librarians_and_never_shown_in_a_room(desk):
    await desk.ana.says(FAIR)
    seen = await desk.lib.says('request note R-1 text="Our branch has a microfilm"')
    assert seen.visible is Visible.SECRET
    assert "microfilm" in seen.plain
    assert "librarian" in (await desk.ana.says("request note R-1")).text
    shown = await desk.lib.says("request show R-1")
    assert "microfilm" not in shown.plain
    assert "wrote a note" in shown.plain


async def test_an_edit_changes_what_is_given_and_nothing_else(desk):
    await desk.ana.says(FAIR + " language=hr details='the front page'")
    seen = await desk.ana.says('request edit R-1 title="Zagreb fair of 1921" needed-by="5 days"')
    assert seen.text == "R-1 is changed."
    await desk.settles()
    (card,) = desk.cards
    assert card.title == "R-1 · Zagreb fair of 1921"
    assert card.text == "the front page"
    assert card.fields["Language"] == "hr"
    assert "Needed by" in card.fields
    assert "librarian" in (await desk.ben.says("request edit R-1 language=de")).text
    assert "what to change" in (await desk.ana.says("request edit R-1")).text


async def test_followers_hear_where_they_chose_until_they_stop(desk):
    await desk.ana.says(FAIR)
    other = desk.world.place("other")
    await desk.ben.at(other).says("request follow R-1")
    await desk.settles()
    await desk.ben.at(desk.channel).presses("Follow", on=desk.cards[0])
    await desk.lib.says("request claim R-1")
    await desk.settles()
    assert "Lib is looking" in desk.ben.inbox[-1].plain
    await desk.ben.says("request follow R-1")
    await desk.lib.says('request fulfil R-1 "Some paper"')
    await desk.settles()
    both = [post for post in desk.ben.spot.posts if "found it" in post.plain]
    assert len(both) == 1, "who asked and who follows in one place are told by one post"
    await desk.ben.says("request unfollow R-1")
    await desk.ana.says("request reopen R-1")
    await desk.settles()
    assert "open again" not in " ".join(desk.told(desk.ben)[2:])
    assert (await desk.ben.says("request unfollow R-1")).text == "You do not follow R-1."


async def test_who_chose_so_is_told_in_private(desk):
    await desk.ana.says(FAIR + " private=yes")
    await desk.lib.says("request claim R-1")
    await desk.settles()
    assert desk.told(desk.ana) == []
    assert "Lib is looking" in desk.ana.inbox[-1].plain


async def test_subscribers_hear_of_their_sort_once(desk):
    await desk.lib.says("request subscribe newspaper")
    await desk.mod.says("request subscribe language=French")
    assert "any sort, in fr" in (await desk.mod.says("request subscribe")).plain
    await desk.ana.says(FAIR)
    await desk.ana.says("request open 'Le livre de la jungle' kind=book language=fr")
    await desk.settles()
    assert [post.title for post in desk.lib.inbox] == ["R-1 · Zagreb fair, 1921"]
    assert [post.title for post in desk.mod.inbox] == ["R-2 · Le livre de la jungle"]
    await desk.lib.says("request unsubscribe")
    await desk.ana.says("request open 'Graz fair of the year 1930' kind=newspaper")
    await desk.settles()
    assert len(desk.lib.inbox) == 1


async def test_one_person_may_have_so_many_open(desk):
    await desk.mod.says("settings set requests.open_per_person 2")
    titles = ["Zagreb fair", "Atlas of snails", "Railway timetables"]
    seen = [await desk.ana.says(f'request open "{title}"') for title in titles]
    assert "You have 2 open requests" in seen[-1].text
    await desk.ana.says("request withdraw R-1")
    assert (await desk.ana.says('request open "Railway timetables"')).title.startswith("R-3")


async def test_lists_are_filtered_and_paged(desk):
    for number in range(23):
        desk.world.clock.move(minutes=1)
        kind = "book" if number % 2 else "map"
        who = (desk.ana, desk.ben, desk.lib)[number % 3]
        await who.says(f'request open "{chr(97 + number) * 9}" kind={kind}')
    seen = await desk.ana.says("request list")
    assert len(seen.items) == 20
    assert "R-23" in seen.items[0]
    older = await desk.ana.presses("Older ones", on=seen)
    assert ["R-3" in older.items[0], len(older.items)] == [True, 3]
    books = await desk.ana.says("request list kind=book")
    assert len(books.items) == 11
    assert all("Book" in item for item in books.items)
    assert (await desk.ana.says("request list fulfilled")).text == "There are no such requests."
    mine = await desk.ana.says("request mine")
    assert len(mine.items) == 8
    assert mine.visible is Visible.SECRET


async def test_a_search_knows_beginnings_accents_and_identifiers(desk):
    await desk.ana.says('request open "La Révolution française à Lyon" identifier="10.1000/182"')
    await desk.settles()
    for words in ("revolution lyon", "REVOLUTION", "francaise ly", "doi 10.1000/182"):
        assert "R-1" in (await desk.ben.says(f"request search {words}")).items[0], words
    assert "No request" in (await desk.ben.says("request search paris")).text


async def test_the_desk_may_have_no_channel_yet(world):
    ana, lib = world.member("Ana"), world.member("Lib", Level.LIBRARIAN)
    seen = await ana.says(FAIR)
    assert "settings channel requests" in seen.text
    assert "R-1" in (await lib.says("request list")).items[0]


async def test_a_message_becomes_a_request(desk):
    seen = await desk.ana.shortcuts("wanted", on="Does anyone have access to the 1921 Zagreb fair catalogue?")
    assert seen.title == "R-1 · Does anyone have access to the 1921 Zagreb fair catalogue?"
    long = "Please find " + "very " * 100 + "old maps"
    seen = await desk.ana.shortcuts("wanted", on=long)
    assert seen.title.endswith("…")
    await desk.settles()
    assert desk.cards[1].text == long


async def test_it_follows_a_channel_that_was_deleted_between_claim_and_fulfilment(desk):
    from bot.core.courier import Gone

    await desk.ana.says(FAIR)
    await desk.settles()
    card = desk.cards[0]
    await desk.settles()
    await desk.lib.at(desk.channel).presses("Claim", on=card)
    desk.world.fails(Gone("the channel is gone"))
    await desk.settles()
    await desk.lib.says('request fulfil R-1 "Some paper"')
    await desk.settles()
    assert "found it" in desk.told(desk.ana)[-1]


async def test_a_search_finds_whole_words_and_beginnings(desk):
    await desk.mod.says("settings set requests.check_duplicates no")
    for number in range(3):
        await desk.ana.uses("request open", title=f"Zagreb library catalogue {number}")
    await desk.ana.uses("request open", title="A cat in Zagreb")
    seen = await desk.ben.says("request search zagreb cat")
    assert "A cat in Zagreb" in seen.items[0]
    assert "Zagreb library catalogue 2" in seen.items[1]
    assert (await desk.ben.says("request search catalogue zagr")).items
    assert "No request" in (await desk.ben.says("request search zagreb dog")).text
    assert "No request" in (await desk.ben.says("request search dog zagreb")).text


async def test_an_unknown_number_is_told_before_anything_else_is_asked_for(desk_in_both_ways):
    desk = desk_in_both_ways
    seen = await desk.lib.says("request decline R-9")
    assert "There is no request R-9 here" in seen.plain + (seen.asked.error if seen.asked else "")


async def test_everybody_is_offered_only_what_they_can_do(desk):
    await desk.ana.says(FAIR)
    assert (await desk.ana.says("request show 1")).buttons == ("Close",)
    assert (await desk.ben.says("request show 1")).buttons == ("Follow",)
    assert (await desk.lib.says("request show 1")).buttons == ("Claim", "I have it", "Follow", "Close")
    await desk.lib.says('request ask 1 "Which page?"')
    seen = await desk.ana.says("request show 1")
    assert seen.buttons == ("Reply", "Close")
    await desk.ana.presses("Reply", on=seen)
    assert "I passed it on" in (await desk.ana.answers("Page 4")).text
    await desk.lib.says('request fulfil 1 "Jutarnji list"')
    assert (await desk.ben.says("request show 1")).buttons == ()
    assert (await desk.ana.says("request show 1")).buttons == ("Reopen",)


async def test_what_is_offered_of_an_anonymous_request_does_not_tell_who_asks(desk):
    await desk.ana.says("request list")
    await desk.ana.privately.says('request open "Something delicate" anonymous=yes')
    assert [(await each.says("request show 1")).buttons for each in (desk.ana, desk.ben)] == [(), ()]
    assert (await desk.lib.says("request show 1")).buttons == ("Claim", "I have it", "Follow", "Close")


async def test_a_number_is_offered_however_old_or_closed_its_request_is(desk):
    await desk.ana.says(FAIR)
    await desk.ana.says("request withdraw 1")
    await desk.ana.says('request open "An atlas of rivers"')
    offered = await desk.ana.completes("request show", "number", "1")
    assert offered == {"R-1": "R-1 · Zagreb fair, 1921"}


async def test_who_asked_is_told_that_they_need_not_follow(desk):
    await desk.ana.says(FAIR)
    assert (await desk.ana.says("request unfollow 1")).text.startswith("It is your own request")
    assert (await desk.ben.says("request unfollow 1")).text == "You do not follow R-1."


async def test_a_note_was_written_just_now(desk):
    await desk.ana.says(FAIR)
    assert "just now: on microfilm" in (await desk.lib.says('request note 1 "on microfilm"')).plain


async def test_no_page_leads_to_an_empty_one_and_a_search_says_that_there_are_more(world):
    ana, ben = world.member("Ana"), world.member("Ben")
    for number in range(20):
        await (ana, ben)[number % 2].says(f'request open "Rivers of region {chr(97 + number) * 9}"')
        world.clock.move(minutes=2)
    assert not (await ana.says("request list")).buttons
    assert "There are more" not in (await ana.says("request search rivers")).plain
    await world.member("Eva").says('request open "Rivers everywhere"')
    seen = await ana.says("request list")
    assert seen.buttons == ("Older ones",)
    assert len((await ana.presses("Older ones", on=seen)).items) == 1
    found = await ana.says("request search rivers")
    assert len(found.items) == 20
    assert "There are more" in found.plain


async def test_ones_own_open_requests_stand_before_closed_ones(desk):
    await desk.ana.says(FAIR)
    await desk.ana.says('request open "An atlas of rivers"')
    await desk.ana.says("request withdraw 2")
    assert ["R-1" in item for item in (await desk.ana.says("request mine")).items] == [True, False]
