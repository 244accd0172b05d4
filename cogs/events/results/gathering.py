# SPDX-License-Identifier: MIT
"""Asks the services what came of an event; what one of them does not say, the other may."""

import logging
from collections.abc import Awaitable
from datetime import datetime, timedelta

from bot.kit import Fetched, Http, Services, Unavailable

from ..model import Event
from . import dashboard, hashtags
from .model import Figures
from .shown import Results

log = logging.getLogger(__name__)

HASHTAGS = "https://hashtags.wmcloud.org/json/"
CACHED = 20 * 60.0
"""Seconds for which an answer is used again: the hashtag tool asks not to be polled."""
_LATER = timedelta(days=1)


async def gather(http: Http, services: Services, event: Event, now: datetime) -> Results | None:
    """Return what is known; None when nothing can be asked, or nobody answers."""
    start = event.starts_at
    end = min(event.ends_at + _LATER, now)
    found: list[Figures] = []
    down: list[str] = []
    if event.content.dashboard or dashboard.course_of(event.content.link):
        await _try(dashboard.SOURCE, found, down, course(http, event.content.dashboard or event.content.link))
    tag = hashtags.tag_of(event.content.hashtag)
    if tag is not None and end >= start:
        await _try(hashtags.SOURCE, found, down, tagged(http, services, tag, start, end))
    if not found and not down:
        return None
    return Results(event.title, start, event.ends_at, tuple(found), tuple(down), now)


async def course(http: Http, address: str) -> Figures | None:
    """Ask the Dashboard."""
    where = dashboard.course_of(address)
    if where is None:
        return None
    page = "".join(where)
    answer = await http.get_json(f"{page}/course.json", ttl=CACHED)
    read = dashboard.read_course(answer.body) if answer.status == 200 else None
    if read is None:
        return None
    try:
        articles: Fetched | None = await http.get_json(f"{page}/articles.json", ttl=CACHED)
    except Unavailable:
        articles = None
    body = articles.body if articles is not None and articles.status == 200 else None
    return dashboard.read_figures(read, body, page)


async def tagged(http: Http, services: Services, tag: str, start: datetime, end: datetime) -> Figures | None:
    """Ask the hashtag tool."""
    base = services.addresses.get("hashtags", HASHTAGS)
    answer = await http.get_json(base, params=hashtags.query(tag, start, end), ttl=CACHED)
    if answer.status != 200:
        return None
    return hashtags.read_rows(answer.body, start, end, base)


async def _try(source: str, found: list[Figures], down: list[str], asking: Awaitable[Figures | None]) -> None:
    try:
        figures = await asking
    except Unavailable as error:
        log.info("%s did not help: %s", source, error)
        figures = None
    if figures is None:
        down.append(source)
    else:
        found.append(figures)
