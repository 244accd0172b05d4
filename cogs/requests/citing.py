# SPDX-License-Identifier: MIT
"""Citations as wikitext: of an identifier, or of a request's work."""

import re
from dataclasses import replace
from enum import StrEnum
from typing import Annotated

from bot.kit import (
    Answer,
    Arg,
    Code,
    Context,
    Reply,
    Tone,
    Unavailable,
    UserError,
    Visible,
    action,
    command,
    t,
)

from . import store
from .cite import WIKIS
from .cite import cite as cite_work
from .identifiers import Identifier, Scheme
from .model import PREFIX, Request, SourceKind
from .parts import Id, Parts, actor_of
from .reading import complete_identifier, read
from .work import Kind, Work
from .works import summary

_REQUEST = re.compile(rf"\s*{PREFIX}[0-9]+\s*", re.IGNORECASE)
_DATED = {Kind.WEB, Kind.NEWS}


class Style(StrEnum):
    """The Wikipedia whose templates are used."""

    EN = "en"
    ES = "es"
    FR = "fr"
    DE = "de"
    CA = "ca"

    @property
    def label(self) -> str:
        """The words for people."""
        return {"en": "English", "es": "Spanish", "fr": "French", "de": "German", "ca": "Catalan"}[self.value]


class Citing(Parts):
    """The command `cite`, and the button under what was found."""

    @command(
        "cite",
        "Write a citation as wikitext",
        example="cite 10.1371/journal.pbio.1002195",
        task="request",
        alone=True,
    )
    async def cite(
        self,
        ctx: Context,
        identifier: Annotated[
            str, Arg("DOI, ISBN, PMID, web address, or R-17", ask=True, max=500, complete=complete_identifier)
        ],
        style: Annotated[Style | None, Arg("For which Wikipedia")] = None,
    ) -> Answer:
        """Look a work up and write its footnote."""
        if _REQUEST.fullmatch(identifier):
            return await self._of_request(ctx, await self.find(ctx, identifier), style)
        return await self._of(ctx, read(identifier), style)

    @action(visible=Visible.QUIET)
    async def press_cite(self, ctx: Context, request_id: Id) -> Answer:
        """Write the footnote of a request's work."""
        return await self._of_request(ctx, await self.db.read(store.at_hand, actor_of(ctx), request_id), None)

    async def _of_request(self, ctx: Context, request: Request, style: Style | None) -> Reply:
        chosen = style or style_of(request.content.wiki)
        if request.work is not None:
            return footnote(ctx, request.work, request.work_source, chosen)
        if request.identifiers:
            found = await self.lookup.work(request.identifiers[0], ctx.locale)
            if found.work is not None:
                return footnote(ctx, found.work, found.source, chosen)
        return footnote(ctx, by_hand(request), "", chosen)

    async def _of(self, ctx: Context, identifier: Identifier, style: Style | None) -> Reply:
        await ctx.progress(t("I look up {identifier}.", identifier=Code(identifier.value)))
        found = await self.lookup.work(identifier, ctx.locale)
        if found.work is None and found.down:
            raise Unavailable(
                t(
                    "I could not ask {services}, so I cannot cite {identifier} now. Please try again later.",
                    services=tuple(found.down),
                    identifier=Code(identifier.value),
                )
            )
        if found.work is None:
            raise UserError(
                t("No catalogue knows {identifier}. Look whether it is right.", identifier=Code(identifier.value))
            )
        return footnote(ctx, found.work, found.source, style)


def footnote(ctx: Context, work: Work, source: str, style: Style | None) -> Reply:
    """Show a work's footnote, ready to paste."""
    chosen = style or style_of(ctx.locale) or Style.EN
    if work.kind in _DATED and work.url and work.access_date is None:
        work = replace(work, access_date=ctx.now.date())
    citation = cite_work(work, chosen.value)
    note = (
        t("Bibliographic data from {source}; look it over before you publish.", source=source)
        if source
        else t("No catalogue helped: this is what the request says. Complete it before you publish.")
    )
    if work.retracted:
        return Reply(
            t("⚠ This work was retracted. {footnote}", footnote=Code(citation.footnote)),
            title=summary(work),
            note=note,
            tone=Tone.WARNING,
        )
    return Reply(t("{footnote}", footnote=Code(citation.footnote)), title=summary(work), note=note)


_KINDS = {
    SourceKind.ARTICLE: Kind.JOURNAL,
    SourceKind.BOOK: Kind.BOOK,
    SourceKind.CHAPTER: Kind.CHAPTER,
    SourceKind.NEWSPAPER: Kind.NEWS,
    SourceKind.THESIS: Kind.THESIS,
}


def by_hand(request: Request) -> Work:
    """Return what a request itself tells of its work, where no catalogue knows it."""
    known = {each.scheme: each.value for each in reversed(request.identifiers)}
    return Work(
        _KINDS.get(request.content.kind, Kind.WEB if request.delivery.link else Kind.BOOK),
        request.title,
        language=request.content.language,
        url=request.delivery.link or known.get(Scheme.URL, ""),
        doi=known.get(Scheme.DOI, ""),
        isbn=known.get(Scheme.ISBN, ""),
        issn=known.get(Scheme.ISSN, ""),
        pmid=known.get(Scheme.PMID, ""),
        pmcid=known.get(Scheme.PMCID, ""),
        arxiv=known.get(Scheme.ARXIV, ""),
        oclc=known.get(Scheme.OCLC, ""),
        jstor=known.get(Scheme.JSTOR, ""),
    )


def style_of(language: str) -> Style | None:
    """Return the style of a language or wiki, where there is one."""
    short = language.partition("-")[0].partition(".")[0].casefold().removesuffix("wiki")
    return Style(short) if short in WIKIS else None
