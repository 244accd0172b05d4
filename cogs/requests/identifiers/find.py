# SPDX-License-Identifier: MIT
"""Finds the identifiers in running text, and leaves phone numbers, dates, page ranges and prices alone.

Labelled numbers ("PMID 123") and unmistakable shapes are taken. A bare number is taken only if its check digit is right
and nothing around it says otherwise; PMIDs and OCLC numbers, being plain numbers, need their label.
"""

import re
from collections.abc import Iterator

from cogs.requests.identifiers.model import Identifier, Scheme
from cogs.requests.identifiers.normal import ARXIV_NEW, ARXIV_OLD, DOI, HYPHENS, SPACES, bare, normal, trim
from cogs.requests.identifiers.urls import KNOWN_HOSTS, inside

_H = f"[{HYPHENS}]"
_SEP = f"[{HYPHENS}{SPACES}]"
_LABEL = r"\s{0,3}(?:numbers?|no\.?|nr\.?|id)?\s{0,3}[:=#|]?\s{0,3}"
_HOSTS = "|".join(re.escape(host) for host in KNOWN_HOSTS)
_NOT_BEFORE = r"(?<![\w./%+-])"

_URL = re.compile(
    rf"https?://[^\s<>\"|{{}}\\^`]+|{_NOT_BEFORE}(?:www\.)?(?:[a-z0-9-]+\.)*(?:{_HOSTS})/[^\s<>\"|{{}}]+", re.IGNORECASE
)
_ISBN = rf"(?:97[89]{_SEP}?)?(?:[0-9]{_SEP}?){{9}}[0-9Xx]"
_ISSN = rf"[0-9]{{4}}{_SEP}?[0-9]{{3}}[0-9Xx]"

# In order of trust: what an earlier pattern took, a later one does not get.
_PATTERNS: tuple[tuple[Scheme, re.Pattern[str]], ...] = tuple(
    (scheme, re.compile(pattern, flags))
    for scheme, pattern, flags in (
        (Scheme.DOI, rf"(?<![0-9A-Za-z_.]){DOI}", 0),
        (Scheme.PMCID, rf"\bPMC(?:ID)?{_LABEL}(PMC[1-9][0-9]{{2,8}})\b", re.IGNORECASE),
        (Scheme.PMCID, r"(?<![\w/])(PMC[1-9][0-9]{4,8})(?!\w)", 0),
        (Scheme.PMCID, rf"\bPMC(?:ID)?{_LABEL}([1-9][0-9]{{2,8}})(?![\w-]|\.[0-9])", re.IGNORECASE),
        (Scheme.PMID, rf"\b(?:PMIDs?|PubMed){_LABEL}([1-9][0-9]{{0,7}})(?![\w-])", re.IGNORECASE),
        (Scheme.ARXIV, rf"\barXiv{_LABEL}((?:{ARXIV_NEW}|{ARXIV_OLD})(?:v[1-9][0-9]?)?)(?![\w-])", re.IGNORECASE),
        (Scheme.ARXIV, rf"{_NOT_BEFORE}({ARXIV_OLD}(?:v[1-9][0-9]?)?)(?![\w/-])", 0),
        (Scheme.ARXIV, rf"{_NOT_BEFORE}({ARXIV_NEW}v[1-9][0-9]?)(?![\w/-])", 0),
        (Scheme.ISBN, rf"\be?ISBN(?:{_H}?1[03])?(?:\s?\([^)\n]{{1,20}}\))?{_LABEL}({_ISBN})(?![0-9])", re.IGNORECASE),
        (Scheme.ISSN, rf"\b[ep]?{_H}?ISSN(?:{_H}L)?(?:\s?\([^)\n]{{1,20}}\))?{_LABEL}({_ISSN})(?![\w])", re.IGNORECASE),
        (Scheme.OCLC, rf"(?:\bOCLC{_LABEL}|\boc[mn]|\(OCoLC\)\s?)([0-9]{{1,12}})(?![\w-]|\.[0-9])", re.IGNORECASE),
        (Scheme.JSTOR, rf"\bJSTOR{_LABEL}([1-9][0-9]{{2,9}})(?![\w-])", re.IGNORECASE),
        (Scheme.WIKIDATA, rf"\b(?:wikidata|d){_LABEL}(?<=[:=#\s])(Q[1-9][0-9]{{0,9}})(?!\w)", re.IGNORECASE),
        (Scheme.WIKIDATA, r"(?<![\w./+-])(Q[1-9][0-9]{2,9})(?![\w/-]|\.[0-9])", 0),
        (Scheme.ISBN, rf"{_NOT_BEFORE}(97[89](?:{_SEP}?[0-9]){{10}})(?![\w]|{_H}[0-9])", 0),
        (
            Scheme.ISBN,
            rf"{_NOT_BEFORE}([0-9]{{1,5}}{_SEP}[0-9]{{1,7}}{_SEP}[0-9]{{1,7}}{_SEP}[0-9X])(?![\w]|{_H}[0-9])",
            0,
        ),
        (Scheme.ISBN, rf"{_NOT_BEFORE}([0-9]{{9}}X)(?!\w)", 0),
        (Scheme.ISSN, rf"{_NOT_BEFORE}([0-9]{{4}}{_H}[0-9]{{3}}[0-9X])(?![\w]|{_H}[0-9])", 0),
    )
)
_TELLS_OTHERWISE = re.compile(
    r"(?:\b(?:tel|telf?|phone|fon|telefono|teléfono|telèfon|téléphone|fax|mobile|call|whatsapp|"
    r"pp?|pages?|págs?|pàgs?|seiten?|s|years?|anys?|años|années|jahre|iban|vat)\b\.?|[☎📞$€£¥+(])\s{0,2}[:=]?\s{0,2}$",
    re.IGNORECASE,
)


