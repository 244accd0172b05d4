# SPDX-License-Identifier: MIT
"""Titles complete what is typed, slips included."""

import pytest
from fakes import DOCUMENTS
from hypothesis import given
from hypothesis import strategies as st

from cogs.faq.search import Engine

ENGINE = Engine.build(DOCUMENTS)


@pytest.mark.parametrize(
    ("typed", "slug"),
    [
        ("How do I cr", "account-create"),
        ("how do i cre", "account-create"),
        ("deleted", "article-deleted"),
        ("footn", "cite-how"),
        ("articel deletd", "article-deleted"),
        ("como ana", "cite-how"),
        ("mitglied", "user-group"),
    ],
)
def test_completes(typed, slug):
    assert ENGINE.suggest(typed)[0].slug == slug


def test_a_title_appears_once_and_the_limit_holds():
    found = ENGINE.suggest("", limit=4)
    assert len(found) == 4
    assert len({(one.slug, one.language) for one in found}) == 4


def test_nothing_like_it():
    assert ENGINE.suggest("xyzzyqqq") == []


@given(st.text(st.characters(), max_size=200), st.integers(1, 25))
def test_any_prefix(typed, limit):
    assert len(ENGINE.suggest(typed, limit)) <= limit
