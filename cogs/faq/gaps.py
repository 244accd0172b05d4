# SPDX-License-Identifier: MIT
"""Groups unanswered questions by meaning, so that one entry answers many."""

from collections.abc import Sequence
from dataclasses import dataclass

from .likeness import SAME_QUESTION, alike
from .search import Engine
from .store_learning import Asked


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that ask the same, the one that is most like all others first."""

    asked: tuple[Asked, ...]

    @property
    def question(self) -> str:
        """The words that stand for all."""
        return self.asked[0].question or ""


def group_questions(asked: Sequence[Asked], engine: Engine) -> list[Group]:
    """Put questions that are alike together; the largest group first, then the newest."""
    if not asked:
        return []
    likeness = alike([one.question or "" for one in asked], engine)
    left = list(range(len(asked)))
    groups: list[Group] = []
    while left:
        # The question with the most others near it stands for its group; so the groups do not depend on the order.
        centre = max(left, key=lambda row: (sum(likeness[row, left] >= SAME_QUESTION), -row))
        near = sorted(row for row in left if likeness[centre, row] >= SAME_QUESTION or row == centre)
        near.sort(key=lambda row: row != centre)
        groups.append(Group(tuple(asked[row] for row in near)))
        left = [row for row in left if row not in set(near)]
    return groups
