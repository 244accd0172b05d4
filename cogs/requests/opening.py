# SPDX-License-Identifier: MIT
"""Opening a request: from a command, from anybody's message, or from a question that the FAQ could not answer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Annotated

from bot.kit import (
    Answer,
    Arg,
    Button,
    Code,
    Confirm,
    Context,
    Denied,
    Reply,
    Text,
    Tone,
    UserError,
    command,
    shortcut,
    t,
)

from . import store, store_following
from .card import buttons, facts, line, offered, title
from .days import end_of_day, month_of
from .duplicates import Duplicate, duplicates
from .identifiers import Identifier, find, slips
from .identifiers.slips import Slip
from .languages import complete_language, language_code
from .model import Actor, Content, Request, SourceKind
from .parts import Parts, actor_of, check_length, doubtful, hidden, tidy
from .reading import article_title, chosen_identifier, complete_identifier, identifiers_in, kind_of, wiki_code
from .scrub import contacts_in
from .service import check_needed

TITLE_MAX = 300
TITLE_MIN = 3
DETAILS_MAX = 4_000
DAY = timedelta(days=1)


class Opening(Parts):
    """The command that opens a request, the same on a message, and the desk for unanswered questions."""

    @command(
        "request open",
        "Ask the librarians to find a source",
        example='request open "Zagreb fair, 1921" kind=newspaper',
        task="request",
        visible=hidden,
    )
    async def open_request(
        self,
        ctx: Context,
        title: Annotated[str, Arg("What you are looking for", min=TITLE_MIN, max=TITLE_MAX, ask=True)],
        kind: Annotated[SourceKind | None, Arg("What sort of source")] = None,
        identifier: Annotated[
            str, Arg("DOI, ISBN, PMID or a web address", ask=True, max=500, complete=complete_identifier)
        ] = "",
        details: Annotated[
            str, Arg("What else helps: author, year, pages, what for", ask=True, long=True, max=DETAILS_MAX)
        ] = "",
        language: Annotated[str, Arg("Its language, such as fr", max=35, complete=complete_language)] = "",
        wiki: Annotated[str, Arg("The wiki it is for, such as en", max=40)] = "",
        article: Annotated[str, Arg("The article it is for", max=255)] = "",
        needed_by: Annotated[str, Arg("Until when, such as 2026-12-24 or 5 days", ask=True, max=40)] = "",
        anonymous: Annotated[bool, Arg("Whether nobody shall know that it is you")] = False,
        private: Annotated[bool, Arg("Whether I tell you news in private instead of here")] = False,
    ) -> Answer:
        """Check, point out what was asked before, and write the request down."""
        if anonymous and ctx.overheard:
            raise UserError(
                t(
                    "Others could read what you typed in {place}, so I passed nothing on. Ask anonymously in a private "
                    "conversation with me.",
                    place=ctx.place,
                )
            )
        identifier = chosen_identifier(title, identifier)
        content = Content(
            title=tidy(title),
            kind=kind or SourceKind.ARTICLE,
            details=details.strip(),
            language=language_code(language),
            wiki=wiki_code(wiki, article),
            article=article_title(article),
            needed_at=end_of_day(needed_by, ctx.now, ctx.zone),
        )
        check_needed(content.needed_at, ctx.now)
        if kind is None:
            content = replace(content, kind=kind_of(identifiers_in(content, identifier)))
        return await self.open(ctx, content, identifier, anonymous=anonymous, private=private)

    @shortcut("Make a reference request", word="wanted")
    async def from_message(self, ctx: Context) -> Answer:
        """Turn what somebody wrote into a request."""
        if ctx.message is None or not tidy(ctx.message.text):
            raise UserError(t("Use this on a message that has words."))
        return await self.hand_over(ctx, ctx.message.text)

    async def hand_over(self, ctx: Context, text: str) -> Answer:
        """Open a request with a question's own words; longer ones continue in the details."""
        words = tidy(text)
        if len(words) < TITLE_MIN:
            raise UserError(t("Use this on a message that has words."))
        settings = self.settings_of(ctx)
        fits = len(words) <= settings.title_max
        start = words[: settings.title_max - 1]
        shown = words if fits else (start.rpartition(" ")[0] or start) + "…"
        details = "" if fits else text.strip()[: settings.details_max]
        return await self.open(ctx, Content(title=shown, kind=kind_of(find(text)), details=details), "")

    async def open(
        self, ctx: Context, content: Content, typed: str, *, anonymous: bool = False, private: bool = False
    ) -> Answer:
        """Write a request down, once its asker knows what to know before."""
        settings = self.settings_of(ctx)
        check_length("title", content.title, settings.title_max)
        check_length("details", content.details, settings.details_max)
        identifiers = identifiers_in(content, typed)
        actor = actor_of(ctx)
        if await self.db.read(store.open_count, actor.community_id, actor.person_id) >= settings.open_per_person:
            raise Denied(
                t(
                    "You have {count} open requests; that is as many as one may have here. See {command}.",
                    count=settings.open_per_person,
                    command=Code("request mine"),
                )
            )
        today = await self.db.read(store.opened_since, actor.community_id, actor.person_id, ctx.now - DAY)
        if today >= settings.open_per_day:
            raise Denied(
                t(
                    "Requests you have opened since yesterday: {count}; that is as many as one may open here in a day.",
                    count=today,
                )
            )
        if not ctx.confirmed and (question := await self._before(ctx, content, identifiers)) is not None:
            return question
        month = month_of(ctx.now, ctx.community.zone)
        request = await self.db.write(
            self.service.open,
            actor,
            content,
            identifiers,
            month,
            anonymous=anonymous,
            private=private,
            threaded=settings.threads,
            look_up=self.lookup is not None,
        )
        seen = await self.db.read(store_following.librarians_see, ctx.community.id)
        return opened(request, actor, seen=seen)

    async def _before(self, ctx: Context, content: Content, identifiers: Sequence[Identifier]) -> Confirm | None:
        """Return what the asker should know before anything is posted: it was asked already, it shows a contact."""
        found: list[Duplicate] = []
        if self.settings_of(ctx).check_duplicates:
            found = await self.db.read(duplicates, ctx.community.id, content.title, identifiers)
        texts = f"{content.title}\n{content.details}"
        if found:
            return known_already(found, ", ".join(contacts_in(texts)[:3]), slips(texts))
        return doubtful(ctx, texts)


