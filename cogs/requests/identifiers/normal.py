# SPDX-License-Identifier: MIT
"""Brings the written forms of each scheme into its one normal form, or says None if it is none."""

import re
from urllib.parse import unquote, urlsplit

from cogs.requests.identifiers import checks
from cogs.requests.identifiers.model import Scheme

HYPHENS = "-\u2010\u2011\u2012\u2013\u2014\u2212"
SPACES = " \u00a0\u2009\u202f"
_SEPARATORS = str.maketrans("", "", HYPHENS + SPACES)

_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga|"
    "funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|"
    "plasm-ph|q-alg|q-bio|quant-ph|solv-int|supr-con"
)
ARXIV_NEW = r"(?:0[7-9]|[1-9][0-9])(?:0[1-9]|1[0-2])\.[0-9]{4,5}"
ARXIV_OLD = rf"(?:{_ARCHIVES})(?:\.[A-Z]{{2}})?/[0-9]{{2}}(?:0[1-9]|1[0-2])[0-9]{{3}}"
# Dashes between clauses, and the letters and punctuation of Chinese, Japanese and Korean: no DOI has them, and no space
# stands before them.
_NEXT_WORDS = "\u2014\u2015\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3\uff00-\uff0c\uff0e-\uffef"
# A SICI keeps its angle brackets; whatever ends a value in wikitext, HTML or a list of DOIs ends the DOI too.
_NEXT_DOI = r"[,;](?:doi:|https?:|10\.[0-9]{4})"
_IN_DOI = rf"[^\s\"<>|{{}}\\^`\[\]{_NEXT_WORDS}]"
DOI = rf"10\.[0-9]{{4,9}}(?:\.[0-9]+)*(?:/|%2[Ff])(?:<[0-9]+:[^\s<>]+>|(?!{_NEXT_DOI}){_IN_DOI})+"

_SHAPES = {
    Scheme.DOI: re.compile(DOI),
    Scheme.PMID: re.compile(r"[1-9][0-9]{0,7}"),
    Scheme.PMCID: re.compile(r"(?:PMC)?([1-9][0-9]{0,8})", re.IGNORECASE),
    Scheme.ARXIV: re.compile(rf"(?:{ARXIV_NEW}|{ARXIV_OLD})(?:v[1-9][0-9]{{0,2}})?"),
    Scheme.OCLC: re.compile(r"0*([1-9][0-9]{0,11})"),
    Scheme.JSTOR: re.compile(r"[1-9][0-9]{2,9}"),
    Scheme.WIKIDATA: re.compile(r"Q[1-9][0-9]{0,9}", re.IGNORECASE),
}
_CLOSERS = {")": "(", "]": "[", "}": "{", ">": "<"}
_TRAILING = ".,;:!?'\"*_~»«”“’‘…"


def bare(text: str) -> str:
    """Remove the hyphens and spaces that group the digits of an ISBN or ISSN."""
    return text.translate(_SEPARATORS).upper()


def trim(text: str) -> str:
    """Cut off the punctuation of the sentence around an identifier; a closing bracket stays if it was opened inside."""
    while text:
        last = text[-1]
        opener = _CLOSERS.get(last)
        if last in _TRAILING or (opener and text.count(last) > text.count(opener)):
            text = text[:-1]
        else:
            break
    return text


def normal(scheme: Scheme, text: str) -> str | None:
    """Return the normal form of an identifier without its label, or None if it is not a valid one."""
    if scheme is Scheme.ISBN:
        return _isbn(bare(text))
    if scheme is Scheme.ISSN:
        digits = bare(text)
        return f"{digits[:4]}-{digits[4:]}" if checks.is_issn(digits) else None
    if scheme is Scheme.URL:
        return _url(text)
    if scheme is Scheme.DOI:
        return _doi(text)
    found = _SHAPES[scheme].fullmatch(text)
    if found is None:
        return None
    if scheme is Scheme.PMCID:
        return f"PMC{found[1]}"
    if scheme is Scheme.OCLC:
        return found[1]
    return text.upper() if scheme is Scheme.WIKIDATA else text


def _isbn(digits: str) -> str | None:
    if checks.is_isbn10(digits):
        return checks.to_isbn13(digits)
    return digits if checks.is_isbn13(digits) else None


def _doi(text: str) -> str | None:
    decoded = text
    while (once := _unquote(decoded)) != decoded:
        decoded = once
    while (shorter := trim(decoded).rstrip("/")) != decoded:
        decoded = shorter
    return _lower(decoded) if _SHAPES[Scheme.DOI].fullmatch(decoded) else None


def _unquote(text: str) -> str:
    try:
        return unquote(text, errors="strict")
    except UnicodeDecodeError:
        return text


def _lower(text: str) -> str:
    """Lower ASCII letters only: DOIs ignore case for these and no others (ISO 26324)."""
    return "".join(char.lower() if char.isascii() else char for char in text)


def _url(text: str) -> str | None:
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not host or any(char.isspace() for char in text):
        return None
    if "." not in host.strip(".") and ":" not in host:
        return None
    rest = text[text.index("//") + 2 + len(parts.netloc) :]
    return f"{parts.scheme.lower()}://{parts.netloc.lower()}{rest}"
