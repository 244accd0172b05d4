# SPDX-License-Identifier: MIT
"""Reads Crossref's works (REST API, recorded replies of habanero and citoid)."""

from collections.abc import Iterator
from typing import Any

from cogs.requests.dates import of_date_parts
from cogs.requests.identifiers import Scheme
from cogs.requests.metadata import junk
from cogs.requests.metadata.model import Unreadable
from cogs.requests.work import Kind, Name, PartialDate, Work

_KINDS = {
    "book": Kind.BOOK,
    "monograph": Kind.BOOK,
    "edited-book": Kind.BOOK,
    "reference-book": Kind.BOOK,
    "book-set": Kind.BOOK,
    "report": Kind.BOOK,
    "proceedings": Kind.BOOK,
    "book-chapter": Kind.CHAPTER,
    "book-section": Kind.CHAPTER,
    "book-part": Kind.CHAPTER,
    "reference-entry": Kind.ENCYCLOPEDIA,
    "proceedings-article": Kind.CONFERENCE,
    "dissertation": Kind.THESIS,
    "posted-content": Kind.WEB,
}
# The printed issue's date is what citations give; `issued` is the earliest of all.
_DATES = ("published-print", "issued", "published", "published-online", "posted", "created")
_RETRACTIONS = {"retraction", "withdrawal", "removal"}


def from_crossref(data: Any) -> Work:
    """Read one work. Raises Unreadable, also for Crossref's own failures."""
    answer = junk.mapping(data)
    message = answer.get("message")
    if not isinstance(message, dict) or answer.get("status") == "failed":
        raise Unreadable("Crossref sent no work")
    kind = _KINDS.get(junk.text(message.get("type")), Kind.JOURNAL)
    event = junk.sub(message, "event")
    return Work(
        kind=kind,
        title=_title(message),
        authors=tuple(_names(message, "author")),
        editors=tuple(_names(message, "editor")),
        container=junk.text(message.get("container-title")) or _institution(message, kind),
        conference=junk.text(event.get("name")),
        volume=junk.text(message.get("volume")),
        issue=junk.text(message.get("issue")),
        pages=junk.text(message.get("page")),
        article_number=junk.text(message.get("article-number")),
        edition=junk.text(message.get("edition-number")),
        date=_date(message),
        publisher=junk.text(message.get("publisher")),
        place=junk.text(message.get("publisher-location")),
        degree=junk.text(message.get("degree")),
        isbn=junk.identifier(Scheme.ISBN, junk.items(message, "ISBN")),
        issn=junk.identifier(Scheme.ISSN, junk.items(message, "ISSN")),
        doi=junk.identifier(Scheme.DOI, [message.get("DOI")]),
        url=junk.address(message.get("URL")),
        language=junk.text(message.get("language")),
        retracted=_retracted(message),
        retracts=_target(message),
    )


def _title(message: dict[str, Any]) -> str:
    title, subtitle = junk.title(message.get("title")), junk.text(message.get("subtitle"))
    known = not subtitle or subtitle.casefold() in title.casefold()
    return title if known or not title else f"{title}: {subtitle}"


def _names(message: dict[str, Any], key: str) -> Iterator[Name]:
    for each in junk.objects(junk.items(message, key)):
        family, given = junk.text(each.get("family")), junk.text(each.get("given"))
        name = junk.text(each.get("name"))
        if family or given:
            yield Name(family or given, given if family else "")
        elif name:
            yield Name(name, corporate=True)


def _date(message: dict[str, Any]) -> PartialDate | None:
    for key in _DATES:
        if found := of_date_parts(junk.sub(message, key).get("date-parts")):
            return found
    return None


def _institution(message: dict[str, Any], kind: Kind) -> str:
    """Return the name of the server of a preprint."""
    if kind is not Kind.WEB:
        return ""
    names = (junk.text(each.get("name")) for each in junk.objects(junk.items(message, "institution")))
    return next(filter(None, names), "") or junk.text(message.get("group-title"))


def _retracted(message: dict[str, Any]) -> bool | None:
    """Tell whether the work was retracted; Crossref lists notices about it under `updated-by`.

    Some publishers deposit the notice on the work itself, and others only change the title.
    """
    if any(_withdraws(notice) for notice in junk.objects(junk.items(message, "updated-by"))):
        return True
    if _target(message) and _target(message) == junk.identifier(Scheme.DOI, [message.get("DOI")]):
        return True
    return True if junk.title(message.get("title")).upper().startswith(("RETRACTED:", "RETRACTED ARTICLE:")) else None


def _target(message: dict[str, Any]) -> str:
    """Return the DOI that this work withdraws: a notice names it under `update-to`."""
    notices = (notice for notice in junk.objects(junk.items(message, "update-to")) if _withdraws(notice))
    return next((doi for notice in notices if (doi := junk.identifier(Scheme.DOI, [notice.get("DOI")]))), "")


def _withdraws(notice: dict[str, Any]) -> bool:
    return junk.text(notice.get("type")).lower() in _RETRACTIONS
