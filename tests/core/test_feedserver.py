# SPDX-License-Identifier: MIT
"""Communities' calendars over the web: only with the right address, once unless something changed, and nothing else."""

import socket

import httpx
import pytest

from bot.app import App
from bot.config import Config, ConfigError, read_config
from bot.core.feedserver import FeedServer
from bot.core.serving import ServerError

HERE = "127.0.0.1"


class Feeds:
    """A cog that has one calendar."""

    def __init__(self):
        self.body = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
        self.asked = 0

    async def calendar(self, secret):
        self.asked += 1
        return self.body if secret == "right" else None


@pytest.fixture
async def feeds():
    return Feeds()


@pytest.fixture
async def web(feeds):
    server = FeedServer(lambda: feeds)
    port = await server.start(HERE, 0)
    async with httpx.AsyncClient(base_url=f"http://{HERE}:{port}") as client:
        yield client
    await server.stop()
    await server.stop()


async def test_the_right_address_is_answered_with_the_calendar(web, feeds):
    got = await web.get("/calendar/right.ics")
    assert (got.status_code, got.content) == (200, feeds.body)
    assert got.headers["content-type"] == "text/calendar; charset=utf-8"
    assert got.headers["cache-control"] == "private, max-age=900"
    assert (await web.head("/calendar/right.ics")).status_code == 200


async def test_what_a_program_has_already_is_not_sent_again(web, feeds):
    tag = (await web.get("/calendar/right.ics")).headers["etag"]
    for known in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        again = await web.get("/calendar/right.ics", headers={"If-None-Match": known})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    feeds.body += b"X"
    changed = await web.get("/calendar/right.ics", headers={"If-None-Match": tag})
    assert (changed.status_code, changed.content) == (200, feeds.body)


@pytest.mark.parametrize(
    "path",
    ["/calendar/wrong.ics", "/calendar/.ics", "/calendar/right", "/", "/health", "/metrics", "/calendar/a/b.ics"],
)
async def test_everything_else_is_not_there(web, path):
    got = await web.get(path)
    assert got.status_code == 404
    assert "VCALENDAR" not in got.text


async def test_an_endless_secret_is_not_even_looked_up(web, feeds):
    assert (await web.get(f"/calendar/{'x' * 2_000}.ics")).status_code == 404
    assert feeds.asked == 0


async def test_nothing_can_be_written(web):
    assert (await web.post("/calendar/right.ics", content=b"x")).status_code == 405


async def test_without_the_cog_there_is_no_calendar():
    server = FeedServer(lambda: None)
    port = await server.start(HERE, 0)
    async with httpx.AsyncClient(base_url=f"http://{HERE}:{port}") as client:
        assert (await client.get("/calendar/right.ics")).status_code == 404
    await server.stop()


async def test_a_port_that_is_taken_is_named():
    with socket.socket() as taken:
        taken.bind((HERE, 0))
        taken.listen()
        with pytest.raises(ServerError, match="REFDESK_CALENDAR_PORT"):
            await FeedServer(lambda: None).start(HERE, taken.getsockname()[1])


async def test_the_bot_serves_calendars_only_where_its_operator_wants_it(tmp_path):
    with socket.socket() as free:
        free.bind((HERE, 0))
        port = free.getsockname()[1]
    config = Config(database=tmp_path / "refdesk.db", calendar_port=port, models=False, _env_file=None)
    async with await App.open(config, cogs=frozenset({"events"})), httpx.AsyncClient() as client:
        assert (await client.get(f"http://{HERE}:{port}/calendar/x.ics")).status_code == 404
        assert (await client.get(f"http://{HERE}:{port}/health")).status_code == 404
    async with httpx.AsyncClient() as client:
        with pytest.raises(httpx.ConnectError):
            await client.get(f"http://{HERE}:{port}/calendar/x.ics")


def test_people_are_told_the_address_from_outside():
    assert Config(_env_file=None).calendar_address == ""
    assert Config(calendar_port=9470, _env_file=None).calendar_address == "http://127.0.0.1:9470"
    outside = Config(calendar_port=9470, calendar_url="https://bot.example.org/", _env_file=None)
    assert outside.calendar_address == "https://bot.example.org"
    with pytest.raises(ConfigError, match="https://bot"):
        read_config(calendar_url="bot.example.org", _env_file=None)
