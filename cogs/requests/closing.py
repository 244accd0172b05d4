# SPDX-License-Identifier: MIT
"""How a request ends, and begins again: fulfilled, declined, withdrawn, reopened, changed."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Annotated, Any

from bot.kit import (
    Answer,
    Arg,
    Button,
    Confirm,
    Context,
    Invalid,
    Level,
    Reply,
    Tone,
    UserError,
    Visible,
    action,
    command,
    t,
)

from . import store
from .card import COPYRIGHT, result, title
from .days import end_of_day
from .identifiers import Identifier
from .languages import complete_language, language_code
from .model import Delivery, How, Request, SourceKind
from .opening import DETAILS_MAX, TITLE_MAX, TITLE_MIN
from .parts import (
    NONE,
    Id,
    Number,
    NumberThenWords,
    Parts,
    actor_of,
    check_length,
    check_unseen,
    doubtful,
    tidy,
)
from .reading import article_title, complete_identifier, identifiers_in, wiki_code
from .service import check_needed

ANSWER_MAX = 1_500

Found = Annotated[str, Arg("What you found: a citation or words", ask=True, long=True, min=2, max=ANSWER_MAX)]
Address = Annotated[str, Arg("A link to it", ask=True, max=500)]
Handed = Annotated[How | None, Arg("How you hand it over", ask=True)]
Effort = Annotated[int | None, Arg("Effort on the READ scale, 1 to 6", ask=True, min=1, max=6)]
Minutes = Annotated[int | None, Arg("Minutes that it took", ask=True, min=0, max=100_000)]
Reason = Annotated[str, Arg("Why", ask=True, long=True, min=2, max=500)]


class Closing(Parts):
    """The ends of a request."""

    @command(
        "request fulfil",
        "Hand over what was asked for",
        level=Level.LIBRARIAN,
        example='request fulfil R-1 "Jutarnji list, 3 May 1921, p. 4"',
        task="request",
        visible=Visible.QUIET,
    )
    async def fulfil(
        self,
        ctx: Context,
        number: Number,
        source: Found,
        link: Address = "",
        how: Handed = None,
        effort: Effort = None,
        minutes: Minutes = None,
    ) -> Answer:
        """Hand a source over; the asker and the followers are told."""
        request = await self.find(ctx, number)
        return await self._fulfilled(ctx, request.id, source, link, how, effort, minutes)

    @action(level=Level.LIBRARIAN, visible=Visible.QUIET)
    async def press_have(
        self,
        ctx: Context,
        request_id: Id,
        source: Found,
        link: Address = "",
        how: Handed = None,
        effort: Effort = None,
        minutes: Minutes = None,
    ) -> Answer:
        """Hand a source over, from the card."""
        return await self._fulfilled(ctx, request_id, source, link, how, effort, minutes)

    @command(
        "request decline",
        "Say that it cannot be had",
        level=Level.LIBRARIAN,
        example='request decline R-1 "No library in reach has it"',
        task="request",
        visible=Visible.QUIET,
    )
    async def decline(self, ctx: Context, number: Number, reason: Reason) -> Answer:
        """Decline with a reason; the asker and the followers are told."""
        found = await self.find(ctx, number)
        return await self._declined(ctx, found.id, reason)

    @command(
        "request withdraw",
        "Say that you do not need it any more",
        example="request withdraw R-1",
        task="request",
        visible=Visible.QUIET,
    )
    async def withdraw(
        self,
        ctx: Context,
        number: NumberThenWords,
        reason: Annotated[str, Arg("Why, if you like to say", max=500)] = "",
    ) -> Answer:
        """Withdraw one's own request."""
        return await self._withdrawn(ctx, await self.find(ctx, number), reason)

    @action(visible=Visible.QUIET)
    async def press_close(self, ctx: Context, request_id: Id, reason: Reason) -> Answer:
        """Withdraw one's own request, or decline somebody's."""
        actor = actor_of(ctx)
        request = await self.db.read(store.at_hand, actor, request_id)
        check_unseen(ctx, request)
        if request.is_asker(actor.person_id):
            return await self._withdrawn(ctx, request, reason)
        return await self._declined(ctx, request_id, reason)

    @command(
        "request reopen",
        "Open a closed request again",
        example="request reopen R-1",
        task="request",
        visible=Visible.QUIET,
    )
    async def reopen(
        self, ctx: Context, number: NumberThenWords, reason: Annotated[str, Arg("What is still missing", max=500)] = ""
    ) -> Answer:
        """Let a closed request be open again."""
        found = await self.find(ctx, number)
        check_unseen(ctx, found)
        return self.before_posting(ctx, "reason", reason) or await self._reopened(ctx, found.id, reason)

    @action(visible=Visible.QUIET)
    async def press_reopen(self, ctx: Context, request_id: Id) -> Answer:
        """Let a closed request be open again, after a yes."""
        request = await self.db.read(store.at_hand, actor_of(ctx), request_id)
        check_unseen(ctx, request)
        if not ctx.confirmed:
            return Confirm(t("Open {number} again?", number=request.name))
        return await self._reopened(ctx, request_id, "")

    @command(
        "request edit",
        "Change what you asked for; a dash empties a field",
        example="request edit R-1 language=de",
        task="request",
        visible=Visible.QUIET,
    )
    async def edit(
        self,
        ctx: Context,
        number: Number,
        title: Annotated[str | None, Arg("What you are looking for", min=TITLE_MIN, max=TITLE_MAX)] = None,
        kind: Annotated[SourceKind | None, Arg("What sort of source")] = None,
        identifier: Annotated[
            str | None, Arg("DOI, ISBN, PMID or a web address", max=500, complete=complete_identifier)
        ] = None,
        details: Annotated[str | None, Arg("What else helps; replaces it", long=True, max=DETAILS_MAX)] = None,
        language: Annotated[str | None, Arg("Its language", max=35, complete=complete_language)] = None,
        wiki: Annotated[str | None, Arg("The wiki it is for", max=40)] = None,
        article: Annotated[str | None, Arg("The article it is for", max=255)] = None,
        needed_by: Annotated[str | None, Arg("Until when", max=40)] = None,
    ) -> Answer:
        """Change some of a request; what is left out stays, and "-" empties it."""
        request = await self.find(ctx, number)
        check_unseen(ctx, request)
        check_length("title", title or "", self.settings_of(ctx).title_max)
        check_length("details", details or "", self.settings_of(ctx).details_max)
        entered = {"title": title, "details": details, "language": language, "wiki": wiki, "article": article}
        given: dict[str, Any] = {name: _READ[name](typed) for name, typed in entered.items() if typed is not None}
        if kind is not None:
            given["kind"] = kind
        if needed_by is not None:
            given["needed_at"] = end_of_day(_emptied(needed_by), ctx.now, ctx.zone)
            check_needed(given["needed_at"], ctx.now)
        if not given and identifier is None:
            raise UserError(t("Say what to change, such as a new title or other details."))
        if (before := doubtful(ctx, title, details)) is not None:
            return before
        content = replace(request.content, **given)
        typed = None if identifier is None else _emptied(identifier)
        identifiers = found_anew(request, content.title, content.details, typed, {"title", "details"} & set(given))
        changed = await self.db.write(self.service.edit, actor_of(ctx), request.id, content, identifiers)
        return Reply(t("{number} is changed.", number=changed.name), tone=Tone.GOOD)

    async def _fulfilled(
        self,
        ctx: Context,
        request_id: int,
        source: str,
        link: str,
        how: How | None,
        effort: int | None,
        minutes: int | None,
    ) -> Answer:
        if (before := self.before_posting(ctx, "source", source)) is not None:
            return before
        delivery = Delivery(source.strip(), address(link), how, effort, minutes)
        request = await self.db.write(self.service.fulfil, actor_of(ctx), request_id, delivery)
        offered = (
            Button(t("Citation"), "requests.press_cite", request_id=request.id),
            Button(t("Make an FAQ draft"), "requests.press_draft", request_id=request.id),
        )
        return Reply(
            t("{number} is fulfilled. Thank you!", number=request.name),
            title=title(request),
            fields=tuple(result(request)),
            buttons=offered,
            note=COPYRIGHT,
            tone=Tone.GOOD,
        )

    async def _declined(self, ctx: Context, request_id: int, reason: str) -> Answer:
        if (before := self.before_posting(ctx, "reason", reason)) is not None:
            return before
        request = await self.db.write(self.service.decline, actor_of(ctx), request_id, reason.strip())
        return Reply(t("{number} is declined.", number=request.name))

    async def _withdrawn(self, ctx: Context, found: Request, reason: str) -> Answer:
        check_unseen(ctx, found)
        if (before := self.before_posting(ctx, "reason", reason)) is not None:
            return before
        request = await self.db.write(self.service.withdraw, actor_of(ctx), found.id, reason.strip())
        return Reply(t("{number} is withdrawn.", number=request.name))

    async def _reopened(self, ctx: Context, request_id: int, reason: str) -> Reply:
        request = await self.db.write(self.service.reopen, actor_of(ctx), request_id, reason.strip())
        return Reply(t("{number} is open again.", number=request.name), tone=Tone.GOOD)


