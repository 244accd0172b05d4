# SPDX-License-Identifier: MIT
"""Names of other things are noticed by how they are written."""

import pytest

from cogs.faq.search.names import foreignness, names


@pytest.mark.parametrize(
    ("text", "missing", "found"),
    [
        ("How do I create an account on Netflix?", ["netflix"], ("Netflix",)),
        ("how do i create an account on netflix", ["netflix"], ("netflix",)),
        ("Why was my YouTube video deleted?", ["youtube", "video"], ("YouTube",)),
        ("cite in APA style", ["apa", "style"], ("APA",)),
        ("Dishwashers leak. Plumbers help", ["dishwashers", "leak", "plumbers"], ()),
        ("WHY WAS MY PAGE DELETED", ["page", "deleted"], ()),
        ("Create An Account For The Dishwasher", ["account", "dishwasher"], ()),
        ("add a word to a page", ["word"], ()),
        ("open a Word file", ["word"], ("Word",)),
        ("how do i put footnotes in word?", ["word"], ("word",)),
        ("notas al pie en word", ["word"], ("word",)),
        ("in word and deed", ["word", "deed"], ()),
    ],
)
def test_names(text, missing, found):
    assert names(text, missing) == found


def test_only_missing_words_count():
    assert names("Is Discord official?", []) == ()


def test_german_capitals_tell_nothing():
    assert names("Wie lange ist die Frist für ein Konto hier", ["frist", "konto"], capitals_tell=False) == ()


def test_another_service_speaks_louder_than_an_unknown_name():
    assert foreignness(["Netflix"]) > foreignness(["Quuxville"]) > foreignness([])
