# SPDX-License-Identifier: MIT
"""What comes back: JSON, text, errors, and what is remembered."""

import httpx
import pytest

from bot.kit.errors import Unavailable
from bot.net import BadUrl, NetError, NetSettings, NotJson, ServerFailed, TooManyRequests, Unreachable

URL = "https://api.example.org/works"


async def test_who_asks_is_told_with_version_and_contact(web_of):
    seen = []
    web = web_of(lambda request: seen.append(request) or httpx.Response(200, json={}))
    await web.get_json(URL, params={"a": "b c"}, headers={"Accept-Language": "ca"})
    assert seen[0].headers["User-Agent"].startswith("Refdesk/1.2 (https://example.org/refdesk) httpx/")
    assert str(seen[0].url) == f"{URL}?a=b+c"
    assert seen[0].headers["Accept-Language"] == "ca"


def test_a_client_without_contact_is_refused():
    with pytest.raises(ValueError, match="contact"):
        NetSettings(contact="nobody", version="1")


async def test_json_comes_with_status_and_freshness(web_of):
    answer = await web_of(lambda r: httpx.Response(200, json={"ok": True})).get_json(URL)
    assert (answer.json, answer.status, answer.from_cache, answer.age) == ({"ok": True}, 200, False, 0)


async def test_a_404_in_plain_text_is_an_answer_without_json(web_of):
    answer = await web_of(lambda r: httpx.Response(404, text="Resource not found.")).get_json(URL)
    assert (answer.json, answer.status, answer.text) == (None, 404, "Resource not found.")


async def test_a_200_with_an_error_body_is_an_answer(web_of):
    body = {"error": {"code": "badtoken", "info": "…"}}
    answer = await web_of(lambda r: httpx.Response(200, json=body)).get_json(URL)
    assert (answer.json, answer.status) == (body, 200)


@pytest.mark.parametrize("body", [b"<html>down</html>", b"", b"[" * 100_000, b"1" * 5000, b"\xff\xfe\x00"])
async def test_a_success_that_is_no_json_is_an_error(web_of, body):
    with pytest.raises(NotJson) as caught:
        await web_of(lambda r: httpx.Response(200, content=body)).get_json(URL)
    assert caught.value.reason == "api.example.org sent something unreadable."
    assert isinstance(caught.value, Unavailable)


async def test_text_is_decoded_as_stated_and_never_fails(web_of):
    latin = {"content-type": "text/html; charset=ISO-8859-1"}
    page = await web_of(lambda r: httpx.Response(200, content=b"caf\xe9", headers=latin)).get_text(URL)
    assert page.text == "café"
    odd = {"content-type": "text/html; charset=klingon"}
    page = await web_of(lambda r: httpx.Response(200, content=b"a\xff", headers=odd)).get_text(URL)
    assert page.text == "a\ufffd"


async def test_a_cached_answer_is_used_until_its_time_is_over(web_of, clock):
    calls = []
    web = web_of(lambda r: calls.append(r) or httpx.Response(200, json=len(calls)))
    assert (await web.get_json(URL, ttl=60)).json == 1
    clock.advance(59)
    again = await web.get_json(URL, ttl=60)
    assert (again.json, again.from_cache, again.age) == (1, True, 59)
    clock.advance(2)
    assert (await web.get_json(URL, ttl=60)).json == 2
    assert (await web.get_json(URL)).json == 3
    assert (await web.get_json(URL, ttl=60, headers={"Accept-Language": "ca"})).json == 4


async def test_an_unchanged_answer_is_confirmed_by_its_etag(web_of, clock):
    asked = []

    def handle(request):
        asked.append(request.headers.get("if-none-match"))
        if asked[-1] == '"v1"':
            return httpx.Response(304)
        return httpx.Response(200, json="body", headers={"etag": '"v1"', "last-modified": "x"})

    web = web_of(handle)
    await web.get_json(URL, ttl=10)
    clock.advance(11)
    renewed = await web.get_json(URL, ttl=10)
    assert (renewed.json, renewed.from_cache, renewed.age, asked) == ("body", True, 0, [None, '"v1"'])


