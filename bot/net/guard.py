# SPDX-License-Identifier: MIT
"""Keeps requests out of the private network: resolves a name, checks every address, and hands out only checked ones."""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

from bot.net.errors import BadUrl, ForbiddenAddress, Unreachable
from bot.net.leanly import httpx

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]

PORTS = {"http": 80, "https": 443}
_NAT64 = IPv6Network("64:ff9b::/96")
# Not public by the IANA special-purpose registries, yet global for some of the Pythons that we run on.
_ALSO_PRIVATE = tuple(map(ip_network, ("192.0.0.0/24", "64:ff9b:1::/48", "3fff::/20", "fec0::/10")))


async def resolve(host: str, port: int) -> Sequence[str]:
    """Ask the system for the addresses of a name. Raises OSError."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Tell whether an address lies on the public internet, also looking through IPv6 wrappers of IPv4."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    return all(_plainly_public(each) for each in (parsed, *_embedded(parsed)))


def _plainly_public(parsed: IPv4Address | IPv6Address) -> bool:
    if isinstance(parsed, IPv6Address) and (parsed.ipv4_mapped or parsed in _NAT64):
        return True  # judged by the address inside
    if any(parsed.version == network.version and parsed in network for network in _ALSO_PRIVATE):
        return False
    return parsed.is_global and not (parsed.is_multicast or parsed.is_reserved or parsed.is_unspecified)


def _embedded(parsed: IPv4Address | IPv6Address) -> tuple[IPv4Address, ...]:
    if isinstance(parsed, IPv4Address):
        return ()
    inside = [each for each in (parsed.ipv4_mapped, parsed.sixtofour) if each is not None]
    if parsed in _NAT64:
        inside.append(IPv4Address(int(parsed) & 0xFFFFFFFF))
    return tuple(inside)


class AddressGuard:
    """Lets through public http(s) addresses and an explicit list of hosts or origins."""

    def __init__(self, resolver: Resolver = resolve, allow: frozenset[str] = frozenset()) -> None:
        self._resolver = resolver
        self._allow = frozenset(entry.rstrip("/").lower() for entry in allow)

    async def addresses(self, url: httpx.URL) -> tuple[str, ...]:
        """Return the checked addresses of a URL's host; connect to these only, or the name could change meanwhile.

        Raises BadUrl, ForbiddenAddress (if any one address is private: a mixed answer is an attack or a mistake) or
        Unreachable.
        """
        if url.scheme not in PORTS or not url.host or url.userinfo:
            raise BadUrl(url.host)
        port = url.port or PORTS[url.scheme]
        try:
            found = tuple(await self._resolver(url.raw_host.decode("ascii"), port))
        except (OSError, UnicodeError) as error:
            raise Unreachable(url.host) from error
        if not found:
            raise Unreachable(url.host)
        if not self._allowed(url, port) and not all(is_public(each) for each in found):
            raise ForbiddenAddress(url.host)
        return found

    def _allowed(self, url: httpx.URL, port: int) -> bool:
        host = f"[{url.host}]" if ":" in url.host else url.host
        origin = f"{url.scheme}://{host}".lower()
        named = {url.host.lower(), f"{origin}:{port}"}
        if port == PORTS[url.scheme]:
            named.add(origin)
        return not named.isdisjoint(self._allow)
