# SPDX-License-Identifier: MIT
"""Learning where an address leads, without going there."""

import httpx
import pytest

from bot.net import ForbiddenAddress, NetError


async def test_the_target_is_told_and_never_visited(web_of):
    asked = []

    def handle(request):
        asked.append(str(request.url))
        return httpx.Response(302, headers={"location": "/en?id=9f"})

    found = await web_of(handle).locate("https://hunt.example/en", params={"cat": "a1"})
    assert found == "https://hunt.example/en?id=9f"
    assert asked == ["https://hunt.example/en?cat=a1"]


async def test_an_address_that_leads_nowhere_says_so(web_of):
    assert await web_of(lambda request: httpx.Response(200)).locate("https://hunt.example/en") is None


async def test_a_target_that_is_no_address_is_an_error(web_of):
    with pytest.raises(NetError):
        await web_of(lambda request: httpx.Response(302, headers={"location": "https://a.example:port/"})).locate(
            "https://a.example"
        )


async def test_the_private_network_is_shut(web_of):
    async def resolver(host, port):
        return ["10.0.0.1"]

    with pytest.raises(ForbiddenAddress):
        await web_of(lambda request: httpx.Response(200), resolver=resolver).locate("https://in.example/")
