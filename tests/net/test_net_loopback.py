# SPDX-License-Identifier: MIT
"""Against a real server on loopback: one that hangs, one that never stops, one that breaks."""

import asyncio
import gzip

import pytest
from netplay import loopback, settings

from bot.net import ForbiddenAddress, TimedOut, TooLarge, Unreachable, Web

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"


def open_web(clock, port, **changes):
    changes = {"allow": frozenset({f"http://localhost:{port}"}), "retries": 0} | changes
    return Web(settings(**changes), clock, resolver=local, sleep=clock.sleep)


async def local(host, port):
    return ["127.0.0.1"]


async def test_a_name_is_kept_while_the_checked_address_is_used(clock):
    heads = []

    async def play(reader, writer):
        heads.append(await reader.readuntil(b"\r\n\r\n"))
        writer.write(OK + b'Content-Length: 7\r\n\r\n{"a":1}')
        await writer.drain()

    async with loopback(play) as port, open_web(clock, port) as web:
        answer = await web.get_json(f"http://localhost:{port}/x")
    assert answer.json == {"a": 1}
    assert f"Host: localhost:{port}".encode() in heads[0]


async def test_without_permission_loopback_is_refused(clock):
    async def play(reader, writer):
        raise AssertionError("must not be reached")

    async with loopback(play) as port, open_web(clock, port, allow=frozenset()) as web:
        with pytest.raises(ForbiddenAddress):
            await web.get_json(f"http://localhost:{port}/x")


async def test_a_hanging_server_ends_at_the_deadline(clock):
    async def play(reader, writer):
        await asyncio.Event().wait()

    async with loopback(play) as port, open_web(clock, port, deadline=0.05) as web:
        with pytest.raises(TimedOut, match="did not answer in time"):
            await web.get_json(f"http://localhost:{port}/x")


async def test_a_dripping_server_ends_at_the_deadline(clock):
    async def play(reader, writer):
        writer.write(OK + b"Content-Length: 1000\r\n\r\n")
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.wait({asyncio.ensure_future(asyncio.sleep(0.01))})

    async with loopback(play) as port, open_web(clock, port, deadline=0.08, read_timeout=5) as web:
        with pytest.raises(TimedOut):
            await web.get_json(f"http://localhost:{port}/x")


async def test_an_endless_answer_is_cut_off(clock):
    sent = 0

    async def play(reader, writer):
        nonlocal sent
        writer.write(OK + b"Connection: close\r\n\r\n")
        while True:
            writer.write(b"x" * 50_000)
            await writer.drain()
            sent += 50_000

    async with loopback(play) as port, open_web(clock, port, max_bytes=200_000) as web:
        with pytest.raises(TooLarge) as caught:
            await web.get_text(f"http://localhost:{port}/x")
    assert caught.value.limit == 200_000
    assert sent < 10_000_000


async def test_an_announced_10_mb_answer_is_not_read_at_all(clock):
    async def play(reader, writer):
        writer.write(OK + b"Content-Length: 10000000\r\n\r\n")
        await asyncio.Event().wait()

    async with loopback(play) as port, open_web(clock, port) as web:
        with pytest.raises(TooLarge):
            await web.get_text(f"http://localhost:{port}/x")


async def test_a_small_answer_that_unpacks_to_a_huge_one_is_cut_off(clock):
    packed = gzip.compress(b"0" * 3_000_000)

    async def play(reader, writer):
        writer.write(OK + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(packed) + packed)
        await writer.drain()
        await reader.read()

    async with loopback(play) as port, open_web(clock, port, max_bytes=1_000_000) as web:
        with pytest.raises(TooLarge):
            await web.get_text(f"http://localhost:{port}/x")


@pytest.mark.parametrize(
    "reply",
    [
        b"",
        b"garbage\r\n\r\n",
        OK + b"Content-Length: 50\r\n\r\n{",
        OK + b"Content-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
    ],
)
async def test_a_broken_answer_is_an_unreachable_service(clock, reply):
    async def play(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(reply)
        await writer.drain()

    async with loopback(play) as port, open_web(clock, port) as web:
        with pytest.raises(Unreachable):
            await web.get_json(f"http://localhost:{port}/x")


async def test_a_closed_port_is_an_unreachable_service(clock):
    async def play(reader, writer):
        raise AssertionError("closed")

    async with loopback(play) as port:
        pass
    async with open_web(clock, port) as web:
        with pytest.raises(Unreachable):
            await web.get_json(f"http://localhost:{port}/x")


async def test_redirects_on_a_real_connection(clock):
    async def play(reader, writer):
        head = await reader.readuntil(b"\r\n\r\n")
        if b"GET /old" in head:
            writer.write(b"HTTP/1.1 302 Found\r\nLocation: /new\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
        else:
            writer.write(OK + b"Content-Length: 2\r\nConnection: close\r\n\r\n[]")
        await writer.drain()

    async with loopback(play) as port, open_web(clock, port) as web:
        answer = await web.get_json(f"http://localhost:{port}/old")
    assert (answer.json, answer.url) == ([], f"http://localhost:{port}/new")


async def test_two_names_behind_one_address_share_no_connection(clock):
    """What proved to be one of them must not be taken for the other."""
    asked: list[list[bytes]] = []

    async def play(reader, writer):
        mine: list[bytes] = []
        asked.append(mine)
        while True:
            head = await reader.readuntil(b"\r\n\r\n")
            mine.append(head.split(b"Host: ")[1].split(b":")[0])
            writer.write(OK + b"Content-Length: 2\r\n\r\n[]")
            await writer.drain()

    async with loopback(play) as port:
        allow = frozenset({"one.example", "two.example"})
        async with open_web(clock, port, allow=allow) as web:
            for name in ("one", "two", "one"):
                await web.get_json(f"http://{name}.example:{port}/x")
    assert asked == [[b"one.example"] * 2, [b"two.example"]]
