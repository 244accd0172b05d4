# SPDX-License-Identifier: MIT
"""Reading the calendar: lists, one event, who comes, and files for calendar programs."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from enum import StrEnum
from functools import partial
from typing import Annotated

from bot.kit import (
    Answer,
    Arg,
    Attachment,
    Code,
    Context,
    Denied,
    Field,
    Invalid,
    Level,
    Reply,
    Text,
    Transaction,
    Visible,
    command,
    n,
    t,
)

from . import dates, store_dates, store_lists, store_people
from .calendar import MEDIA_TYPE, calendar
from .card import card, line, on_the_spot, organiser, title
from .model import Coming, Event, Occurrence, Rsvp
from .parts import Which, WhichOf, aside, asker_of, complete_event, on_day
from .recurrence import current, occurrences, upcoming
from .serving import Serving
from .when import zone_of
from .when.vocabulary import coming_month, last_of_month

DATES_SHOWN = 6


class Scope(StrEnum):
    """Which events a list holds."""

    UPCOMING = "upcoming"
    MINE = "mine"
    WAITING = "waiting"

    @property
    def label(self) -> str:
        """What people read."""
        return {"mine": "Mine", "waiting": "Waiting for a moderator"}.get(self.value, "To come")


class Browsing(Serving):
    """Lists and files."""

    @command(
        "event list",
        "Show the events to come",
        example="event list",
        task="event",
        visible=Visible.QUIET,
    )
    async def list_events(
        self,
        ctx: Context,
        scope: Annotated[Scope, Arg("Which ones")] = Scope.UPCOMING,
        month: Annotated[str, Arg("Of which month, such as 2027-01", max=30)] = "",
    ) -> Answer:
        """List what is to come."""
        since, until = _month(month, ctx) if month else (ctx.now, None)
        found = await self._of(ctx, scope, since, until)
        if not found:
            return Reply(t("There is nothing. Enter an event with {command}.", command=Code("event create")))
        return Reply(
            title=n("{count} event", "{count} events", len(found)),
            items=tuple(line(event, since) for event in found),
        )

    @command("event show", "Show an event", example="event show E-1", task="event", visible=Visible.QUIET)
    async def show(self, ctx: Context, event: Which) -> Answer:
        """Show an event with its next dates."""
        found = await self.find(ctx, event)
        from dataclasses import replace

        shown = replace(card(found, ctx.now), card=False)
        more: list[Field] = [Field(t("Organised by"), organiser(found))]
        mine = await self.db.read(store_people.answer_of, found.id, ctx.person.id)
        if mine is not None:
            more.append(Field(t("You"), _answered(mine)))
        own = await self.db.read(store_dates.answers, found.id, ctx.person.id)
        times = tuple(
            _time(each, own.get(each.original, {}).get(ctx.person.id))
            for each in upcoming(found, ctx.now)[:DATES_SHOWN]
        )
        return replace(shown, fields=(*shown.fields, *more), items=times if found.timing.repeat else ())

    @command(
        "event calendar",
        "Get a file for your calendar: one event, yours, or all",
        example="event calendar all",
        task="event",
        visible=Visible.QUIET,
    )
    async def calendar_file(
        self,
        ctx: Context,
        which: Annotated[str, Arg("An event's number, mine, or all", max=12, complete=complete_event)] = "all",
    ) -> Answer:
        """Return events as an iCalendar file."""
        wanted = which.strip().casefold()
        if wanted == "all":
            events: Sequence[Event] = await self.db.read(store_lists.for_calendar, ctx.community.id, ctx.now)
        elif wanted == "mine":
            mine = await self.db.read(store_lists.mine, ctx.community.id, ctx.person.id, ctx.now)
            events = await self.db.read(_own_parts, [each for each in mine if each.published_at], ctx.person.id)
        else:
            events = [await self.find(ctx, which)]
        link = await self.subscribing(ctx.community.id) if wanted == "all" else None
        if not events:
            return Reply(t("There is nothing to put into a calendar."), link=link)
        name = events[0].name if len(events) == 1 else "events"
        file = Attachment(f"{name}.ics", calendar(events, ctx.community.name), MEDIA_TYPE, t("Calendar file"))
        return Reply(
            n(
                "{count} event; open the file with your calendar.",
                "{count} events; open the file with your calendar.",
                len(events),
            ),
            files=(file,),
            link=link,
        )

    @command(
        "event people",
        "Show who comes, if you organise it",
        example="event people E-1",
        task="event",
        visible=Visible.SECRET,
    )
    async def people(
        self,
        ctx: Context,
        event: WhichOf,
        date: Annotated[str, Arg("Of a series: who comes on that day", max=60)] = "",
    ) -> Answer:
        """List those who come, to the organiser and moderators alone."""
        found = await self.find(ctx, event)
        if not self.trusted(ctx, found):
            raise Denied(t("Only who organises {number} or a moderator sees who comes.", number=found.name))
        one = await aside(on_day, found, date, asker_of(ctx)) if date.strip() else None
        if one is not None and found.timing.repeat:
            answers = await self.db.read(store_dates.who_comes, found.id, one.original)
        else:
            answers = await self.db.read(store_people.rsvps, found.id)
        lines = [t("{name}: {answer}", name=each.person.name, answer=_answered(each)) for each in answers]
        if one is None:
            lines += _once(found, await self.db.read(store_dates.answers, found.id), ctx.now)
        note = on_the_spot(one.when) if one is not None and found.timing.repeat else ""
        if not lines:
            return Reply(
                t("Nobody comes so far.") if note else t("Nobody has answered yet."), title=title(found), note=note
            )
        return Reply(title=title(found), items=tuple(lines), note=note)

    async def _of(self, ctx: Context, scope: Scope, since: datetime, until: datetime | None) -> tuple[Event, ...]:
        community_id = ctx.community.id
        if scope is Scope.MINE:
            found = await self.db.read(store_lists.mine, community_id, ctx.person.id, since)
        elif scope is Scope.WAITING:
            if ctx.level < Level.MODERATOR:
                raise Denied(t("Only moderators see what was proposed."))
            found = await self.db.read(store_lists.waiting, community_id, since)
        else:
            found = await self.db.read(store_lists.upcoming, community_id, since, until)
        return tuple(
            sorted((each for each in found if _within(each, since, until)), key=partial(_next_at, since=since))
        )


def _next_at(event: Event, since: datetime) -> datetime:
    """Return when an event takes place next, counted from a moment."""
    occurrence = current(event, since)
    return occurrence.start_at if occurrence else event.starts_at


def _within(event: Event, since: datetime, until: datetime | None) -> bool:
    return until is None or _next_at(event, since) < until


def _month(text: str, ctx: Context) -> tuple[datetime, datetime]:
    """Return when a month begins and ends: "2027-01", "1/2027", "12", "January" or "enero de 2027"."""
    zone = zone_of(ctx.zone)
    try:
        year, number = _month_in(text, ctx.now.astimezone(zone).date())
        first, last = date(year, number, 1), last_of_month(year, number)
    except (ValueError, OverflowError) as error:
        raise Invalid("month", t("Write the month like {example}.", example=Code("2027-01"))) from error
    return datetime.combine(first, time(), zone), datetime.combine(last, time(23, 59, 59), zone)


def _month_in(text: str, today: date) -> tuple[int, int]:
    if (named := coming_month(text, today)) is not None:
        return named
    parts = [int(part) for part in re.split(r"[-/. ]", text.strip())]
    if len(parts) == 1:
        return today.year + (parts[0] < today.month), parts[0]
    year, number = parts
    return (year, number) if year > number else (number, year)


def _own_parts(tx: Transaction, events: Sequence[Event], person_id: int) -> list[Event]:
    """Return events with the times alone at which somebody may come."""
    parts = (dates.own_part(tx, event, person_id) for event in events)
    return [each for each in parts if occurrences(each.timing)]


def _time(occurrence: Occurrence, own: Rsvp | None) -> Text:
    """Show one time of a series, with the asker's answer where that is another one than for the series."""
    start = t("{start}", start=occurrence.start_at)
    return start if own is None else t("{start} · {answer}", start=occurrence.start_at, answer=_answered(own))


def _once(event: Event, own: Mapping[str, Mapping[int, Rsvp]], now: datetime) -> list[Text]:
    """List who answered otherwise for single times to come."""
    return [
        t(
            "{name}: {answer} on {day}",
            name=said.person.name,
            answer=_answered(said),
            day=on_the_spot(each.when, all_day=True),
        )
        for each in upcoming(event, now)
        for said in own.get(each.original, {}).values()
    ]


def _answered(rsvp: Rsvp) -> Text:
    if rsvp.waiting:
        return t("waiting for a seat")
    if rsvp.answer is Coming.NO:
        return t("not coming")
    return t("coming") if rsvp.answer is Coming.YES else t("perhaps coming")
