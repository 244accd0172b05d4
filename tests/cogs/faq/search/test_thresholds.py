# SPDX-License-Identifier: MIT
"""Thresholds come from the FAQ itself, within bounds, and the same each time."""

from fakes import DOCUMENTS

from cogs.faq.search import Document, Engine, Thresholds, derive_thresholds
from cogs.faq.search.thresholds import HIGHEST, LOWEST

ANIMALS_TEXT = "otter badger heron lynx marten newt osprey pigeon quail raven stoat toad vole weasel adder"
ANIMALS = ANIMALS_TEXT.split()
THINGS = ["nest", "den", "burrow", "diet", "call", "track", "winter", "moult"]


def faq(*, alike: bool) -> list[Document]:
    """Forty entries whose wordings agree, or whose wordings could belong to any of them."""
    found = []
    for number in range(40):
        animal, thing = ANIMALS[number % 15], THINGS[number % 8]
        other = [(ANIMALS[(number * 7 + step) % 15], THINGS[(number * 3 + step) % 8]) for step in range(3)]
        pairs = [(animal, thing)] * 3 if alike else other
        verbs = zip(("see", "find", "show"), pairs, strict=True)
        wordings = [f"{verb} the {one} of the {whose}" for verb, (whose, one) in verbs]
        found.append(Document(f"e{number}", "en", f"where is the {thing} of the {animal}", tuple(wordings)))
    return found


def test_a_small_faq_keeps_the_defaults():
    assert derive_thresholds(Engine.build(DOCUMENTS)) == Thresholds()


def test_a_clear_faq_gets_a_lower_threshold_than_a_muddled_one():
    clear = derive_thresholds(Engine.build(faq(alike=True)))
    muddled = derive_thresholds(Engine.build(faq(alike=False)))
    assert LOWEST <= clear.answer < muddled.answer <= HIGHEST


def test_it_is_reproducible():
    engine = Engine.build(faq(alike=True))
    assert derive_thresholds(engine) == derive_thresholds(engine)
