# SPDX-License-Identifier: MIT
"""Whatever a person types becomes short, printable text and words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogs.faq.search.text import MAX_CHARACTERS, MAX_WORDS, clean, fold, grams, stem, words

anything = st.text(st.characters(), max_size=300)  # lone surrogates included


@given(anything)
def test_clean_text_is_one_line_that_utf8_can_hold(text):
    cleaned = clean(text)
    cleaned.encode("utf-8")
    assert cleaned == " ".join(cleaned.split())
    assert "\x00" not in cleaned
    assert len(cleaned) <= MAX_CHARACTERS


@given(anything)
def test_cleaning_twice_changes_nothing(text):
    assert clean(clean(text)) == clean(text)


@given(anything)
def test_words_are_folded_once_and_for_all(text):
    found = words(clean(text))
    assert len(found) <= MAX_WORDS
    assert all(word and not word.isspace() for word in found)
    assert all(fold(fold(word)) == fold(word) for word in found)


@given(anything)
def test_runs_of_letters_are_never_empty_nor_longer_than_four(text):
    assert all(1 <= len(gram) <= 4 for gram in grams(clean(text)))


@given(st.text(max_size=30), st.sampled_from(["en", "es", "fr", "de", "ca", "xx"]))
def test_any_word_has_a_stem_in_any_language(word, language):
    assert isinstance(stem(word, language), str)


def test_long_text_keeps_its_beginning_and_its_end():
    text = "Hello everybody. " + "bla " * 5_000 + "How do I cite a map?"
    assert clean(text).startswith("Hello everybody.")
    assert clean(text).endswith("How do I cite a map?")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("biblio\u00adteca", "biblioteca"),
        ("a\x00b\ud800c", "a b c"),
        ("ＨＯＷ\u3000to", "HOW to"),
        ("see https://example.org/a?b=c now", "see now"),
    ],
)
def test_clean(text, expected):
    assert clean(text) == expected


def test_stems_follow_the_language():
    assert stem("citations", "en") == stem("citation", "en")
    assert stem("bibliotecas", "es") == stem("biblioteca", "es")
    assert stem("Bücher".casefold(), "de") == stem("bücher", "de")