def _emptied(typed: str) -> str:
    """Return what was typed, or nothing for a dash."""
    return "" if typed.strip() in NONE else typed.strip()


_READ: Mapping[str, Callable[[str], str]] = {
    "title": tidy,
    "details": _emptied,
    "language": lambda typed: language_code(_emptied(typed)),
    "wiki": wiki_code,
    "article": article_title,
}
"""How what is typed for a field of a request is read."""


def address(link: str) -> str:
    """Return a web address, '' for none; raises Invalid for what is none."""
    from .identifiers import Scheme
    from .identifiers.normal import normal

    written = link.strip()
    if not written:
        return ""
    found = normal(Scheme.URL, written)
    if found is None:
        problem = t("A link starts with https:// and has no spaces. I never take files: use a link to one.")
        raise Invalid("link", problem)
    return found


def found_anew(
    request: Request, title: str, details: str, typed: str | None, rewritten: set[str]
) -> tuple[Identifier, ...] | None:
    """Return the identifiers of a changed request, or None where they stay as they are."""
    if typed is None and not rewritten:
        return None
    content = replace(request.content, title=title, details=details)
    found = identifiers_in(content, typed or "")
    if typed is None and not found:
        return None
    same = {(each.scheme, each.value) for each in found} <= {(each.scheme, each.value) for each in request.identifiers}
    return None if same and typed is None else found
