# SPDX-License-Identifier: MIT
"""Finds what is meant as an identifier in running text and is mistyped, to be pointed out before anything is posted."""

import re
from dataclasses import dataclass

from bot.kit import Text
from cogs.requests.identifiers.find import find
from cogs.requests.identifiers.model import Ambiguous, BadIdentifier
from cogs.requests.identifiers.normal import HYPHENS, SPACES
from cogs.requests.identifiers.parse import parse

_SEP = f"[{HYPHENS}{SPACES}]"
_DIGITS = rf"[0-9](?:{_SEP}?[0-9Xx]){{6,14}}"
_MEANT = re.compile(
    rf"\b(?:e?ISBN(?:[{HYPHENS}]?1[03])?|[ep]?[{HYPHENS}]?ISSN)\s{{0,2}}[:=#]?\s{{0,2}}{_DIGITS}(?!\w)"
    rf"|(?<![\w./%+-])97[89](?:{_SEP}?[0-9]){{10}}(?!\w|{_SEP}?[0-9])",
    re.IGNORECASE,
)

_SHORTEST, _LONGEST = 5, 10
"""How many digits a bare number has that is asked about: a PMID or an OCLC number, and neither a year nor an ISBN."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A mistyped identifier: where it stands, label included, and what is wrong with it."""

    start: int
    end: int
    problem: Text


def slips(text: str) -> tuple[Slip, ...]:
    """Return the ISBNs and ISSNs of a text that are none: with their label, or as 978 and 979 begin. Never raises."""
    meant = (each for each in _MEANT.finditer(text) if not find(each[0]))
    return tuple(
        Slip(each.start(), each.end(), problem) for each in meant if (problem := _problem(each[0])) is not None
    )


def may_mean(text: str) -> Ambiguous | None:
    """Return what a text may mean that is nothing but a number longer than a year, where it fits several schemes."""
    number = text.strip()
    if not (number.isascii() and number.isdigit() and _SHORTEST <= len(number) <= _LONGEST):
        return None
    try:
        found = parse(number)
    except BadIdentifier:
        return None
    return found if isinstance(found, Ambiguous) else None


def _problem(meant: str) -> Text | None:
    try:
        parse(meant)
    except BadIdentifier as error:
        return error.text
    return None
