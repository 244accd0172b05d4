# SPDX-License-Identifier: MIT
"""Where the services are and what they want to know about whoever asks."""

from dataclasses import dataclass

_DAY = 86_400


@dataclass(frozen=True, slots=True)
class LookupSettings:
    """The services' addresses, so that tests and mirrors can stand in for them; times to live in seconds.

    `email` switches Unpaywall on and puts us into Crossref's polite pool; `openalex_key` switches OpenAlex on.
    """

    citoid: str = "https://en.wikipedia.org/api/rest_v1/data/citation/mediawiki"
    crossref: str = "https://api.crossref.org/works"
    openlibrary: str = "https://openlibrary.org/api/books"
    unpaywall: str = "https://api.unpaywall.org/v2"
    openalex: str = "https://api.openalex.org/works"
    cdx: str = "https://web.archive.org/cdx/search/cdx"
    archive: str = "https://web.archive.org"
    email: str = ""
    openalex_key: str = ""
    work_ttl: float = 7 * _DAY
    copies_ttl: float = _DAY
