# SPDX-License-Identifier: MIT
"""Reads Unpaywall's answers (version 2, a reply recorded by unpywall)."""

from typing import Any

from cogs.requests.metadata import junk
from cogs.requests.metadata.model import FreeCopy, Unreadable


def from_unpaywall(data: Any) -> tuple[FreeCopy, ...]:
    """Read the free copies of a work, the best first; none if it is closed. Raises Unreadable."""
    answer = junk.mapping(data)
    if not isinstance(answer.get("is_oa"), bool):
        raise Unreadable("Unpaywall sent no work")
    places = [answer.get("best_oa_location"), *junk.items(answer, "oa_locations")]
    copies = (_copy(place) for place in junk.objects(places))
    return tuple({copy.url: copy for copy in reversed([each for each in copies if each])}.values())[::-1]


def _copy(place: dict[str, Any]) -> FreeCopy | None:
    # The address of the PDF is often missing; that of the page always works.
    url = junk.address(place.get("url_for_pdf")) or junk.address(place.get("url"))
    if not url:
        return None
    host, version = junk.text(place.get("host_type")), junk.text(place.get("version"))
    return FreeCopy(url, "Unpaywall", host, version, junk.text(place.get("license")))
