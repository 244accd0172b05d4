# SPDX-License-Identifier: MIT
"""The picture of an event: fetched politely, shown in the chats' own lists of events, and missing only once said."""

import re

import httpx
import pytest
from eventplay import announce, furnish, linked
from hypothesis import given
from hypothesis import strategies as st

from bot.config import Config
from bot.core.clock import ManualClock
from bot.core.courier import Refused, Retry
from bot.core.outside import Outside
from bot.kit import Fetched, Unavailable, t
from bot.net import NetSettings, Web
from bot.platforms.memory.calendar import MemoryCalendar
from bot.testing.world import MONDAY
from cogs.events import Events, covers
from cogs.settings import Settings

pytestmark = pytest.mark.cogs(Events, Settings)

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 100
ADDRESS = "https://files.example/fair.png"
WIKI = f'event create "Wiki" "2027-01-15 18:00" cover={ADDRESS}'


@pytest.fixture
async def calendar(world):
    world.chat.courier.calendar = MemoryCalendar()
    return world.chat.courier.calendar


@pytest.fixture
def outside(world):
    world.outside.answers[ADDRESS] = PNG
    return world.outside


def shown(calendar):
    return [each.picture.media_type if each.picture else None for each in calendar.entries]


async def test_a_picture_comes_after_the_entry_once_for_all_homes(world, calendar, outside):
    mod = await furnish(world)
    await linked(world, mod)
    await announce(mod, WIKI)
    assert shown(calendar) == [None, None]
    await world.passes(minutes=1)
    assert shown(calendar) == ["image/png", "image/png"]
    assert calendar.entries[0].picture.content == PNG
    assert [url for url, _ in outside.asked] == [ADDRESS]
    assert ADDRESS not in calendar.entries[0].entry.description
    await mod.says('event edit E-1 where="Room 2"')
    await world.passes(hours=13)
    assert len(outside.asked) == 1
    assert not any("picture" in seen.text for seen in mod.inbox)


async def test_another_picture_takes_its_place_and_none_takes_it_away(world, calendar, outside):
    mod = await furnish(world)
    await announce(mod, WIKI)
    await world.passes(minutes=1)
    outside.answers["https://files.example/new"] = b"\xff\xd8\xff" + PNG
    await mod.says("event edit E-1 cover=https://files.example/new")
    await world.passes(minutes=1)
    assert shown(calendar) == ["image/jpeg"]
    await mod.says("event edit E-1 cover=-")
    await world.passes(minutes=1)
    assert shown(calendar) == [None]


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (Fetched(b"<html>", 200), "no PNG, JPEG or GIF"),
        (Fetched(b"", 200), "no PNG, JPEG or GIF"),
        (Fetched(b"", 404), "nothing at that address"),
        (Fetched(b"", 403), "an error (403)"),
        (Unavailable(t("files.example is not on the public internet.")), "not on the public internet"),
    ],
)
async def test_what_is_no_picture_is_told_once_and_the_event_stands_without(world, calendar, outside, answer, reason):
    outside.answers[ADDRESS] = answer
    mod = await furnish(world)
    await announce(mod, WIKI)
    await world.passes(hours=3)
    assert shown(calendar) == [None]
    assert [reason in seen.fields["Reason"] for seen in mod.inbox] == [True]
    asked = len(outside.asked)
    await mod.says('event edit E-1 where="Room 2"')
    await world.restart()
    await world.passes(hours=20)
    assert len(mod.inbox) == 1
    assert len(outside.asked) == asked <= 4
    assert "without its picture" in mod.inbox[0].text


async def test_a_series_shows_its_picture_at_each_time_and_tells_of_a_broken_one_once(world, calendar, outside):
    mod = await furnish(world)
    await announce(mod, f'event create "Weekly" "2026-11-24 18:00" repeats="weekly 3 times" cover={ADDRESS}')
    await world.passes(days=3)
    assert shown(calendar) == ["image/png", "image/png"]
    outside.answers[ADDRESS] = Fetched(b"", 404)
    await world.passes(days=14)
    assert shown(calendar) == ["image/png", "image/png", None]
    assert len(mod.inbox) == 1


async def test_a_picture_waits_for_a_service_that_is_down(world, calendar, outside):
    outside.answers[ADDRESS] = Unavailable(t("Nothing answers."))
    mod = await furnish(world)
    await announce(mod, WIKI)
    await world.passes(minutes=1)
    outside.answers[ADDRESS] = PNG
    await world.passes(minutes=5)
    assert shown(calendar) == ["image/png"]
    assert mod.inbox == []


