# SPDX-License-Identifier: MIT
"""Counts requests over a time: totals, medians, and groups with how many people are in them."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from statistics import median

from bot.kit import Transaction

Times = dict[str, list[int]]
_WHERE = "community_id = ? AND month >= ? AND month <= ?"
_COUNTS = """count(*) AS received,
    sum(CASE WHEN state = 'fulfilled' AND how <> 'free' THEN 1 ELSE 0 END) AS answered,
    sum(CASE WHEN state = 'fulfilled' AND how = 'free' THEN 1 ELSE 0 END) AS free,
    sum(CASE WHEN state = 'declined' THEN 1 ELSE 0 END) AS declined,
    sum(CASE WHEN state = 'withdrawn' THEN 1 ELSE 0 END) AS withdrawn"""


class By(StrEnum):
    """What requests are grouped by."""

    MONTH = "month"
    KIND = "kind"
    LANGUAGE = "language"
    WIKI = "wiki"
    EFFORT = "effort"

    @property
    def label(self) -> str:
        """The words for people."""
        return "READ effort" if self is By.EFFORT else self.value.capitalize()


@dataclass(frozen=True, slots=True)
class Counts:
    """How many requests came and what became of them."""

    received: int = 0
    answered: int = 0
    free: int = 0
    declined: int = 0
    withdrawn: int = 0

    @property
    def fill_rate(self) -> float | None:
        """The share of what was settled that was found; None when nothing was settled."""
        settled = self.answered + self.free + self.declined
        return (self.answered + self.free) / settled if settled else None

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.received + other.received,
            self.answered + other.answered,
            self.free + other.free,
            self.declined + other.declined,
            self.withdrawn + other.withdrawn,
        )


@dataclass(frozen=True, slots=True)
class Asker:
    """Somebody who asked in a month, by their number in it, and by name as long as they are known."""

    month: str
    number: int
    person_id: int | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the requests, with who asked, and how many microseconds each took until answered and fulfilled."""

    name: str
    counts: Counts
    askers: frozenset[Asker] = frozenset()
    responses: tuple[int, ...] = ()
    fulfilments: tuple[int, ...] = ()

    @property
    def response(self) -> timedelta | None:
        """The median time to the first response."""
        return _median(self.responses)

    @property
    def fulfilment(self) -> timedelta | None:
        """The median time to fulfilment."""
        return _median(self.fulfilments)

    @property
    def people(self) -> int:
        """How many people asked, at least: across months only names that are still known tell people apart."""
        by_month: dict[str, set[int]] = {}
        for asker in self.askers:
            by_month.setdefault(asker.month, set()).add(asker.number)
        known = len({asker.person_id for asker in self.askers} - {None})
        return max(known, *map(len, by_month.values()), 0)

    def __add__(self, other: "Group") -> "Group":
        return Group(
            self.name,
            self.counts + other.counts,
            self.askers | other.askers,
            self.responses + other.responses,
            self.fulfilments + other.fulfilments,
        )


@dataclass(frozen=True, slots=True)
class Period:
    """From one month to another, both included: "2026-01"."""

    first: str
    last: str


def groups(tx: Transaction, community_id: int, period: Period, by: By) -> list[Group]:
    """Count the requests of a period by something, each group with who is in it."""
    rows = tx.all(
        f"""SELECT {by.value} AS name, month, asker_no, max(person_id) AS person_id, {_COUNTS}
            FROM requests WHERE {_WHERE} GROUP BY {by.value}, month, asker_no""",  # noqa: S608
        community_id,
        period.first,
        period.last,
    )
    counts: dict[str, Counts] = {}
    askers: dict[str, set[Asker]] = {}
    for row in rows:
        name = _name(row["name"])
        found = Counts(*(int(row[key]) for key in ("received", "answered", "free", "declined", "withdrawn")))
        counts[name] = counts.get(name, Counts()) + found
        askers.setdefault(name, set()).add(Asker(row["month"], row["asker_no"], row["person_id"]))
    responses, fulfilments = _times(tx, community_id, period, by)
    return [
        Group(
            name,
            counts[name],
            frozenset(askers[name]),
            tuple(responses.get(name, ())),
            tuple(fulfilments.get(name, ())),
        )
        for name in sorted(counts)
    ]


def _times(tx: Transaction, community_id: int, period: Period, by: By) -> tuple[Times, Times]:
    """Return how long each request of a group took: until its first response, and until it was fulfilled."""
    rows = tx.all(
        f"""SELECT {by.value} AS name, responded_at - opened_at AS response,
                   CASE WHEN state = 'fulfilled' THEN closed_at - opened_at END AS fulfilment
            FROM requests WHERE {_WHERE} AND (responded_at IS NOT NULL OR state = 'fulfilled')""",  # noqa: S608
        community_id,
        period.first,
        period.last,
    )
    responses: Times = {}
    fulfilments: Times = {}
    for row in rows:
        for times, took in ((responses, row["response"]), (fulfilments, row["fulfilment"])):
            if took is not None:
                times.setdefault(_name(row["name"]), []).append(took)
    return responses, fulfilments


def _median(took: tuple[int, ...]) -> timedelta | None:
    return timedelta(microseconds=median(took)) if took else None


def _name(value: object) -> str:
    return "" if value is None else str(value)
