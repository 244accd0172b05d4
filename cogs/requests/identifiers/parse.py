# SPDX-License-Identifier: MIT
"""Reads one identifier that somebody typed, and says exactly what is wrong if it is none."""

import re

from bot.kit import Text, t
from cogs.requests.identifiers import checks
from cogs.requests.identifiers.find import find
from cogs.requests.identifiers.model import Ambiguous, BadIdentifier, Identifier, Scheme
from cogs.requests.identifiers.normal import bare, normal

_LABEL = re.compile(
    r"(?:(?P<isbn>e?ISBN(?:-?1[03])?)|(?P<issn>[ep]?-?ISSN)|(?P<doi>doi)|(?P<pmcid>PMC\s?ID)|(?P<pmid>PMID|PubMed)|"
    r"(?P<arxiv>arXiv)|(?P<oclc>OCLC|\(OCoLC\)|oc[mn](?=[0-9]))|(?P<jstor>JSTOR)|(?P<wikidata>wikidata|d(?=:)))"
    r"\s*[:=#]?\s*",
    re.IGNORECASE,
)
_LARGEST_OCLC = 2_000_000_000
_EXAMPLES = {
    Scheme.DOI: t("A DOI looks like 10.1000/182."),
    Scheme.PMID: t("A PMID is a number of up to 8 digits, such as 23555203."),
    Scheme.PMCID: t("A PMCID looks like PMC3538472."),
    Scheme.ARXIV: t("An arXiv number looks like 1207.7214 or hep-th/9901001."),
    Scheme.OCLC: t("An OCLC number is a number of up to 12 digits."),
    Scheme.JSTOR: t("A JSTOR number is the one in an address such as https://www.jstor.org/stable/2707234."),
    Scheme.WIKIDATA: t("A Wikidata item looks like Q42."),
    Scheme.URL: t("A web address starts with https:// and has no spaces."),
}


def parse(text: str, scheme: Scheme | None = None) -> Identifier | Ambiguous:
    """Read one identifier, with or without label, as an address, or within a few words.

    A bare number that fits several schemes is Ambiguous unless `scheme` is given. Raises BadIdentifier.
    """
    start = len(text) - len(text.lstrip())
    stripped = text.strip()
    if not stripped:
        raise BadIdentifier(t("Please give an identifier, such as a DOI, an ISBN or a web address."))
    labelled = _LABEL.match(stripped)
    stated = Scheme(labelled.lastgroup) if labelled and labelled.lastgroup else None
    body = stripped[labelled.end() :] if labelled and stated else stripped
    offset = start + len(stripped) - len(body)
    if (wanted := scheme or stated) and (value := normal(wanted, body)) is not None and stated in {None, wanted}:
        return Identifier(wanted, value, offset, offset + len(body), body)
    if scheme is None and stated is None and (guessed := _guess(body, offset)) is not None:
        return guessed
    return _within(text, scheme, stated, body)


def _guess(body: str, offset: int) -> Identifier | Ambiguous | None:
    """Return what an unlabelled text may be, judged by its shape."""
    options = [
        Identifier(scheme, value, offset, offset + len(body), body)
        for scheme in _plausible(body)
        if (value := normal(scheme, body)) is not None
    ]
    if len(options) > 1:
        return Ambiguous(tuple(options))
    return options[0] if options else None


def _plausible(body: str) -> tuple[Scheme, ...]:
    digits = bare(body)
    if checks.are_digits(body):
        if len(body) == 10 and not checks.is_isbn10(body):
            return ()  # most likely a mistyped ISBN: better said than guessed away
        numbers = (Scheme.PMID, Scheme.OCLC) if int(body) < _LARGEST_OCLC and len(body) <= 10 else ()
        return (Scheme.ISBN, Scheme.ISSN, *numbers)
    if checks.are_digits(digits[:-1]) and digits[-1:] in "0123456789X":
        return (Scheme.ISBN, Scheme.ISSN)
    if body[:3].upper() == "PMC":
        return (Scheme.PMCID,)
    return (Scheme.ARXIV, Scheme.WIKIDATA)


def _within(text: str, scheme: Scheme | None, stated: Scheme | None, body: str) -> Identifier | Ambiguous:
    """Take the identifier that stands among other words, or explain why there is none."""
    found = find(text)
    fitting = tuple(each for each in found if scheme in {None, each.scheme})
    different = {(each.scheme, each.value): each for each in reversed(fitting)}
    if len(different) == 1:
        return fitting[0]
    if len(different) > 1:
        return Ambiguous(tuple(each for each in fitting if different[each.scheme, each.value] is each))
    if found and scheme is not None:
        raise BadIdentifier(
            t(
                "This is another kind of identifier: {found}, not {wanted}.",
                found=found[0].scheme.label,
                wanted=scheme.label,
            )
        )
    raise BadIdentifier(_why(scheme or stated, body))


def _why(scheme: Scheme | None, body: str) -> Text:
    digits = bare(body)
    if scheme is None and checks.are_digits(digits[:-1]):
        scheme = {8: Scheme.ISSN, 10: Scheme.ISBN, 13: Scheme.ISBN}.get(len(digits))
    if scheme is Scheme.ISBN:
        return _why_not_isbn(digits)
    if scheme is Scheme.ISSN:
        return _why_not_issn(digits)
    if scheme is not None:
        return _EXAMPLES[scheme]
    return t("No identifier was recognised. Give a DOI, an ISBN, a PMID (as “PMID 123”), or a web address.")


def _why_not_isbn(digits: str) -> Text:
    if not checks.are_digits(digits[:-1]) or digits[-1:] not in "0123456789X":
        return t("An ISBN has only digits (the last of ten may be X), such as 978-2-07-046423-4.")
    if len(digits) not in {10, 13}:
        return t("An ISBN has 10 or 13 digits; this has {count}.", count=len(digits))
    if len(digits) == 10:
        return _wrong_check("ISBN", digits, checks.isbn10_check(digits[:9]))
    if digits.startswith("9790"):
        return t("Numbers that start with 979-0 are for printed music (ISMN), not for books.")
    if not digits.startswith(("978", "979")):
        return t("An ISBN of 13 digits starts with 978 or 979.")
    return _wrong_check("ISBN", digits, checks.isbn13_check(digits[:12]))


def _why_not_issn(digits: str) -> Text:
    if len(digits) != 8:
        return t("An ISSN has 8 digits, such as 0025-6196; this has {count}.", count=len(digits))
    if not checks.are_digits(digits[:7]) or digits[7] not in "0123456789X":
        return t("An ISSN has only digits (the last may be X), such as 0025-6196.")
    return _wrong_check("ISSN", digits, checks.issn_check(digits[:7]))


def _wrong_check(name: str, digits: str, expected: str) -> Text:
    return t(
        "This {name} is mistyped: after {start} its last digit would be {expected}, not {last}.",
        name=name,
        start=digits[:-1],
        expected=expected,
        last=digits[-1],
    )
