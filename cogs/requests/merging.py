# SPDX-License-Identifier: MIT
"""Merges groups of few people in statistics, so that no number tells what one person asked for."""

from collections.abc import Sequence
from itertools import chain

from .store_stats import Counts, Group

FEW = 5
"""A group of fewer people is never shown by itself."""

OTHER = "*"
"""The name of what was merged."""


def merged(groups: Sequence[Group]) -> list[Group]:
    """Put groups of few people together; the smallest of the others joins them until they are enough."""
    large = sorted((group for group in groups if group.people >= FEW), key=lambda group: -group.counts.received)
    small = [group for group in groups if group.people < FEW]
    if not small:
        return large
    rest = together(small, OTHER)
    while large and rest.people < FEW:
        rest += large.pop()
    return [*large, rest]


def spans(months: Sequence[Group]) -> list[Group]:
    """Put months of few people together with those after them, the last ones with those before."""
    done: list[Group] = []
    held: list[Group] = []
    for month in sorted(months, key=lambda group: group.name):
        held.append(month)
        if together(held).people >= FEW:
            done.append(_span(held))
            held = []
    if held and done:
        held.insert(0, done.pop())
    return [*done, _span(held)] if held else done


def _span(groups: Sequence[Group]) -> Group:
    first, last = groups[0].name.partition(" ")[0], groups[-1].name.rpartition(" ")[2]
    return together(groups, first if first == last else f"{first} – {last}")


def together(groups: Sequence[Group], name: str = "") -> Group:
    """Return several groups as one."""
    return Group(
        name,
        sum((group.counts for group in groups), Counts()),
        frozenset(chain.from_iterable(group.askers for group in groups)),
        tuple(chain.from_iterable(group.responses for group in groups)),
        tuple(chain.from_iterable(group.fulfilments for group in groups)),
    )
