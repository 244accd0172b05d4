# SPDX-License-Identifier: MIT
"""Saying that one comes, perhaps or not, to a series or to one time of it, and being reminded."""

from datetime import timedelta
from typing import Annotated

from bot.kit import Answer, Arg, Code, Context, Reply, Tone, Transaction, UserError, Visible, action, command, t

from . import attending, lifecycle, store, store_people
from .attending import Answered
from .card import on_the_spot, still_full, title
from .lifecycle import Move
from .model import Actor, Coming, Event, Occurrence
from .parts import Id, Which, WhichOf, actor_of, aside, asker_of, on_day
from .watching import Watching
from .when import read_length

OneDay = Annotated[str, Arg("Of a series: the day that you mean; without it, all of them", max=60)]
Time = Annotated[str, Arg("Of a series: which", max=16)]
NO_REMINDER = {"off", "no", "never", "0", "-"}


class ComingAlong(Watching):
    """Answers and reminders; in a place that others read, an answer is seen by who gave it."""

    @command("event join", "Say that you come", example="event join E-1", task="event", visible=Visible.QUIET)
    async def join(self, ctx: Context, event: WhichOf, date: OneDay = "") -> Answer:
        """Take a seat, or a place on the waiting list."""
        return await self._answer(ctx, *await self._named(ctx, event, date), Coming.YES)

    @command("event maybe", "Say that you come perhaps", example="event maybe E-1", task="event", visible=Visible.QUIET)
    async def maybe(self, ctx: Context, event: WhichOf, date: OneDay = "") -> Answer:
        """Say that one comes perhaps; that takes no seat."""
        return await self._answer(ctx, *await self._named(ctx, event, date), Coming.MAYBE)

    @command("event leave", "Say that you do not come", example="event leave E-1", task="event", visible=Visible.QUIET)
    async def leave(self, ctx: Context, event: WhichOf, date: OneDay = "") -> Answer:
        """Give the seat back."""
        return await self._answer(ctx, *await self._named(ctx, event, date), Coming.NO)

    @action(visible=Visible.QUIET, undo="undo_join")
    async def press_join(self, ctx: Context, event_id: Id, original: Time = "") -> Answer:
        """Take a seat, or a place on the waiting list."""
        return await self._answer(ctx, event_id, original, Coming.YES)

    @action(visible=Visible.QUIET, undo="undo_maybe")
    async def press_maybe(self, ctx: Context, event_id: Id, original: Time = "") -> Answer:
        """Say that one comes perhaps."""
        return await self._answer(ctx, event_id, original, Coming.MAYBE)

    @action(visible=Visible.QUIET)
    async def undo_join(self, ctx: Context, event_id: Id, original: Time = "") -> Answer:
        """Take back that one comes, unless another answer was given since."""
        return await self._withdraw(ctx, event_id, original, Coming.YES)

    @action(visible=Visible.QUIET)
    async def undo_maybe(self, ctx: Context, event_id: Id, original: Time = "") -> Answer:
        """Take back that one comes perhaps, unless another answer was given since."""
        return await self._withdraw(ctx, event_id, original, Coming.MAYBE)

    @action(visible=Visible.QUIET)
    async def press_leave(self, ctx: Context, event_id: Id, original: Time = "") -> Answer:
        """Give the seat back."""
        return await self._answer(ctx, event_id, original, Coming.NO)

    @command(
        "event remind",
        "Be reminded of an event, in private",
        example="event remind E-1 2h",
        task="event",
        visible=Visible.QUIET,
    )
    async def remind(
        self,
        ctx: Context,
        event: Which,
        before: Annotated[str, Arg("How long before, such as 2h or 1 day; off ends it", ask=True, max=40)],
    ) -> Answer:
        """Set the asker's own reminder, or take it back."""
        found = await self.find(ctx, event)
        lifecycle.check(found, Move.COME, actor_of(ctx), ctx.now)
        settings = await self.settings_of(ctx.community.id)
        minutes: int | None = None
        if before.strip().casefold() not in NO_REMINDER:
            minutes = await aside(read_length, before, found.timing.when, asker_of(ctx), "before")

        def remember(tx: Transaction) -> Event:
            store_people.remind(tx, found.id, ctx.person.id, minutes)
            event_now = store.get(tx, found.community_id, found.id)
            self.service.plan(tx, event_now, settings)
            return event_now

        await self.db.write(remember)
        if minutes is None:
            return Reply(t("I do not remind you of {number} any more.", number=found.name))
        return Reply(
            t(
                "I remind you of {number} in private, {span} before. {command} ends it.",
                number=found.name,
                span=timedelta(minutes=minutes),
                command=Code(f"event remind {found.name} off"),
            ),
            tone=Tone.GOOD,
        )

    async def _named(self, ctx: Context, event: str, date: str) -> tuple[int, str]:
        """Return which event people mean, and which time of it; "" for all of them."""
        found = await self.find(ctx, event)
        if not date.strip():
            return found.id, ""
        return found.id, (await aside(on_day, found, date, asker_of(ctx))).original

    async def _answer(self, ctx: Context, event_id: int, original: str, coming: Coming) -> Reply:
        def write(tx: Transaction, actor: Actor) -> Answered:
            return self._renewed(tx, attending.answer_once(tx, self.service, actor, event_id, original, coming))

        return _noted(await self.db.write(write, actor_of(ctx)))

    async def _withdraw(self, ctx: Context, event_id: int, original: str, only: Coming) -> Reply:
        def write(tx: Transaction, actor: Actor) -> Answered:
            return self._renewed(tx, attending.withdraw_once(tx, self.service, actor, event_id, original, only))

        return _noted(await self.db.write(write, actor_of(ctx)))

    def _renewed(self, tx: Transaction, answered: Answered) -> Answered:
        """Let the cards follow at the next beat."""
        if answered.before is not answered.coming:
            event = answered.event
            key, payload = str(event.id), {"event_id": event.id}
            self.timers.set(tx, self.renew_card, event.community_id, key, attending.next_beat(tx.now), payload)
        return answered


