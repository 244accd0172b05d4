# SPDX-License-Identifier: MIT
"""Unknown words become the nearest known ones, and nothing else changes."""

import pytest
from fakes import DOCUMENTS
from hypothesis import given
from hypothesis import strategies as st

from cogs.faq.search import Document, Engine
from cogs.faq.search.repair import Repairer
from cogs.faq.search.wordlist import WordList

VOCABULARY = Engine.build(DOCUMENTS).index.words.vocabulary
COMMON = ("can", "get", "help", "from", "some", "other", "people", "with", "writing", "pages", "weather")
WORDS = WordList(dict.fromkeys(COMMON, -9.0) | {"form": -12.0})
REPAIRER = Repairer(VOCABULARY, WORDS)


@pytest.mark.parametrize(
    ("text", "repaired"),
    [
        ("how do I add a citaiton", "how do I add a citation"),
        ("wikimeda commons", "wikimedia commons"),
        ("can I get hlep", "can I get help"),
        ("the weahter pages", "the weather pages"),
        ("form", "form"),
        ("hwo can I get ehlp", "how can I get help"),
        ("the wirter of a noveel", "the writer of a novel"),
        ("qxzv people", "qxzv people"),
        ("where ca I find htis page", "where can I find this page"),
        ("wher si the wikidta item", "where is the wikidata item"),
        ("waht happens to th pages", "what happens to the pages"),
        ("helps people", "helps people"),
    ],
)
def test_repairs_english(text, repaired):
    assert REPAIRER.repair(text, "en") == repaired


def test_known_words_are_doubted_only_beside_unknown_ones_in_english():
    assert REPAIRER.repair("ca you hlep me", "en") == "can you help me"
    assert REPAIRER.repair("ca you hlep me", None) == "ca you help me"
    assert REPAIRER.repair("ca you help me", "en") == "ca you help me"


def test_words_that_only_the_faq_has_are_not_doubted():
    documents = [*DOCUMENTS, Document("twl", "en", "What is the TWL?")]
    repairer = Repairer(Engine.build(documents).index.words.vocabulary, WORDS)
    assert repairer.repair("wha is th twl", "en") == "what is the twl"


def test_questions_that_open_alike_tell_how_one_begins():
    plain = Repairer(VOCABULARY, WORDS)
    opened = Repairer(VOCABULARY, WORDS, {"how": 40, "where": 30, "can": 20})
    assert plain.repair("hw can I cite it", "en") == "he can I cite it"
    assert opened.repair("hw can I cite it", "en") == "how can I cite it"
    assert opened.repair("hw ca I fnid htis", "en") == "how can I find this"


def test_other_languages_only_get_the_faqs_own_words():
    assert REPAIRER.repair("insertar una refrencia", "es") == "insertar una referencia"
    assert REPAIRER.repair("una hlep", "es") == "una hlep"
    assert REPAIRER.repair("un artcle", "ca") == "un artcle"
    assert REPAIRER.repair("creat acount", "other") == "creat acount"


def test_nothing_is_touched_where_most_words_are_unknown():
    text = "citaiton hogyan tudok hivatkozni egy"
    assert REPAIRER.repair(text, "en") == text


def test_without_a_general_word_list_only_english_is_repaired():
    lexical = Repairer(VOCABULARY, None)
    assert lexical.repair("a citaiton", "en") == "a citation"
    assert lexical.repair("una refrencia", "es") == "una refrencia"


@pytest.mark.parametrize("text", ["a burrito", "deleting images", "the ISBM of a book", "an orcid"])
def test_rare_words_and_capitals_stay(text):
    assert REPAIRER.repair(text, "en") == text


@given(st.text(max_size=100), st.sampled_from(["en", "es", "ca", "other", None]))
def test_repair_keeps_the_number_of_words(text, language):
    assert len(REPAIRER.repair(text, language).split()) == len(text.split())


@given(st.lists(st.sampled_from(sorted(VOCABULARY.by_spelling)), max_size=8))
def test_known_words_stay(found):
    text = " ".join(found)
    assert REPAIRER.repair(text, "en") == text
