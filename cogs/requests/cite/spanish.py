# SPDX-License-Identifier: MIT
"""Spanish Wikipedia: the Cita family, the names of Módulo:Citas/Configuración."""

from cogs.requests.cite.dates import SPANISH
from cogs.requests.cite.template import Template, foreign, ordinal, own_publisher, own_url, pages
from cogs.requests.work import Kind, Work

_TEMPLATES = {
    Kind.JOURNAL: "Cita publicación",
    Kind.BOOK: "Cita libro",
    Kind.CHAPTER: "Cita libro",
    Kind.ENCYCLOPEDIA: "Cita enciclopedia",
    Kind.NEWS: "Cita noticia",
    Kind.WEB: "Cita web",
    Kind.THESIS: "Cita tesis",
    Kind.CONFERENCE: "Cita conferencia",
    Kind.ARXIV: "Cita arXiv",
}
_CONTAINERS = {
    Kind.JOURNAL: "publicación",
    Kind.ENCYCLOPEDIA: "enciclopedia",
    Kind.NEWS: "periódico",
    Kind.WEB: "sitioweb",
    Kind.CONFERENCE: "títulolibro",
}


def spanish(work: Work) -> Template:
    """Fill the Spanish template of a work."""
    filled = Template(_TEMPLATES[work.kind])
    filled.numbered(work.authors, "apellidos{}", "nombre{}", "autor{}")
    filled.text("fecha", SPANISH.partial(work.date))
    if work.kind is Kind.ARXIV:
        filled.text("título", work.title)
        filled.identifier("eprint", work.arxiv)
        return filled
    _titles(filled, work)
    _edition(filled, work)
    _identifiers(filled, work)
    _addresses(filled, work)
    filled.text("idioma", foreign(work, "es"))
    return filled


def _titles(filled: Template, work: Work) -> None:
    if work.kind is Kind.CHAPTER:
        filled.text("capítulo", work.title)
        filled.numbered(work.editors, "apellidos-editor{}", "nombre-editor{}", "editor{}")
        filled.text("título", work.container)
        return
    filled.text("título", work.title)
    if work.kind in {Kind.BOOK, Kind.ENCYCLOPEDIA, Kind.CONFERENCE}:
        filled.numbered(work.editors, "apellidos-editor{}", "nombre-editor{}", "editor{}")
    if work.kind in _CONTAINERS:
        filled.text(_CONTAINERS[work.kind], work.container)
    if work.kind is Kind.CONFERENCE:
        filled.text("conferencia", work.conference)
    if work.kind is Kind.THESIS:
        filled.text("grado", work.degree)


def _edition(filled: Template, work: Work) -> None:
    filled.text("serie", work.series)
    filled.text("edición", ordinal(work.edition, "{}.ª"))
    filled.text("volumen", work.volume)
    if work.kind in {Kind.JOURNAL, Kind.NEWS}:
        filled.text("número", work.issue)
    else:
        filled.text("ubicación", work.place if own_publisher(work) else "")
        filled.text("editorial", own_publisher(work))
    written, several = pages(work, "-")
    filled.text("páginas" if several else "página", written or work.article_number)


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
    if work.access_date:
        filled.text("fechaacceso", SPANISH.full(work.access_date))
    if work.archive_date and filled.url("urlarchivo", work.archive_url):
        filled.text("fechaarchivo", SPANISH.full(work.archive_date))
