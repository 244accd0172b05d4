# SPDX-License-Identifier: MIT
"""English words and their pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from cogs.faq.search.slips import one_slip_away, unlikeliness
from cogs.faq.search.wordpieces import BEGIN, END, MOST, UNKNOWN, WordPieces, all_pieces

PIECES = WordPieces()
NAMES = all_pieces()


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("How do I cite?", ["how", "do", "i", "cite", "?"]),
        ("Wikidata's embeddings", ["wi", "##ki", "##da", "##ta", "'", "s", "em", "##bed", "##ding", "##s"]),
        ("naïve CAFÉ", ["naive", "cafe"]),
        ("東京", ["東", "京"]),
        ("", []),
    ],
)
def test_cuts_like_bert(text, pieces):
    assert [NAMES[number] for number in PIECES.encode(text)[1:-1]] == pieces


def test_what_has_no_pieces_is_unknown():
    assert PIECES.encode("🎉 " + "x" * 500) == [BEGIN, UNKNOWN, UNKNOWN, END]


@given(st.text(max_size=400))
def test_any_text_can_be_cut(text):
    found = PIECES.encode(text)
    assert found[0] == BEGIN
    assert found[-1] == END
    assert len(found) <= MOST
    assert all(0 <= number < len(NAMES) for number in found)


def test_common_slips_are_likelier_than_others():
    swapped, doubled, near, far = (unlikeliness(typed, "house") for typed in ("huose", "housse", "hoise", "hozse"))
    assert 0 < doubled < swapped == near < far
    assert unlikeliness("house", "house") == 0
    assert unlikeliness("jouse", "house") > unlikeliness("houae", "house")
    assert unlikeliness("huoes", "house") > far


@given(st.text("abcdef", max_size=8), st.text("abcdef", max_size=8))
def test_only_the_same_word_is_no_slip(typed, meant):
    assert (unlikeliness(typed, meant) == 0) == (typed == meant)


@given(st.text("abcdef", min_size=1, max_size=6), st.text("abcdef", min_size=1, max_size=6))
def test_one_slip_away_is_at_distance_one(word, other):
    assert (OSA.distance(word, other) == 1) == (other in one_slip_away(word))
