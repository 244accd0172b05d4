# SPDX-License-Identifier: MIT
"""Counts requests over a time: totals, medians, and groups with how many people are in them."""

from dataclasses import dataclass
from enum import StrEnum

from bot.kit.database import Transaction

_MICROSECONDS = 1_000_000
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
class Group:
    """A part of the requests; `people` is how many asked, at least: across months only the living names tell."""

    name: str
    counts: Counts
    people: int


@dataclass(frozen=True, slots=True)
class Period:
    """From one month to another, both included: "2026-01"."""

    first: str
    last: str


def totals(tx: Transaction, community_id: int, period: Period) -> Counts:
    """Count all requests of a period."""
    row = tx.one(f"SELECT {_COUNTS} FROM requests WHERE {_WHERE}", community_id, period.first, period.last)  # noqa: S608
    return Counts(*(int(value or 0) for value in row)) if row else Counts()


def median_seconds(tx: Transaction, community_id: int, period: Period, until: str) -> float | None:
    """Return the median time from opening to "responded_at", or to "closed_at" of what was fulfilled, in seconds."""
    where = f"{_WHERE} AND {until} IS NOT NULL"
    if until == "closed_at":
        where += " AND state = 'fulfilled'"
    scope = (community_id, period.first, period.last)
    count = int(tx.value(f"SELECT count(*) FROM requests WHERE {where}", *scope))  # noqa: S608
    if not count:
        return None
    rows = tx.all(
        f"SELECT {until} - opened_at AS took FROM requests WHERE {where} ORDER BY took LIMIT ? OFFSET ?",  # noqa: S608
        *scope,
        2 - count % 2,
        (count - 1) // 2,
    )
    return float(sum(row["took"] for row in rows)) / len(rows) / _MICROSECONDS


def groups(tx: Transaction, community_id: int, period: Period, by: By) -> list[Group]:
    """Count the requests of a period by something, each group with the people in it."""
    scope = (community_id, period.first, period.last)
    rows = tx.all(
        f"""SELECT {by.value} AS name, month, count(DISTINCT asker_no) AS people, {_COUNTS}
            FROM requests WHERE {_WHERE} GROUP BY {by.value}, month ORDER BY {by.value}, month""",  # noqa: S608
        *scope,
    )
    known = tx.all(
        f"""SELECT {by.value} AS name, count(DISTINCT person_id) AS people FROM requests WHERE {_WHERE}
            GROUP BY {by.value}""",  # noqa: S608
        *scope,
    )
    people = {_name(row["name"]): int(row["people"]) for row in known}
    found: dict[str, Group] = {}
    for row in rows:
        name = _name(row["name"])
        before = found.get(name, Group(name, Counts(), people.get(name, 0)))
        counts = Counts(*(int(row[key]) for key in ("received", "answered", "free", "declined", "withdrawn")))
        found[name] = Group(name, before.counts + counts, max(before.people, int(row["people"])))
    return list(found.values())


def _name(value: object) -> str:
    return "" if value is None else str(value)
