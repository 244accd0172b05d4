# SPDX-License-Identifier: MIT
"""Short questions are told apart by language."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cogs.faq.search import LANGUAGES, detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How do I cite a book?", "en"),
        ("CAN I CITE A BLOG?", "en"),
        ("¿Cómo cito un libro?", "es"),
        ("Comment citer un livre ?", "fr"),
        ("Wie zitiere ich ein Buch?", "de"),
        ("Com puc citar un llibre?", "ca"),
        ("A quina hora obre la biblioteca?", "ca"),
        ("Come posso creare un account?", "other"),
        ("Как создать статью?", "other"),
        ("كيف أكتب مقالة", "other"),
        ("JSTOR", None),
        ("🎉", None),
        ("", None),
        ("12345", None),
    ],
)
def test_detects(text, language):
    assert detect_language(text) == language


@given(st.text(st.characters(), max_size=80))
def test_any_text_has_a_language_or_none(text):
    assert detect_language(text) in {*LANGUAGES, "other", None}


def test_a_few_misspelt_words_are_in_the_language_that_is_expected():
    assert detect_language("profreading scanss") == "other"
    assert detect_language("profreading scanss", expected={"en"}) == "en"
    assert detect_language("hvordan oppretter jeg en konto", expected={"en"}) == "other"
    assert detect_language("Comment citer un livre ?", expected={"en"}) == "fr"
