# SPDX-License-Identifier: MIT
"""Phrases (folded regular expressions) that betray what kind of message it is, by kind and language."""

PHRASES: dict[str, dict[str, list[str]]] = {
    "smalltalk": {"en": [r"^(hi|hello|hey|thanks|thank you|good (morning|evening|day))\b[^?]{0,20}$"]},
    "abuse": {"en": [r"@everyone"]},
    "reference-request": {
        "en": [r"\b(does|has|do) any(one|body)\b.{0,30}\baccess to\b", r"^who can (scan|send|copy|check|look)\b"],
    },
    "account-specific": {"en": [r"\bmy (edit count|password)\b"]},
    "professional-advice": {"en": [r"\bwhich (shares|stocks)\b"]},
    "live-data": {"en": [r"\bright now\b"]},
    "local-library": {"en": [r"\boverdue\b"]},
    "general-knowledge": {"en": [r"\bcapital of\b"]},
}
