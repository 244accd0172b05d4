# SPDX-License-Identifier: MIT
"""What cogs reach of the outside: through the one client, to where the operator says, or politely not at all."""

import asyncio
import json
import sys

import pytest

from bot.config import Config
from bot.core.clock import SystemClock
from bot.core.outside import Outside, services_of
from bot.kit import Unavailable


def config(**chosen) -> Config:
    return Config(_env_file=None, **chosen)


class Server:
    """Answers on the loopback interface with what a test wants."""

    def __init__(self):
        self.answers = {}
        self.heard = []

    async def __aenter__(self):
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"
        return self

    async def __aexit__(self, *_):
        self._server.close()
        await self._server.wait_closed()

    async def _serve(self, reader, writer):
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        self.heard.append(head)
        status, headers, body = self.answers.get(head.split()[1].partition("?")[0], (404, {}, b"Resource not found."))
        lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        try:
            await writer.drain()
            writer.close()
            await writer.wait_closed()
        except ConnectionError:
            return


@pytest.fixture
async def server():
    async with Server() as opened:
        yield opened


@pytest.fixture
async def outside(server):
    opened = Outside(config(contact="me@example.org", services=(f"citoid={server.url}/c",)), SystemClock())
    yield opened
    await opened.close()


async def test_without_a_contact_nobody_is_asked():
    with pytest.raises(Unavailable) as caught:
        await Outside(config(), SystemClock()).get_json("https://api.crossref.org/works/10.1000/182")
    assert "REFDESK_CONTACT" in caught.value.text.message


async def test_json_and_text_come_with_their_status(server, outside):
    server.answers["/c/1"] = (200, {"Content-Type": "application/json"}, json.dumps([{"title": "A"}]).encode())
    found = await outside.get_json(f"{server.url}/c/1", params={"a": "b"}, ttl=60)
    assert (found.body, found.status) == ([{"title": "A"}], 200)
    assert "GET /c/1?a=b " in server.heard[0]
    assert "User-Agent: Refdesk/" in server.heard[0] or "user-agent: Refdesk/" in server.heard[0]
    assert "me@example.org" in server.heard[0]
    again = await outside.get_json(f"{server.url}/c/1", params={"a": "b"}, ttl=60)
    assert again.body == found.body
    assert len(server.heard) == 1
    missing = await outside.get_json(f"{server.url}/c/2")
    assert (missing.body, missing.status) == (None, 404)
    assert (await outside.get_text(f"{server.url}/c/2")).body == "Resource not found."


@pytest.mark.parametrize(
    "answer",
    [
        (200, {"Content-Type": "text/html"}, b"<html>A login page</html>"),
        (200, {}, b"x" * 10_000_000),
        (302, {"Location": "http://10.0.0.1/secret"}, b""),
        (302, {"Location": "http://127.0.0.1:1/"}, b""),
    ],
    ids=["html", "ten-megabytes", "private-network", "loopback"],
)
async def test_what_no_service_should_send_is_unavailable(server, outside, answer):
    server.answers["/c/1"] = answer
    with pytest.raises(Unavailable):
        await outside.get_json(f"{server.url}/c/1")


async def test_a_place_that_the_operator_did_not_name_stays_closed(outside):
    with pytest.raises(Unavailable):
        await outside.get_json("http://127.0.0.2:8080/")


def test_the_operator_names_services_keys_and_an_address():
    chosen = config(
        services="citoid=https://mirror.example.org/c?x=y, openalex=http://127.0.0.1:80/w",
        openalex_key="k3y",
        unpaywall_email="me@example.org",
    )
    services = services_of(chosen)
    assert services.addresses == {"citoid": "https://mirror.example.org/c?x=y", "openalex": "http://127.0.0.1:80/w"}
    assert (services.keys, services.email) == ({"openalex": "k3y"}, "me@example.org")
    assert "k3y" not in repr(services)
    assert "k3y" in chosen.secrets


@pytest.mark.parametrize("wrong", [{"services": "citoid"}, {"services": "x=ftp://y"}, {"unpaywall_email": "me"}])
def test_what_cannot_be_used_is_refused(wrong):
    with pytest.raises(ValueError, match="must"):
        config(**wrong)


async def test_starting_does_not_load_the_client():
    code = "import sys, bot.app, cogs.requests; print({'httpx', 'PIL'} & set(sys.modules))"
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdout=asyncio.subprocess.PIPE)
    said, _ = await process.communicate()
    assert said.decode().strip() == "set()"
