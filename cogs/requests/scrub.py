# SPDX-License-Identifier: MIT
"""Finds what may name somebody in a text: to point it out before posting, and to take it out before keeping."""

import re
from collections.abc import Iterable

from .identifiers import find

PLACEHOLDER = "…"

_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<![\w/.-])(?:\+|00)?\d(?:[\d \u00a0()/.-]{6,}\d)(?![\w/-])")
_ACCOUNTS = (
    re.compile(r"@[\w.-]+:[\w.-]+"),  # Matrix accounts
    re.compile(r"<[@#][!&]?\d+>"),  # Discord mentions
    re.compile(r"(?<!\w)@\w[\w.-]*"),  # handles
    re.compile(
        r"\b(?:User|Usuari[oa]?|Utilisateur|Utilisatrice|Benutzer(?:in)?)(?:[ _]talk)?:[^\s,;?]+", re.IGNORECASE
    ),
)


def contacts_in(text: str) -> tuple[str, ...]:
    """Return the e-mail addresses and phone numbers in a text; identifiers of works are none."""
    rest = _without_identifiers(text)
    phones = (found[0].strip() for found in _PHONE.finditer(rest) if _is_phone(found[0]))
    return tuple(dict.fromkeys((*(found[0] for found in _MAIL.finditer(rest)), *phones)))


def without_people(text: str, names: Iterable[str] = ()) -> str:
    """Return a text without contacts, accounts and these names."""
    for contact in contacts_in(text):
        text = text.replace(contact, PLACEHOLDER)
    for pattern in _ACCOUNTS:
        text = pattern.sub(PLACEHOLDER, text)
    for name in sorted(set(names), key=len, reverse=True):
        if len(name) > 1:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", PLACEHOLDER, text, flags=re.IGNORECASE)
    return text


def _without_identifiers(text: str) -> str:
    for identifier in reversed(find(text)):
        text = text[: identifier.start] + " " * (identifier.end - identifier.start) + text[identifier.end :]
    return text


def _is_phone(written: str) -> bool:
    """Tell a phone number from a range of years or pages: by its plus sign, or nine digits and more."""
    digits = sum(char.isdigit() for char in written)
    return digits <= 15 and (digits >= 9 or (written.startswith(("+", "00")) and digits >= 7))
