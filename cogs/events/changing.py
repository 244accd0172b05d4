# SPDX-License-Identifier: MIT
"""Changing what was entered: words, times, single occurrences of a series, or that it takes place at all."""

from datetime import UTC, datetime
from typing import Annotated

from bot.kit import (
    Answer,
    Arg,
    Button,
    Confirm,
    Context,
    Field,
    Invalid,
    Reply,
    Text,
    Tone,
    Transaction,
    UserError,
    Visible,
    action,
    command,
    t,
)

from . import lifecycle, store
from .card import on_the_spot, title
from .creating import TITLE_MAX, WORDS_MAX, Hour, Start, until
from .lifecycle import Move
from .model import Content, Event, Repeat
from .parts import Id, Parts, Which, actor_of, address, aside, asker_of, on_day, tidy
from .recurrence import upcoming
from .rhythms import read_repeat
from .when import of_moment, of_text, read_length, read_time, with_hour

CLEAR = "-"
"""What one types to take a part of an event away."""


class Changing(Parts):
    """Editing, moving, skipping, cancelling."""

    @command(
        "event edit",
        "Change what is said of an event; - takes a part away",
        example='event edit E-1 where="Reading room"',
        task="event",
        visible=Visible.QUIET,
    )
    async def edit(
        self,
        ctx: Context,
        event: Which,
        title: Annotated[str, Arg("What it is called", max=TITLE_MAX)] = "",
        where: Annotated[str, Arg("The place, or online", max=300)] = "",
        link: Annotated[str, Arg("The event page or the meeting room", max=500)] = "",
        description: Annotated[str, Arg("What happens there", long=True, max=WORDS_MAX)] = "",
        language: Annotated[str, Arg("The language spoken there", max=40)] = "",
        capacity: Annotated[int | None, Arg("How many seats there are; 0: as many as come", min=0, max=100_000)] = None,
        cover: Annotated[str, Arg("The address of a picture", max=500)] = "",
        dashboard: Annotated[str, Arg("The address of its page on the Dashboard", max=500)] = "",
        hashtag: Annotated[str, Arg("The hashtag of its edits, such as 1lib1ref", max=60)] = "",
        repeats: Annotated[str, Arg("How it repeats from the next time on, such as weekly; - ends it", max=80)] = "",
    ) -> Answer:
        """Change the parts that are given."""
        found = await self.find(ctx, event)
        repeat = await self._rhythm(ctx, found, repeats) if repeats else None
        old = found.content
        content = Content(
            title=tidy(title) or old.title,
            description=_new(old.description, description.strip()),
            location=_new(old.location, tidy(where)),
            link=_new(old.link, link, "link"),
            cover=_new(old.cover, cover, "cover"),
            language=_new(old.language, tidy(language)),
            dashboard=_new(old.dashboard, dashboard, "dashboard"),
            hashtag=_new(old.hashtag, tidy(hashtag).lstrip("#＃")),
            capacity=old.capacity if capacity is None else capacity or None,
        )
        if content == old and repeat is None:
            raise Invalid("title", t("Say what is to change, such as the title or where it takes place."))
        settings, actor = await self.settings_of(ctx.community.id), actor_of(ctx)

        def write(tx: Transaction) -> Event:
            event_now = found if content == old else self.service.edit(tx, actor, found.id, content, settings)
            return event_now if repeat is None else self.service.repeat(tx, actor, found.id, repeat, settings)

        changed = await self.db.write(write)
        if changed.published_at is None:
            return Reply(t("{number} is changed.", number=changed.name), tone=Tone.GOOD)
        return Reply(t("{number} is changed, wherever it was announced.", number=changed.name), tone=Tone.GOOD)

    async def _rhythm(self, ctx: Context, event: Event, typed: str) -> Repeat:
        """Read how an event is to repeat from its next time on; raises Invalid, also where it does so already."""
        lifecycle.check(event, Move.EDIT, actor_of(ctx), ctx.now)
        coming = upcoming(event, ctx.now)
        base = of_text(coming[0].original, event.timing.when.zone) if coming else event.timing.when
        repeat = Repeat() if typed.strip() == CLEAR else await aside(read_repeat, typed, base, asker_of(ctx))
        if repeat == event.timing.repeat:
            raise Invalid("repeats", t("It repeats like that already."))
        return repeat

    @command(
        "event move",
        "Let an event, or one of a series, take place at another time",
        example='event move E-1 "2027-01-16 18:00"',
        task="event",
        visible=Visible.QUIET,
    )
    async def move(
        self,
        ctx: Context,
        event: Which,
        start: Start,
        date: Annotated[str, Arg("Of a series: the day of the one to move; without it all are moved", max=60)] = "",
        duration: Annotated[str, Arg("How long it takes then", max=40)] = "",
        hour: Hour = "",
    ) -> Answer:
        """Show the new time, and move the event when its organiser agrees."""
        found = await self.find(ctx, event)
        lifecycle.check(found, Move.EDIT, actor_of(ctx), ctx.now)
        asker = asker_of(ctx)
        start = await aside(with_hour, start, hour, asker)
        when = await aside(read_time, start, asker)
        length = until(start, duration)
        minutes = (await aside(read_length, length, when, asker)) if length else 0
        one = await aside(on_day, found, date, asker) if date else None
        before = one or next(iter(upcoming(found, ctx.now)), None)
        return Reply(
            t("Is this right?") if found.published_at is None else t("Everybody who comes is told. Is this right?"),
            title=title(found),
            fields=(
                *((Field(t("Before"), on_the_spot(before.when)),) if before else ()),
                Field(t("From now on"), on_the_spot(when)),
                Field(t("For you"), t("{start}", start=when.at)),
            ),
            buttons=(
                Button(
                    t("Move it"),
                    self.press_move,
                    found.id,
                    int(when.at.timestamp()),
                    one.original if one else "",
                    minutes,
                ),
            ),
        )

    @action(visible=Visible.QUIET)
    async def press_move(
        self,
        ctx: Context,
        event_id: Id,
        stamp: Annotated[int, Arg("When it starts")],
        original: Annotated[str, Arg("Of a series: which", max=16)] = "",
        minutes: Annotated[int, Arg("How long it takes")] = 0,
    ) -> Answer:
        """Move an event to the time that was shown."""
        settings = await self.settings_of(ctx.community.id)
        zone = (await self.db.read(_zone_of, event_id)) or ctx.zone
        when = of_moment(datetime.fromtimestamp(stamp, UTC), zone)
        changed = await self.db.write(
            self.service.move, actor_of(ctx), event_id, when, settings, minutes=minutes or None, original=original
        )
        if changed.published_at is None:
            return Reply(t("{number} is moved.", number=changed.name), tone=Tone.GOOD)
        return Reply(t("{number} is moved; I tell everybody who comes.", number=changed.name), tone=Tone.GOOD)

    @command(
        "event skip",
        "Leave one occurrence of a series out",
        example="event skip E-1 2027-01-15",
        task="event",
        visible=Visible.QUIET,
    )
    async def skip(
        self,
        ctx: Context,
        event: Which,
        date: Annotated[str, Arg("The day of the one to leave out", ask=True, max=60)],
        reason: Annotated[str, Arg("Why, for those who come", max=300)] = "",
    ) -> Answer:
        """Leave one occurrence out once that is confirmed."""
        found = await self.find(ctx, event)
        lifecycle.check(found, Move.EDIT, actor_of(ctx), ctx.now)
        if not found.timing.repeat:
            raise UserError(t("{number} takes place once. Cancel it instead.", number=found.name))
        one = await aside(on_day, found, date, asker_of(ctx))
        if not ctx.confirmed:
            day = on_the_spot(one.when)
            if found.published_at is None:
                return Confirm(t("It does not take place on {when}. Is this right?", when=day))
            return Confirm(t("It does not take place on {when}. Tell everybody who comes?", when=day))
        settings = await self.settings_of(ctx.community.id)
        await self.db.write(self.service.skip, actor_of(ctx), found.id, one.original, tidy(reason), settings)
        return Reply(t("Done: {number} is left out that day.", number=found.name), tone=Tone.GOOD)

    @command(
        "event cancel",
        "Cancel an event, or the whole of a series",
        example='event cancel E-1 "The library is closed"',
        task="event",
        visible=Visible.QUIET,
    )
    async def cancel(
        self,
        ctx: Context,
        event: Which,
        reason: Annotated[str, Arg("Why, for those who come", ask=True, min=3, max=300)],
    ) -> Answer:
        """Cancel an event once that is confirmed."""
        found = await self.find(ctx, event)
        lifecycle.check(found, Move.CANCEL, actor_of(ctx), ctx.now)
        if not ctx.confirmed:
            return Confirm(_last_words(found), yes=t("Cancel the event"), no=t("Keep it"))
        settings = await self.settings_of(ctx.community.id)
        event_now = await self.db.write(self.service.cancel, actor_of(ctx), found.id, tidy(reason), settings)
        if event_now.published_at is None:
            return Reply(t("{number} is cancelled. It was never announced.", number=event_now.name))
        return Reply(t("{number} is cancelled; I tell everybody who comes.", number=event_now.name))


def _last_words(event: Event) -> Text:
    """Say what cancelling does; of what was never announced nobody needs to hear."""
    if event.published_at is None:
        return t("{title} is not announced yet, and will be cancelled for good. Go on?", title=title(event))
    return t("{title} will be cancelled for good, and everybody who comes is told. Go on?", title=title(event))


def _new(old: str, typed: str, param: str = "") -> str:
    if not typed:
        return old
    if typed.strip() == CLEAR:
        return ""
    return address(param, typed) if param else typed


def _zone_of(tx: Transaction, event_id: int) -> str:
    found = store.find(tx, event_id)
    return found.timing.when.zone if found else ""