async def test_a_picture_waits_for_a_chat_that_is_away(world, calendar, outside):
    mod = await furnish(world)
    await announce(mod, WIKI)
    calendar.fail(Retry("not connected"))
    await world.passes(minutes=1)
    assert shown(calendar) == [None]
    await world.passes(minutes=5)
    assert shown(calendar) == ["image/png"]
    assert mod.inbox == []


async def test_a_picture_that_the_chat_refuses_is_told_once(world, calendar, outside):
    mod = await furnish(world)
    await announce(mod, WIKI)
    calendar.fail(Refused("Invalid Form Body"))
    await world.passes(hours=14)
    assert shown(calendar) == [None]
    assert ["does not take this picture" in seen.fields["Reason"] for seen in mod.inbox] == [True]


async def test_where_no_chat_keeps_a_calendar_nothing_is_fetched(world, outside):
    mod = await furnish(world)
    card = await announce(mod, WIKI)
    await world.passes(hours=14)
    assert outside.asked == []
    assert ADDRESS in card.fields["Picture"]


@pytest.mark.parametrize(
    ("page", "picture"),
    [
        (
            "https://commons.wikimedia.org/wiki/File:Book_fair,_1921.jpg",
            "https://commons.wikimedia.org/wiki/Special:FilePath/Book_fair%2C_1921.jpg?width=1280",
        ),
        (
            "https://es.wikipedia.org/wiki/Archivo:%C3%81rbol.svg",
            "https://es.wikipedia.org/wiki/Special:FilePath/%C3%81rbol.svg?width=1280",
        ),
        (
            "https://commons.m.wikimedia.org/wiki/File:A.PNG",
            "https://commons.m.wikimedia.org/wiki/Special:FilePath/A.PNG?width=1280",
        ),
        ("https://upload.wikimedia.org/wikipedia/commons/a/a9/Example.jpg",) * 2,
        ("https://files.example/wiki/File:A.png",) * 2,
        ("https://commons.wikimedia.org/wiki/Commons:Contact",) * 2,
        ("https://wikimedia.org.evil.example/wiki/File:A.png",) * 2,
    ],
)
def test_the_page_of_a_file_on_a_wiki_stands_for_its_picture(page, picture):
    assert covers.picture_of(page) == picture


@given(st.text(max_size=60), st.sampled_from(["https://commons.wikimedia.org/wiki/File:", "https://x.example/"]))
def test_whatever_the_address_a_wiki_s_name_is_never_left(words, beginning):
    address = f"{beginning}{words}.png"
    found = covers.picture_of(address)
    wiki = re.fullmatch(r"https://commons\.wikimedia\.org/wiki/Special:FilePath/[\w.%~-]+\?width=1280", found)
    assert wiki or found == address


async def _through_the_client(handle):
    async def resolver(host, port):
        return ["93.184.216.34"] if host == "files.example" else ["10.0.0.7"]

    clock = ManualClock(MONDAY)
    outside = Outside(Config(contact="https://example.org/bot", _env_file=None), clock)
    settings = NetSettings(contact="https://example.org/bot", version="0", retries=0)
    async with Web(settings, clock, resolver=resolver, transport=httpx.MockTransport(handle)) as web:
        outside._web = web
        return await covers.fetch(outside, ADDRESS)


async def test_a_picture_is_read_byte_by_byte_and_by_how_it_begins():
    found = await _through_the_client(lambda request: httpx.Response(200, content=PNG, headers={"content-type": "x/y"}))
    assert (found.content, found.media_type, found.name) == (PNG, "image/png", "cover.png")


@pytest.mark.parametrize(
    "handle",
    [
        lambda request: httpx.Response(302, headers={"location": "http://internal.example/camera.png"}),
        lambda request: httpx.Response(302, headers={"location": "http://169.254.169.254/latest/meta-data"}),
        lambda request: httpx.Response(200, content=PNG + b"X" * 50_000_000),
        lambda request: httpx.Response(200, headers={"content-length": "50000000"}, content=b""),
        lambda request: httpx.Response(503),
    ],
    ids=["private name", "private address", "50 MB", "says 50 MB", "down"],
)
async def test_private_networks_and_huge_files_are_refused(handle):
    with pytest.raises(Unavailable):
        await _through_the_client(handle)


async def test_a_page_that_says_it_is_a_picture_is_none():
    with pytest.raises(covers.CoverTrouble):
        await _through_the_client(
            lambda request: httpx.Response(200, content=b"<html>", headers={"content-type": "image/png"})
        )
