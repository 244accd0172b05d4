# SPDX-License-Identifier: MIT
"""Reads Open Library's Books API (`jscmd=data`, a reply in internetarchive/openlibrary issue 4543)."""

from collections.abc import Iterator
from typing import Any

from cogs.requests.dates import parse_date
from cogs.requests.identifiers import Scheme
from cogs.requests.metadata import junk
from cogs.requests.metadata.model import Unreadable
from cogs.requests.work import Kind, Name, Work


def from_openlibrary(data: Any) -> Work:
    """Read the first book of an answer. Raises Unreadable, also for {}, which means that the book is unknown."""
    for key, book in junk.mapping(data).items():
        if isinstance(book, dict) and junk.title(book.get("title")):
            return _work(key, book)
    raise Unreadable("Open Library does not know this book")


def _work(key: str, book: dict[str, Any]) -> Work:
    ids = junk.sub(book, "identifiers")
    title, subtitle = junk.title(book.get("title")), junk.text(book.get("subtitle"))
    return Work(
        kind=Kind.BOOK,
        title=f"{title}: {subtitle}" if subtitle else title,
        authors=tuple(Name(name) for name in _named(book, "authors")),
        date=parse_date(junk.text(book.get("publish_date"))),
        publisher=next(_named(book, "publishers"), ""),
        place=next(_named(book, "publish_places"), ""),
        isbn=junk.identifier(
            Scheme.ISBN, [*junk.items(ids, "isbn_13"), *junk.items(ids, "isbn_10"), key.removeprefix("ISBN:")]
        ),
        oclc=junk.identifier(Scheme.OCLC, junk.items(ids, "oclc")),
        url=junk.address(book.get("url")),
    )


def _named(book: dict[str, Any], key: str) -> Iterator[str]:
    for each in junk.items(book, key):
        if name := junk.text(each.get("name") if isinstance(each, dict) else each):
            yield name
