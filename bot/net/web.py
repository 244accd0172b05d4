# SPDX-License-Identifier: MIT
"""The outside as the rest of the bot sees it: ask for JSON, text or bytes, and get an answer or a plain reason."""

import asyncio
import hashlib
import json
import random
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from http.cookiejar import DefaultCookiePolicy
from typing import Any, Self

from bot.kit.moment import Clock
from bot.net.answer import Answer, Blob, Page
from bot.net.cache import CacheStore, Entry, MemoryCache
from bot.net.errors import BadRedirect, BadUrl, NotJson, TimedOut
from bot.net.exchange import Exchange, Received
from bot.net.guard import AddressGuard, Resolver, resolve
from bot.net.leanly import httpx
from bot.net.limits import Sleep
from bot.net.settings import NetSettings
from bot.net.transport import PinnedTransport

Params = Mapping[str, str | int]
Headers = Mapping[str, str]

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MISSING = frozenset({404, 410})
_KEPT_HEADERS = ("content-type", "etag", "last-modified", "retry-after", "mediawiki-api-error")
_PRIVATE_HEADERS = frozenset({"authorization", "cookie", "proxy-authorization"})


class Web:
    """The one client for outside services.

    Times to live are seconds; without one nothing is cached. Everything else is decided by `NetSettings`. Every method
    raises NetError, which is an Unavailable, and nothing else.
    """

    def __init__(
        self,
        settings: NetSettings,
        clock: Clock,
        *,
        resolver: Resolver = resolve,
        transport: httpx.AsyncBaseTransport | None = None,
        cache: CacheStore | None = None,
        sleep: Sleep = asyncio.sleep,
        chance: Callable[[], float] = random.random,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._cache: CacheStore = MemoryCache() if cache is None else cache
        self._client = httpx.AsyncClient(
            transport=transport or PinnedTransport(),
            timeout=httpx.Timeout(settings.read_timeout, connect=settings.connect_timeout),
            headers={"User-Agent": user_agent(settings)},
            trust_env=False,
        )
        # No service shall recognise us by what it set last time: every request stands alone.
        self._client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=[]))
        guard = AddressGuard(resolver, settings.allow)
        self._exchange = Exchange(settings, clock, guard, self._client, sleep, chance)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Close all connections."""
        await self._client.aclose()

    async def get_json(
        self,
        url: str,
        *,
        params: Params | None = None,
        headers: Headers | None = None,
        ttl: float | None = None,
    ) -> Answer:
        """Get JSON. Raises NotJson if a successful answer is none; after an error status (4xx) `json` is then None."""
        asked = {"Accept": "application/json"} | dict(headers or {})
        entry, from_cache = await self._get(url, params, asked, ttl)
        text = entry.body.decode("utf-8", "replace")
        try:
            parsed: Any = json.loads(entry.body)
        except (ValueError, RecursionError) as error:
            if entry.status < 400:
                raise NotJson(_host(entry.url), entry.status, text[:200]) from error
            parsed = None
        return Answer(entry.status, entry.url, entry.headers, from_cache, self._age(entry), parsed, text)

    async def get_text(
        self,
        url: str,
        *,
        params: Params | None = None,
        headers: Headers | None = None,
        ttl: float | None = None,
    ) -> Page:
        """Get text, in the encoding that the answer states, else UTF-8; undecodable bytes become U+FFFD."""
        entry, from_cache = await self._get(url, params, headers or {}, ttl)
        return Page(entry.status, entry.url, entry.headers, from_cache, self._age(entry), _decoded(entry))

    async def get_bytes(self, url: str, *, headers: Headers | None = None, ttl: float | None = None) -> Blob:
        """Get bytes."""
        entry, from_cache = await self._get(url, None, headers or {}, ttl)
        return Blob(entry.status, entry.url, entry.headers, from_cache, self._age(entry), entry.body)

    async def locate(self, url: str, *, params: Params | None = None) -> str | None:
        """Return the address to which another redirects, without going there; None where it does not redirect."""
        address = _parsed(url, params)
        async with self._deadline(address):
            target = _target(await self._exchange.ask(address, {}))
        return None if target is None else str(target)

    async def _get(self, url: str, params: Params | None, headers: Headers, ttl: float | None) -> tuple[Entry, bool]:
        address = _parsed(url, params)
        key = _key(address, headers)
        kept = await self._cache.get(key) if ttl else None
        if kept is not None and self._age(kept) < self._life(kept.status, ttl):
            return kept, True
        conditions = kept.conditions() if kept is not None else {}
        async with self._deadline(address):
            received = await self._follow(address, {**headers, **conditions})
        if received.status == 304 and kept is not None:
            renewed = replace(kept, stored_at=self._clock.now())
            await self._cache.put(key, renewed)
            return renewed, True
        entry = self._entry(received)
        if self._life(entry.status, ttl) and _may_keep(received.headers):
            await self._cache.put(key, entry)
        return entry, False

    @asynccontextmanager
    async def _deadline(self, url: httpx.URL) -> AsyncIterator[None]:
        """End what takes too long, and remember that of its service. Raises TimedOut."""
        try:
            async with asyncio.timeout(self._settings.deadline):
                yield
        except TimeoutError as error:
            self._exchange.breaker(url).failed()
            raise TimedOut(url.host) from error

    async def _follow(self, url: httpx.URL, headers: Headers) -> Received:
        seen = {url}
        start = url
        while True:
            received = await self._exchange.ask(url, headers)
            onward = _target(received)
            if onward is None:
                return received
            if onward in seen or len(seen) > self._settings.max_redirects:
                raise BadRedirect(start.host)
            if (onward.scheme, onward.netloc) != (url.scheme, url.netloc):
                headers = {name: value for name, value in headers.items() if name.lower() not in _PRIVATE_HEADERS}
            seen.add(onward)
            url = onward

    def _entry(self, received: Received) -> Entry:
        headers = {name: received.headers[name] for name in _KEPT_HEADERS if name in received.headers}
        return Entry(received.status, str(received.url), headers, received.body, self._clock.now())

    def _life(self, status: int, ttl: float | None) -> float:
        """Return for how many seconds an answer may be used again."""
        if not ttl:
            return 0.0
        if status in _MISSING:
            return min(ttl, self._settings.missing_ttl)
        return ttl if status == 200 else 0.0

    def _age(self, entry: Entry) -> float:
        return max(0.0, (self._clock.now() - entry.stored_at).total_seconds())


def user_agent(settings: NetSettings) -> str:
    """Say who asks and how to reach them, in the form that Wikimedia and Open Library require."""
    return f"{settings.name}/{settings.version} ({settings.contact}) httpx/{httpx.__version__}"


def _target(received: Received) -> httpx.URL | None:
    """Return where an answer redirects to; None where it does not. Raises BadUrl."""
    said = received.headers.get("location") if received.status in _REDIRECTS else None
    try:
        return None if said is None else received.url.join(said)
    except httpx.InvalidURL as error:
        raise BadUrl(received.url.host) from error


def _parsed(url: str, params: Params | None) -> httpx.URL:
    try:
        return httpx.URL(url).copy_merge_params(dict(params or {}))
    except (httpx.InvalidURL, UnicodeError) as error:
        raise BadUrl from error


def _key(url: httpx.URL, headers: Headers) -> str:
    # Hashed, since addresses may hold keys; a cache on disk must not show them.
    varying = sorted((name.lower(), value) for name, value in headers.items())
    return hashlib.sha256(repr((str(url), varying)).encode("utf-8", "surrogatepass")).hexdigest()


def _may_keep(headers: httpx.Headers) -> bool:
    return "mediawiki-api-error" not in headers and "no-store" not in headers.get("cache-control", "").lower()


def _decoded(entry: Entry) -> str:
    encoding = httpx.Headers(dict(entry.headers)).get("content-type", "").lower().partition("charset=")[2]
    try:
        return entry.body.decode(encoding.split(";")[0].strip("\"' ") or "utf-8", "replace")
    except LookupError:
        return entry.body.decode("utf-8", "replace")


def _host(url: str) -> str:
    return httpx.URL(url).host
