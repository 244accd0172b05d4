# SPDX-License-Identifier: MIT
"""No request reaches the private network, by whatever way."""

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from netplay import PUBLIC

from bot.net import BadRedirect, BadUrl, ForbiddenAddress, Unreachable
from bot.net.guard import AddressGuard, is_public
from bot.net.transport import ADDRESSES

PRIVATE = [
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",  # noqa: S104
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "100.100.100.200",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "192.0.0.192",
    "::1",
    "::",
    "fe80::1",
    "fe80::1%eth0",
    "fd00:ec2::254",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "2002:7f00:1::",
    "2001:db8::1",
    "64:ff9b:1::1",
    "fec0::1",
    "nonsense",
]


@pytest.mark.parametrize("address", PRIVATE)
async def test_private_addresses_are_refused(web_of, address):
    async def resolver(host, port):
        return [PUBLIC, address]

    calls = []
    web = web_of(lambda r: calls.append(r) or httpx.Response(200, json={}), resolver=resolver)
    with pytest.raises(ForbiddenAddress, match="not on the public internet"):
        await web.get_json("https://intranet.example/")
    assert calls == []


@pytest.mark.parametrize(
    "address", [PUBLIC, "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "::ffff:8.8.8.8", "64:ff9b::808:808"]
)
def test_public_addresses_pass(address):
    assert is_public(address)


@given(st.text(max_size=40))
def test_judging_an_address_never_fails(text):
    assert is_public(text) in {True, False}


async def test_a_redirect_into_the_private_network_is_refused(web_of):
    async def resolver(host, port):
        return ["169.254.169.254"] if host == "169.254.169.254" else [PUBLIC]

    asked = []

    def handle(request):
        asked.append(str(request.url))
        return httpx.Response(302, headers={"location": "http://169.254.169.254/latest/meta-data"})

    with pytest.raises(ForbiddenAddress):
        await web_of(handle, resolver=resolver).get_text("https://ok.example/a")
    assert asked == ["https://ok.example/a"]


async def test_a_redirect_out_of_http_is_refused(web_of):
    with pytest.raises(BadUrl):
        await web_of(lambda r: httpx.Response(301, headers={"location": "file:///etc/passwd"})).get_text(
            "https://a.example"
        )


async def test_the_checked_address_is_the_one_connected_to(web_of):
    """A name that turns private between the check and the connection gains nothing."""
    answers = [[PUBLIC], ["127.0.0.1"]]
    used = []

    async def resolver(host, port):
        return answers.pop(0)

    def handle(request):
        used.append(request.extensions[ADDRESSES])
        return httpx.Response(200, json={})

    await web_of(handle, resolver=resolver).get_json("https://rebinding.example/")
    assert used == [(PUBLIC,)]


async def test_an_unknown_name_is_unreachable(web_of):
    async def resolver(host, port):
        raise OSError("no such host")

    with pytest.raises(Unreachable):
        await web_of(lambda r: httpx.Response(200), resolver=resolver, retries=0).get_text("https://nowhere.example")


@pytest.mark.parametrize(
    ("allowed", "url", "passes"),
    [
        ("mirror.lan", "http://mirror.lan:8080/x", True),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/x", True),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080/x", True),
        ("http://[::1]:8080", "http://[::1]:8080/", True),
        ("https://mirror.lan", "https://mirror.lan/x", True),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8081/x", False),
        ("http://127.0.0.1:8080", "https://127.0.0.1:8080/x", False),
        ("mirror.lan", "http://evil.mirror.lan/", False),
    ],
)
async def test_only_listed_hosts_and_origins_may_be_private(allowed, url, passes):
    async def resolver(host, port):
        return ["127.0.0.1"]

    guard = AddressGuard(resolver, frozenset({allowed}))
    if passes:
        assert await guard.addresses(httpx.URL(url)) == ("127.0.0.1",)
    else:
        with pytest.raises(ForbiddenAddress):
            await guard.addresses(httpx.URL(url))


async def test_addresses_with_a_name_and_password_are_refused():
    with pytest.raises(BadUrl):
        await AddressGuard().addresses(httpx.URL("https://api.example.org@evil.example/"))


@pytest.mark.parametrize("target", ["/a", "https://ok.example/a", "/b"])
async def test_redirect_loops_end(web_of, target):
    def handle(request):
        return httpx.Response(302, headers={"location": "/a" if request.url.path == "/b" else target})

    with pytest.raises(BadRedirect, match="redirects without end"):
        await web_of(handle).get_text("https://ok.example/a")


async def test_redirects_are_bounded(web_of):
    def handle(request):
        return httpx.Response(302, headers={"location": f"/{len(request.url.path)}{request.url.path}"})

    with pytest.raises(BadRedirect):
        await web_of(handle, max_redirects=3).get_text("https://ok.example/a")


async def test_a_redirect_is_followed_and_private_headers_stay_behind(web_of):
    seen = []

    def handle(request):
        seen.append(request.headers.get("authorization"))
        if request.url.host == "a.example":
            return httpx.Response(
                307, headers={"location": "https://b.example/y", "set-cookie": "id=1; Domain=b.example"}
            )
        assert "cookie" not in request.headers
        return httpx.Response(200, text="there")

    page = await web_of(handle).get_text("https://a.example/x", headers={"Authorization": "Bearer t"})
    assert (page.text, page.url, seen) == ("there", "https://b.example/y", ["Bearer t", None])


async def test_private_headers_are_not_sent_in_the_clear(web_of):
    seen = []

    def handle(request):
        seen.append((request.url.scheme, request.headers.get("authorization")))
        if request.url.scheme == "https":
            return httpx.Response(302, headers={"location": "http://a.example/y"})
        return httpx.Response(200, text="there")

    await web_of(handle).get_text("https://a.example/x", headers={"Authorization": "Bearer t"})
    assert seen == [("https", "Bearer t"), ("http", None)]
