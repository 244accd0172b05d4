# SPDX-License-Identifier: MIT
"""German Wikipedia: Literatur for what is or was printed, Internetquelle for pages.

Literatur has no parameters for archived copies. Both want people, not organisations, as authors.
"""

from collections.abc import Iterable

from cogs.requests.cite.dates import GERMAN
from cogs.requests.cite.template import Template, foreign, ordinal, own_publisher, own_url, pages
from cogs.requests.work import Kind, Name, Work


def german(work: Work) -> Template:
    """Fill the German template of a work."""
    page = work.kind in {Kind.WEB, Kind.ARXIV} or (work.kind is Kind.NEWS and work.url and not work.pages)
    return _page(work) if page else _literature(work)


def _literature(work: Work) -> Template:
    filled = Template("Literatur")
    people, bodies = _people(work.authors), _bodies(work.authors)
    filled.joined("Autor", people)
    filled.joined("Hrsg", [*work.editors, *bodies])
    filled.text("Titel", work.title)
    if work.kind is Kind.THESIS:
        filled.text("TitelErg", work.degree or "Dissertation")
    filled.text("Sammelwerk", work.container or work.conference)
    filled.text("Reihe", work.series)
    filled.text("Band", work.volume)
    filled.text("Nummer", work.issue)
    filled.text("Auflage", ordinal(work.edition, "{}."))
    if work.kind not in {Kind.JOURNAL, Kind.NEWS}:
        filled.text("Verlag", own_publisher(work))
        filled.text("Ort", work.place)
    filled.text("Datum", GERMAN.partial(work.date))
    filled.text("Sprache", foreign(work, "de"))
    for param, content in (
        ("ISBN", work.isbn),
        ("ISSN", work.issn),
        ("OCLC", work.oclc),
        ("DOI", work.doi),
        ("arXiv", work.arxiv),
        ("JSTOR", work.jstor),
        ("PMC", work.pmcid.removeprefix("PMC")),
        ("PMID", work.pmid),
    ):
        filled.identifier(param, content)
    filled.text("Seiten", pages(work, "–")[0] or work.article_number)
    if filled.url("Online", own_url(work)) and work.access_date:
        filled.text("Abruf", GERMAN.full(work.access_date))
    return filled


def _page(work: Work) -> Template:
    filled = Template("Internetquelle")
    arxiv = work.kind is Kind.ARXIV
    filled.joined("autor", _people(work.authors))
    filled.url("url", f"https://arxiv.org/abs/{work.arxiv}" if arxiv else work.url)
    filled.text("titel", work.title)
    filled.text("werk", "arXiv" if arxiv else work.container)
    filled.text("hrsg", own_publisher(work) or ", ".join(name.whole for name in _bodies(work.authors)))
    filled.text("datum", GERMAN.partial(work.date))
    filled.text("sprache", foreign(work, "de"))
    if work.archive_date and filled.url("archiv-url", work.archive_url):
        filled.text("archiv-datum", GERMAN.full(work.archive_date))
    if work.access_date:
        filled.text("abruf", GERMAN.full(work.access_date))
    return filled


def _people(names: Iterable[Name]) -> list[Name]:
    return [name for name in names if not name.corporate]


def _bodies(names: Iterable[Name]) -> list[Name]:
    return [name for name in names if name.corporate]
