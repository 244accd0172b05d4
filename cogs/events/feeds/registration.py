# SPDX-License-Identifier: MIT
"""Registrations of the CampaignEvents extension, by their number or the address of their page.

Source of the form: the extension's REST handler GetEventRegistrationHandler; times are local to `timezone`.
"""

import re
from datetime import datetime
from typing import Any
from urllib.parse import quote

from bot.kit import t

from ..model import Content, Timing
from ..when import LocalTime, known_zone
from .model import Entry, FeedTrouble

META = "https://meta.wikimedia.org"
_ID = re.compile(r"\d{1,9}")
_SPECIAL = re.compile(r"Special:(?:EventDetails|RegisterForEvent|EditEventRegistration)/(\d{1,9})")
_PAGE = re.compile(r"^https://[a-z0-9.-]+\.(?:wikimedia|wikipedia|wikidata|mediawiki)\.org/wiki/(?!Special:)\S+$")


def registration_id(address: str) -> str | None:
    """Return the number in an address, or that was typed; None when there is none."""
    if _ID.fullmatch(address.strip()):
        return address.strip()
    found = _SPECIAL.search(address)
    return found[1] if found and "wiki" in address else None


def is_page(address: str) -> bool:
    """Tell whether an address is a page on a wiki, which may be that of an event."""
    return bool(_PAGE.match(address.strip()))


def id_in_page(source: str) -> str | None:
    """Return the number of the registration that a page offers."""
    found = _SPECIAL.search(source)
    return found[1] if found else None


def path_of(number: str) -> str:
    """Return where a registration is asked for."""
    return f"/w/rest.php/campaignevents/v0/event_registration/{number}"


def read_registration(body: Any, fallback_zone: str) -> Entry:
    """Return a registration as an entry; raises FeedTrouble for what is none."""
    if not isinstance(body, dict) or not body.get("id") or not str(body.get("name") or "").strip():
        raise FeedTrouble(t("What is there is no registration of an event."))
    zone = known_zone(str(body.get("timezone") or "")) or fallback_zone
    start, end = _local(body.get("start_time"), zone), _local(body.get("end_time"), zone)
    minutes = round((end.at - start.at).total_seconds() / 60)
    if minutes < 1:
        raise FeedTrouble(t("It ends before it starts."))
    places = [str(body.get("meeting_address") or "").strip()]
    if body.get("online_meeting"):
        places.append("online")
    content = Content(
        title=str(body["name"]).strip()[:150],
        location=", ".join(place.replace("\n", ", ") for place in places if place)[:300],
        link=_page(body),
    )
    return Entry(f"campaignevents-{body['id']}@meta.wikimedia.org", content, Timing(start, minutes))


def _local(value: Any, zone: str) -> LocalTime:
    try:
        local = datetime.strptime(str(value), "%Y%m%d%H%M%S")  # noqa: DTZ007 (local to the zone beside it)
    except ValueError as error:
        raise FeedTrouble(t("Its times cannot be read.")) from error
    return LocalTime(local.replace(second=0), zone)


def _page(body: dict[str, Any]) -> str:
    page = str(body.get("event_page") or "").replace(" ", "_")
    if not page or str(body.get("event_page_wiki") or "metawiki") != "metawiki":
        return f"{META}/wiki/Special:EventDetails/{body['id']}"
    return f"{META}/wiki/{quote(page, safe=':/_')}"
