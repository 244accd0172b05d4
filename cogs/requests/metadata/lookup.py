# SPDX-License-Identifier: MIT
"""Asks the services about an identifier, one behind the other; any of them may be down.

Only the identifier goes out, never the question or who asks it.
"""

import asyncio
import datetime as dt
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar
from urllib.parse import quote

from bot.kit import Fetched, Http, Unavailable
from cogs.requests.identifiers import Identifier, Scheme
from cogs.requests.metadata.cdx import from_cdx
from cogs.requests.metadata.citoid import from_citoid
from cogs.requests.metadata.crossref import from_crossref
from cogs.requests.metadata.model import FreeCopy, Snapshot, Unreadable
from cogs.requests.metadata.openalex import free_copies_of, from_openalex
from cogs.requests.metadata.openlibrary import from_openlibrary
from cogs.requests.metadata.settings import LookupSettings
from cogs.requests.metadata.unpaywall import from_unpaywall
from cogs.requests.work import Kind, Work

T = TypeVar("T")
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Found:
    """What the services said about an identifier: the work or None, who knew it, and who could not be asked."""

    work: Work | None
    source: str = ""
    down: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Copies:
    """Free copies and the newest snapshot, with who could not be asked; nothing found may still exist."""

    copies: tuple[FreeCopy, ...] = ()
    snapshot: Snapshot | None = None
    down: tuple[str, ...] = ()


