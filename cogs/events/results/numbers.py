# SPDX-License-Identifier: MIT
"""Numbers as services write them for people: "9.88K", "1.2M", "1,234"."""

import re
from decimal import Decimal
from typing import Any

_FACTORS = {"": 1, "k": 1_000, "m": 1_000_000, "b": 1_000_000_000, "g": 1_000_000_000}
_GROUPED = re.compile(r"\d{1,3}(?:[,.\u00a0\u202f '’]\d{3})+")
_SHORT = re.compile(r"(\d+(?:[.,]\d{1,3})?)\s*([kmbg]?)", re.IGNORECASE)
_MOST = 10**15


def read_number(value: Any) -> int | None:
    """Return the whole number that is meant; None for what is none."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return int(value) if 0 <= value < _MOST else None
    text = str(value).strip() if isinstance(value, str) else ""
    if len(text) > 30:
        return None
    if _GROUPED.fullmatch(text):
        return int(re.sub(r"\D", "", text))
    found = _SHORT.fullmatch(text)
    if found is None:
        return None
    number = int(Decimal(found[1].replace(",", ".")) * _FACTORS[found[2].lower()])
    return number if number < _MOST else None
