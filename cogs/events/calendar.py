# SPDX-License-Identifier: MIT
"""Events as calendars read them: iCalendar (RFC 5545) with zones, stable names, revisions, series and exceptions."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from bot.kit import Attachment, t

from .model import Event, Exceptional, Occurrence, State
from .recurrence import end_of, of_original, rule_of
from .when import of_text, zone_of

if TYPE_CHECKING:
    import icalendar

MEDIA_TYPE = "text/calendar"
REFRESH = timedelta(hours=1)


def calendar(events: Sequence[Event], name: str = "") -> bytes:
    """Return a calendar of these events, with the rules of every zone that it names."""
    import icalendar

    whole = icalendar.Calendar()
    whole.add("prodid", "-//Refdesk//Events//EN")
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    whole.add("method", "PUBLISH")
    if name:
        whole.add("x-wr-calname", name)
        whole.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for event in events:
        for component in components(event):
            whole.add_component(component)
    if events:
        years = [event.starts_at.year for event in events] + [event.ends_at.year for event in events]
        whole.add_missing_timezones(first_date=date(min(years), 1, 1), last_date=date(max(years) + 1, 12, 31))
    written: bytes = whole.to_ical()
    return written


def file_of(events: Sequence[Event], name: str = "event") -> Attachment:
    """Return a calendar as a file to be opened."""
    return Attachment(f"{name}.ics", calendar(events), MEDIA_TYPE, t("Calendar file"))


def components(event: Event) -> "Iterable[icalendar.Event]":
    """Yield an event, and those occurrences of it that take place at another time."""
    yield _master(event)
    for exception in event.timing.exceptions:
        if exception.moved is None:
            continue
        occurrence = of_original(event.timing, exception.original)
        if occurrence is not None:
            yield _moved(event, exception, occurrence)


def _master(event: Event) -> "icalendar.Event":
    timing = event.timing
    found = _common(event)
    found.add("dtstart", _start(event, timing.when.aware))
    found.add("dtend", _start(event, end_of(timing, timing.when).astimezone(zone_of(timing.when.zone)), end=True))
    if timing.repeat:
        found.add("rrule", _rule(event))
        for exception in timing.exceptions:
            if exception.moved is None:
                found.add("exdate", _start(event, _original(event, exception)))
    return found


def _moved(event: Event, exception: Exceptional, occurrence: Occurrence) -> "icalendar.Event":
    found = _common(event)
    zone = zone_of(event.timing.when.zone)
    found.add("recurrence-id", _start(event, _original(event, exception)))
    found.add("dtstart", _start(event, occurrence.when.aware))
    found.add("dtend", _start(event, occurrence.end_at.astimezone(zone), end=True))
    return found


def _common(event: Event) -> "icalendar.Event":
    import icalendar

    found = icalendar.Event()
    found.add("uid", event.uid)
    found.add("sequence", event.sequence)
    stamp = (event.changed_at or event.starts_at).replace(microsecond=0)
    found.add("dtstamp", stamp)
    found.add("last-modified", stamp)
    found.add("summary", _plain(event.title))
    found.add("status", "CANCELLED" if event.state is State.CANCELLED else "CONFIRMED")
    content = event.content
    if content.description or event.reason:
        found.add("description", _plain("\n\n".join(filter(None, (event.reason, content.description)))))
    if content.location:
        found.add("location", _plain(content.location))
    if content.link:
        found.add("url", content.link)
    return found


def _rule(event: Event) -> dict[str, Any]:
    repeat = event.timing.repeat
    rule = {name.lower(): value for name, value in rule_of(event.timing.when, repeat).items()}
    if "byday" in rule:
        rule["byday"] = rule["byday"].split(",")
    if repeat.times:
        return {**rule, "count": repeat.times}
    last = date.fromisoformat(repeat.until)
    if event.timing.all_day:
        return {**rule, "until": last}
    end = datetime.combine(last, time(23, 59), zone_of(event.timing.when.zone))
    return {**rule, "until": end.astimezone(UTC)}


def _original(event: Event, exception: Exceptional) -> datetime:
    return of_text(exception.original, event.timing.when.zone).aware


def _start(event: Event, aware: datetime, *, end: bool = False) -> datetime | date:
    """Return a moment as the calendar writes it: of a whole-day event the day, of one in UTC the moment."""
    if event.timing.all_day:
        day = aware.date()
        return day + timedelta(days=1) if end and aware.time() > time() else day
    return aware.astimezone(UTC) if event.timing.when.zone == "UTC" else aware


def _plain(text: str) -> str:
    """Leave out what iCalendar cannot hold: control characters but for line ends."""
    return "".join(letter for letter in text.replace("\r\n", "\n") if letter == "\n" or letter >= " ")
