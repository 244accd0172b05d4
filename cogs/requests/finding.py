# SPDX-License-Identifier: MIT
"""Finding requests: lists, one's own, one with its history, and a search in titles and identifiers."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

from bot.kit import Ago, Answer, Arg, Button, Code, Context, Person, Reply, Text, Visible, action, command, t

from . import store, store_history, store_lists, store_words
from .card import HAPPENED, card, line, offered
from .duplicates import duplicates
from .identifiers import find
from .languages import complete_language, language_code
from .model import Event, Happened, Line, Request, SourceKind, State
from .parts import Id, Number, Parts, actor_of
from .store_lists import ACTIVE, PAGE, Filter


class Which(StrEnum):
    """Which requests a list shows."""

    ACTIVE = "active"
    OPEN = "open"
    CLAIMED = "claimed"
    WAITING = "waiting"
    FULFILLED = "fulfilled"
    CLOSED = "closed"
    ALL = "all"

    @property
    def label(self) -> str:
        """The words for people."""
        special = {"active": "Not closed", "open": "Nobody looks for it", "waiting": "Waiting for the asker"}
        return special.get(self.value, self.value.capitalize())

    @property
    def states(self) -> tuple[State, ...]:
        """The states that are meant."""
        sets = {
            Which.ACTIVE: ACTIVE,
            Which.CLOSED: tuple(state for state in State if state.closed),
            Which.ALL: tuple(State),
        }
        return sets[self] if self in sets else (State(self.value),)


class Finding(Parts):
    """Lists, search, and one request in full."""

    @command(
        "request list",
        "List the requests",
        example="request list open",
        task="request",
        visible=Visible.QUIET,
    )
    async def list_requests(
        self,
        ctx: Context,
        state: Annotated[Which, Arg("Which ones")] = Which.ACTIVE,
        kind: Annotated[SourceKind | None, Arg("Of which sort")] = None,
        language: Annotated[str, Arg("In which language", max=35, complete=complete_language)] = "",
        before: Annotated[str, Arg("Older than this number", max=12)] = "",
    ) -> Answer:
        """Show a page of requests, the newest first."""
        before_id = (await self.find(ctx, before)).id if before.strip() else 0
        return await self._page(ctx, state, kind, language_code(language), before_id)

    @action(visible=Visible.QUIET)
    async def press_more(
        self,
        ctx: Context,
        before_id: Id,
        state: Which = Which.ACTIVE,
        kind: SourceKind | None = None,
        language: Annotated[str, Arg("In which language", max=3)] = "",
    ) -> Answer:
        """Show the next page."""
        return await self._page(ctx, state, kind, language, before_id)

    @command("request mine", "List your own requests", example="request mine", task="request", visible=Visible.SECRET)
    async def mine(self, ctx: Context) -> Answer:
        """Show what the asker asked for, looks for and follows."""
        asked, others = await self.db.read(store_lists.mine, ctx.community.id, ctx.person.id)
        if not asked and not others:
            return Reply(t("You have no requests. Open one with {command}.", command=Code("request open")))
        items: list[Text] = [*map(line, asked)]
        if others:
            items += [t("**You look for or follow**"), *map(line, others)]
        return Reply(title=t("Your requests"), items=tuple(items))

    @command(
        "request show",
        "Show a request with its history",
        example="request show R-1",
        task="request",
        visible=Visible.QUIET,
    )
    async def show(self, ctx: Context, number: Number) -> Answer:
        """Show everything about a request, except the librarians' notes."""
        return await self._shown(ctx, await self.find(ctx, number))

    @action(visible=Visible.QUIET)
    async def press_show(self, ctx: Context, request_id: Id) -> Answer:
        """Show everything about a request, except the librarians' notes."""
        return await self._shown(ctx, await self.db.read(store.at_hand, actor_of(ctx), request_id))

    @command(
        "request search",
        "Search titles, or an identifier",
        example="request search zagreb",
        task="request",
        visible=Visible.QUIET,
    )
    async def search(
        self, ctx: Context, words: Annotated[str, Arg("Words or an identifier", ask=True, max=300)]
    ) -> Answer:
        """Show the requests of a work, or whose titles have all these words."""
        identifiers = find(words)
        if identifiers:
            same = await self.db.read(duplicates, ctx.community.id, "", identifiers)
            lines: Sequence[Line] = [each.line for each in same]
        else:
            ids = await self.db.read(store_words.search, ctx.community.id, words, PAGE + 1)
            lines = await self.db.read(store_lists.lines_of, ctx.community.id, ids)
        if not lines:
            return Reply(t("No request was found for “{words}”.", words=words[:100]))
        return Reply(
            title=t("Requests for “{words}”", words=words[:100]),
            items=tuple(map(line, lines[:PAGE])),
            note=t("There are more; with more words there are fewer.") if len(lines) > PAGE else "",
        )

    async def _page(self, ctx: Context, state: Which, kind: SourceKind | None, language: str, before_id: int) -> Reply:
        wanted = Filter(state.states, kind, language)
        found = await self.db.read(store_lists.page, ctx.community.id, wanted, before_id or None, PAGE + 1)
        lines = found[:PAGE]
        if not lines:
            return Reply(t("There are no such requests."))
        more: tuple[Button, ...] = ()
        if len(found) > PAGE:
            more = (
                Button(
                    t("Older ones"),
                    self.press_more,
                    lines[-1].id,
                    state.value,
                    kind.value if kind else "",
                    language,
                ),
            )
        return Reply(title=t("Requests: {which}", which=Text(state.label)), items=tuple(map(line, lines)), buttons=more)

    async def _shown(self, ctx: Context, request: Request) -> Reply:
        history = await self.db.read(store_history.of_request, request.id)
        found = card(request)
        return Reply(
            found.text,
            title=found.title,
            fields=found.fields,
            items=tuple(story(request, history)),
            buttons=offered(request, actor_of(ctx)),
            tone=found.tone,
            note=found.note,
        )


_BY_ITSELF = {Happened.LOOKED_UP, Happened.OFFERED, Happened.ERASED}
"""What nobody in particular did."""


def story(request: Request, history: Sequence[Event]) -> list[Text]:
    """Tell what happened to a request; notes are told without their words."""
    return [_told(request, event) for event in history]


def _told(request: Request, event: Event) -> Text:
    who: Text | Person
    if event.person is None:
        who = t("Refdesk") if request.erased_at is None else t("somebody")
    elif request.anonymous and request.is_asker(event.person.id):
        who = t("The asker")
    else:
        who = Person(event.person.id, event.person.name)
    what = HAPPENED[event.happened]
    if event.happened in _BY_ITSELF:
        return t("{when} · {what}", when=Ago(event.at), what=what)
    if event.words and event.happened is not Happened.NOTED:
        return t("{when} · {who} {what}: {words}", when=Ago(event.at), who=who, what=what, words=event.words)
    return t("{when} · {who} {what}", when=Ago(event.at), who=who, what=what)