class Lookup:
    """Finds out what an identifier stands for, and where it can be read freely."""

    def __init__(self, http: Http, settings: LookupSettings) -> None:
        self._http = http
        self._settings = settings

    async def work(self, identifier: Identifier, language: str = "en") -> Found:
        """Ask Citoid, then Crossref (for a DOI) or Open Library (for an ISBN), until one knows a title.

        What Citoid lacks of a work with a DOI (retraction, article number) is taken from Crossref.
        """
        down: list[str] = []
        citoid = await self._try("Citoid", self._citoid(identifier, language), down)
        second, ask = self._second(identifier, citoid)
        other = await self._try(second, ask(), down) if ask is not None else None
        if citoid is not None and citoid.title:
            return Found(completed(citoid, other) if other else citoid, "Citoid", tuple(down))
        if other is not None and other.title:
            return Found(other, second, tuple(down))
        return Found(None, down=tuple(down))

    async def free_copies(self, identifier: Identifier, near: dt.date | None = None) -> Copies:
        """Look for free copies: by DOI at Unpaywall and OpenAlex, if they are switched on; by address in the archive.

        With `near` the snapshot is the one closest to that day, else the newest.
        """
        down: list[str] = []
        if identifier.scheme is Scheme.URL:
            snapshot = await self._try("Wayback Machine", self._snapshot(identifier.value, near), down)
            return Copies(snapshot=snapshot, down=tuple(down))
        if identifier.scheme is not Scheme.DOI:
            return Copies()
        asked = []
        if self._settings.email:
            asked.append(self._try("Unpaywall", self._unpaywall(identifier.value), down))
        if self._settings.openalex_key:
            asked.append(self._try("OpenAlex", self._openalex_copies(identifier.value), down))
        found = [copy for copies in await asyncio.gather(*asked) for copy in copies or ()]
        unique = {copy.url: copy for copy in reversed(found)}
        return Copies(tuple(reversed(unique.values())), down=tuple(sorted(down)))

    async def retracted(self, doi: str) -> bool | None:
        """Tell whether OpenAlex, if it is switched on, has a work as retracted; None if nobody knows."""
        if not self._settings.openalex_key:
            return None
        work = await self._try("OpenAlex", self._openalex(doi, from_openalex), [])
        return work.retracted if work else None

    def _second(
        self, identifier: Identifier, citoid: Work | None
    ) -> tuple[str, Callable[[], Awaitable[Work | None]] | None]:
        """Choose who is asked behind Citoid."""
        doi = identifier.value if identifier.scheme is Scheme.DOI else citoid.doi if citoid else ""
        if doi:
            return "Crossref", lambda: self._crossref(doi)
        if identifier.scheme is Scheme.ISBN and not (citoid and citoid.title):
            return "Open Library", lambda: self._openlibrary(identifier.value)
        return "", None

    async def _try(self, service: str, asking: Awaitable[T | None], down: list[str]) -> T | None:
        """Wait for a service; note it in `down` if it fails or answers nonsense, so that the others still count."""
        try:
            return await asking
        except (Unavailable, Unreadable) as error:
            # An answer that nobody can read is no "unknown": the next one who asks may get a better one.
            log.info("%s did not help: %s", service, error)
            down.append(service)
        return None

    async def _citoid(self, identifier: Identifier, language: str) -> Work | None:
        query = quote(_citoid_query(identifier), safe="")
        answer = await self._get(f"{self._settings.citoid}/{query}", {}, self._settings.work_ttl, language)
        if answer.status >= 400 or answer.body is None:
            return None
        work = from_citoid(answer.body)
        return _known_by(work, identifier)

    async def _crossref(self, doi: str) -> Work | None:
        params = {"mailto": self._settings.email} if self._settings.email else {}
        answer = await self._get(f"{self._settings.crossref}/{quote(doi, safe='')}", params, self._settings.work_ttl)
        return from_crossref(answer.body) if answer.status < 400 and answer.body is not None else None

    async def _openlibrary(self, isbn: str) -> Work | None:
        params = {"bibkeys": f"ISBN:{isbn}", "format": "json", "jscmd": "data"}
        answer = await self._get(self._settings.openlibrary, params, self._settings.work_ttl)
        return from_openlibrary(answer.body) if answer.status < 400 and answer.body else None

    async def _unpaywall(self, doi: str) -> tuple[FreeCopy, ...]:
        url = f"{self._settings.unpaywall}/{quote(doi, safe='/')}"
        answer = await self._get(url, {"email": self._settings.email}, self._settings.copies_ttl)
        return from_unpaywall(answer.body) if answer.status < 400 and answer.body is not None else ()

    async def _openalex_copies(self, doi: str) -> tuple[FreeCopy, ...]:
        return await self._openalex(doi, free_copies_of) or ()

    async def _openalex(self, doi: str, read: Callable[[Any], T]) -> T | None:
        url = f"{self._settings.openalex}/doi:{quote(doi, safe='/')}"
        answer = await self._get(url, {"api_key": self._settings.openalex_key}, self._settings.copies_ttl)
        return read(answer.body) if answer.status < 400 and answer.body is not None else None

    async def _snapshot(self, url: str, near: dt.date | None) -> Snapshot | None:
        params: dict[str, str] = {
            "url": url,
            "output": "json",
            "fl": "timestamp,original",
            "filter": "statuscode:200",
        }
        params |= {"limit": "-1"} if near is None else {"limit": "1", "closest": f"{near:%Y%m%d}"}
        answer = await self._get(self._settings.cdx, params, self._settings.copies_ttl)
        if answer.status >= 400 or answer.body is None:
            return None
        return next(iter(from_cdx(answer.body, self._settings.archive)), None)

    async def _get(self, url: str, params: Mapping[str, str], ttl: float, language: str | None = None) -> Fetched:
        headers = {"Accept-Language": language} if language else None
        return await self._http.get_json(url, params=params, headers=headers, ttl=ttl)


def completed(work: Work, other: Work) -> Work:
    """Fill what one source left empty from another's description of the same work; what it states stays as it is."""
    missing: dict[str, Any] = {
        each.name: getattr(other, each.name)
        for each in fields(Work)
        if not getattr(work, each.name) and each.name not in {"url", "container", "publisher", "place", "pages"}
    }
    if not work.pages and not work.article_number:
        missing["pages"] = other.pages
    if not work.container:
        missing["container"] = other.container
    if work.kind is Kind.WEB and work.doi and work.doi == other.doi:
        missing["kind"] = other.kind
    return replace(work, **missing)


def _citoid_query(identifier: Identifier) -> str:
    """Return what Citoid recognises: bare DOI, ISBN, PMID and PMCID, and an address for everything else."""
    if identifier.scheme in {Scheme.DOI, Scheme.ISBN, Scheme.PMID, Scheme.PMCID}:
        return identifier.value
    return identifier.value if identifier.scheme is Scheme.WIKIDATA else identifier.link


def _known_by(work: Work, identifier: Identifier) -> Work:
    """Keep the identifier that led to the work, should the answer not repeat it."""
    field = identifier.scheme.value
    if identifier.scheme in {Scheme.WIKIDATA, Scheme.ISSN} or getattr(work, field):
        return work
    missing: dict[str, Any] = {field: identifier.value}
    return replace(work, **missing)
