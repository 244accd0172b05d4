# SPDX-License-Identifier: MIT
"""Finds what names somebody's account in a text, for cogs that keep or publish what people wrote."""

import re

_USER = (
    r"(?:User|Usuari[oa]?|Utilisateur|Utilisatrice|Benutzer(?:in)?)"
    r"(?:[ _](?:talk|discusión|discussió|discussion|Diskussion))?:"
)
_ACCOUNTS = (
    re.compile(rf"\[\[[^\[\]|]{{0,30}}{_USER}[^\[\]]{{1,200}}\]\]", re.IGNORECASE),
    re.compile(r"@[\w.-]+:[\w.-]+"),  # Matrix accounts
    re.compile(r"<[@#][!&]?\d+>"),  # Discord mentions
    re.compile(r"(?<!\w)@\w[\w.-]*"),  # handles
    re.compile(rf"\b{_USER}[^\s,;?|\]]+", re.IGNORECASE),
)


def without_accounts(text: str, placeholder: str = "…") -> str:
    """Return a text without Matrix accounts, Discord mentions, handles and wikis' user pages."""
    for pattern in _ACCOUNTS:
        text = pattern.sub(placeholder, text)
    return text
