# SPDX-License-Identifier: MIT
"""Rules of phrasing in five languages ("does anyone have access to …"): regular expressions, not lists of topics.

Each kind has a TOML file with lists of expressions over folded text (lower case, no accents) by language; "any" holds
for all languages, "unless" rules the kind out, `unless_editing` does so where the message is about editing.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files

# In the order in which they are tried.
KINDS = (
    "smalltalk",
    "abuse",
    "account-specific",
    "reference-request",
    "professional-advice",
    "errand",
    "contact-details",
    "giving",
    "live-data",
    "local-library",
    "general-knowledge",
)


@cache
def pattern(kind: str, language: str) -> re.Pattern[str] | None:
    """Return the expressions of a kind in a language ("any" and "unless" are such keys too), or None."""
    found = _table(kind)
    lines = list(found.get(language, []))
    if language == "unless" and found.get("unless_editing"):
        lines += _table("editing")["any"]
    return re.compile("|".join(f"(?:{line})" for line in lines)) if lines else None


@cache
def _table(kind: str) -> dict[str, list[str]]:
    return tomllib.loads(files(__package__).joinpath(f"{kind}.toml").read_text("utf-8"))
