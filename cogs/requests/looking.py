# SPDX-License-Identifier: MIT
"""Looks requests up behind the scenes, shows their cards in time, and offers free copies to their askers first.

The look-up and the latest moment of the card are timers that are written with the request: a crash loses neither.
"""

from collections.abc import Mapping
from typing import Any

from bot.kit import Answer, Community, Context, Reply, Reports, State, Tone, Transaction, Visible, action, at, t

from . import store
from .identifiers import Identifier, Scheme
from .learning import Known, learn
from .metadata import Copies, FreeCopy
from .model import Request
from .parts import Id, Parts, actor_of

PART = "requests look-ups"

_BEST = (
    Scheme.DOI,
    Scheme.ISBN,
    Scheme.PMID,
    Scheme.PMCID,
    Scheme.ARXIV,
    Scheme.JSTOR,
    Scheme.URL,
    Scheme.OCLC,
    Scheme.WIKIDATA,
    Scheme.ISSN,
)


class Looking(Parts):
    """Jobs around a new request, and the asker's word on a free copy."""

    reports: Reports

    @at()
    async def look_up(self, community: Community, payload: Mapping[str, Any]) -> None:
        """Find out what is known of a request's work and whether it is free; then librarians or the asker see it."""
        request = await self.db.read(store.find, int(payload["request_id"]))
        if request is None or not request.identifiers or request.erased_at is not None:
            return
        known = await self.inquire(request.identifiers, community.locale)
        await self.db.write(learn, self.service, request.id, known)

    @at()
    async def show_card(self, community: Community, payload: Mapping[str, Any]) -> None:
        """Show a request to librarians although its look-up is not over, unless its free copy awaits the asker."""
        del community
        await self.db.write(self._show, int(payload["request_id"]), False)

    @action(visible=Visible.SECRET)
    async def press_free(self, ctx: Context, request_id: Id) -> Answer:
        """Close a request because its free copy is what the asker needed."""
        request = await self.db.write(self.service.accept_free, actor_of(ctx), request_id)
        return Reply(t("Good! {number} is closed, and no librarian was needed.", number=request.name), tone=Tone.GOOD)

    @action(visible=Visible.SECRET)
    async def press_still(self, ctx: Context, request_id: Id) -> Answer:
        """Pass a request on to librarians although there is a free copy."""
        request = await self.db.read(store.at_hand, actor_of(ctx), request_id)
        await self.db.write(self._show, request.id, True)
        return Reply(t("I passed {number} on to the librarians.", number=request.name), tone=Tone.GOOD)

    async def inquire(self, identifiers: tuple[Identifier, ...], locale: str) -> Known:
        """Ask the services about the best identifier: what the work is, whether it is free or retracted."""
        best = min(identifiers, key=lambda each: _BEST.index(each.scheme))
        found = await self.lookup.work(best, locale)
        work = found.work
        doi = next((each for each in identifiers if each.scheme is Scheme.DOI), None)
        if doi is None and work is not None and work.doi:
            doi = Identifier(Scheme.DOI, work.doi.lower(), 0, 0, work.doi)
        copies = await self.lookup.free_copies(doi or best) if (doi or best).scheme in _FREE else Copies()
        free = copies.copies
        if copies.snapshot is not None:
            free += (FreeCopy(copies.snapshot.url, "Wayback Machine", copies.snapshot.original),)
        retracted = await self.lookup.retracted(doi.value) if doi and work and work.retracted is None else None
        known = Known(work, found.source, free, tuple(dict.fromkeys((*found.down, *copies.down))), retracted)
        self._tell(known.down)
        return known

    def _tell(self, down: tuple[str, ...]) -> None:
        """Say how the services do, for the status command."""
        if down:
            words = t("{services} did not answer the last time; requests go on without.", services=down)
            self.reports.report(PART, State.DEGRADED, words)
        else:
            self.reports.report(PART, State.OK)

    def _show(self, tx: Transaction, request_id: int, anyway: bool) -> Request | None:
        request = store.find(tx, request_id)
        if request is None or (request.offered_at is not None and not anyway):
            return request
        return self.service.show(tx, request)


_FREE = (Scheme.DOI, Scheme.URL)
