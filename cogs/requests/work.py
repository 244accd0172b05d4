# SPDX-License-Identifier: MIT
"""A published work as every catalogue and every citation sees it, before any of their vocabularies."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What sort of publication a work is; it decides the citation template."""

    JOURNAL = "journal"
    BOOK = "book"
    CHAPTER = "chapter"
    ENCYCLOPEDIA = "encyclopedia"
    NEWS = "news"
    WEB = "web"
    THESIS = "thesis"
    CONFERENCE = "conference"
    ARXIV = "arxiv"


class Season(StrEnum):
    """The seasons that journals date their issues with."""

    SPRING = "spring"
    SUMMER = "summer"
    AUTUMN = "autumn"
    FALL = "fall"
    WINTER = "winter"


@dataclass(frozen=True, slots=True)
class Name:
    """An author or editor: family and given name, or, without `given`, a name that is kept whole.

    Whole names are those of organisations (`corporate`), and of people whose source does not say which part is the
    family name.
    """

    family: str
    given: str = ""
    corporate: bool = False

    @property
    def whole(self) -> str:
        """The name in reading order."""
        return f"{self.given} {self.family}".strip()


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A publication date as precisely as it is known; `end_year` closes a range of years."""

    year: int
    month: int | None = None
    day: int | None = None
    season: Season | None = None
    end_year: int | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """What is known of a work; empty text, empty tuple or None where nothing is.

    `container` is the journal, newspaper, site, encyclopedia or book that the work is part of. `pmcid` has its PMC
    letters, `isbn` 13 digits. `degree` is what a thesis earned. `retracted` None means that nobody said; `retracts` is
    the DOI of the work that this one, a notice, withdraws.
    """

    kind: Kind
    title: str
    authors: tuple[Name, ...] = ()
    editors: tuple[Name, ...] = ()
    container: str = ""
    conference: str = ""
    series: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    article_number: str = ""
    edition: str = ""
    date: PartialDate | None = None
    publisher: str = ""
    place: str = ""
    degree: str = ""
    isbn: str = ""
    issn: str = ""
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    arxiv: str = ""
    oclc: str = ""
    jstor: str = ""
    url: str = ""
    archive_url: str = ""
    archive_date: dt.date | None = None
    access_date: dt.date | None = None
    language: str = ""
    retracted: bool | None = None
    retracts: str = ""
