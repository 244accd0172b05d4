# SPDX-License-Identifier: MIT
"""What an identifier is: a scheme, a value in the scheme's one normal form, and where it stood in the text."""

from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import quote

from bot.kit import UserError


class Scheme(StrEnum):
    """The kinds of identifiers that are understood."""

    DOI = "doi"
    ISBN = "isbn"
    PMID = "pmid"
    PMCID = "pmcid"
    ARXIV = "arxiv"
    ISSN = "issn"
    OCLC = "oclc"
    JSTOR = "jstor"
    WIKIDATA = "wikidata"
    URL = "url"

    @property
    def label(self) -> str:
        """The name that people write, the same in every language."""
        return _LABELS.get(self, self.value.upper())


_LABELS = {Scheme.ARXIV: "arXiv", Scheme.WIKIDATA: "Wikidata"}
_LINKS = {
    Scheme.DOI: "https://doi.org/{}",
    Scheme.ISBN: "https://openlibrary.org/isbn/{}",
    Scheme.PMID: "https://pubmed.ncbi.nlm.nih.gov/{}/",
    Scheme.PMCID: "https://pmc.ncbi.nlm.nih.gov/articles/{}/",
    Scheme.ARXIV: "https://arxiv.org/abs/{}",
    Scheme.ISSN: "https://portal.issn.org/resource/ISSN/{}",
    Scheme.OCLC: "https://search.worldcat.org/title/{}",
    Scheme.JSTOR: "https://www.jstor.org/stable/{}",
    Scheme.WIKIDATA: "https://www.wikidata.org/wiki/{}",
}


@dataclass(frozen=True, slots=True)
class Identifier:
    """One identifier; `raw` is what stood at `start` to `end` of the text, without a label such as "ISBN".

    `value` is the normal form: DOIs in lower case, ISBNs as 13 digits, ISSNs as 1234-567X, PMC and Q with their letter,
    arXiv with its version if one was given, web addresses with scheme and host in lower case.
    """

    scheme: Scheme
    value: str
    start: int
    end: int
    raw: str

    @property
    def link(self) -> str:
        """Where people can look it up."""
        if self.scheme is Scheme.URL:
            return self.value
        return _LINKS[self.scheme].format(quote(self.value, safe="/:().;"))


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """A text that may mean several identifiers, the likeliest first; only the asker knows which."""

    options: tuple[Identifier, ...]


class BadIdentifier(UserError):
    """The text is no identifier, or a mistyped one; the message says what is wrong with it."""
