# SPDX-License-Identifier: MIT
"""Asks other calendars politely: only whether something is new, and never more often than was chosen."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from bot.kit import Fetched, Http, Services, t

from ..results.dashboard import course_of
from .course import read_course_entry
from .ical import read_calendar
from .model import Feed, FeedKind, FeedTrouble, Reading
from .registration import META, id_in_page, is_page, path_of, read_registration, registration_id

ANEW = timedelta(hours=23)
"""After so long a calendar is read in full, changed or not: time has passed, so its series reach further."""


def kind_of(address: str) -> FeedKind:
    """Tell what an address is of, by its form."""
    if course_of(address):
        return FeedKind.COURSE
    if registration_id(address) or is_page(address):
        return FeedKind.REGISTRATION
    return FeedKind.ICAL


def tidy_address(address: str) -> str:
    """Return an address as it is asked for: calendars are also given as webcal:."""
    typed = address.strip()
    for scheme in ("webcals://", "webcal://"):
        if typed.lower().startswith(scheme):
            return f"https://{typed[len(scheme) :]}"
    return typed


async def fetch(http: Http, services: Services, feed: Feed, now: datetime, days: int, zone: str) -> Reading:
    """Look at a calendar; raises FeedTrouble or Unavailable."""
    if feed.kind is FeedKind.COURSE:
        return await _course(http, feed, zone)
    if feed.kind is FeedKind.REGISTRATION:
        return await _registration(http, services, feed, zone)
    answer = await http.get_text(feed.address, headers=_conditions(feed, now))
    if answer.status == 304:
        return Reading(None, etag=feed.etag, modified=feed.modified)
    _check(answer)
    reading = await asyncio.to_thread(read_calendar, str(answer.body), now, now + timedelta(days=days), zone)
    headers = {name.lower(): value for name, value in answer.headers.items()}
    return replace(reading, etag=headers.get("etag", "")[:500], modified=headers.get("last-modified", "")[:100])


async def _course(http: Http, feed: Feed, zone: str) -> Reading:
    where = course_of(feed.address)
    if where is None:
        raise FeedTrouble(t("That is no address of a course on the Dashboard."))
    answer = await http.get_json(f"{''.join(where)}/course.json")
    _check(answer)
    entry = read_course_entry(answer.body, "".join(where), zone)
    return Reading((entry,), entry.content.title)


async def _registration(http: Http, services: Services, feed: Feed, zone: str) -> Reading:
    number = registration_id(feed.address)
    if number is None:
        page = await http.get_text(feed.address)
        _check(page)
        number = id_in_page(str(page.body))
    if number is None:
        raise FeedTrouble(t("That page offers no registration for an event."))
    answer = await http.get_json(f"{services.addresses.get('campaignevents', META)}{path_of(number)}")
    _check(answer)
    entry = read_registration(answer.body, zone)
    return Reading((entry,), entry.content.title)


def _conditions(feed: Feed, now: datetime) -> Mapping[str, str]:
    if feed.read_at is None or now - feed.read_at > ANEW:
        return {}
    found = {"If-None-Match": feed.etag, "If-Modified-Since": feed.modified}
    return {name: value for name, value in found.items() if value}


def _check(answer: Fetched) -> None:
    if answer.status in {404, 410}:
        raise FeedTrouble(t("There is nothing at that address any more."), gone=True)
    if answer.status >= 400:
        raise FeedTrouble(t("The address answers with an error ({status}).", status=str(answer.status)))
