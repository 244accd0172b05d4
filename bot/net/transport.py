# SPDX-License-Identifier: MIT
"""Connects to the address that was checked, while the server still sees and proves the name that was asked for."""

import ipaddress
from collections import OrderedDict

from bot.net.leanly import httpx

ADDRESSES = "refdesk.addresses"
_KEPT_ORIGINS = 64


class PinnedTransport(httpx.AsyncBaseTransport):
    """Sends each request to one of `request.extensions["refdesk.addresses"]`, in their order.

    Every origin has a connection pool of its own: pools are keyed by address, and two names behind one address must
    not share a TLS connection that was proven for only one of them.
    """

    def __init__(self, verify: bool = True) -> None:
        self._verify = verify
        self._pools: OrderedDict[str, httpx.AsyncHTTPTransport] = OrderedDict()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request to the first address that accepts the connection. Raises httpx.ConnectError if none does."""
        pool = await self._pool(request.url)
        failure: httpx.TransportError = httpx.ConnectError("no address to connect to", request=request)
        for address in request.extensions.get(ADDRESSES, ()):
            try:
                return await pool.handle_async_request(_pinned(request, address))
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                failure = error
        raise failure

    async def aclose(self) -> None:
        """Close all connections."""
        while self._pools:
            await self._pools.popitem()[1].aclose()

    async def _pool(self, url: httpx.URL) -> httpx.AsyncHTTPTransport:
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        pool = self._pools.get(origin)
        if pool is None:
            pool = self._pools[origin] = httpx.AsyncHTTPTransport(
                verify=self._verify, trust_env=False, limits=httpx.Limits(max_connections=10, keepalive_expiry=30)
            )
        self._pools.move_to_end(origin)
        if len(self._pools) > _KEPT_ORIGINS:
            await self._pools.popitem(last=False)[1].aclose()
        return pool


def _pinned(request: httpx.Request, address: str) -> httpx.Request:
    literal = f"[{address}]" if ipaddress.ip_address(address.partition("%")[0]).version == 6 else address
    extensions = {key: value for key, value in request.extensions.items() if key != ADDRESSES}
    if request.url.scheme == "https":
        extensions["sni_hostname"] = request.url.raw_host.decode("ascii")
    return httpx.Request(
        request.method,
        request.url.copy_with(host=literal),
        headers=request.headers.raw,  # holds the Host that was asked for
        stream=request.stream,
        extensions=extensions,
    )
