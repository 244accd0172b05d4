# SPDX-License-Identifier: MIT
"""Looking things up through the real client at a real server on loopback that behaves badly in every way."""

import asyncio
import json
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.core.outside import Outside
from bot.net import Web
from cogs.requests.cite import WIKIS, cite
from cogs.requests.identifiers import parse
from cogs.requests.metadata import Lookup, LookupSettings

sys.path.insert(0, str(Path(__file__).parents[2] / "net"))
from netplay import FakeClock, loopback, settings

JSON = b"Content-Type: application/json\r\n"
HOSTILE = [
    {
        "itemType": "journalArticle",
        "title": "A | }} <ref>[[x]]\n~~~~ </nowiki> &amp;lt;ref&amp;gt; \u202eabc",
        "author": [["", ""], ["A|", "B}}"], [None, 7]],
        "date": "0000-00-00",
        "DOI": "10.1000/182",
    }
]


def answer(status: str, body: bytes = b"", head: bytes = JSON) -> bytes:
    length = f"Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode()
    return f"HTTP/1.1 {status}\r\n".encode() + head + length + body


def to(address: str) -> bytes:
    return answer("302 Found", head=f"Location: {address}\r\n".encode())


DOWN = {
    "429": answer("429 Too Many Requests", b"{}", JSON + b"Retry-After: 3600\r\n"),
    "500": answer("500 Internal Server Error", b"oops", b"Content-Type: text/html\r\n"),
    "503 with a strange wish": answer("503 Service Unavailable", b"", JSON + b"Retry-After: soon\r\n"),
    "a page to sign in": answer("200 OK", b"<html><title>Sign in</title>", b"Content-Type: text/html\r\n"),
    "HTML called JSON": answer("200 OK", b"<html>"),
    "nothing": answer("200 OK"),
    "another shape": answer("200 OK", b'[1, "a", null, [[]]]'),
    "nested without end": answer("200 OK", b"[" * 100_000 + b"]" * 100_000),
    "no UTF-8": answer("200 OK", b'[{"itemType": "book", "title": "\xff\xfe"}]'),
    "10 MB": answer("200 OK", b'["' + b"x" * 10_000_000 + b'"]'),
    "into a private network": to("http://10.0.0.1/"),
    "to a cloud's secrets": to("http://169.254.169.254/latest/"),
    "to a file": to("file:///etc/passwd"),
    "to no address": to("http://[::1"),
    "in a circle": to("/again"),
    "no HTTP": b"hello\r\n\r\n",
    "hangs": b"",
}
UNKNOWN = {
    "404": answer("404 Not Found", b'{"title": "Not found."}'),
    "404 as a page": answer("404 Not Found", b"<html>", b"Content-Type: text/html\r\n"),
}


async def asked(behaviour: bytes, typed: str):
    """Return what is found where every service behaves so."""

    async def play(reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(behaviour)
        await writer.drain()
        if not behaviour:
            await asyncio.Event().wait()

    async def local(host, port):
        return ["127.0.0.1"]

    clock = FakeClock()
    async with loopback(play) as port:
        here = f"http://localhost:{port}"
        net = settings(allow=frozenset({here}), retries=0, deadline=0.1 if not behaviour else 5)
        outside = Outside(SimpleNamespace(contact="me@example.org"), clock)
        outside._web = Web(net, clock, resolver=local, sleep=clock.sleep)
        names = ("citoid", "crossref", "openlibrary", "unpaywall", "openalex", "cdx")
        places = {name: f"{here}/{name}" for name in names}
        lookup = Lookup(outside, LookupSettings(**places, email="me@example.org", openalex_key="k"))
        identifier = parse(typed)
        try:
            return await lookup.work(identifier), await lookup.free_copies(identifier)
        finally:
            await outside.close()


@pytest.mark.parametrize("way", list(DOWN))
async def test_whatever_services_do_they_are_down_and_nothing_breaks(way):
    work, copies = await asked(DOWN[way], "10.1000/182")
    assert (work.work, work.down) == (None, ("Citoid", "Crossref"))
    assert (copies.copies, copies.down) == ((), ("OpenAlex", "Unpaywall"))


@pytest.mark.parametrize("way", list(UNKNOWN))
@pytest.mark.parametrize("typed", ["10.1000/182", "ISBN 9780306406157", "PMID 31452104", "https://example.org/x"])
async def test_what_nobody_knows_is_no_fault(way, typed):
    work, copies = await asked(UNKNOWN[way], typed)
    assert (work.work, work.down) == (None, ())
    assert (copies.copies, copies.snapshot, copies.down) == ((), None, ())


async def test_a_hostile_title_arrives_as_words():
    work, _ = await asked(answer("200 OK", json.dumps(HOSTILE).encode()), "PMID 31452104")
    assert work.work is not None
    for wiki in WIKIS:
        footnote = cite(work.work, wiki).footnote
        assert footnote.count("<ref") == footnote.count("</ref>") == footnote.count("</") == 1
        assert "~~~~" not in footnote
        assert "[[" not in footnote
