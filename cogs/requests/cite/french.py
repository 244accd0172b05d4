# SPDX-License-Identifier: MIT
"""French Wikipedia: Article, Ouvrage, Chapitre and Lien web, the names of Module:Biblio.

A newspaper article is an Article; a thesis is an Ouvrage of that nature; a paper in proceedings and an entry of an
encyclopedia are chapters; a preprint is a page of arXiv.
"""

from cogs.requests.cite.dates import FRENCH
from cogs.requests.cite.template import Template, foreign, own_publisher, own_url, pages
from cogs.requests.work import Kind, Work

_TEMPLATES = {
    Kind.JOURNAL: "Article",
    Kind.NEWS: "Article",
    Kind.BOOK: "Ouvrage",
    Kind.THESIS: "Ouvrage",
    Kind.CHAPTER: "Chapitre",
    Kind.ENCYCLOPEDIA: "Chapitre",
    Kind.CONFERENCE: "Chapitre",
    Kind.WEB: "Lien web",
    Kind.ARXIV: "Lien web",
}


def french(work: Work) -> Template:
    """Fill the French template of a work."""
    filled = Template(_TEMPLATES[work.kind])
    filled.text("langue", foreign(work, "fr"))
    if work.authors or work.kind is not Kind.BOOK:
        filled.numbered(work.authors, "nom{}", "prénom{}", "auteur{}")
    else:
        _directed(filled, work)
    if filled.name == "Article":
        _article(filled, work)
    elif filled.name == "Lien web":
        _page(filled, work)
    else:
        _book(filled, work)
    return filled


def _directed(filled: Template, work: Work) -> None:
    """Name the editors of a book without authors: for the template they are authors who direct."""
    filled.numbered(work.editors, "nom{}", "prénom{}", "auteur{}")
    for number in range(1, len(work.editors) + 1):
        filled.text(f"directeur{number}", "oui")


def _article(filled: Template, work: Work) -> None:
    filled.text("titre", work.title)
    filled.text("périodique", work.container)
    filled.text("série", work.series)
    filled.text("volume", work.volume)
    filled.text("numéro", work.issue)
    filled.text("date", FRENCH.partial(work.date))
    written, _ = pages(work, "-")
    filled.text("pages", written)
    filled.text("numéro article", "" if written else work.article_number)
    filled.identifier("issn", work.issn)
    _identifiers(filled, work)
    _reading(filled, work)


def _book(filled: Template, work: Work) -> None:
    if filled.name == "Chapitre":
        filled.text("titre chapitre", work.title)
        filled.joined("auteurs ouvrage", work.editors)
        filled.text("titre ouvrage", work.container or work.conference)
    else:
        filled.text("titre", work.title)
    if work.kind is Kind.THESIS:
        filled.text("nature ouvrage", work.degree or "thèse")
    filled.text("volume", work.volume)
    filled.text("lieu", work.place)
    filled.text("éditeur", own_publisher(work))
    filled.text("collection", work.series)
    filled.text("date", FRENCH.partial(work.date))
    filled.text("numéro d'édition", work.edition)
    filled.text("passage", pages(work, "-")[0])
    filled.identifier("isbn", work.isbn)
    filled.identifier("oclc", work.oclc)
    _identifiers(filled, work)
    _reading(filled, work)


def _page(filled: Template, work: Work) -> None:
    arxiv = work.kind is Kind.ARXIV
    filled.text("titre", work.title)
    filled.url("url", f"https://arxiv.org/abs/{work.arxiv}" if arxiv else work.url)
    filled.text("site", "arXiv" if arxiv else work.container)
    filled.text("éditeur", own_publisher(work))
    filled.text("date", FRENCH.partial(work.date))
    if arxiv:
        filled.identifier("arxiv", work.arxiv)
    if work.access_date:
        filled.text("consulté le", FRENCH.full(work.access_date))
    if work.archive_date and filled.url("archive-url", work.archive_url):
        filled.text("archive-date", FRENCH.full(work.archive_date))


def _identifiers(filled: Template, work: Work) -> None:
    filled.identifier("pmid", work.pmid)
    filled.identifier("pmcid", work.pmcid.removeprefix("PMC"))
    filled.identifier("doi", work.doi)
    filled.identifier("jstor", work.jstor)
    filled.identifier("arxiv", work.arxiv)


def _reading(filled: Template, work: Work) -> None:
    if not filled.url("lire en ligne", own_url(work)):
        return
    if work.access_date:
        filled.text("consulté le", FRENCH.full(work.access_date))
    if work.archive_date and filled.url("archiveurl", work.archive_url):
        filled.text("archivedate", FRENCH.full(work.archive_date))
