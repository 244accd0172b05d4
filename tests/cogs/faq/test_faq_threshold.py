# SPDX-License-Identifier: MIT
"""How sure the bot must be, learnt from the FAQ itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_faq_knowledge import FakeEncoder

from cogs.faq.search import Analyses, Document, MemoryVectors, Thresholds
from cogs.faq.settings import FaqSettings, thresholds
from cogs.faq.store_learning import Counts
from cogs.faq.threshold import learn_threshold, lowest_threshold

USUAL = Thresholds().answer


def faq(entries: int, words) -> list[Document]:
    return [
        Document(f"e{number}", "en", words(number, 0), tuple(words(number, each) for each in range(1, 6)), "Yes.")
        for number in range(entries)
    ]


def learnt(documents):
    encoder = FakeEncoder()
    encoder.may_load.set()
    return learn_threshold(documents, encoder, MemoryVectors(), Analyses())


def test_nothing_is_learnt_from_few_aliases():
    assert learnt(faq(5, lambda number, each: f"how about topic{number} wording{each}")) is None


def test_entries_that_say_the_same_need_more_certainty_than_distinct_ones():
    distinct = learnt(faq(12, lambda number, each: f"how does {chr(97 + number) * 7} work in case {each}"))
    confused = learnt(faq(12, lambda number, each: f"how does the catalogue work in case {each}"))
    assert distinct < confused


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), max_size=60))
def test_answers_from_the_lowest_threshold_are_right_often_enough(asked):
    found = lowest_threshold(asked)
    kept = [right for score, right in asked if score >= found]
    assert found == 1.0 or sum(kept) >= 0.95 * len(kept)


@pytest.mark.parametrize(("value", "answer"), [(None, USUAL), (0.1, USUAL), (0.7, 0.7), (1.0, 0.8)])
def test_what_is_learnt_only_raises_the_threshold_within_its_bounds(value, answer):
    assert thresholds(FaqSettings(), Counts(), value).answer == pytest.approx(answer)
