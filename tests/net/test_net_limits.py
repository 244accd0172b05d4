# SPDX-License-Identifier: MIT
"""How gently services are asked, and when they are left alone."""

import asyncio

import httpx
import pytest

from bot.net import CircuitOpen, HostPolicy, ServerFailed, TooManyRequests
from bot.net.limits import Gate

CITOID = "https://en.wikipedia.org/api/rest_v1/data/citation/mediawiki/10.1000%2F1"


def fine(request):
    return httpx.Response(200, json={})


async def test_citoid_is_asked_once_a_second_and_open_library_three_times(web_of, clock):
    web = web_of(fine)
    for _ in range(3):
        await web.get_json(CITOID)
    assert clock.slept == [1, 1]
    clock.slept.clear()
    for _ in range(3):
        await web.get_json("https://openlibrary.org/api/books")
    assert clock.slept == [0.333, 0.333]


async def test_no_pace_where_none_is_asked_for(web_of, clock):
    web = web_of(fine)
    for _ in range(9):
        await web.get_json("https://de.wikipedia.org/w/api.php")
    assert clock.slept == []


async def test_crossref_limits_are_read_from_its_headers(web_of, clock):
    stated = {"x-rate-limit-limit": "2", "x-rate-limit-interval": "1s", "x-concurrency-limit": "1"}
    web = web_of(lambda r: httpx.Response(200, json={}, headers=stated))
    for _ in range(3):
        await web.get_json("https://api.crossref.org/works/10.1/1")
    assert clock.slept == [0.2, 0.5]


@pytest.mark.parametrize("stated", ["", "0", "-1", "many", "5/s"])
async def test_nonsense_limits_are_ignored(web_of, clock, stated):
    headers = {"x-rate-limit-limit": stated, "x-rate-limit-interval": stated, "x-concurrency-limit": stated}
    web = web_of(lambda r: httpx.Response(200, json={}, headers=headers))
    for _ in range(2):
        await web.get_json("https://api.crossref.org/works/10.1/1")
    assert clock.slept == [0.2]


async def test_all_wikis_together_get_at_most_three_requests_at_once(web_of):
    running, most, leave = 0, 0, asyncio.Event()

    async def handle(request):
        nonlocal running, most
        running += 1
        most = max(most, running)
        await leave.wait()
        running -= 1
        return httpx.Response(200, json={})

    web = web_of(handle)
    urls = [f"https://{lang}.wikipedia.org/w/api.php" for lang in ("en", "de", "fr", "ca", "es")]
    asking = [asyncio.ensure_future(web.get_json(url)) for url in [*urls, CITOID, "https://commons.wikimedia.org/w/"]]
    for _ in range(50):
        await asyncio.sleep(0)
    assert running == 3
    leave.set()
    await asyncio.gather(*asking)
    assert most == 3


async def test_a_turn_that_would_come_too_late_is_refused_at_once(web_of, clock):
    policies = (HostPolicy("slow.example", concurrency=9, per_second=0.01),)
    web = web_of(fine, policies=policies, deadline=30)
    await web.get_json("https://slow.example/")
    with pytest.raises(TooManyRequests):
        await web.get_json("https://slow.example/")
    assert clock.slept == []


async def test_a_shorter_rest_does_not_end_a_longer_one(clock):
    gate = Gate(HostPolicy("x.example"), clock, clock.sleep, patience=30)
    gate.rest(600)
    gate.rest(60)
    clock.advance(100)
    with pytest.raises(TooManyRequests) as caught:
        async with gate.turn("x.example"):
            pass
    assert caught.value.retry_after == 500


async def test_a_failing_service_is_left_alone_and_then_tried_once(web_of, clock):
    calls, healthy = [], False

    def handle(request):
        calls.append(request)
        return httpx.Response(200, json={}) if healthy else httpx.Response(500)

    web = web_of(handle, retries=0, breaker_failures=3, breaker_rest=60)
    for _ in range(3):
        with pytest.raises(ServerFailed):
            await web.get_json("https://x.example/")
    with pytest.raises(CircuitOpen) as caught:
        await web.get_json("https://x.example/")
    assert (len(calls), caught.value.retry_after) == (3, 60)
    clock.advance(61)
    with pytest.raises(ServerFailed):
        await web.get_json("https://x.example/")
    clock.advance(61)
    with pytest.raises(CircuitOpen):  # the rest has doubled
        await web.get_json("https://x.example/")
    clock.advance(60)
    healthy = True
    for _ in range(5):
        await web.get_json("https://x.example/")
    assert len(calls) == 9


async def test_one_failing_service_does_not_close_its_neighbours(web_of):
    def handle(request):
        return httpx.Response(500) if "citation" in request.url.path else httpx.Response(200, json={})

    web = web_of(handle, retries=0, breaker_failures=1)
    with pytest.raises(ServerFailed):
        await web.get_json(CITOID)
    with pytest.raises(CircuitOpen):
        await web.get_json(CITOID)
    assert (await web.get_json("https://en.wikipedia.org/w/api.php")).status == 200


async def test_while_one_request_tries_a_resting_service_others_stay_away(web_of, clock):
    gate, calls = asyncio.Event(), []

    async def handle(request):
        calls.append(request)
        if len(calls) > 1:
            await gate.wait()
            return httpx.Response(200, json={})
        return httpx.Response(500)

    web = web_of(handle, retries=0, breaker_failures=1, breaker_rest=10)
    with pytest.raises(ServerFailed):
        await web.get_json("https://x.example/")
    clock.advance(11)
    trying = asyncio.ensure_future(web.get_json("https://x.example/"))
    for _ in range(20):
        await asyncio.sleep(0)
    with pytest.raises(CircuitOpen):
        await web.get_json("https://x.example/")
    gate.set()
    assert (await trying).status == 200
    assert (await web.get_json("https://x.example/")).status == 200


async def test_a_callers_cancellation_frees_the_turn_and_the_trial(web_of, clock):
    calls = []

    async def handle(request):
        calls.append(request)
        if len(calls) == 1:
            return httpx.Response(500)
        if len(calls) == 2:
            await asyncio.Event().wait()
        return httpx.Response(200, json={})

    web = web_of(
        handle, retries=0, breaker_failures=1, breaker_rest=10, policies=(HostPolicy("x.example", concurrency=1),)
    )
    with pytest.raises(ServerFailed):
        await web.get_json("https://x.example/")
    clock.advance(11)
    trying = asyncio.ensure_future(web.get_json("https://x.example/"))
    for _ in range(20):
        await asyncio.sleep(0)
    trying.cancel()
    with pytest.raises(asyncio.CancelledError):
        await trying
    assert (await web.get_json("https://x.example/")).status == 200
