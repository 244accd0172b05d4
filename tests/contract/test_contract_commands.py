# SPDX-License-Identifier: MIT
"""Commands, their arguments, and what is asked for: the same on every platform."""

import pytest

TITLE = "Zagreb fair, 1921"


async def test_a_command_takes_quoted_and_keyed_arguments(chat):
    [card] = await chat.types("Ana", f'sample open "{TITLE}" kind=newspaper wiki=hr')
    assert f"R-1 · {TITLE}" in card.text
    assert "newspaper" in card.text
    assert "hr" in card.text


async def test_arguments_that_are_not_given_have_their_defaults(chat):
    [card] = await chat.types("Ana", f'sample open "{TITLE}"')
    assert "article" in card.text


async def test_every_kind_of_value_arrives_as_its_type(chat):
    [seen] = await chat.types("Ana", "sample values count=7 ratio=0.5 loud=yes kind=book")
    assert "7 0.5 True <Kind.BOOK: 'book'>" in seen.text


@pytest.mark.parametrize(
    ("line", "told"),
    [("sample values count=10", "9"), ("sample values count=x", "x"), ("sample values kind=film", "film")],
)
async def test_a_value_that_cannot_be_is_told_and_asked_for_again(chat, line, told):
    seen = (await chat.types("Ana", line))[-1]
    assert told in seen.text
    assert seen.fields


async def test_a_slip_in_a_command_is_met_with_a_suggestion(chat):
    [seen] = await chat.types("Ana", "sample opne")
    assert "sample open" in seen.text


async def test_values_are_offered_while_they_are_typed(chat):
    assert await chat.completes("Ana", "sample open", "wiki", "e") == ["en", "es", "eu"]


async def test_the_values_of_an_enumeration_are_offered(chat):
    assert await chat.completes("Ana", "sample open", "kind", "n") == ["newspaper"]


async def test_what_is_missing_is_asked_for_and_the_answer_runs_the_command(chat):
    asked = (await chat.types("Ana", "sample open wiki=hr"))[-1]
    assert "What you are looking for" in asked.text
    [card] = await chat.answers("Ana", {"title": TITLE})
    assert f"R-1 · {TITLE}" in card.text
    assert "hr" in card.text


async def test_several_missing_things_come_in_one_form_or_one_after_the_other(chat):
    asked = (await chat.types("Ana", "sample two"))[-1]
    assert len(asked.fields) == (2 if chat.forms else 1)
    [seen] = await chat.answers("Ana", {"place": "The reading room", "seats": "12"})
    assert "The reading room has 12 seats." in seen.text


async def test_a_wrong_answer_is_asked_for_again_and_the_rest_is_kept(chat):
    await chat.types("Ana", "sample two")
    again = (await chat.answers("Ana", {"place": "The reading room", "seats": "many"}))[-1]
    assert "many" in again.text
    [seen] = await chat.answers("Ana", {"seats": "12"})
    assert "The reading room has 12 seats." in seen.text


async def test_an_argument_that_the_handler_refuses_is_asked_for_again(chat):
    again = (await chat.types("Ana", "sample even 3"))[-1]
    assert "3 is odd." in again.text
    [seen] = await chat.answers("Ana", {"number": "4"})
    assert "4 is even." in seen.text


async def test_choices_are_offered_with_their_labels(chat):
    asked = (await chat.types("Ana", "sample kind"))[-1]
    assert asked.choices == ("Article", "Book", "Newspaper")
    [seen] = await chat.answers("Ana", {"kind": "book"})
    assert "You chose book." in seen.text


async def test_a_question_is_the_askers_own(chat):
    await chat.types("Ana", "sample open")
    await chat.types("Lib", "sample two")
    [card] = await chat.answers("Ana", {"title": TITLE})
    assert TITLE in card.text


async def test_a_question_outlives_a_restart(chat):
    await chat.types("Ana", "sample open wiki=hr")
    await chat.restart()
    [card] = await chat.answers("Ana", {"title": TITLE})
    assert f"R-1 · {TITLE}" in card.text
    assert "hr" in card.text


async def test_a_file_is_handed_over(chat):
    seen = (await chat.hands_over("Ana", "sample file", "file", "list.csv", b"a,b\n"))[-1]
    assert "list.csv has 4 bytes." in seen.text


async def test_free_words_reach_the_command_that_takes_them(chat):
    [seen] = await chat.says("Ana", "Where can I read this paper?")
    assert "You said: Where can I read this paper?" in seen.text


async def test_a_shortcut_is_told_the_message_that_it_is_used_on(chat):
    await chat.types("Ana", f'sample open "{TITLE}"')
    [seen] = await chat.reacts_to("Ana", "save")
    assert "Saved:" in seen.text
    assert TITLE in seen.text
