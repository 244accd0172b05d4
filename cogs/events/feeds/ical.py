# SPDX-License-Identifier: MIT
"""Reads iCalendar feeds as they are in the wild: with broken entries, unknown zones, HTML in texts, series."""

import hashlib
import html
import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from bot.kit import t

from ..model import Content, Timing
from ..when import LocalTime, known_zone, of_moment
from .model import Entry, FeedTrouble, Reading
from .taming import tidied, without_wild_series

if TYPE_CHECKING:
    import icalendar

ENTRIES_MAX = 200
COMPONENTS_MAX = 20_000
LONGEST = timedelta(days=92)
TITLE_MAX, WORDS_MAX = 150, 2_000
_BAD = (ValueError, TypeError, KeyError, AttributeError, OverflowError, IndexError)
"""What the libraries raise at entries that make no sense."""
_SERIES = {"RRULE", "RDATE", "RECURRENCE-ID"}
_TAGS = re.compile(r"<[^<>]{0,2000}>")
_BREAKS = re.compile(r"<(?:br|/p|/div|/li)\s*/?>", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")


def read_calendar(text: str, since: datetime, until: datetime, zone: str) -> Reading:
    """Return the entries between two moments, series expanded; times without a known zone are read in `zone`.

    Raises FeedTrouble when it is no calendar at all. Single entries that make no sense are counted and left out.
    """
    import icalendar

    if "BEGIN:VCALENDAR" not in text[:10_000].upper():
        raise FeedTrouble(t("What is there is no calendar."))
    text = tidied(text)
    if text.upper().count("BEGIN:VEVENT") > COMPONENTS_MAX:
        raise FeedTrouble(t("The calendar holds too many events."))
    try:
        whole, *more = icalendar.Calendar.from_ical(text, multiple=True)
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise FeedTrouble(t("The calendar is damaged.")) from error
    for each in more:
        whole.subcomponents.extend(each.subcomponents)
    own = known_zone(str(whole.get("X-WR-TIMEZONE", ""))) or zone
    wild = without_wild_series(whole, until)
    found, unread = _expanded(whole, since, until)
    unread += wild
    series = {str(each.get("UID")) for each in whole.walk("VEVENT") if _SERIES & each.keys()}
    entries: dict[str, Entry] = {}
    for component in found:
        entry = _entry(component, own, series=str(component.get("UID")) in series)
        if entry is None:
            unread += 1
        else:
            entries[entry.uid] = entry
    kept = sorted(entries.values(), key=lambda each: each.timing.when.at)[:ENTRIES_MAX]
    return Reading(tuple(kept), _clean(whole.get("X-WR-CALNAME", ""), 100), unread)


def _expanded(whole: "icalendar.Calendar", since: datetime, until: datetime) -> "tuple[list[Any], int]":
    """Expand series; what the library cannot expand is left out and counted."""
    lost = sum("DTSTART" not in each or bool(each.errors) for each in whole.walk("VEVENT"))
    try:
        found = _between(whole, since, until)
    except _BAD:
        found, more = _one_by_one(whole, since, until)
        lost = max(lost, more)
    backwards = [each for each in whole.walk("VEVENT") if _is_backwards(each)]
    # The library would turn them round, and nobody knows which of the two was meant.
    wrong = {str(each.get("UID")) for each in backwards}
    kept = [each for each in found if str(each.get("UID")) not in wrong]
    return kept[: 10 * ENTRIES_MAX], lost + len(backwards)


def _between(whole: "icalendar.Calendar", since: datetime, until: datetime) -> list[Any]:
    import recurring_ical_events

    query = recurring_ical_events.of(whole, skip_bad_series=True)
    return list(query.between(since.replace(tzinfo=None), until.replace(tzinfo=None)))


def _one_by_one(whole: "icalendar.Calendar", since: datetime, until: datetime) -> tuple[list[Any], int]:
    """Expand each event alone, so that one that breaks the library spoils no other; return how many did."""
    import icalendar

    events: dict[str, list[Any]] = {}
    for number, component in enumerate(whole.walk("VEVENT")):
        events.setdefault(str(component.get("UID", number)), []).append(component)
    found: list[Any] = []
    lost = 0
    for components in events.values():
        alone = icalendar.Calendar()
        alone.subcomponents = [*(each for each in whole.subcomponents if each.name == "VTIMEZONE"), *components]
        try:
            found += _between(alone, since, until)
        except _BAD:
            lost += 1
    return found, lost


def _is_backwards(component: Any) -> bool:
    try:
        if "DURATION" in component and component.decoded("DURATION") < timedelta():
            return True
        return "DTEND" in component and bool(component.decoded("DTEND") < component.decoded("DTSTART"))
    except (ValueError, KeyError, TypeError, AttributeError):
        return False


def _entry(component: Any, zone: str, *, series: bool) -> Entry | None:
    try:
        start = component.decoded("DTSTART")
        end = _end(component, start)
        title = _clean(component.get("SUMMARY", ""), TITLE_MAX)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        return None
    all_day = not isinstance(start, datetime)
    try:
        when = _local(start, zone)
        length = _local(end, zone).at - when.at
    except (ValueError, OverflowError):
        return None
    if not title or not timedelta() <= length <= LONGEST:
        return None
    minutes = max(1, round(length.total_seconds() / 60)) if length else (1440 if all_day else 60)
    uid = _clean(component.get("UID", ""), 255) or _named(title, when)
    if series:
        uid = f"{uid}/{_original(component) or when.text}"
    content = Content(
        title=title,
        description=_clean(component.get("DESCRIPTION", ""), WORDS_MAX),
        location=_clean(component.get("LOCATION", ""), 300),
        link=_link(component.get("URL", "")),
    )
    return Entry(uid, content, Timing(when, minutes, all_day), str(component.get("STATUS", "")).upper() == "CANCELLED")


def _original(component: Any) -> str:
    """Return when an occurrence was to take place: its name within the series, also after it was moved."""
    try:
        moment = component.decoded("RECURRENCE-ID")
    except (ValueError, KeyError, TypeError):
        return ""
    return moment.isoformat() if isinstance(moment, date) else ""


def _end(component: Any, start: Any) -> Any:
    if "DTEND" in component:
        return component.decoded("DTEND")
    if "DURATION" in component:
        return start + component.decoded("DURATION")
    return start if isinstance(start, datetime) else start + timedelta(days=1)


def _local(value: Any, zone: str) -> LocalTime:
    """Keep the zone that the calendar names; UTC and what has none becomes the reader's."""
    if not isinstance(value, datetime):
        return LocalTime(datetime.combine(_day(value), time()), zone)
    if value.tzinfo is None:
        return LocalTime(value.replace(microsecond=0), zone)
    key = value.tzinfo.key if isinstance(value.tzinfo, ZoneInfo) else ""
    kept = key if key != "UTC" and known_zone(key) == key else zone
    return of_moment(value.astimezone(UTC), kept)


def _day(value: Any) -> date:
    if not isinstance(value, date):
        raise ValueError(f"{value!r} is no day")  # noqa: TRY004 (judged like any other bad value)
    return value


def _named(title: str, when: LocalTime) -> str:
    return hashlib.sha256(f"{title}|{when.text}".encode()).hexdigest()[:32]


def _clean(value: Any, longest: int) -> str:
    """Return words without markup: calendars made by web sites hold HTML and its entities."""
    text = html.unescape(html.unescape(_TAGS.sub("", _BREAKS.sub("\n", str(value or ""))[: 4 * longest])))
    text = _CONTROL.sub("", text.replace("\r\n", "\n")).strip()
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _link(value: Any) -> str:
    url = str(value or "").strip()
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    fine = parts.scheme in {"http", "https"} and parts.netloc and not re.search(r"[\s<>\"]", url) and len(url) <= 500
    return url if fine else ""
