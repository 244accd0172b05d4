# SPDX-License-Identifier: MIT
"""Entering an event: read, shown as everybody will see it, and announced only when its organiser says so."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated, Any
from uuid import uuid4

from bot.kit import (
    Answer,
    Arg,
    Button,
    Choice,
    Code,
    Context,
    Invalid,
    Level,
    Reply,
    Tone,
    Visible,
    action,
    command,
    n,
    t,
)

from . import store
from .card import card, on_the_spot
from .model import Content, Event, State, Timing
from .parts import Id, Parts, Which, actor_of, address, aside, asker_of, tidy
from .recurrence import occurrences
from .rhythms import read_repeat
from .when import Asker, NoDay, apart, canonical, is_time, parted, possible, read_length, read_time, with_hour

TITLE_MAX = 150
WORDS_MAX = 2_000
USUAL = "2h"
"""How long an event takes when nobody says it."""


async def complete_start(cog: Any, ctx: Context, typed: str) -> Sequence[Choice]:
    """Offer what a time can mean, with weekday and zone."""
    del cog
    found = await aside(possible, typed, asker_of(ctx))
    return [Choice(canonical(when), on_the_spot(when)) for when in found]


Start = Annotated[
    str, Arg("When it starts, such as Friday 2pm or 2027-01-15 18:00", ask=True, max=100, complete=complete_start)
]


Hour = Annotated[str, Arg("The hour, where the start is a day alone", max=40)]


def until(start: str, duration: str) -> str:
    """Return how long something takes, from its start ("Friday 6-8pm") where nothing else is said."""
    end = parted(start).end
    return f"until {end}" if end and duration in {"", USUAL} else duration


def told_apart(title: str, start: str, duration: str, asker: Asker) -> tuple[str, str, str]:
    """Give the words before a time to the title: who types several without quotes means all of them.

    A quoted time behind them, which was taken for the duration, is the start. Raises Invalid where no time stands there
    and says how the title is to be typed then.
    """
    try:
        read_time(start, asker)
    except NoDay as error:
        whole = f"{title} {start}"
        if " " in title.strip():
            return title, start, duration
        if duration != USUAL and is_time(duration, asker) and len(whole) <= TITLE_MAX:
            return whole, duration, USUAL
        if (found := apart(start, asker)) is not None and len(title) + len(found[0]) < TITLE_MAX:
            return f"{title} {found[0]}", found[1], duration
        words = t(
            "{problem} If that belongs to the title, put the title in quotes: {command}.",
            problem=error.text,
            command=Code('event create "Spring edit-a-thon" "Friday 2pm"'),
        )
        raise Invalid(error.param, words) from error
    except Invalid:
        pass  # it is a time, if not a fitting one, and is asked about where it is read
    return title, start, duration


class Creating(Parts):
    """Entering, previewing and announcing."""

    @command(
        "event create",
        "Enter an edit-a-thon or a meeting",
        example='event create "Wiki at the library" "2027-01-15 18:00"',
        task="event",
        visible=Visible.QUIET,
    )
    async def create(
        self,
        ctx: Context,
        title: Annotated[str, Arg("What it is called", min=3, max=TITLE_MAX, ask=True)],
        start: Start,
        duration: Annotated[str, Arg("How long, such as 2h, or until 20:00", ask=True, max=40)] = USUAL,
        where: Annotated[str, Arg("The place, or online", ask=True, max=300)] = "",
        link: Annotated[str, Arg("The event page or the meeting room", ask=True, max=500)] = "",
        description: Annotated[str, Arg("What happens there", long=True, max=WORDS_MAX)] = "",
        language: Annotated[str, Arg("The language spoken there", max=40)] = "",
        repeats: Annotated[str, Arg("Such as weekly, or monthly until 2027-06-30", max=80)] = "",
        capacity: Annotated[int | None, Arg("How many seats there are", min=1, max=100_000)] = None,
        cover: Annotated[str, Arg("The address of a picture", max=500)] = "",
        hour: Hour = "",
    ) -> Answer:
        """Read everything, keep it as a draft, and show it as it will be announced."""
        asker = asker_of(ctx)
        title, start, duration = await aside(told_apart, title, start, duration, asker)
        start = await aside(with_hour, start, hour, asker)
        when = await aside(read_time, start, asker)
        minutes = await aside(read_length, until(start, duration), when, asker)
        repeat = await aside(read_repeat, repeats, when, asker)
        content = Content(
            title=tidy(title),
            description=description.strip(),
            location=tidy(where),
            link=address("link", link),
            cover=address("cover", cover),
            language=tidy(language),
            capacity=capacity,
        )
        timing = Timing(when, minutes, repeat=repeat)
        uid = f"{uuid4()}@refdesk"
        event = await self.db.write(self.service.create, actor_of(ctx), content, timing, uid)
        return await self._preview(ctx, event)

    @command(
        "event announce",
        "Announce an event that you entered, or see how that looks",
        example="event announce E-1 preview=yes",
        task="event",
        visible=Visible.QUIET,
    )
    async def announce(
        self,
        ctx: Context,
        event: Which,
        preview: Annotated[bool, Arg("Only show how it looks")] = False,
    ) -> Answer:
        """Announce an event, or show its preview."""
        found = await self.find(ctx, event)
        if preview or found.state is State.PUBLISHED:
            return await self._preview(ctx, found)
        return await self._announced(ctx, found.id)

    @action(visible=Visible.QUIET)
    async def press_announce(self, ctx: Context, event_id: Id) -> Answer:
        """Announce what was entered or proposed."""
        return await self._announced(ctx, event_id)

    @action(visible=Visible.QUIET)
    async def press_dismiss(self, ctx: Context, event_id: Id) -> Answer:
        """Let nobody hear of it."""
        event = await self.db.write(self.service.dismiss, actor_of(ctx), event_id)
        return Reply(t("{number} is dismissed. Nobody hears of it.", number=event.name))

    async def _announced(self, ctx: Context, event_id: int) -> Reply:
        actor, settings = actor_of(ctx), await self.settings_of(ctx.community.id)
        event = await self.db.read(store.at_hand, actor, event_id)
        may = ctx.level >= Level.ORGANISER or settings.members_announce
        if event.state is State.DRAFT and event.is_organiser(actor.person_id) and not may:
            why = t("{name} would like to announce this.", name=ctx.person)
            event, places = await self.db.write(self.service.propose, actor, event_id, why)
            return proposed(event, places)
        event, places = await self.db.write(self.service.publish, actor, event_id, settings)
        return announced(event, places)

    async def _preview(self, ctx: Context, event: Event) -> Reply:
        shown = replace(card(event, ctx.now), card=False, note="")
        if event.state is not State.DRAFT:
            return shown
        note = t("Nobody has heard of it yet. Is the day right, the hour, the time zone?")
        if event.timing.repeat:
            count = len(occurrences(event.timing))
            note = n(
                "Nobody has heard of it yet. It takes place {count} time.",
                "Nobody has heard of it yet. It takes place {count} times.",
                count,
            )
        settings = await self.settings_of(ctx.community.id)
        may = ctx.level >= Level.ORGANISER or settings.members_announce
        label = t("Announce it") if may else t("Propose it to the moderators")
        return replace(
            shown,
            note=note,
            buttons=(
                Button(label, self.press_announce, event.id, emoji="✅"),
                Button(t("Discard it"), self.press_dismiss, event.id, emoji="✖️"),
            ),
        )


def announced(event: Event, places: int) -> Reply:
    """Say where an event is announced."""
    if not places:
        return Reply(
            t(
                "{number} is in the calendar. No channel for announcements is chosen yet: see {command}.",
                number=event.name,
                command=Code("settings channel announcements"),
            ),
            tone=Tone.WARNING,
        )
    return Reply(
        n(
            "I announce {number} in {count} place and remind people in time.",
            "I announce {number} in {count} places and remind people in time.",
            places,
            number=event.name,
        ),
        tone=Tone.GOOD,
    )


def proposed(event: Event, places: int) -> Reply:
    """Say that a moderator decides."""
    if not places:
        return Reply(
            t(
                "{number} waits for a moderator, who sees it with {command}.",
                number=event.name,
                command=Code("event list waiting"),
            ),
            tone=Tone.WARNING,
        )
    return Reply(t("I passed {number} on to the moderators.", number=event.name), tone=Tone.GOOD)