def find(text: str) -> tuple[Identifier, ...]:
    """Return the identifiers in a text in their order; never raises. Web addresses without one inside count as URL."""
    taken: list[Identifier] = []
    for candidate in _candidates(text):
        if all(candidate.end <= other.start or candidate.start >= other.end for other in taken):
            taken.append(candidate)
    return tuple(sorted(taken, key=lambda each: each.start))


def _candidates(text: str) -> Iterator[Identifier]:
    for found in _URL.finditer(text):
        raw = trim(found[0])
        complete = raw if raw.lower().startswith("http") else f"https://{raw}"
        scheme, value = inside(complete) or (Scheme.URL, normal(Scheme.URL, complete))
        if value is not None and not (scheme is Scheme.URL and complete is not raw):
            yield Identifier(scheme, value, found.start(), found.start() + len(raw), raw)
    for scheme, pattern in _PATTERNS:
        for found in pattern.finditer(text):
            group = 1 if pattern.groups else 0
            raw, start = found[group], found.start(group)
            raw = trim(raw) if scheme is Scheme.DOI else raw
            value = normal(scheme, raw)
            if value is None or (
                start == found.start() and _is_lookalike(scheme, raw, text[max(0, start - 24) : start])
            ):
                continue
            yield Identifier(scheme, value, start, start + len(raw), raw)


def _is_lookalike(scheme: Scheme, raw: str, before: str) -> bool:
    """Tell whether an unlabelled number that passes its check is rather a phone number, a page or a year range."""
    if scheme not in {Scheme.ISBN, Scheme.ISSN}:
        return False
    if _TELLS_OTHERWISE.search(before):
        return True
    digits = bare(raw)
    if scheme is Scheme.ISBN or not digits.isdecimal():
        return False
    first, last = int(digits[:4]), int(digits[4:])
    return 0 <= last - first < 1000 or (1000 <= first <= 2100 and 1000 <= last <= 2100)
