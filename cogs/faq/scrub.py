# SPDX-License-Identifier: MIT
"""Takes out of a question what may name somebody, before it is kept."""

import re

from bot.kit import without_accounts

_PLACEHOLDER = "…"
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PATTERNS = (
    re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE),  # addresses may hold names
    re.compile(r"(?<!\w)\+?\d[\d ()/.-]{7,}\d(?!\w)"),  # telephone and card numbers
    re.compile(
        r"(?P<keep>(?i:\b(?:my name is|i am called|me llamo|mi nombre es|je m.appelle|mon nom est|ich heiße|ich heisse|"
        r"mein name ist|em dic|el meu nom és)\s+))[\w'’-]+(?:\s+[A-ZÀ-Þ][\w'’-]+)*"
    ),
)


def without_names(text: str) -> str:
    """Return a question without accounts, addresses, numbers and stated names."""
    text = without_accounts(_MAIL.sub(_PLACEHOLDER, text), _PLACEHOLDER)
    for pattern in _PATTERNS:
        text = pattern.sub(lambda match: (match.groupdict().get("keep") or "") + _PLACEHOLDER, text)
    return " ".join(text.split())
