# SPDX-License-Identifier: MIT
"""English words, and which of them stand side by side."""

import pytest

from cogs.faq.search.lexicon import lexicon


@pytest.mark.parametrize("word", ["the", "library", "libraries", "deleting", "stopped", "delete", "cited", "editable"])
def test_knows_english_words_and_their_forms(word):
    assert word in lexicon()


@pytest.mark.parametrize("word", ["librray", "teh", "xq", "citaiton", ""])
def test_knows_no_slips(word):
    assert word not in lexicon()


def test_common_words_are_likelier():
    assert lexicon().log_probability("the") > lexicon().log_probability("library") > lexicon().log_probability("trash")


def test_words_of_libraries_and_wikis_are_known():
    assert all(word in lexicon() for word in ("orcid", "wikidata", "worldcat", "sparql"))


def test_what_follows_a_word_is_likelier_than_elsewhere():
    alone = 1e-3
    assert lexicon().probability_after("want", "to", alone) > 0.3
    assert lexicon().probability_after("an", "you", alone) < alone
    assert lexicon().probability_after("qxzv", "you", alone) == alone


@pytest.mark.parametrize("first", ["how", "the", "library"])
def test_chances_of_what_may_follow_add_up_to_one_at_most(first):
    listed = sum(lexicon().probability_after(first, word, 0.0) for word in lexicon().alike("how", 2))
    assert 0 < listed <= 1


def test_words_alike_begin_with_the_same_letter_and_are_about_as_long():
    found = lexicon().alike("librray", 2)
    assert "library" in found
    assert {word[0] for word in found} == {"l"}
    assert {len(word) for word in found} == {5, 6, 7, 8, 9}
