# SPDX-License-Identifier: MIT
"""Names for footnotes: the first author's family name and the year, the same for the same work every time."""

from collections.abc import Collection, Iterator
from itertools import count
from string import ascii_lowercase

from cogs.requests.cite.escape import plain
from cogs.requests.work import Work

_LONGEST = 40


def ref_name(work: Work, taken: Collection[str] = ()) -> str:
    """Return a name that MediaWiki accepts (never only digits) and that is not `taken`; "Smith 2012", "Smith 2012a"."""
    year = str(work.date.year) if work.date else ""
    name = " ".join(filter(None, (_words(_source(work)), year)))
    if not any(char.isalpha() for char in name):
        name = f"ref {name}".strip()
    if name not in taken:
        return name
    return next(each for suffix in _suffixes() if (each := f"{name}{suffix}") not in taken)


def _source(work: Work) -> str:
    for names in (work.authors, work.editors):
        if names and _words(names[0].family):
            return names[0].family
    return work.title if _words(work.title) else work.container


def _words(text: str) -> str:
    """Keep letters, digits and hyphens, and cut at a word's end."""
    kept = "".join(char if char.isalnum() or char == "-" else " " for char in plain(text).replace("’", ""))
    words = " ".join(word for each in kept.split() if (word := each.strip("-")))
    if len(words) <= _LONGEST:
        return words
    return words[: _LONGEST + 1].rpartition(" ")[0] or words[:_LONGEST]


def _suffixes() -> Iterator[str]:
    return (ascii_lowercase[number] if number < 26 else f"-{number}" for number in count())
