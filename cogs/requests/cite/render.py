# SPDX-License-Identifier: MIT
"""One work, one wiki, one footnote ready to paste."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from cogs.requests.cite.catalan import catalan
from cogs.requests.cite.english import english
from cogs.requests.cite.french import french
from cogs.requests.cite.german import german
from cogs.requests.cite.refname import ref_name
from cogs.requests.cite.spanish import spanish
from cogs.requests.cite.template import Filler, Template
from cogs.requests.work import Work

_FILLERS: dict[str, Filler] = {"en": english, "es": spanish, "fr": french, "de": german, "ca": catalan}
# A footnote there ends with a full stop, which these templates do not write.
_FULL_STOP = {"fr"}

AUTHORS_MAX, AUTHORS_SHOWN = 30, 10
"""Works of great collaborations have thousands of authors: beyond the first number, as many as the second are named."""

_AND_OTHERS = {
    "en": ("display-authors", "etal"),
    "es": ("display-authors", "etal"),
    "fr": ("et al.", "oui"),
    "ca": (f"autor{AUTHORS_SHOWN + 1}", "et al."),
}

WIKIS = tuple(_FILLERS)


class UnknownWiki(ValueError):
    """No citation templates are known for this wiki."""


@dataclass(frozen=True, slots=True)
class Citation:
    """A citation: the template alone, and the whole footnote under its name."""

    wiki: str
    template: str
    name: str
    footnote: str


def cite(work: Work, wiki: str, taken: Collection[str] = ()) -> Citation:
    """Write a work's citation for the Wikipedia of a language code. `taken` are names of footnotes already in use.

    Raises UnknownWiki.
    """
    if wiki not in _FILLERS:
        raise UnknownWiki(wiki)
    template = str(_filled(work, wiki))
    name = ref_name(work, taken)
    stop = "." if wiki in _FULL_STOP else ""
    return Citation(wiki, template, name, f'<ref name="{name}">{template}{stop}</ref>')


def _filled(work: Work, wiki: str) -> Template:
    if len(work.authors) <= AUTHORS_MAX:
        return _FILLERS[wiki](work)
    filled = _FILLERS[wiki](replace(work, authors=work.authors[:AUTHORS_SHOWN]))
    if wiki in _AND_OTHERS:
        filled.text(*_AND_OTHERS[wiki])
    else:
        filled.extend({"Autor", "autor"}, " u. a.")
    return filled
