# SPDX-License-Identifier: MIT
"""Reads Citoid's answers in its `mediawiki` format (wikimedia/mediawiki-services-citoid, recorded replies)."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from cogs.requests.dates import parse_date
from cogs.requests.identifiers import Scheme
from cogs.requests.identifiers import find as find_identifiers
from cogs.requests.metadata import junk
from cogs.requests.metadata.model import Unreadable
from cogs.requests.work import Kind, Name, Work

_KINDS = {
    "journalArticle": Kind.JOURNAL,
    "magazineArticle": Kind.JOURNAL,
    "newspaperArticle": Kind.NEWS,
    "book": Kind.BOOK,
    "bookSection": Kind.CHAPTER,
    "encyclopediaArticle": Kind.ENCYCLOPEDIA,
    "dictionaryEntry": Kind.ENCYCLOPEDIA,
    "thesis": Kind.THESIS,
    "conferencePaper": Kind.CONFERENCE,
    "preprint": Kind.ARXIV,
}
_CONTAINERS = (
    "publicationTitle",
    "bookTitle",
    "encyclopediaTitle",
    "dictionaryTitle",
    "proceedingsTitle",
    "websiteTitle",
    "blogTitle",
    "forumTitle",
)
_PUBLISHERS = ("publisher", "university", "institution", "studio", "label", "distributor", "company")


def from_citoid(data: Any) -> Work:
    """Read the first readable work of Citoid's list. Raises Unreadable, also for Citoid's own errors."""
    found = data if isinstance(data, list) else [data]
    works = [_work(entry) for entry in junk.objects(found) if "itemType" in entry]
    if not works:
        raise Unreadable("Citoid sent no citation")
    return next((work for work in works if work.title), works[0])


def _work(entry: dict[str, Any]) -> Work:
    arxiv = _arxiv(entry)
    kind = _KINDS.get(junk.text(entry.get("itemType")), Kind.WEB)
    if kind is Kind.ARXIV and not arxiv:
        kind = Kind.WEB
    return Work(
        kind=kind,
        title=junk.title(entry.get("title")),
        authors=tuple(_names(entry, "author")),
        editors=tuple(_names(entry, "editor")),
        container=next((text for key in _CONTAINERS if (text := junk.text(entry.get(key)))), ""),
        conference=junk.text(entry.get("conferenceName")),
        series=junk.text(entry.get("series")),
        volume=junk.text(entry.get("volume")),
        issue=junk.text(entry.get("issue")),
        pages=junk.text(entry.get("pages")),
        edition=junk.text(entry.get("edition")),
        date=parse_date(junk.text(entry.get("date"))),
        publisher=next((text for key in _PUBLISHERS if (text := junk.text(entry.get(key)))), ""),
        place=junk.text(entry.get("place")),
        degree=junk.text(entry.get("thesisType")),
        isbn=junk.identifier(Scheme.ISBN, _split(junk.items(entry, "ISBN"))),
        issn=junk.identifier(Scheme.ISSN, _split(junk.items(entry, "ISSN"))),
        doi=_doi(entry),
        pmid=junk.identifier(Scheme.PMID, [entry.get("PMID")]),
        pmcid=junk.identifier(Scheme.PMCID, [entry.get("PMCID")]),
        arxiv=arxiv,
        oclc=junk.identifier(Scheme.OCLC, [entry.get("oclc")]),
        url=junk.address(entry.get("url")),
        access_date=_day(junk.text(entry.get("accessDate"))),
        language=junk.text(entry.get("language")),
    )


def _names(entry: dict[str, Any], key: str) -> Iterator[Name]:
    """Read [given, family] pairs; an organisation comes as ["", name] or [name], in old answers as an object."""
    for each in junk.items(entry, key):
        if isinstance(each, dict):
            parts = [junk.text(each.get("firstName")), junk.text(each.get("lastName") or each.get("name"))]
        else:
            parts = [junk.text(part) for part in (each if isinstance(each, list) else [each])][:2]
        filled = [part for part in parts if part]
        if len(filled) == 2:
            yield Name(filled[1], filled[0])
        elif filled:
            yield Name(filled[0], corporate=" " in filled[0])


def _split(values: list[Any]) -> Iterator[str]:
    """Separate numbers that came in one text; an ISBN may have spaces inside, so the whole is tried first."""
    for value in values:
        whole = junk.text(value)
        yield whole
        yield from re.split(r"[\s,;]+", whole)


def _doi(entry: dict[str, Any]) -> str:
    stated = junk.identifier(Scheme.DOI, [entry.get("DOI")])
    return stated or _extra(entry, Scheme.DOI)


def _arxiv(entry: dict[str, Any]) -> str:
    stated = (junk.text(entry.get(key)) for key in ("archiveID", "number"))
    candidates = (re.sub(r"^arxiv:\s*", "", each, flags=re.IGNORECASE) for each in stated)
    return junk.identifier(Scheme.ARXIV, candidates) or _extra(entry, Scheme.ARXIV)


def _extra(entry: dict[str, Any], scheme: Scheme) -> str:
    """Return an identifier from the free text that Zotero keeps in `extra`."""
    return next((each.value for each in find_identifiers(junk.text(entry.get("extra"))) if each.scheme is scheme), "")


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None
