# SPDX-License-Identifier: MIT
"""A citation template being filled: parameters in order, escaped as they are added, empty ones left out."""

import re
from collections.abc import Callable, Collection, Sequence

from cogs.requests.cite import escape
from cogs.requests.work import Name, Work

_PAGE_RANGE = re.compile(r"(?<=[0-9])\s*[-‐‑–—−]+\s*(?=[0-9])")
_SEVERAL = re.compile(r"[-–—,;&]|\band\b")


class Template:
    """Collects the parameters of one template and writes its wikitext."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.params: list[tuple[str, str]] = []

    def text(self, param: str, content: str) -> None:
        """Add a text."""
        self._add(param, escape.value(content))

    def url(self, param: str, content: str) -> bool:
        """Add a web address; return whether it was one."""
        return self._add(param, escape.url(content))

    def identifier(self, param: str, content: str) -> None:
        """Add an identifier that becomes part of an address."""
        self._add(param, escape.identifier(content))

    def numbered(self, names: Sequence[Name], family: str, given: str, whole: str) -> None:
        """Add names one by one; in the parameter names `{}` stands for the number."""
        for number, name in enumerate(names, start=1):
            if name.given:
                self.text(family.format(number), name.family)
                self.text(given.format(number), name.given)
            else:
                self.text(whole.format(number), name.family)

    def joined(self, param: str, names: Sequence[Name], separator: str = ", ") -> None:
        """Add all names in reading order as one parameter."""
        self.text(param, separator.join(name.whole for name in names))

    def extend(self, names: Collection[str], ending: str) -> None:
        """Let what a parameter of one of these names holds go on."""
        self.params = [(param, content + ending if param in names else content) for param, content in self.params]

    def __str__(self) -> str:
        return "{{" + " ".join([self.name, *(f"|{param}={content}" for param, content in self.params)]) + "}}"

    def _add(self, param: str, content: str) -> bool:
        if content:
            self.params.append((param, content))
        return bool(content)


def pages(work: Work, dash: str) -> tuple[str, bool]:
    """Return the pages with the wiki's dash between numbers, and whether they are more than one."""
    written = _PAGE_RANGE.sub(dash, work.pages)
    return written, bool(_SEVERAL.search(written))


def own_url(work: Work) -> str:
    """Return the work's address unless an identifier in the same citation already leads there."""
    lowered = work.url.lower()
    known = (
        (work.doi, ("//doi.org/", "//dx.doi.org/")),
        (work.pmid, ("//pubmed.ncbi.", "ncbi.nlm.nih.gov/pubmed/")),
        (work.pmcid, ("//pmc.ncbi.", "ncbi.nlm.nih.gov/pmc/")),
        (work.jstor, ("jstor.org/stable/",)),
    )
    return "" if any(number and any(place in lowered for place in places) for number, places in known) else work.url


def own_publisher(work: Work) -> str:
    """Return the publisher unless the container already names it."""
    return "" if work.publisher.casefold() == work.container.casefold() else work.publisher


def ordinal(edition: str, pattern: str) -> str:
    """Write an edition that is only a number as the wiki writes ordinals; `{}` stands for the number."""
    return pattern.format(edition) if re.fullmatch(r"[0-9]{1,3}", edition) else edition


def foreign(work: Work, wiki: str) -> str:
    """Return the language's code, without region or script, if it is not the wiki's own language."""
    code = re.fullmatch(r"([a-z]{2,3})(?:[-_][a-z0-9]{2,8})*", work.language.strip().lower())
    return code[1] if code and code[1] != wiki else ""


Filler = Callable[[Work], Template]
