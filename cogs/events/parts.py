# SPDX-License-Identifier: MIT
"""What all handlers of the cog share: its tools, whom they act for, and how an event is found by what people type."""

import asyncio
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Annotated, Any, ParamSpec, TypeVar
from urllib.parse import urlsplit

from bot.kit import (
    Arg,
    Audit,
    ChatCalendars,
    Choice,
    Context,
    Database,
    Denied,
    Http,
    Invalid,
    Level,
    OwnSettings,
    Poster,
    Provider,
    Services,
    Timers,
    TopicAnswers,
    Workspace,
    t,
)

from . import store_lists
from .model import PREFIX, Actor, Event, Occurrence
from .news import News
from .recurrence import of_original, upcoming
from .service import Service
from .settings import EventSettings
from .when import Asker
from .when.days import NEXT, NoSuchDay, read_day
from .when.vocabulary import weekdays_in

P = ParamSpec("P")
R = TypeVar("R")

_NUMBER = re.compile(rf"(?:{PREFIX}|{PREFIX[0]}|#)?\s*([0-9]{{1,9}})", re.IGNORECASE)
CHOICES_MAX = 25
LABEL_MAX = 80


class Parts:
    """The tools; every group of handlers derives from this."""

    db: Database
    poster: Poster
    timers: Timers
    http: Http
    own: OwnSettings
    topics: Provider[TopicAnswers]
    calendars: ChatCalendars
    services: Services
    workspace: Workspace
    audit: Audit
    news: News
    service: Service

    async def settings_of(self, community_id: int) -> EventSettings:
        """Return the settings of a community."""
        found = await self.own.of(self, community_id)
        return found if isinstance(found, EventSettings) else EventSettings()

    async def find(self, ctx: Context, typed: str) -> Event:
        """Return the event of a typed number; raises Invalid, NotFound, or Denied: others see what is announced."""
        found = await self.db.read(self.service.find, ctx.community.id, number_of(typed), typed.strip())
        if found.published_at is None and not self.trusted(ctx, found):
            raise Denied(t("{number} is not announced yet.", number=found.name))
        return found

    def trusted(self, ctx: Context, event: Event) -> bool:
        """Tell whether the asker organises an event, or looks after the community."""
        return ctx.level >= Level.MODERATOR or event.is_organiser(ctx.person.id)


async def complete_event(cog: Any, ctx: Context, typed: str) -> Sequence[Choice]:
    """Offer the events to come whose number or title is like what is typed."""
    found: tuple[Event, ...] = await cog.db.read(store_lists.upcoming, ctx.community.id, ctx.now)
    mine: tuple[Event, ...] = await cog.db.read(store_lists.mine, ctx.community.id, ctx.person.id, ctx.now)
    wanted = typed.strip().casefold()
    every = {event.id: event for event in (*found, *mine)}.values()
    fitting = [event for event in every if wanted in event.name.casefold() or wanted in event.title.casefold()]
    return [Choice(event.name, f"{event.name} · {event.title}"[:LABEL_MAX]) for event in fitting[:CHOICES_MAX]]


Which = Annotated[str, Arg("Its number, such as E-3", ask=True, max=12, complete=complete_event)]
WhichOf = Annotated[str, Arg("Its number, such as E-3", ask=True, max=12, complete=complete_event, word=True)]
"""The same where a day may follow on the line."""
Id = Annotated[int, Arg("The event")]


def number_of(typed: str) -> int:
    """Read "E-17", "e17", "#17" or "17"; raises Invalid."""
    found = _NUMBER.fullmatch(typed.strip())
    if found is None:
        raise Invalid("event", t("An event's number looks like E-17."))
    return int(found[1])


def actor_of(ctx: Context) -> Actor:
    """Return who acts, in this community and place."""
    home_id = ctx.home.id if ctx.home else ctx.community.first_home_id
    return Actor(ctx.community.id, home_id, ctx.person.id, Level(ctx.level), ctx.direct)


def asker_of(ctx: Context) -> Asker:
    """Return whose words about time are to be read."""
    return Asker(ctx.now, ctx.zone, ctx.locale)


def address(param: str, typed: str) -> str:
    """Return a web address as typed, without spaces around it; raises Invalid."""
    url = typed.strip()
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        host = ""
    if not host or parts.scheme not in {"http", "https"} or re.search(r"[\s<>\"]", url):
        raise Invalid(param, t("Please give a web address that begins with https://."))
    return url


def tidy(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())


async def aside(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run something slow (reading days in words, parsing a calendar) beside the chat."""
    return await asyncio.to_thread(function, *args, **kwargs)


def on_day(event: Event, text: str, asker: Asker) -> Occurrence:
    """Return the occurrence of a day; raises Invalid with the days that there are."""
    coming = upcoming(event, asker.now)
    here = replace(asker, zone=event.timing.when.zone)
    try:
        day = read_day(text, here.local.date(), asker.language, day_first=asker.day_first)
    except NoSuchDay:
        day = None
    found = next((each for each in coming if each.when.local.date() == day), None)
    if found is None and day is not None:
        found = of_original(event.timing, f"{day}T{event.timing.when.local:%H:%M}") or _next_such(
            event, coming, text, day
        )
    if found is None:
        days = ", ".join(f"{each.when.local:%Y-%m-%d}" for each in coming[:5])
        raise Invalid("date", t("It does not take place that day, but on {days}.", days=days or "–"))
    return found


def _next_such(event: Event, coming: Sequence[Occurrence], text: str, day: date) -> Occurrence | None:
    """Return the next time on a weekday named alone, where the series has none so soon and left none out."""
    named = weekdays_in(NEXT.sub(" ", text))
    if named is None or len(named) > 1 or any(each.original.startswith(str(day)) for each in event.timing.exceptions):
        return None
    return next((each for each in coming if each.when.local.weekday() == named[0]), None)
