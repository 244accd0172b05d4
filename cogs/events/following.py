# SPDX-License-Identifier: MIT
"""Following other calendars: politely, in turn, with one word to the moderators when one is gone."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import uuid4

from bot.kit import (
    Answer,
    Arg,
    Choice,
    Code,
    Context,
    Invalid,
    Level,
    Reply,
    Tone,
    Transaction,
    UserError,
    Visible,
    command,
    n,
    t,
)

from . import intake, store_feeds, store_lists
from .card import card
from .feeds import Feed, FeedKind, FeedTrouble, Reading, fetch, kind_of, tidy_address
from .intake import Taken
from .parts import LABEL_MAX, actor_of, address
from .settings import EventSettings
from .watching import Watching


async def complete_feed(cog: Any, ctx: Context, typed: str) -> Sequence[Choice]:
    """Offer the calendars that are followed."""
    feeds: tuple[Feed, ...] = await cog.db.read(store_feeds.of_community, ctx.community.id)
    wanted = typed.casefold()
    fitting = [feed for feed in feeds if wanted in feed.address.casefold() or wanted in feed.name.casefold()]
    return [Choice(feed.address, feed.name[:LABEL_MAX]) for feed in fitting[:25]]


Address = Annotated[
    str, Arg("A calendar's address, a registration's number or page, or a Dashboard course", ask=True, max=500)
]


class Following(Watching):
    """Feeds of a community."""

    @command(
        "event follow",
        "Follow another calendar; its events are proposed to the moderators",
        level=Level.MODERATOR,
        example="event follow https://diff.wikimedia.org/calendar/?ical=1",
        task="event",
        visible=Visible.QUIET,
    )
    async def follow(
        self,
        ctx: Context,
        address: Address,
        direct: Annotated[bool | None, Arg("Announce its events without asking")] = None,
    ) -> Answer:
        """Look at the calendar at once, and from then on in turn."""
        settings = await self.settings_of(ctx.community.id)
        feed = _unsaved(ctx, address, direct=settings.feeds_direct if direct is None else direct)
        await ctx.progress(t("I look at the calendar."))
        reading = await self._look(ctx, feed, settings)

        def write(tx: Transaction) -> tuple[Feed, Taken]:
            saved = store_feeds.add(
                tx, actor_of(ctx), feed.kind, feed.address, reading.name or feed.address, direct=feed.direct
            )
            taken = intake.take(tx, self.service, saved, reading.entries or (), settings)
            store_feeds.fared_well(tx, saved, reading, settings.feed_hours)
            self.plan_feeds(tx, ctx.community.id)
            return saved, taken

        saved, taken = await self.db.write(write)
        return followed(saved, taken, reading)

    @command(
        "event unfollow",
        "Follow a calendar no longer",
        level=Level.MODERATOR,
        example="event unfollow https://diff.wikimedia.org/calendar/?ical=1",
        task="event",
        visible=Visible.QUIET,
    )
    async def unfollow(
        self, ctx: Context, address: Annotated[str, Arg("Which calendar", ask=True, max=500, complete=complete_feed)]
    ) -> Answer:
        """Forget a calendar; its events stay."""
        if await self.db.write(store_feeds.drop, ctx.community.id, tidy_address(address)):
            return Reply(t("I follow it no longer. Its events stay."), tone=Tone.GOOD)
        feeds = await self.db.read(store_feeds.of_community, ctx.community.id)
        return Reply(
            t("I do not follow that. These are followed:") if feeds else t("No calendar is followed here."),
            items=tuple(t("{name}: {address}", name=each.name, address=Code(each.address)) for each in feeds),
        )

    @command(
        "event import",
        "Take one event over from outside, to be announced here",
        level=Level.ORGANISER,
        example="event import 1234",
        task="event",
        visible=Visible.QUIET,
    )
    async def import_event(self, ctx: Context, address: Address) -> Answer:
        """Take over one event as a draft, for who imports it to announce."""
        settings = await self.settings_of(ctx.community.id)
        reading = await self._look(ctx, _unsaved(ctx, address, direct=False), settings)
        coming = [each for each in reading.entries or () if each.timing.when.at + each.timing.length > ctx.now]
        if not coming:
            raise UserError(t("Nothing that is to come is there."))
        if len(coming) > 1:
            raise UserError(
                t(
                    "{count} events are there. Follow the calendar instead: {command}.",
                    count=len(coming),
                    command=Code("event follow"),
                )
            )
        entry = coming[0]
        known = await self.db.read(
            store_lists.same, ctx.community.id, entry.content.title, entry.timing.when.at, drafts=True
        )
        if known is not None:
            raise UserError(t("{number} is that event already.", number=known.name))
        uid = f"{entry.uid}#{uuid4().hex[:8]}"
        event = await self.db.write(self.service.create, actor_of(ctx), entry.content, entry.timing, uid)
        from dataclasses import replace

        return replace(
            card(event, ctx.now),
            card=False,
            note=t("Nobody has heard of it yet. {command} announces it.", command=Code(f"event announce {event.name}")),
        )

    async def _look(self, ctx: Context, feed: Feed, settings: EventSettings) -> Reading:
        try:
            return await fetch(self.http, self.services, feed, ctx.now, settings.feed_days, ctx.community.zone)
        except FeedTrouble as trouble:
            raise Invalid("address", trouble.text) from trouble


def _unsaved(ctx: Context, typed: str, *, direct: bool) -> Feed:
    where = tidy_address(typed)
    kind = kind_of(where)
    if kind is not FeedKind.REGISTRATION or not where.isdecimal():
        where = address("address", where)
    home_id = ctx.home.id if ctx.home else ctx.community.first_home_id
    return Feed(0, ctx.community.id, home_id, kind, where, where, direct)


def followed(feed: Feed, taken: Taken, reading: Reading) -> Reply:
    """Say what following a calendar brought at once."""
    words = (
        n("{count} event is announced.", "{count} events are announced.", taken.new)
        if feed.direct
        else n(
            "{count} event is proposed to the moderators.", "{count} events are proposed to the moderators.", taken.new
        )
    )
    notes = (
        n("{count} entry made no sense.", "{count} entries made no sense.", reading.unread) if reading.unread else ""
    )
    if taken.left:
        notes = n("{count} more follows next time.", "{count} more follow next time.", taken.left)
    return Reply(words, title=t("I follow {name}", name=feed.name), note=notes, tone=Tone.GOOD)
