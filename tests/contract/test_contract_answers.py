# SPDX-License-Identifier: MIT
"""Answers, buttons, privacy and errors: the same on every platform."""

import asyncio
import logging
from datetime import timedelta

import pytest
from contractcog import ITEMS

TITLE = "Zagreb fair, 1921"


async def test_every_part_of_a_reply_is_shown(chat):
    [seen] = await chat.types("Ana", "sample full")
    parts = ("Every part", "this", "that", "Code", "10.1000/182", "At", "2026", "One", "Two", "As of today.")
    assert [part for part in parts if part not in seen.text] == []
    assert "https://en.wikipedia.org/wiki/Library" in seen.text
    assert seen.files == ("shelf.png", "list.csv")
    assert seen.buttons == ("Again",)


async def test_markup_of_ours_is_rendered_and_never_shown(chat):
    [seen] = await chat.types("Ana", "sample full")
    assert "**this**" not in seen.text


async def test_a_button_runs_an_action_for_whoever_may(chat):
    [card] = await chat.types("Ana", f'sample open "{TITLE}"')
    assert card.buttons == ("Claim", "Copy")
    assert "librarian" in (await chat.presses("Ana", "Claim"))[-1].text
    await chat.types("Lib", f'sample open "{TITLE}"')
    assert "Lib is looking for R-1." in (await chat.presses("Lib", "Claim"))[-1].text


async def test_a_button_may_name_a_command_and_carry_its_arguments(chat):
    await chat.types("Ana", f'sample open "{TITLE}" kind=newspaper')
    [card] = await chat.presses("Ana", "Copy")
    assert TITLE in card.text
    assert "article" in card.text


async def test_a_button_asks_for_what_it_does_not_carry(chat):
    await chat.types("Ana", "sample card")
    asked = (await chat.presses("Ana", "Decline"))[-1]
    assert "Why not" in asked.text
    [seen] = await chat.answers("Ana", {"reason": "We have no copy."})
    assert "R-7 is declined: We have no copy." in seen.text


async def test_a_press_may_change_the_message(chat):
    await chat.types("Ana", "sample card")
    seen = await chat.presses("Ana", "Close")
    assert "R-7 is closed." in seen[0].text
    assert "Closed." in seen[-1].text


async def test_a_confirmation_goes_on_after_a_yes(chat):
    asked = (await chat.types("Ana", "sample delete"))[-1]
    assert "Delete everything?" in asked.text
    [seen] = await chat.confirms("Ana", yes=True)
    assert "Deleted." in seen.text


async def test_a_confirmation_stops_after_a_no(chat):
    await chat.types("Ana", "sample delete")
    [seen] = await chat.confirms("Ana", yes=False)
    assert "Deleted." not in seen.text
    assert "nothing" in seen.text


async def test_a_long_list_is_shown_to_its_end(chat):
    seen = await chat.types("Ana", "sample list")
    text = "\n".join(each.text for each in seen)
    assert [i for i in range(1, ITEMS + 1) if f"Item {i}" not in text] == []


async def test_a_secret_is_seen_by_the_asker_alone(chat):
    seen = await chat.types("Ana", "sample secret")
    told = [each for each in seen if "swordfish" in each.text]
    assert [each.seen_by for each in told] == [frozenset({"Ana"})]


async def test_an_error_is_shown_no_wider_than_quietly(chat):
    seen = (await chat.types("Ana", "sample refuse"))[-1]
    assert "Not on a Monday." in seen.text
    assert not chat.forms or seen.seen_by == frozenset({"Ana"})


async def test_a_slow_command_speaks_before_it_ends(chat):
    seen = await chat.types("Ana", "sample steps")
    text = "\n".join(each.text for each in seen)
    assert text.index("A first part.") < text.index("The rest.")


async def test_a_command_that_fails_names_a_code_and_no_details(chat, caplog):
    with caplog.at_level(logging.CRITICAL):
        [seen] = await chat.types("Ana", "sample crash")
    assert "went wrong" in seen.text
    assert "secret detail" not in chat.wire()
    assert "Between us." in (await chat.types("Ana", "sample quiet"))[-1].text


async def test_a_command_that_never_answers_is_stopped(chat, caplog):
    with caplog.at_level(logging.CRITICAL):
        [seen], _ = await asyncio.gather(chat.types("Ana", "sample hang"), reach_the_deadline(chat.app.clock))
    assert "too long" in seen.text


async def reach_the_deadline(clock):
    """Move the clock as soon as somebody waits for it to move by less than a second."""
    while clock.next_at is None or clock.next_at > clock.now() + timedelta(seconds=1):  # noqa: ASYNC110
        await asyncio.sleep(0)
    clock.move(timedelta(seconds=1))


async def test_a_service_that_is_away_is_told_with_what_still_works(chat):
    [seen] = await chat.types("Ana", "sample away")
    assert "Your request is kept." in seen.text


HOSTILE = {
    "markdown": "**bold** _it_ [x](https://evil.example) # head",
    "html": "<script>alert(1)</script> <b>b</b>",
    "mention": "@everyone @room @here",
    "right-to-left": "שלום עולם \u202egnitrevni",
    "emoji": "👩‍👩‍👧‍👦 🏳️‍🌈",
    "nul": "a\x00b",
    "surrogate": "a\ud800b",
    "escape": "\x1b[31mred\x1b[0m \x1b]0;title\x07",
    "long": "x" * 3900,
}


@pytest.mark.parametrize("words", HOSTILE.values(), ids=HOSTILE)
async def test_words_of_people_are_shown_as_they_are_and_steer_nothing(chat, words):
    seen = await chat.says("Ana", words)
    text = "\n".join(each.text for each in seen)
    assert "You said" in text
    sent = chat.wire()
    assert not set(sent) & set("\x00\x1b\x07\u202e\ud800")
    if "*" in words:
        assert "**bold**" in text


@pytest.mark.parametrize("words", ["", "   ", "x" * 10_000, "\x00", "\ud800", '"unclosed', "🦄🦄🦄"])
async def test_words_that_cannot_be_taken_are_met_with_a_clear_answer(chat, words, caplog):
    for who in ("Ana", "Lib"):
        seen = await chat.says(who, words)
        assert all("went wrong" not in each.text for each in seen)
    seen = await chat.types("Ana", f"sample echo {words}")
    assert seen
    assert all("went wrong" not in each.text for each in seen)
    assert "Between us." in (await chat.types("Lib", "sample quiet"))[-1].text
