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
        # Special:BookSources and what it is called in other languages.
        ("wikipedia.org", r"/wiki/[^/:]+:[^/]+/([0-9X -]{10,17})", Scheme.ISBN),
    )
)
KNOWN_HOSTS = ("doi.org", *dict.fromkeys(host for host, _, _ in _RULES))
_BOOK_QUERIES = {"isbn", "vid", "rft.isbn"}
_AMAZON = re.compile(r"(?:smile\.)?amazon\.(?:com|ca|co\.[a-z]{2}|com\.[a-z]{2}|[a-z]{2})")
_ASIN = re.compile(r"/(?:[^/]+/)?(?:dp|gp/product|exec/obidos/ASIN)/([0-9]{9}[0-9X])(?:/.*)?", re.IGNORECASE)
_NATURE = re.compile(r"/articles/(s[0-9]{5}-[0-9]{3}-[0-9x]{4,6}-[0-9a-z]|[a-z]{2,9}[0-9]{2,8}[a-z]?)(?:\.pdf|/.*)?")


def inside(url: str) -> tuple[Scheme, str] | None:
    """Return the identifier that an address stands for, in normal form, or None if it is only an address."""
    try:
        parts = urlsplit(url)
        host = _unproxied((parts.hostname or "").removeprefix("www."))
    except ValueError:
        return None
    if host.endswith(_COPIES):
        return None
    for suffix, path, scheme in _RULES:
        if (host == suffix or host.endswith(f".{suffix}")) and (found := path.fullmatch(unquote(parts.path))):
            value = normal(scheme, found[1])
            if value is not None:
                return scheme, value
    return (
        _doi(parts.path, host, parts.query)
        or _openurl(parts.query)
        or _book(parts.query)
        or _shop(host, parts.path)
        or _searched(host, parts.path, parts.query)
    )


def _unproxied(host: str) -> str:
    """Return the host behind a library's proxy: "www.jstor.org.proxy.example.edu" and "www-jstor-org.proxy.…"."""
    first, _, rest = host.partition(".")
    plain = first.replace("-", ".").removeprefix("www.") if "-" in first and rest else host
    for known in KNOWN_HOSTS:
        if host.startswith(f"{known}.") or plain == known:
            return known
    return host


def _openurl(query: str) -> tuple[Scheme, str] | None:
    """Read the work that an OpenURL names (ANSI/NISO Z39.88); its ISSN names only the journal."""
    for name, value in parse_qsl(query):
        if name.lower() in {"rft_id", "id"} and value.lower().startswith(("info:pmid/", "pmid:")):
            found = normal(Scheme.PMID, value[value.index("/" if "/" in value else ":") + 1 :].strip())
            if found is not None:
                return Scheme.PMID, found
    return None


def _shop(host: str, path: str) -> tuple[Scheme, str] | None:
    """Read the addresses of Nature, whose DOIs end in the same way, and of Amazon, whose book numbers are ISBNs."""
    if host == "nature.com" and (found := _NATURE.fullmatch(path)):
        return Scheme.DOI, f"10.1038/{found[1]}"
    if _AMAZON.fullmatch(host) and (found := _ASIN.fullmatch(path)):
        value = normal(Scheme.ISBN, found[1].upper())
        return None if value is None else (Scheme.ISBN, value)
    return None


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
