# SPDX-License-Identifier: MIT
"""The language "qps": ⟦àççéñtéð, ļöñĝéř⟧ English that shows which words escaped translation."""

import re

LANGUAGE = "qps"

_LETTERS = str.maketrans("AaCcDdEeGgIiJjKkLlNnOoRrSsTtUuYyZz", "ÀàÇçÐðÉéĜĝÎîĴĵĶķĻļÑñÖöŘřŠšŢţÛûÝýŽž")
_KEPT = re.compile(r"\{\{|\}\}|\{\w+\}|`+[^`]*`+|\]\([^)]*\)|<[^>]*>|\\.")
_SAID = re.compile(r"⟦[^⟦⟧]*⟧")
_WORDS = re.compile(r"[^\W\d_]{2,}(?:[ '’-]+[^\W\d_]+)*")
_LONGER = 0.3


def pseudo(message: str) -> str:
    """Return an English message in the pseudo-language; parameters, code and addresses stay as they are."""
    out, at = "", 0
    for kept in _KEPT.finditer(message):
        out += message[at : kept.start()].translate(_LETTERS) + kept.group()
        at = kept.end()
    out += message[at:].translate(_LETTERS)
    return f"⟦{out} {'·' * max(1, round(len(message) * _LONGER))}⟧"


def untranslated(shown: str) -> list[str]:
    """Return the words of a rendered text that no catalog was asked for: all that stands outside of ⟦…⟧.

    People's own words, names and dates stand there rightly; everything else has escaped translation.
    """
    before = ""
    while shown != before:
        before, shown = shown, _SAID.sub("\n", shown)
    return _WORDS.findall(shown)