def _noted(answered: Answered) -> Reply:
    """Say what now holds; raises UserError for somebody who takes back what they never said."""
    if answered.coming is None and answered.before is None and answered.usual is None:
        raise UserError(t("You had not said that you come to {number}.", number=answered.event.name))
    return said(answered) if answered.occurrence is None else said_once(answered, answered.occurrence)


def said(answered: Answered) -> Reply:
    """Say what now holds of an event."""
    event = answered.event
    if answered.coming is None:
        return Reply(t("I noted that you do not come."), title=title(event))
    if answered.coming is Coming.MAYBE:
        return Reply(t("I noted that you come perhaps. I tell you when something changes."), title=title(event))
    if answered.waiting:
        return Reply(
            t("All seats are taken. You are on the waiting list, and I tell you when one becomes free."),
            title=title(event),
            tone=Tone.WARNING,
        )
    return Reply(
        t(
            "You come. I tell you when something changes; {command} reminds you.",
            command=Code(f"event remind {event.name}"),
        ),
        title=title(event),
        fields=still_full(answered.full),
        tone=Tone.GOOD,
    )


def said_once(answered: Answered, occurrence: Occurrence) -> Reply:
    """Say what now holds of one time of a series, and how to answer for all of them."""
    event, day = answered.event, on_the_spot(occurrence.when, all_day=True)
    if answered.coming is None:
        words = t("I noted that you do not come on {day}.", day=day)
        more = t("The other times you come. {command} is for all of them.", command=Code(f"event leave {event.name}"))
        return Reply(words, title=title(event), note=more if answered.usual is Coming.YES else "")
    if answered.coming is Coming.MAYBE:
        return Reply(t("I noted that you come perhaps on {day}.", day=day), title=title(event))
    if answered.waiting:
        words = t(
            "All seats are taken on {day}. You are on the waiting list, and I tell you when one becomes free.", day=day
        )
        return Reply(words, title=title(event), tone=Tone.WARNING)
    more = t("That is for this one time. {command} is for all of them.", command=Code(f"event join {event.name}"))
    return Reply(
        t("You come on {day}. I tell you when something changes.", day=day),
        title=title(event),
        note="" if answered.usual is Coming.YES else more,
        tone=Tone.GOOD,
    )
