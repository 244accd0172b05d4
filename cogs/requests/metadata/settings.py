# SPDX-License-Identifier: MIT
"""Where the services are and what they want to know about whoever asks."""

from dataclasses import dataclass, replace

from bot.kit import Services

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


def lookup_settings(services: Services) -> LookupSettings:
    """Return what the operator chose, and the usual addresses for the rest."""
    known = {"citoid", "crossref", "openlibrary", "unpaywall", "openalex", "cdx", "archive"}
    addresses = {name: url.rstrip("/") for name, url in services.addresses.items() if name in known}
    usual = LookupSettings(email=services.email, openalex_key=services.keys.get("openalex", ""))
    return replace(usual, **addresses)  # type: ignore[arg-type]
