# SPDX-License-Identifier: MIT
"""How an event looks: its card, the same facts in short, and lines in lists."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.kit import Ago, Button, Code, Field, Link, Person, Reply, Text, Tone, n, t

from .calendar import file_of
from .model import Count, Event, Frequency, Occurrence, Repeat, State
from .recurrence import DAYS, current
from .when import LocalTime, offset_of

CONVERTER = "https://zonestamp.toolforge.org"
DAYS_SHOWN = 5
LONG = 1_500
"""How many characters of a text that people wrote are shown."""

WEEKDAYS = (t("Monday"), t("Tuesday"), t("Wednesday"), t("Thursday"), t("Friday"), t("Saturday"), t("Sunday"))
SIGNS = {State.DRAFT: "📝", State.PROPOSED: "📥", State.PUBLISHED: "📅", State.CANCELLED: "✖️", State.DISMISSED: "✖️"}


def title(event: Event) -> Text:
    """Name an event."""
    return t("{number} · {title}", number=event.name, title=event.title)


def card(event: Event, now: datetime) -> Reply:
    """Show an event with what everybody can do with it."""
    over = event.ends_at <= now
    return Reply(
        title=title(event),
        text=event.content.description[:LONG],
        fields=tuple(facts(event, now)),
        link=Link(t("More about it"), event.content.link) if event.content.link else None,
        buttons=() if over else buttons(event),
        tone=Tone.BAD if event.state is State.CANCELLED else Tone.PLAIN,
        note="" if over or event.state is not State.PUBLISHED else _typed(event),
        card=True,
    )


def _typed(event: Event) -> Text:
    """Say what may be typed instead of pressing."""
    command = Code(f"event join {event.name}")
    if event.timing.repeat:
        return t("Or type {command}, with a day behind it for that day alone.", command=command)
    return t("Or type {command}.", command=command)


def with_file(event: Event, now: datetime) -> Reply:
    """Show an event with its calendar file."""
    return replace(card(event, now), files=(file_of((event,), event.name),))


def buttons(event: Event, occurrence: Occurrence | None = None) -> tuple[Button, ...]:
    """Offer to come, to a series or to one time of it; the first three are what fits as reactions."""
    if event.state is not State.PUBLISHED:
        return ()
    bound: dict[str, Any] = {"event_id": event.id}
    if occurrence is not None and event.timing.repeat:
        bound["original"] = occurrence.original
    return (
        Button(t("I come"), "events.press_join", emoji="✅", **bound),
        Button(t("Maybe"), "events.press_maybe", emoji="🤔", **bound),
        Button(t("I do not come"), "events.press_leave", emoji="✖️", **bound),
    )


def facts(event: Event, now: datetime) -> Iterable[Field]:
    """List what there is to know of an event."""
    content = event.content
    if event.state is State.CANCELLED:
        yield Field(t("Cancelled"), event.reason[:LONG] or t("It does not take place."))
    elif event.state is not State.PUBLISHED:
        yield Field(t("State"), Text(event.state.label))
    occurrence = current(event, now)
    if occurrence is not None:
        yield Field(t("When"), span(event, occurrence))
        yield Field(t("There"), on_the_spot(occurrence.when, all_day=event.timing.all_day))
        if not event.timing.all_day:
            yield Field(t("In any time zone"), converter(occurrence))
    if event.timing.repeat:
        yield Field(t("Repeats"), rhythm(event.timing.repeat))
    if content.location:
        yield Field(t("Where"), content.location[:LONG])
    if content.language:
        yield Field(t("Language"), content.language)
    if event.state is State.PUBLISHED or (event.published_at is None and content.capacity is not None):
        yield Field(t("Who comes"), coming(event, occurrence))
    if content.cover:
        yield Field(t("Picture"), Link(t("Cover"), content.cover))


def span(event: Event, occurrence: Occurrence) -> Text:
    """Say when, in the reader's zone."""
    if event.timing.all_day:
        return t("{day}, all day", day=occurrence.when.local.date())
    return t("{start}, for {length}", start=occurrence.start_at, length=event.timing.length)


def on_the_spot(when: LocalTime, *, all_day: bool = False) -> Text:
    """Say when as the clocks show it where it takes place: weekday, day, hour and zone."""
    weekday, day = WEEKDAYS[when.local.weekday()], when.local.date()
    if all_day:
        return t("{weekday}, {day}", weekday=weekday, day=day)
    return t(
        "{weekday}, {day}, {hour} {zone} (UTC{offset})",
        weekday=weekday,
        day=day,
        hour=f"{when.local:%H:%M}",
        zone=when.zone,
        offset=offset_of(when),
    )


