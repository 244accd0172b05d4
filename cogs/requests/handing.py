# SPDX-License-Identifier: MIT
"""What may follow a delivery: the two people meet, an FAQ draft is made; and a moderator's look behind anonymity."""

from typing import Annotated

from bot.kit import (
    Answer,
    Arg,
    Audit,
    Code,
    Confirm,
    Context,
    Denied,
    FaqDrafts,
    Field,
    Level,
    Provider,
    Reply,
    Tone,
    Transaction,
    UserError,
    Visible,
    action,
    command,
    t,
)

from . import store, store_history, store_people
from .card import title
from .model import Actor, Happened, How, Request, State
from .parts import Id, Number, Parts, actor_of
from .scrub import without_people
from .works import summary

FAQ_LANGUAGES = ("en", "es", "fr", "de", "ca")


class Handing(Parts):
    """Contacts, drafts, and the abuse handle."""

    drafts: Provider[FaqDrafts]
    audit: Audit

    @action(visible=Visible.SECRET)
    async def press_introduce(self, ctx: Context, request_id: Id) -> Answer:
        """Give the asker and the librarian each other's account, once the asker agrees too."""
        request = await self.db.read(store.at_hand, actor_of(ctx), request_id)
        if not request.is_asker(ctx.person.id):
            raise Denied(t("Only whoever asked for {number} can do this.", number=request.name))
        if not ctx.confirmed:
            return Confirm(t("You and the librarian will see each other's account names. Go on?"))
        await self.db.write(self._introduce, actor_of(ctx), request.id)
        return Reply(t("I told both of you how to reach the other."), tone=Tone.GOOD)

    @action(level=Level.LIBRARIAN, visible=Visible.QUIET)
    async def press_draft(self, ctx: Context, request_id: Id) -> Answer:
        """Make an FAQ draft of a fulfilled request, without people's data, after a look at it."""
        desk = self.drafts.get()
        if desk is None:
            raise UserError(t("The FAQ is switched off, so there is nowhere to put a draft."))
        request = await self.db.read(store.get, ctx.community.id, request_id)
        if request.state is not State.FULFILLED or request.erased_at is not None:
            raise UserError(t("Only a fulfilled request can become an FAQ draft."))
        names = await self.db.read(store_people.names_in, request.id)
        question, answer = draft_of(request, names)
        if not ctx.confirmed:
            return Confirm(
                t(
                    "This draft goes to a moderator. Is nobody named in it?\n\n**{question}**\n\n{answer}",
                    question=question,
                    answer=answer,
                ),
                yes=t("Make the draft"),
            )
        actor = actor_of(ctx)
        spoken = ctx.community.locale.partition("-")[0]
        slug = await self.db.write(
            desk.draft,
            actor.community_id,
            actor.person_id,
            question,
            answer,
            home_id=actor.home_id,
            language=spoken if spoken in FAQ_LANGUAGES else "en",
            source_url=request.delivery.link,
        )
        return Reply(t("The draft {slug} waits for a moderator.", slug=Code(slug)), tone=Tone.GOOD)

    @command(
        "request unmask",
        "See who asked anonymously, in a case of abuse",
        level=Level.MODERATOR,
        visible=Visible.SECRET,
        example='request unmask R-1 "Threats in the details"',
        task="moderate",
    )
    async def unmask(
        self, ctx: Context, number: Number, reason: Annotated[str, Arg("Why; it is logged", ask=True, min=5, max=300)]
    ) -> Answer:
        """Show an anonymous asker's accounts to a moderator; it is logged, and the asker is told."""
        request = await self.find(ctx, number)
        if not request.anonymous or request.asker is None:
            raise UserError(t("{number} was not asked anonymously, or is erased.", number=request.name))
        accounts = await self.db.write(self._unmask, actor_of(ctx), request.id, reason.strip())
        return Reply(title=title(request), items=tuple(accounts), note=t("This was logged, and the asker is told."))

    def _introduce(self, tx: Transaction, actor: Actor, request_id: int) -> None:
        request = store.at_hand(tx, actor, request_id)
        librarian = store_people.closer(tx, request.id)
        if request.state is not State.FULFILLED or request.delivery.how is not How.CONTACT or librarian is None:
            raise UserError(t("There is nobody to exchange contacts with for {number}.", number=request.name))
        store_history.add(tx, request.id, actor.person_id, Happened.INTRODUCED, request.state, request.state)
        for one, other in ((actor.person_id, librarian), (librarian, actor.person_id)):
            if one is not None and other is not None:
                accounts = ", ".join(store_people.accounts(tx, other))
                said = Reply(
                    t("You both agreed to exchange contacts."),
                    title=title(request),
                    fields=(Field(t("You can write to"), accounts),),
                )
                self.service.news.to_person(tx, request, one, f"contact:{request.active_at:%Y%m%d%H%M%S}", said)

    def _unmask(self, tx: Transaction, actor: Actor, request_id: int, reason: str) -> list[str]:
        request = store.get(tx, actor.community_id, request_id)
        asker_id = request.asker.id if request.asker else 0
        self.audit.note(tx, actor.community_id, actor.person_id, "request.unmasked", {"name": request.name})
        said = Reply(
            t("A moderator has looked up who asked this. Their reason: {reason}", reason=reason), title=title(request)
        )
        self.service.news.to_asker(tx, request, f"unmask:{int(tx.now.timestamp())}", said)
        return store_people.accounts(tx, asker_id)


def draft_of(request: Request, names: list[str]) -> tuple[str, str]:
    """Return question and answer for the FAQ, without anybody's name or contact."""
    parts = [request.delivery.answer, summary(request.work) if request.work else "", request.delivery.link]
    answer = "\n\n".join(dict.fromkeys(part for part in parts if part))
    return without_people(request.title, names), without_people(answer, names) or "…"
