# SPDX-License-Identifier: MIT
"""Finds what may name somebody in a text: to point it out before posting, and to take it out before keeping."""

import re
from collections.abc import Iterable

from bot.kit import without_accounts

from .identifiers import find, slips

PLACEHOLDER = "…"

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_HIDDEN_MAIL = re.compile(
    r"[\w.+-]+\s?[\[({]\s?at\s?[\])}]\s?[\w-]+(?:\s?(?:\.|[\[({]\s?dot\s?[\])}])\s?[\w-]+)+", re.IGNORECASE
)
_PHONE = re.compile(r"(?<![\w/.-])(?:\+|00)?\d(?:[\d \u00a0()/.-]{6,}\d)(?![\w/-])")
_NO_PHONE_AFTER = re.compile(
    r"\b(?:vol(?:ume)?|bd|band|tom[eo]|issue|heft|pp|pages?|págs?|seiten?|shelfmark|call number|signatur[ae]?|cote|"
    r"barcode|accession)\b\.?:?\s{0,2}$",
    re.IGNORECASE,
)
_ISSUE_AND_PAGES = re.compile(r"[0-9]{1,4} ?\([0-9/-]{1,7}\)[ .]*[0-9]+ ?- ?[0-9]+")


def contacts_in(text: str) -> tuple[str, ...]:
    """Return the e-mail addresses and phone numbers in a text; identifiers of works are none."""
    rest = _without_identifiers(text)
    mails = (found[0] for pattern in (_MAIL, _HIDDEN_MAIL) for found in pattern.finditer(rest))
    phones = (found[0].strip() for found in _PHONE.finditer(rest) if _is_phone(found[0], rest[: found.start()]))
    return tuple(dict.fromkeys((*mails, *phones)))


def without_people(text: str, names: Iterable[str] = ()) -> str:
    """Return a text without contacts, accounts and these names."""
    for contact in contacts_in(text):
        text = text.replace(contact, PLACEHOLDER)
    text = without_accounts(text, PLACEHOLDER)
    for name in sorted(set(names), key=len, reverse=True):
        if len(name) > 1:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", PLACEHOLDER, text, flags=re.IGNORECASE)
    return text


def _without_identifiers(text: str) -> str:
    """Blank out what names works, mistyped ISBNs too: none of it is a phone number."""
    spans = [(each.start, each.end) for each in find(text)] + [(each.start, each.end) for each in slips(text)]
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _is_phone(written: str, before: str) -> bool:
    """Tell a phone number from a range of years or pages: by its plus sign, or nine digits and more."""
    digits = sum(char.isdigit() for char in written)
    if written.startswith(("+", "00")):
        return 7 <= digits <= 15
    cited = _ISSUE_AND_PAGES.fullmatch(written.strip()) or _NO_PHONE_AFTER.search(before[-30:])
    return 9 <= digits <= 15 and not cited
