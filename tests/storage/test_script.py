# SPDX-License-Identifier: MIT
"""Splitting SQL text into statements."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.storage.script import bare, first_word, split

TRIGGER = "CREATE TRIGGER t AFTER INSERT ON a BEGIN UPDATE a SET b = ';'; DELETE FROM c; END;"

words = st.text(alphabet="abcXYZ;'\"-*/ \nß", max_size=12)
literals = words.map(lambda text: "'" + text.replace("'", "''") + "'")
names = words.map(lambda text: '"' + text.replace('"', '""') + '"')
comments = st.one_of(
    words.map(lambda text: "--" + text.replace("\n", " ") + "\n"),
    words.map(lambda text: "/*" + text.replace("*/", "").replace("*", "") + "*/"),
)
statements = st.one_of(
    st.lists(st.one_of(literals, names, comments, st.just(" x ")), min_size=1, max_size=5).map(
        lambda parts: f"VALUES ({', '.join(parts)});",
    ),
    st.just(TRIGGER),
)


@given(st.lists(statements, max_size=6), st.lists(comments, min_size=7, max_size=7))
def test_statements_come_out_as_they_went_in(wanted: list[str], between: list[str]):
    text = "".join(comment + statement for comment, statement in zip(between, wanted, strict=False)) + between[-1]
    assert [bare(statement) for statement in split(text)] == wanted


@given(st.text(alphabet="abc;'\"-*/ \n", max_size=60))
def test_nothing_is_lost_whatever_the_text(text: str):
    """Either it is refused, or its statements stand in it in their order, and the rest is blanks and semicolons."""
    try:
        found = split(text)
    except ValueError:
        return
    position = 0
    for statement in found:
        start = text.index(statement, position)
        assert bare(text[position:start]).strip("; \n") == ""
        position = start + len(statement)
    assert bare(text[position:]).strip("; \n") == "" or bare(bare(text[position:]).lstrip("; \n")) == ""


def test_a_trigger_is_one_statement():
    assert split(f"{TRIGGER} SELECT 1;") == [TRIGGER, "SELECT 1;"]


def test_empty_statements_and_comments_are_none():
    assert split("; ;\n-- only a comment;\n/* and ; another */") == []


@pytest.mark.parametrize("text", ["SELECT 1", "SELECT 'open;", "SELECT 1; /* fine */ SELECT 2"])
def test_an_unfinished_statement_is_refused(text: str):
    with pytest.raises(ValueError, match="does not end"):
        split(text)


def test_the_first_word_stands_behind_comments():
    assert first_word("-- why\n/* really */ pragma x;") == "PRAGMA"
    assert first_word("  ") == ""