def known_already(found: Sequence[Duplicate], contacts: str = "", mistyped: Sequence[Slip] = ()) -> Confirm:
    """Say what was asked for before, and offer to follow it (or to look at it) instead of asking anew."""
    first = found[0].line
    if first.state.closed:
        words = t("{number} has found this already. Look at it?", number=first.name)
        instead = Button(t("Show {number}", number=first.name), "requests.press_show", request_id=first.id)
    else:
        words = t("{number} asks for this already: follow it?", number=first.name)
        instead = Button(t("Follow {number}", number=first.name), "requests.press_follow", request_id=first.id)
    lines = line(first)
    for each in found[1:]:
        lines = t("{lines}\n- {line}", lines=lines, line=line(each.line))
    text = t("{question}\n\n- {lines}\n\nOr open a new request anyway?", question=words, lines=lines)
    if contacts:
        text = t("{words} In its text everybody could read this: {contacts}.", words=text, contacts=contacts)
    if mistyped:
        text = t("{words} {problem}", words=text, problem=mistyped[0].problem)
    return Confirm(text, yes=t("Open a new one"), instead=instead)


def opened(request: Request, actor: Actor, *, seen: bool) -> Reply:
    """Say that a request is written down, with its facts; where librarians have no card, this is theirs to press."""
    words: Text = t("I passed it on to the librarians and will tell you what they say.")
    if not seen:
        words = t(
            "I keep it. No channel for librarians is chosen here yet: a moderator does that with {command}.",
            command=Code("settings channel requests"),
        )
    elif request.carded_at is None:
        words = t("I look up what is known of it, whether it is free to read, and then pass it on to the librarians.")
    return Reply(
        words,
        title=title(request),
        fields=tuple(facts(request)),
        buttons=() if request.anonymous or seen else offered(request, actor) if actor.direct else buttons(request),
        note=t("Change it with {command}.", command=Code(f"request edit {request.name}")),
        tone=Tone.GOOD,
    )
