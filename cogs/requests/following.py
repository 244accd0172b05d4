# SPDX-License-Identifier: MIT
"""Hearing of requests: following one, and subscribing to a kind or a language."""

from typing import Annotated

from bot.kit import Answer, Arg, Code, Context, Level, Reply, Text, Tone, Transaction, Visible, action, command, t

from . import store, store_following
from .languages import complete_language, language_code
from .model import Actor, Request, SourceKind
from .parts import Id, Number, Parts, actor_of
from .store_following import Subscription

Private = Annotated[bool, Arg("Whether I tell you in private instead of here")]


class Following(Parts):
    """Followers and subscribers."""

    @command(
        "request follow",
        "Hear of each change of a request",
        example="request follow R-1",
        task="request",
        visible=Visible.QUIET,
    )
    async def follow(self, ctx: Context, number: Number, private: Private = False) -> Answer:
        """Let the asker hear of each change."""
        request = await self.find(ctx, number)
        return await self._followed(ctx, request.id, private=private)

    @action(visible=Visible.QUIET, undo="press_unfollow")
    async def press_follow(self, ctx: Context, request_id: Id) -> Answer:
        """Let whoever presses hear of each change, in private."""
        return await self._followed(ctx, request_id, private=True)

    @command(
        "request unfollow",
        "Hear no more of a request",
        example="request unfollow R-1",
        task="request",
        visible=Visible.QUIET,
    )
    async def unfollow(self, ctx: Context, number: Number) -> Answer:
        """Let the asker hear no more."""
        request = await self.find(ctx, number)
        return await self._unfollowed(ctx, request)

    @action(visible=Visible.QUIET)
    async def press_unfollow(self, ctx: Context, request_id: Id) -> Answer:
        """Let whoever takes a press back hear no more."""
        return await self._unfollowed(ctx, await self.db.read(store.at_hand, actor_of(ctx), request_id))

    async def _unfollowed(self, ctx: Context, request: Request) -> Reply:
        if await self.db.write(store_following.unfollow, request.id, ctx.person.id):
            return Reply(t("You hear no more of {number}.", number=request.name))
        if request.is_asker(ctx.person.id) and not (request.anonymous and ctx.overheard):
            return Reply(t("It is your own request: you hear of each change anyway."))
        return Reply(t("You do not follow {number}.", number=request.name))

    @command(
        "request subscribe",
        "Hear of new requests of a sort or language",
        level=Level.LIBRARIAN,
        example="request subscribe newspaper",
        task="request",
        visible=Visible.QUIET,
    )
    async def subscribe(
        self,
        ctx: Context,
        kind: Annotated[SourceKind | None, Arg("Of which sort")] = None,
        language: Annotated[str, Arg("In which language", max=35, complete=complete_language)] = "",
    ) -> Answer:
        """Subscribe, or show what one subscribed to."""
        actor, code = actor_of(ctx), language_code(language)
        if kind is not None or code:
            await self.db.write(store_following.subscribe, actor, kind, code)
        return subscribed(await self.db.read(store_following.subscriptions, actor))

    @command(
        "request unsubscribe",
        "End what you subscribed to",
        example="request unsubscribe newspaper",
        task="request",
        visible=Visible.QUIET,
    )
    async def unsubscribe(
        self,
        ctx: Context,
        kind: Annotated[SourceKind | None, Arg("Of which sort")] = None,
        language: Annotated[str, Arg("In which language", max=35, complete=complete_language)] = "",
    ) -> Answer:
        """End one subscription, or all."""
        actor = actor_of(ctx)
        await self.db.write(store_following.unsubscribe, actor, kind, language_code(language))
        return subscribed(await self.db.read(store_following.subscriptions, actor))

    async def _followed(self, ctx: Context, request_id: int, *, private: bool) -> Reply:
        request = await self.db.write(_follow, actor_of(ctx), request_id, private or ctx.direct)
        # Where others see the answer it must not tell who asked anonymously.
        if request.is_asker(ctx.person.id) and not (request.anonymous and ctx.overheard):
            return Reply(t("It is your own request: you hear of each change anyway."))
        return Reply(
            t(
                "You follow {number} and hear of each change. {command} ends it.",
                number=request.name,
                command=Code(f"request unfollow {request.name}"),
            ),
            tone=Tone.GOOD,
        )


def _follow(tx: Transaction, actor: Actor, request_id: int, private: bool) -> Request:
    request = store.at_hand(tx, actor, request_id)
    if actor.person_id is not None and not request.is_asker(actor.person_id):
        store_following.follow(tx, request.id, actor.person_id, actor.place_id, private=private)
    return request


def subscribed(found: tuple[Subscription, ...]) -> Reply:
    """Show what somebody subscribed to."""
    if not found:
        return Reply(
            t("You are subscribed to nothing. {command} changes that.", command=Code("request subscribe newspaper"))
        )
    return Reply(title=t("You hear of new requests of these sorts"), items=tuple(map(_subscription, found)))


def _subscription(each: Subscription) -> Text:
    kind = Text(each.kind.label) if each.kind else t("any sort")
    return t("{kind}, in {language}", kind=kind, language=each.language) if each.language else t("{kind}", kind=kind)
