# SPDX-License-Identifier: MIT
"""Questions that ask the same stand together, behind the one that is most like the others."""

from datetime import UTC, datetime
from types import SimpleNamespace

from hypothesis import given
from hypothesis import strategies as st

from cogs.faq.gaps import group_questions
from cogs.faq.store_learning import Asked

BY_WORDS = SimpleNamespace(index=SimpleNamespace(meaning=None))
"""An engine without a model: words alone decide."""

SHARED, LONGER, SHORTER = (
    "may our library share one account",
    "may our library share one account with all of our readers",
    "may library share account",
)


def asked(*questions: str) -> list[Asked]:
    now = datetime(2027, 1, 1, tzinfo=UTC)
    return [Asked(number, 1, now, "en", "unknown", None, (), words) for number, words in enumerate(questions, 1)]


def test_the_question_that_is_most_like_the_others_stands_for_them():
    groups = group_questions(asked(LONGER, "who won the match", SHORTER, SHARED), BY_WORDS)
    assert [group.question for group in groups] == [SHARED, "who won the match"]
    assert [[each.question for each in group.asked] for group in groups] == [
        [SHARED, LONGER, SHORTER],
        ["who won the match"],
    ]


@given(st.lists(st.sampled_from([SHARED, LONGER, SHORTER, "who won the match", "where is the library"]), max_size=8))
def test_no_question_is_lost_or_stands_twice(questions):
    groups = group_questions(asked(*questions), BY_WORDS)
    assert sorted(each.id for group in groups for each in group.asked) == list(range(1, len(questions) + 1))
