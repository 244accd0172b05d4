# SPDX-License-Identifier: MIT
"""English Wikipedia: Citation Style 1, the names of Module:Citation/CS1/Configuration."""

import re

from cogs.requests.cite.dates import ENGLISH
from cogs.requests.cite.template import Template, foreign, own_publisher, own_url, pages
from cogs.requests.work import Kind, Work

_TEMPLATES = {
    Kind.JOURNAL: "cite journal",
    Kind.BOOK: "cite book",
    Kind.CHAPTER: "cite book",
    Kind.ENCYCLOPEDIA: "cite encyclopedia",
    Kind.NEWS: "cite news",
    Kind.WEB: "cite web",
    Kind.THESIS: "cite thesis",
    Kind.CONFERENCE: "cite conference",
    Kind.ARXIV: "cite arXiv",
}
_CONTAINERS = {
    Kind.JOURNAL: "journal",
    Kind.ENCYCLOPEDIA: "encyclopedia",
    Kind.NEWS: "newspaper",
    Kind.WEB: "website",
    Kind.CONFERENCE: "book-title",
}
_PUBLISHED_BY_THEMSELVES = {Kind.JOURNAL, Kind.NEWS}


def english(work: Work) -> Template:
    """Fill the English template of a work."""
    filled = Template(_TEMPLATES[work.kind])
    filled.numbered(work.authors, "last{}", "first{}", "author{}")
    filled.text("date", ENGLISH.partial(work.date))
    if work.kind is Kind.ARXIV:
        filled.text("title", work.title)
        filled.identifier("eprint", work.arxiv)
        return filled  # cite arXiv accepts nothing else
    _titles(filled, work)
    _edition(filled, work)
    _identifiers(filled, work)
    _addresses(filled, work)
    filled.text("language", foreign(work, "en"))
    return filled


def _titles(filled: Template, work: Work) -> None:
    if work.kind is Kind.CHAPTER:
        filled.text("chapter", work.title)
        filled.numbered(work.editors, "editor-last{}", "editor-first{}", "editor{}")
        filled.text("title", work.container)
        return
    filled.text("title", work.title)
    if work.kind in {Kind.BOOK, Kind.ENCYCLOPEDIA, Kind.CONFERENCE}:
        filled.numbered(work.editors, "editor-last{}", "editor-first{}", "editor{}")
    if work.kind in _CONTAINERS:
        filled.text(_CONTAINERS[work.kind], work.container)
    if work.kind is Kind.CONFERENCE:
        filled.text("conference", work.conference)
    if work.kind is Kind.THESIS:
        filled.text("degree", work.degree)


def _edition(filled: Template, work: Work) -> None:
    filled.text("series", work.series)
    filled.text("edition", _ordinal(work.edition))
    filled.text("volume", work.volume)
    if work.kind in {Kind.JOURNAL, Kind.NEWS}:
        filled.text("issue", work.issue)
    if work.kind not in _PUBLISHED_BY_THEMSELVES:
        filled.text("location", work.place if own_publisher(work) else "")
        filled.text("publisher", own_publisher(work))
    written, several = pages(work, "–")
    filled.text("pages" if several else "page", written)
    if work.kind is Kind.JOURNAL and not written:
        filled.text("article-number", work.article_number)


def _identifiers(filled: Template, work: Work) -> None:
    filled.identifier("doi", work.doi)
    filled.identifier("pmid", work.pmid)
    filled.identifier("pmc", work.pmcid.removeprefix("PMC"))
    filled.identifier("arxiv", work.arxiv)
    filled.identifier("jstor", work.jstor)
    filled.identifier("isbn", work.isbn)
    filled.identifier("issn", work.issn)
    filled.identifier("oclc", work.oclc)


def _addresses(filled: Template, work: Work) -> None:
    if not filled.url("url", own_url(work)):
        return
    if work.archive_date and filled.url("archive-url", work.archive_url):
        filled.text("archive-date", ENGLISH.full(work.archive_date))
    if work.access_date:
        filled.text("access-date", ENGLISH.full(work.access_date))


def _ordinal(edition: str) -> str:
    if not re.fullmatch(r"[0-9]{1,3}", edition):
        return edition
    ending = "th" if edition[-2:] in {"11", "12", "13"} else {"1": "st", "2": "nd", "3": "rd"}.get(edition[-1], "th")
    return edition + ending
