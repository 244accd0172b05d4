# SPDX-License-Identifier: MIT
"""Calendars at hostile addresses, asked through the real client."""

import httpx
import pytest
from feedtable import MEETUP, ics

from bot.config import Config
from bot.core.clock import ManualClock
from bot.core.outside import Outside
from bot.kit import Services, Unavailable
from bot.net import NetSettings, Web
from bot.testing.world import MONDAY
from cogs.events.feeds import Feed, FeedKind, FeedTrouble, fetch

FEED = Feed(1, 1, 1, FeedKind.ICAL, "https://cal.example/feed.ics", "Feed", direct=False)


async def look(handle):
    """Ask for the calendar; only the host cal.example is public."""

    async def resolver(host, port):
        return ["93.184.216.34"] if host == "cal.example" else ["10.0.0.7"]

    clock = ManualClock(MONDAY)
    outside = Outside(Config(contact="https://example.org/bot", _env_file=None), clock)
    settings = NetSettings(contact="https://example.org/bot", version="0", retries=0)
    async with Web(settings, clock, resolver=resolver, transport=httpx.MockTransport(handle)) as web:
        outside._web = web
        return await fetch(outside, Services(), FEED, MONDAY, 60, "UTC")


def redirect(target):
    return lambda request: httpx.Response(302, headers={"location": target})


@pytest.mark.parametrize(
    "handle",
    [
        redirect("http://internal.example/secret"),
        redirect("http://127.0.0.1:8080/"),
        redirect("https://cal.example/feed.ics"),
        redirect("file:///etc/passwd"),
        lambda request: httpx.Response(200, content=b"BEGIN:VCALENDAR\r\n" + b"X" * 50_000_000),
        lambda request: httpx.Response(200, headers={"content-length": "50000000"}, content=b""),
        lambda request: httpx.Response(503),
    ],
    ids=["private name", "loopback", "itself", "a file", "50 MB", "says 50 MB", "down"],
)
async def test_a_hostile_or_huge_calendar_is_unavailable(handle):
    with pytest.raises(Unavailable):
        await look(handle)


async def test_a_calendar_that_asks_for_a_login_is_trouble():
    with pytest.raises(FeedTrouble):
        await look(lambda request: httpx.Response(200, html="<form>Sign in</form>"))


async def test_a_sane_calendar_is_read_with_what_makes_the_next_look_polite():
    reading = await look(lambda request: httpx.Response(200, text=ics(MEETUP), headers={"etag": '"v1"'}))
    assert [entry.content.title for entry in reading.entries] == ["Meetup"]
    assert reading.etag == '"v1"'
