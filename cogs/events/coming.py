# SPDX-License-Identifier: MIT
"""Saying that one comes, perhaps or not, and being reminded."""

from datetime import timedelta
from typing import Annotated

from bot.kit import Answer, Arg, Code, Context, Reply, Tone, Transaction, UserError, Visible, action, command, t

from . import attending, lifecycle, store, store_people
from .attending import Answered
from .card import title
from .lifecycle import Move
from .model import Actor, Coming, Event
from .parts import Id, Which, actor_of, aside, asker_of
from .watching import Watching
from .when import read_length

NO_REMINDER = {"off", "no", "never", "0", "-"}


class ComingAlong(Watching):
    """Answers and reminders; in a place that others read, an answer is seen by who gave it."""

    @command("event join", "Say that you come", example="event join E-1", task="event", visible=Visible.QUIET)
    async def join(self, ctx: Context, event: Which) -> Answer:
        """Take a seat, or a place on the waiting list."""
        found = await self.find(ctx, event)
        return await self._answer(ctx, found.id, Coming.YES)

    @command("event maybe", "Say that you come perhaps", example="event maybe E-1", task="event", visible=Visible.QUIET)
    async def maybe(self, ctx: Context, event: Which) -> Answer:
        """Say that one comes perhaps; that takes no seat."""
        found = await self.find(ctx, event)
        return await self._answer(ctx, found.id, Coming.MAYBE)

    @command("event leave", "Say that you do not come", example="event leave E-1", task="event", visible=Visible.QUIET)
    async def leave(self, ctx: Context, event: Which) -> Answer:
        """Give the seat back."""
        found = await self.find(ctx, event)
        return await self._withdraw(ctx, found.id)

    @action(visible=Visible.QUIET, undo="undo_join")
    async def press_join(self, ctx: Context, event_id: Id) -> Answer:
        """Take a seat, or a place on the waiting list."""
        return await self._answer(ctx, event_id, Coming.YES)

    @action(visible=Visible.QUIET, undo="undo_maybe")
    async def press_maybe(self, ctx: Context, event_id: Id) -> Answer:
        """Say that one comes perhaps."""
        return await self._answer(ctx, event_id, Coming.MAYBE)

    @action(visible=Visible.QUIET)
    async def undo_join(self, ctx: Context, event_id: Id) -> Answer:
        """Take back that one comes, unless another answer was given since."""
        return await self._withdraw(ctx, event_id, Coming.YES)

    @action(visible=Visible.QUIET)
    async def undo_maybe(self, ctx: Context, event_id: Id) -> Answer:
        """Take back that one comes perhaps, unless another answer was given since."""
        return await self._withdraw(ctx, event_id, Coming.MAYBE)

    @action(visible=Visible.QUIET)
    async def press_leave(self, ctx: Context, event_id: Id) -> Answer:
        """Give the seat back."""
        return await self._withdraw(ctx, event_id)

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

    async def _answer(self, ctx: Context, event_id: int, coming: Coming) -> Reply:
        def write(tx: Transaction, actor: Actor) -> Answered:
            return self._renewed(tx, attending.answer(tx, self.service, actor, event_id, coming))

        return said(await self.db.write(write, actor_of(ctx)))

    async def _withdraw(self, ctx: Context, event_id: int, only: Coming | None = None) -> Reply:
        def write(tx: Transaction, actor: Actor) -> Answered:
            return self._renewed(tx, attending.withdraw(tx, self.service, actor, event_id, only))

        answered = await self.db.write(write, actor_of(ctx))
        if answered.coming is None and answered.before is None:
            raise UserError(t("You had not said that you come to {number}.", number=answered.event.name))
        return said(answered)

    def _renewed(self, tx: Transaction, answered: Answered) -> Answered:
        """Let the cards follow at the next beat."""
        if answered.before is not answered.coming:
            event = answered.event
            key, payload = str(event.id), {"event_id": event.id}
            self.timers.set(tx, self.renew_card, event.community_id, key, attending.next_beat(tx.now), payload)
        return answered


def said(answered: Answered) -> Reply:
    """Say what now holds."""
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
        tone=Tone.GOOD,
    )
