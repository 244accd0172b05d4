# SPDX-License-Identifier: MIT
"""What outside services know about a work: pure readers of their answers, and the service that asks them in turn."""

from cogs.requests.metadata.cdx import from_cdx
from cogs.requests.metadata.citoid import from_citoid
from cogs.requests.metadata.crossref import from_crossref
from cogs.requests.metadata.lookup import Copies, Found, Lookup
from cogs.requests.metadata.model import FreeCopy, Snapshot, Unreadable
from cogs.requests.metadata.openalex import free_copies_of, from_openalex
from cogs.requests.metadata.openlibrary import from_openlibrary
from cogs.requests.metadata.settings import LookupSettings, lookup_settings
from cogs.requests.metadata.unpaywall import from_unpaywall

__all__ = [
    "Copies",
    "Found",
    "FreeCopy",
    "Lookup",
    "LookupSettings",
    "Snapshot",
    "Unreadable",
    "free_copies_of",
    "from_cdx",
    "from_citoid",
    "from_crossref",
    "from_openalex",
    "from_openlibrary",
    "from_unpaywall",
    "lookup_settings",
]