@pytest.mark.parametrize(
    "response",
    [
        httpx.Response(200, json={"error": {}}, headers={"MediaWiki-API-Error": "badtoken"}),
        httpx.Response(200, json=1, headers={"Cache-Control": "private, no-store"}),
        httpx.Response(403, json={}),
    ],
)
async def test_errors_and_private_answers_are_not_remembered(web_of, response):
    calls = []
    web = web_of(lambda r: calls.append(r) or response)
    await web.get_json(URL, ttl=60)
    await web.get_json(URL, ttl=60)
    assert len(calls) == 2


async def test_what_is_missing_is_remembered_only_shortly(web_of, clock):
    calls = []
    web = web_of(lambda r: calls.append(r) or httpx.Response(404, text="no"), missing_ttl=100)
    for _ in range(2):
        await web.get_json(URL, ttl=86_400)
        clock.advance(99)
    clock.advance(99)
    await web.get_json(URL, ttl=86_400)
    assert len(calls) == 2


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_a_server_fault_is_retried_and_then_told(web_of, clock, status):
    calls = []
    with pytest.raises(ServerFailed, match="fault at the moment"):
        await web_of(lambda r: calls.append(r) or httpx.Response(status), retries=2, backoff=1).get_json(URL)
    assert (len(calls), clock.slept) == (3, [1, 2])


async def test_a_retry_may_succeed(web_of):
    answers = [httpx.Response(503), httpx.Response(200, json="fine")]
    assert (await web_of(lambda r: answers.pop(0)).get_json(URL)).json == "fine"


@pytest.mark.parametrize(
    ("stated", "waited"),
    [
        ("7", 7),
        ("Fri, 15 Jan 2027 10:00:09 GMT", 9),
        ("Fri, 15 Jan 2027 09:59:00 GMT", 0),
        ("nonsense", 0.5),
        ("-3", 0.5),
    ],
)
async def test_retry_after_is_honoured_in_both_forms(web_of, clock, stated, waited):
    answers = [httpx.Response(429, headers={"Retry-After": stated}), httpx.Response(200, json=1)]
    await web_of(lambda r: answers.pop(0)).get_json(URL)
    assert clock.slept == [waited]


async def test_a_long_retry_after_is_not_waited_for_and_nobody_else_asks_meanwhile(web_of, clock):
    calls = []
    web = web_of(lambda r: calls.append(r) or httpx.Response(429, headers={"Retry-After": "600"}))
    for _ in range(2):
        with pytest.raises(TooManyRequests) as caught:
            await web.get_json(URL)
        assert caught.value.retry_after == 600
    assert (len(calls), clock.slept) == (1, [])
    clock.advance(601)
    with pytest.raises(TooManyRequests):
        await web.get_json(URL)
    assert len(calls) == 2


async def test_a_lagging_mediawiki_is_asked_again_although_it_says_200(web_of, clock):
    busy = httpx.Response(
        200, json={"error": {"code": "maxlag"}}, headers={"MediaWiki-API-Error": "maxlag", "Retry-After": "5"}
    )
    answers = [busy, httpx.Response(200, json={"query": {}})]
    assert (await web_of(lambda r: answers.pop(0)).get_json(URL)).json == {"query": {}}
    assert clock.slept == [5]


async def test_a_broken_connection_is_retried_and_then_told(web_of):
    calls = []

    def handle(request):
        calls.append(request)
        raise httpx.ConnectError("refused")

    with pytest.raises(Unreachable, match="cannot be reached"):
        await web_of(handle, retries=1).get_json(URL)
    assert len(calls) == 2


@pytest.mark.parametrize(
    "url", ["ftp://example.org/", "file:///etc/passwd", "javascript:1", "//x", "", "http://", "a\x00"]
)
async def test_only_http_addresses_are_opened(web_of, url):
    with pytest.raises(BadUrl):
        await web_of(lambda r: httpx.Response(200, json=1)).get_json(url)


async def test_errors_never_show_what_was_asked(web_of):
    with pytest.raises(NetError) as caught:
        await web_of(lambda r: httpx.Response(500)).get_json(URL, params={"api_key": "hidden"})
    assert "hidden" not in str(caught.value) + repr(caught.value) + caught.value.reason


async def test_no_service_recognises_us_by_a_cookie(web_of):
    seen = []

    def handle(request):
        seen.append("cookie" in request.headers)
        return httpx.Response(200, json={}, headers={"set-cookie": "id=1"})

    web = web_of(handle)
    await web.get_json(URL)
    await web.get_json(URL)
    assert seen == [False, False]
