# SPDX-License-Identifier: MIT
"""Catalan Wikipedia: the Ref- family (Ref-publicació, Ref-llibre, Ref-web, Ref-notícia).

A thesis, a chapter, proceedings and an encyclopedia are books there; a preprint is a page.
"""

from functools import cache

from cogs.requests.cite.dates import CATALAN
from cogs.requests.cite.template import Template, foreign, ordinal, own_publisher, own_url, pages
from cogs.requests.work import Kind, Work

_TEMPLATES = {Kind.JOURNAL: "Ref-publicació", Kind.NEWS: "Ref-notícia", Kind.WEB: "Ref-web", Kind.ARXIV: "Ref-web"}
_IN_BOOKS = {Kind.CHAPTER, Kind.ENCYCLOPEDIA, Kind.CONFERENCE}


def catalan(work: Work) -> Template:
    """Fill the Catalan template of a work."""
    filled = Template(_TEMPLATES.get(work.kind, "Ref-llibre"))
    filled.numbered(work.authors, "cognom{}", "nom{}", "autor{}")
    if work.kind is Kind.JOURNAL:
        _article(filled, work)
    elif filled.name == "Ref-llibre":
        _book(filled, work)
    else:
        _page(filled, work)
    filled.text("data", CATALAN.partial(work.date))
    written, several = pages(work, "-")
    filled.text("pàgines" if several else "pàgina", written)
    _identifiers(filled, work)
    _addresses(filled, work)
    filled.text("llengua", _language(foreign(work, "ca")))
    return filled


def _article(filled: Template, work: Work) -> None:
    filled.text("article", work.title)
    filled.text("publicació", work.container)
    filled.text("volum", work.volume)
    filled.text("exemplar", work.issue)


def _book(filled: Template, work: Work) -> None:
    if work.kind in _IN_BOOKS:
        filled.text("capítol", work.title)
        filled.joined("editor", work.editors)
        filled.text("títol", work.container or work.conference)
    else:
        filled.joined("editor", work.editors)
        filled.text("títol", work.title)
    filled.text("col·lecció", work.series)
    filled.text("volum", work.volume)
    filled.text("edició", ordinal(work.edition, "{}a"))
    filled.text("lloc", work.place)
    filled.text("editorial", own_publisher(work))


def _page(filled: Template, work: Work) -> None:
    filled.text("títol", work.title)
    filled.text("obra", "arXiv" if work.kind is Kind.ARXIV else work.container)
    if work.kind is Kind.WEB:
        filled.text("editor", own_publisher(work))


def _identifiers(filled: Template, work: Work) -> None:
    filled.identifier("doi", work.doi)
    filled.identifier("isbn", work.isbn)
    filled.identifier("issn", work.issn)
    filled.identifier("oclc", work.oclc)
    if work.kind is Kind.JOURNAL:
        filled.identifier("pmid", work.pmid)
        filled.identifier("pmc", work.pmcid.removeprefix("PMC"))
        filled.identifier("arxiv", work.arxiv)
        filled.identifier("jstor", work.jstor)


def _addresses(filled: Template, work: Work) -> None:
    address = f"https://arxiv.org/abs/{work.arxiv}" if work.kind is Kind.ARXIV else own_url(work)
    if not filled.url("url", address):
        return
    if work.access_date:
        filled.text("consulta", CATALAN.full(work.access_date))
    if work.archive_date and filled.name != "Ref-llibre" and filled.url("arxiuurl", work.archive_url):
        filled.text("arxiudata", CATALAN.full(work.archive_date))


@cache
def _language(code: str) -> str:
    """Return a language's Catalan name, which is what the templates show."""
    if not code:
        return ""
    from babel import Locale

    return str(Locale("ca").languages.get(code.split("-", maxsplit=1)[0], code))
