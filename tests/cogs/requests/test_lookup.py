# SPDX-License-Identifier: MIT
"""Asking the services in turn, each of which may be down."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from test_metadata import CITOID, CROSSREF, OPEN, OPENALEX

from bot.config import Config
from bot.core.outside import Outside
from bot.kit.errors import Unavailable
from bot.kit.text import t
from bot.net import NetSettings, Web
from cogs.requests.identifiers import Identifier, parse
from cogs.requests.metadata import Lookup, LookupSettings
from cogs.requests.work import Kind

DOWN = object()
BOOK = {"ISBN:9782070464234": {"title": "La Horde du Contrevent"}}
SETTINGS = LookupSettings(
    citoid="https://citoid/c",
    crossref="https://crossref/works",
    openlibrary="https://ol/books",
    unpaywall="https://up/v2",
    openalex="https://oa/works",
    cdx="https://cdx/search",
    archive="https://archive",
    email="me@example.org",
    openalex_key="k",
)


@dataclass
class Reply:
    body: Any
    status: int = 200


class FakeHttp:
    """Answers by the host asked; DOWN fails, None is a 404 in plain text."""

    def __init__(self, **answers):
        self.answers = answers
        self.asked = []

    async def get_json(self, url, *, params, headers, ttl):
        self.asked.append((url, dict(params or {}), dict(headers or {}), ttl))
        answer = self.answers.get(url.split("/")[2])
        if answer is DOWN:
            raise Unavailable(t("{host} is down.", host=url))
        return Reply(None, 404) if answer is None else answer if isinstance(answer, Reply) else Reply(answer)

    @property
    def hosts(self):
        return [url.split("/")[2] for url, *_ in self.asked]


def identifier(text) -> Identifier:
    read = parse(text)
    assert isinstance(read, Identifier)
    return read


DOI = identifier("10.1016/j.mayocp.2012.02.015")
ISBN = identifier("9782070464234")


async def work(which, **answers):
    http = FakeHttp(**answers)
    return await Lookup(http, SETTINGS).work(which, "ca"), http


async def test_citoid_is_asked_first_and_completed_by_crossref():
    message = CROSSREF["message"] | {"updated-by": [{"type": "retraction"}]}
    found, http = await work(DOI, citoid=[CITOID], crossref=CROSSREF | {"message": message})
    assert (found.source, found.down, http.hosts) == ("Citoid", (), ["citoid", "crossref"])
    assert (found.work.title, found.work.retracted) == (CITOID["title"], True)
    assert found.work.article_number == "e4375"
    assert (found.work.volume, found.work.pmid) == ("87", "22677080")
    assert http.asked[0][0] == "https://citoid/c/10.1016%2Fj.mayocp.2012.02.015"
    assert http.asked[0][2] == {"Accept-Language": "ca"}
    assert http.asked[1][1] == {"mailto": "me@example.org"}


@pytest.mark.parametrize("citoid", [DOWN, None, Reply({"error": "Unable to resolve DOI"}, 404), [], {"x": 1}, "<html>"])
async def test_crossref_serves_when_citoid_does_not(citoid):
    found, _ = await work(DOI, citoid=citoid, crossref=CROSSREF)
    assert (found.source, found.work.container) == ("Crossref", "PeerJ")
    assert ("Citoid" in found.down) == (citoid is not None and not isinstance(citoid, Reply))


async def test_a_citoid_answer_without_title_is_not_enough():
    found, _ = await work(DOI, citoid=[CITOID | {"title": "[No title found]"}], crossref=CROSSREF)
    assert (found.source, found.work.title[:12]) == ("Crossref", "The state of")


async def test_open_library_serves_a_book():
    found, http = await work(ISBN, citoid=None, ol=BOOK)
    assert (found.source, found.work.title, found.work.isbn) == (
        "Open Library",
        "La Horde du Contrevent",
        "9782070464234",
    )
    assert http.asked[1][1] == {"bibkeys": "ISBN:9782070464234", "format": "json", "jscmd": "data"}


async def test_open_library_is_left_alone_when_citoid_knows_the_book():
    found, http = await work(ISBN, citoid=[CITOID | {"itemType": "book", "DOI": None}])
    assert (found.work.kind, found.work.isbn, http.hosts) == (Kind.BOOK, "9782070464234", ["citoid"])


async def test_nobody_knows_and_nobody_answers():
    found, _ = await work(DOI, citoid=None, crossref=None)
    assert (found.work, found.down) == (None, ())
    found, _ = await work(ISBN, citoid=DOWN, ol=DOWN)
    assert (found.work, found.down) == (None, ("Citoid", "Open Library"))
    found, _ = await work(ISBN, citoid=None, ol={})
    assert (found.work, found.down) == (None, ())


async def test_a_page_of_citoid_turns_into_what_its_doi_is():
    found, _ = await work(DOI, citoid=[CITOID | {"itemType": "webpage"}], crossref={
        "status": "ok", "message": CROSSREF["message"] | {"DOI": CITOID["DOI"]},
    })  # fmt: skip
    assert found.work.kind is Kind.JOURNAL


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("PMID 22677080", "22677080"),
        ("PMC3538472", "PMC3538472"),
        ("arXiv:1706.03762", "https%3A%2F%2Farxiv.org%2Fabs%2F1706.03762"),
        (["https://example.org/a?b=c", "d"][0], "https%3A%2F%2Fexample.org%2Fa%3Fb%3Dc"),
        ("OCLC 766011585", "https%3A%2F%2Fsearch.worldcat.org%2Ftitle%2F766011585"),
        ("Q42", "Q42"),
    ],
)
async def test_only_the_identifier_goes_out(text, query):
    found, http = await work(identifier(text), citoid=[CITOID | {"DOI": None}])
    assert found.work is not None
    assert http.asked[0][0] == f"https://citoid/c/{query}"


async def test_free_copies_of_both_services_each_once():
    http = FakeHttp(up={"is_oa": True, "best_oa_location": OPEN}, oa=OPENALEX)
    copies = await Lookup(http, SETTINGS).free_copies(DOI)
    assert [(copy.source, copy.url) for copy in copies.copies] == [
        ("Unpaywall", "https://a.org/x"),
        ("OpenAlex", "https://peerj.com/4375"),
    ]
    same = OPENALEX | {"best_oa_location": {"is_oa": True, "pdf_url": "https://a.org/x"}}
    http.answers["oa"] = same
    assert [copy.source for copy in (await Lookup(http, SETTINGS).free_copies(DOI)).copies] == ["Unpaywall"]
    assert http.asked[0][:2] == ("https://up/v2/10.1016/j.mayocp.2012.02.015", {"email": "me@example.org"})


async def test_services_that_are_not_set_up_are_not_asked():
    http = FakeHttp()
    assert (await Lookup(http, LookupSettings()).free_copies(DOI)).copies == ()
    assert await Lookup(http, LookupSettings()).retracted(DOI.value) is None
    assert http.asked == []


async def test_a_service_that_is_down_does_not_hide_the_other():
    copies = await Lookup(FakeHttp(up=DOWN, oa=OPENALEX), SETTINGS).free_copies(DOI)
    assert (len(copies.copies), copies.down) == (1, ("Unpaywall",))


async def test_a_snapshot_of_a_page():
    http = FakeHttp(cdx=[["timestamp", "original"], ["20190103040506", "https://example.org/a"]])
    lookup = Lookup(http, SETTINGS)
    page = identifier("https://example.org/a")
    copies = await lookup.free_copies(page)
    assert copies.snapshot.url == "https://archive/web/20190103040506/https://example.org/a"
    assert http.asked[0][1]["limit"] == "-1"
    await lookup.free_copies(page, near=dt.date(2019, 1, 1))
    assert (http.asked[1][1]["closest"], http.asked[1][1]["limit"]) == ("20190101", "1")
    http.answers["cdx"] = []
    assert (await lookup.free_copies(page)).snapshot is None
    assert (await lookup.free_copies(ISBN)).copies == ()


async def test_retraction_by_openalex():
    assert await Lookup(FakeHttp(oa=OPENALEX | {"is_retracted": True}), SETTINGS).retracted(DOI.value) is True
    assert await Lookup(FakeHttp(oa=DOWN), SETTINGS).retracted(DOI.value) is None


class Noon:
    def now(self):
        return dt.datetime(2027, 1, 15, 12, tzinfo=dt.UTC)


async def test_the_one_client_for_outside_serves_the_lookup():
    """Through the real client: encoded slashes survive, a 404 in plain text means unknown, a fault means down."""
    asked = []

    def handle(request):
        asked.append(request.url.raw_path.decode())
        if request.url.host == "en.wikipedia.org":
            return httpx.Response(500, json={"error": "Unknown error"})
        return httpx.Response(404, text="Resource not found.")

    async def resolver(host, port):
        return ["93.184.215.14"]

    settings = NetSettings(contact="me@example.org", version="1", retries=0)
    async with Web(settings, Noon(), resolver=resolver, transport=httpx.MockTransport(handle)) as web:
        outside = Outside(Config(_env_file=None), Noon())
        outside._web = web
        found = await Lookup(outside, LookupSettings()).work(DOI)
    assert (found.work, found.down) == (None, ("Citoid",))
    assert asked == [
        "/api/rest_v1/data/citation/mediawiki/10.1016%2Fj.mayocp.2012.02.015",
        "/works/10.1016%2Fj.mayocp.2012.02.015",
    ]