def converter(occurrence: Occurrence) -> Link:
    """Link a page that shows the moment in the zone of whoever opens it, for chats that cannot."""
    return Link(f"{occurrence.start_at:%H:%M} UTC", f"{CONVERTER}/{int(occurrence.start_at.timestamp())}")


def rhythm(repeat: Repeat) -> Text:
    """Say how a series repeats, and how long."""
    each = {
        Frequency.DAILY: n("every day", "every {count} days", repeat.every),
        Frequency.WEEKLY: n("every week", "every {count} weeks", repeat.every),
        Frequency.MONTHLY: n("every month", "every {count} months", repeat.every),
        Frequency.WEEKDAY: n(
            "every month, on the same weekday of it", "every {count} months, on the same weekday", repeat.every
        ),
        Frequency.YEARLY: n("every year", "every {count} years", repeat.every),
    }[repeat.frequency]
    if repeat.by_day:
        each = _on_days(repeat)
    if repeat.times:
        return t("{each}, {times}", each=each, times=n("once", "{count} times", repeat.times))
    return t("{each}, until {day}", each=each, day=datetime.fromisoformat(repeat.until).date())


def _on_days(repeat: Repeat) -> Text:
    """Say how a series repeats that has its own weekdays: several of a week, or some of each month."""
    days = tuple(_named(each[:-2], WEEKDAYS[DAYS.index(each[-2:])]) for each in repeat.by_day.split(","))
    if repeat.frequency is Frequency.WEEKLY:
        return n("every week on {days}", "every {count} weeks on {days}", repeat.every, days=days)
    return n("every month: {days}", "every {count} months: {days}", repeat.every, days=days)


def _named(nth: str, day: Text) -> Text:
    """Name a weekday, or which one of its month it is."""
    match nth:
        case "":
            return day
        case "1":
            return t("the first {day}", day=day)
        case "2":
            return t("the second {day}", day=day)
        case "3":
            return t("the third {day}", day=day)
        case "4":
            return t("the fourth {day}", day=day)
    return t("the last {day}", day=day)


def coming(event: Event, occurrence: Occurrence | None) -> Text:
    """Say how many come at one time, and whether there are seats."""
    count, seats = coming_at(event, occurrence), event.content.capacity
    if seats is None:
        said = n("{count} comes", "{count} come", count.yes)
    elif count.waiting:
        said = n("the only seat is taken", "all {count} seats are taken", seats)
        return t("{some}, {more}", some=said, more=n("{count} waits", "{count} wait", count.waiting))
    else:
        said = n("{yes} of {count} seat is taken", "{yes} of {count} seats are taken", seats, yes=count.yes)
    return t("{some}, {more}", some=said, more=n("{count} perhaps", "{count} perhaps", count.maybe))


def coming_at(event: Event, occurrence: Occurrence | None) -> Count:
    """Return how many come at one time; without one, to the event."""
    return event.count if occurrence is None else event.count_of(occurrence.original)


def still_full(times: Iterable[Occurrence]) -> tuple[Field, ...]:
    """Name the times of a series at which somebody still waits for a seat."""
    days = tuple(on_the_spot(each.when, all_day=True) for each in times)[:DAYS_SHOWN]
    return (Field(t("Waiting for a seat"), t("{days}", days=days)),) if days else ()


def line(event: Event, now: datetime) -> Text:
    """Show an event in a list."""
    occurrence = current(event, now)
    when = occurrence.start_at if occurrence else event.starts_at
    words = t(
        "{sign} **{number}** {title} · {when}", sign=SIGNS[event.state], number=event.name, title=event.title, when=when
    )
    if event.timing.repeat:
        words = t("{line} · {rhythm}", line=words, rhythm=rhythm(event.timing.repeat))
    return (
        words
        if event.content.capacity is None and not coming_at(event, occurrence).yes
        else t("{line} · {coming}", line=words, coming=coming(event, occurrence))
    )


def organiser(event: Event) -> Text:
    """Name who organises it."""
    if event.organiser is None:
        return t("nobody any more")
    return t("{name}", name=Person(event.organiser.id, event.organiser.name))


def soon(occurrence: Occurrence) -> Ago:
    """Return the distance of an occurrence from now, as it is read."""
    return Ago(occurrence.start_at)
