# SPDX-License-Identifier: MIT
"""Takes out of a calendar what nobody could expand: a series for every second, or hundreds that began long ago.

Expanding runs in a thread that nothing can stop, so what it costs is estimated before it begins.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import icalendar

STEPS_MAX = 700_000
"""How many times all series of a calendar may take place from their beginnings on, some seconds' work."""

_PERIODS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 28, "YEARLY": 365}
"""How many days lie between two times, at least. What is more frequent is no meeting."""
_EACH = ("BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYHOUR", "BYMINUTE", "BYSECOND")
_ZONE_RULE = re.compile(
    r"^RRULE(?:;[^:\n]*)?:(?![^\n]*\bFREQ=YEARLY\b)[^\n]*(?:\n[ \t][^\n]*)*\n", re.IGNORECASE | re.MULTILINE
)
_ZONES = re.compile(r"^BEGIN:VTIMEZONE\b.*?^END:VTIMEZONE\b", re.IGNORECASE | re.MULTILINE | re.DOTALL)


def tidied(text: str) -> str:
    """Return a calendar's text from where it begins, with one sort of line ends, and time zones that change yearly."""
    begins = text.upper().find("BEGIN:VCALENDAR")
    plain = text[max(0, begins) :].replace("\r\n", "\n").replace("\r", "\n")
    return _ZONES.sub(lambda zone: _ZONE_RULE.sub("", zone[0]), plain)


def without_wild_series(whole: "icalendar.Calendar", until: datetime) -> int:
    """Take the events out whose series cannot be expanded within reason; return how many."""
    left, lost = STEPS_MAX, 0
    kept = []
    for component in whole.subcomponents:
        steps = _steps(component, until) if component.name == "VEVENT" else 0
        if steps is None or steps > left:
            lost += 1
            continue
        left -= steps
        kept.append(component)
    whole.subcomponents = kept
    return lost


def _steps(component: Any, until: datetime) -> int | None:
    """Return how many times a series takes place until a moment, at most; None for one that never should."""
    rules = component.get("RRULE", [])
    total = 0
    for rule in rules if isinstance(rules, list) else [rules]:
        try:
            period = _PERIODS[str(_first(rule["FREQ"])).upper()]
        except (KeyError, TypeError, ValueError, AttributeError):
            return None
        total += _times(rule, period, component, until)
    return total


def _times(rule: Any, period: int, component: Any, until: datetime) -> int:
    try:
        start = component.decoded("DTSTART")
        day = start.date() if isinstance(start, datetime) else start
        days = max(0, (until.date() - day).days) if isinstance(day, date) else 0
        each = 1
        for name in _EACH:
            each *= max(1, len(rule.get(name, ())))
        return (days // (period * max(1, int(_first(rule.get("INTERVAL")) or 1))) + 1) * min(each, 24 * 3600 * period)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        return 0


def _first(values: Any) -> Any:
    return next(iter(values), None) if isinstance(values, Iterable) and not isinstance(values, str) else values
