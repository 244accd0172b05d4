# SPDX-License-Identifier: MIT
"""Parts "Friday 6-8pm" and "de 18h à 20h" into when it starts and when it ends."""

import re
from dataclasses import dataclass

_UNIT = r"\s?(?:uhr|hrs?|hores|horas|heures?|h)\b"
_HALF = r"\s?[ap]\.?m\b\.?"
_HOUR = r"(?P<{0}>\d{{1,2}})(?P<{0}_m>(?::|h|\.)\d{{2}})?(?P<{0}_u>{1}|{2})?"
_START = r"(?:\b(?:from|between|de|desde|von|ab|entre|zwischen)\s+(?:las?\s+|les\s+)?)?"
_TO = (
    r"(?:[-–—]|\s+[-–—]\s+|\s+(?:to|until|till|and|a|à|al?\s+las?|a\s+les|hasta|hasta\s+las?|y|y\s+las?|bis|und|et|i"
    r"|fins\s+a\s+les|fins\s+les|jusqu['’]à)\s+)"
)
_RANGE = re.compile(
    rf"{_START}(?<![\d./:-]){_HOUR.format('a', _UNIT, _HALF)}{_TO}{_HOUR.format('b', _UNIT, _HALF)}(?![\d/:]|[.-]\d)",
    re.IGNORECASE,
)
_MOMENT = re.compile(r"\d[Tt]\d")
_WRITTEN_OUT = re.compile(r"\d{4}-\d\d?-\d\d?\s")


@dataclass(frozen=True, slots=True)
class Parted:
    """A text with the hour of the start alone, and the hour of the end ("" where there is none)."""

    start: str
    end: str = ""


def parted(text: str) -> Parted:
    """Take the end out of a text; one that has none comes back as it is.

    A distance from UTC behind a day in figures ("2027-01-15 18:00-05:00") is no end, and two days ("15-16 January") are
    no hours.
    """
    found = _RANGE.search(text)
    if found is None or _MOMENT.search(text):
        return Parted(text)
    a, b = int(found["a"]), int(found["b"])
    marks = [found[name] for name in ("a_m", "a_u", "b_m", "b_u")]
    if not any(marks) or a > 24 or b > 24:
        return Parted(text)
    if found["b_m"] and not found["b_u"] and _WRITTEN_OUT.match(text) and (a, found["a_m"] or "") >= (b, found["b_m"]):
        return Parted(text)
    first = f"{a}{_minutes(found['a_m'])}{found['a_u'] or _unit(a, b, found['b_u'], found['a_m'])}"
    last = f"{b}{_minutes(found['b_m'])}{found['b_u'] or _unit(b, a, found['a_u'], found['b_m'])}"
    return Parted(f"{text[: found.start()]}{first}{text[found.end() :]}", last)


def _minutes(typed: str | None) -> str:
    """Write minutes in the one way that is always read: 19.30 as 19:30."""
    return f":{typed[1:]}" if typed else ""


def _unit(hour: int, other: int, unit: str | None, minutes: str | None) -> str:
    """Return what stands behind an hour that has nothing there: "6-8pm" is 6 pm, "11-1pm" is 11 am."""
    if not unit:
        return "" if minutes else "h"
    if unit.strip()[0].casefold() == "p" and other % 12 < hour % 12:
        return " am"
    return unit if unit.strip()[0].casefold() in "ap" or not minutes else ""
