# SPDX-License-Identifier: MIT
"""One address asked politely: in turn, pinned to a checked address, read up to the limit, and again if it may help."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.kit.moment import Clock
from bot.net.breaker import Breaker
from bot.net.errors import NetError, ServerFailed, TimedOut, TooLarge, TooManyRequests, Unreachable
from bot.net.guard import AddressGuard
from bot.net.leanly import httpx
from bot.net.limits import Gate, Sleep
from bot.net.retry import backoff, retry_after, worth_retrying
from bot.net.settings import NetSettings
from bot.net.transport import ADDRESSES


@dataclass(frozen=True, slots=True)
class Received:
    """A complete answer to one request, redirects not followed."""

    status: int
    url: httpx.URL
    headers: httpx.Headers
    body: bytes


class Exchange:
    """Sends single requests, and knows the budget and the health of every service."""

    def __init__(
        self,
        settings: NetSettings,
        clock: Clock,
        guard: AddressGuard,
        client: httpx.AsyncClient,
        sleep: Sleep,
        chance: Callable[[], float],
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._guard = guard
        self._client = client
        self._sleep = sleep
        self._chance = chance
        self._gates: dict[str, Gate] = {}
        self._breakers: dict[str, Breaker] = {}

    def breaker(self, url: httpx.URL) -> Breaker:
        """Return what knows the health of the service behind an address."""
        key = url.host + self._settings.policy_for(url.host, url.path).path
        if key not in self._breakers:
            self._breakers[key] = Breaker(self._clock, self._settings.breaker_failures, self._settings.breaker_rest)
        return self._breakers[key]

    async def ask(self, url: httpx.URL, headers: Mapping[str, str]) -> Received:
        """Send a request, again where that may help, and return the last answer whatever its status below 500.

        Raises NetError.
        """
        for attempt in range(self._settings.retries + 1):
            last = attempt == self._settings.retries
            try:
                received = await self._once(url, headers)
            except (Unreachable, TimedOut):
                if last:
                    raise
                wait = self._backoff(attempt)
            else:
                if not worth_retrying(received.status, received.headers):
                    return received
                asked = self._heed(received)
                if last or (asked or 0) > self._settings.max_retry_after:
                    return _final(received, asked)
                wait = self._backoff(attempt) if asked is None else asked
            await self._sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    async def _once(self, url: httpx.URL, headers: Mapping[str, str]) -> Received:
        breaker, gate = self.breaker(url), self._gate(url)
        breaker.enter(url.host)
        try:
            async with gate.turn(url.host):
                addresses = await self._guard.addresses(url)
                received = await self._send(url, headers, addresses)
        except (Unreachable, TimedOut):
            breaker.failed()
            raise
        else:
            gate.learn(received.headers)
            if received.status >= 500:
                breaker.failed()
            else:
                breaker.succeeded()
            return received
        finally:
            breaker.leave()

    async def _send(self, url: httpx.URL, headers: Mapping[str, str], addresses: tuple[str, ...]) -> Received:
        request = self._client.build_request("GET", url, headers=dict(headers), extensions={ADDRESSES: addresses})
        try:
            response = await self._client.send(request, stream=True, follow_redirects=False)
            try:
                body = await self._read(response)
            finally:
                await response.aclose()
        except httpx.TimeoutException as error:
            raise TimedOut(url.host) from error
        except (httpx.TransportError, httpx.DecodingError, httpx.StreamError) as error:
            raise Unreachable(url.host) from error
        return Received(response.status_code, url, response.headers, body)

    async def _read(self, response: httpx.Response) -> bytes:
        limit = self._settings.max_bytes
        stated = response.headers.get("content-length", "")
        if stated.isdecimal() and int(stated[:18]) > limit:
            raise TooLarge(response.request.url.host, limit)
        body = bytearray()
        async for chunk in response.aiter_bytes(65_536):
            body += chunk
            if len(body) > limit:
                raise TooLarge(response.request.url.host, limit)
        return bytes(body)

    def _gate(self, url: httpx.URL) -> Gate:
        policy = self._settings.policy_for(url.host, url.path)
        key = policy.group or url.host
        if key not in self._gates:
            self._gates[key] = Gate(policy, self._clock, self._sleep, self._settings.deadline)
        return self._gates[key]

    def _heed(self, received: Received) -> float | None:
        """Return how long the service asks us to wait; if too long for this request, let nobody ask until then."""
        asked = retry_after(received.headers, self._clock.now())
        if asked is not None and asked > self._settings.max_retry_after:
            self._gate(received.url).rest(min(asked, 3600.0))
        return asked

    def _backoff(self, attempt: int) -> float:
        return backoff(attempt, self._settings.backoff, self._chance())


def _final(received: Received, asked: float | None) -> Received:
    """Turn a status that stayed a failure into an error; a busy answer with status 200 is left to its reader."""
    error: NetError
    if received.status == 429:
        error = TooManyRequests(received.url.host, asked or 60.0)
    elif received.status >= 400:
        error = ServerFailed(received.url.host, received.status)
    else:
        return received
    raise error
