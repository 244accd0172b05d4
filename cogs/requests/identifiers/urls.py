# SPDX-License-Identifier: MIT
"""Identifiers inside web addresses: what a PubMed, arXiv, Wikidata, WorldCat, JSTOR or publisher's address names."""

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from cogs.requests.identifiers.model import Scheme
from cogs.requests.identifiers.normal import ARXIV_NEW, ARXIV_OLD, DOI, normal, trim

# Copies and proxies: the address itself is what was meant, not the work inside.
_COPIES = ("web.archive.org", "archive.today", "archive.ph", "archive.is", "webcache.googleusercontent.com")
_DOI_IN_PATH = re.compile(DOI)
_AFTER_DOI = re.compile(
    r"(?:/(?:full|abstract|abs|pdf|epdf|pdfdirect|epub|html|meta|summary|references|fulltext))+/?$"
    r"|(?:(?<=[0-9]{6})v[0-9]{1,2})?(?:\.(?:pdf|full|abstract))+$|(?<=[0-9]{6})v[0-9]{1,2}$"  # bioRxiv adds a version
)

_RULES: tuple[tuple[str, re.Pattern[str], Scheme], ...] = tuple(
    (host, re.compile(path, re.IGNORECASE), scheme)
    for host, path, scheme in (
        ("pubmed.ncbi.nlm.nih.gov", r"/([0-9]+)(?:/.*)?", Scheme.PMID),
        ("ncbi.nlm.nih.gov", r"/(?:m/)?pubmed/([0-9]+)(?:/.*)?", Scheme.PMID),
        ("ncbi.nlm.nih.gov", r"/(?:m/)?pmc/articles/(PMC[0-9]+)(?:/.*)?", Scheme.PMCID),
        ("pmc.ncbi.nlm.nih.gov", r"/articles/(PMC[0-9]+)(?:/.*)?", Scheme.PMCID),
        ("europepmc.org", r"/(?:article|abstract)/MED/([0-9]+)(?:/.*)?", Scheme.PMID),
        ("europepmc.org", r"/(?:article/PMC|articles)/((?:PMC)?[0-9]+)(?:/.*)?", Scheme.PMCID),
        (
            "arxiv.org",
            rf"/(?:abs|pdf|html|format|ps)/((?:{ARXIV_NEW}|{ARXIV_OLD})(?:v[0-9]+)?)(?:\.pdf)?/?",
            Scheme.ARXIV,
        ),
        (
            "wikidata.org",
            r"/(?:wiki|entity)/(?:Special:(?:EntityPage|EntityData)/)?(Q[0-9]+)(?:\.[a-z]+)?/?",
            Scheme.WIKIDATA,
        ),
        ("worldcat.org", r"/(?:title/)?(?:.*/)?oclc/([0-9]+)(?:[/&].*)?", Scheme.OCLC),
        ("worldcat.org", r"/(?:[a-z]{2}/)?title/([0-9]+)(?:/.*)?", Scheme.OCLC),
        ("worldcat.org", r"/isbn/([0-9X-]+)/?", Scheme.ISBN),
        ("worldcat.org", r"/issn/([0-9X-]+)/?", Scheme.ISSN),
        ("openlibrary.org", r"/isbn/([0-9X-]+)(?:\.json)?/?", Scheme.ISBN),
        ("portal.issn.org", r"/resource/ISSN/([0-9X-]+)/?", Scheme.ISSN),
        ("jstor.org", r"/(?:stable|pss)/(?:pdf/)?([0-9]+)(?:\.pdf)?/?", Scheme.JSTOR),
    )
)
KNOWN_HOSTS = ("doi.org", *dict.fromkeys(host for host, _, _ in _RULES))
_BOOK_QUERIES = {"isbn", "vid"}


def inside(url: str) -> tuple[Scheme, str] | None:
    """Return the identifier that an address stands for, in normal form, or None if it is only an address."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    if host.endswith(_COPIES):
        return None
    for suffix, path, scheme in _RULES:
        if (host == suffix or host.endswith(f".{suffix}")) and (found := path.fullmatch(unquote(parts.path))):
            value = normal(scheme, found[1])
            if value is not None:
                return scheme, value
    return _doi(parts.path, host, parts.query) or _book(parts.query) or _searched(host, parts.path, parts.query)


def _doi(path: str, host: str, query: str) -> tuple[Scheme, str] | None:
    candidates = [unquote(path), *(value for _, value in parse_qsl(query))]
    if host.endswith("doi.org") and query:
        candidates.insert(0, unquote(f"{path}?{query}"))  # old DOIs may hold a question mark
    for candidate in candidates:
        if found := _DOI_IN_PATH.search(candidate):
            text = trim(found[0])
            value = normal(Scheme.DOI, text if host.endswith("doi.org") else _AFTER_DOI.sub("", text))
            if value is not None:
                return Scheme.DOI, value
    return None


def _searched(host: str, path: str, query: str) -> tuple[Scheme, str] | None:
    """Read a search of PubMed for nothing but a number, as old links are."""
    if host not in {"pubmed.ncbi.nlm.nih.gov", "ncbi.nlm.nih.gov"} or path.strip("/") not in {"", "pubmed"}:
        return None
    terms = [value for name, value in parse_qsl(query) if name.lower() == "term"]
    value = normal(Scheme.PMID, terms[0].strip()) if len(terms) == 1 else None
    return None if value is None else (Scheme.PMID, value)


def _book(query: str) -> tuple[Scheme, str] | None:
    for name, stated in parse_qsl(query):
        if name.lower() in _BOOK_QUERIES:
            value = normal(Scheme.ISBN, stated.upper().removeprefix("ISBN").lstrip(":"))
            if value is not None:
                return Scheme.ISBN, value
    return None
