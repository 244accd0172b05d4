# SPDX-License-Identifier: MIT
"""Merges groups of few people in statistics, so that no number tells what one person asked for."""

from collections.abc import Sequence

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
    # People may be in several groups, so the largest is all that is sure of how many there are together.
    while large and max(group.people for group in small) < FEW:
        small.append(large.pop())
    return [*large, Group(OTHER, _sum(small), max(group.people for group in small))]


def spans(months: Sequence[Group]) -> list[Group]:
    """Put months of few people together with those after them, the last ones with those before."""
    done: list[Group] = []
    held: list[Group] = []
    for month in sorted(months, key=lambda group: group.name):
        held.append(month)
        if month.people >= FEW:
            done.append(_span(held))
            held = []
    if held and done:
        last = done.pop()
        held.insert(0, last)
    return [*done, _span(held)] if held else done


def _span(groups: Sequence[Group]) -> Group:
    first, last = groups[0].name.partition(" ")[0], groups[-1].name.rpartition(" ")[2]
    name = first if first == last else f"{first} – {last}"
    return Group(name, _sum(groups), max(group.people for group in groups))


def _sum(groups: Sequence[Group]) -> Counts:
    return sum((group.counts for group in groups), Counts())
