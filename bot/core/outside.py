# SPDX-License-Identifier: MIT
"""The outside as cogs see it: the one client, made when it is first used, so that starting does not wait for it."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from bot.kit.errors import Unavailable
from bot.kit.moment import Clock
from bot.kit.outside import Fetched, Services
from bot.kit.text import t

if TYPE_CHECKING:
    from pydantic import SecretStr

    from bot.net import Web


class Operator(Protocol):
    """What the operator says about the outside."""

    @property
    def contact(self) -> str:
        """A web page or an e-mail address, shown to the services."""

    @property
    def unpaywall_email(self) -> str:
        """The e-mail address for services that insist on one."""

    @property
    def openalex_key(self) -> "SecretStr | None":
        """The key for OpenAlex."""

    @property
    def services(self) -> tuple[str, ...]:
        """Other addresses of services: "citoid=https://…"."""


class Outside:
    """Implements `bot.kit.outside.Http`; without a contact nobody is asked, since services block such clients."""

    def __init__(self, operator: Operator, clock: Clock) -> None:
        self._operator = operator
        self._clock = clock
        self._web: Web | None = None

    async def get_json(
        self,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        ttl: float = 0.0,
    ) -> Fetched:
        """Fetch JSON, from the cache when younger than `ttl` seconds; after an error status the body may be None."""
        answer = await self._client().get_json(url, params=params, headers=headers, ttl=ttl or None)
        return Fetched(answer.json, answer.status, answer.age, answer.headers)

    async def get_text(
        self,
        url: str,
        *,
        params: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
        ttl: float = 0.0,
    ) -> Fetched:
        """Fetch text, from the cache when younger than `ttl` seconds."""
        page = await self._client().get_text(url, params=params, headers=headers, ttl=ttl or None)
        return Fetched(page.text, page.status, page.age, page.headers)

    async def get_bytes(self, url: str, *, headers: Mapping[str, str] | None = None, ttl: float = 0.0) -> Fetched:
        """Fetch bytes, from the cache when younger than `ttl` seconds."""
        blob = await self._client().get_bytes(url, headers=headers, ttl=ttl or None)
        return Fetched(blob.data, blob.status, blob.age, blob.headers)

    async def locate(self, url: str, *, params: Mapping[str, str] | None = None) -> str | None:
        """Return the address to which another leads, without going there; None where it leads nowhere."""
        return await self._client().locate(url, params=params)

    async def close(self) -> None:
        """Close all connections; a later call opens them again."""
        web, self._web = self._web, None
        if web is not None:
            await web.aclose()

    def _client(self) -> "Web":
        if self._web is None:
            if not self._operator.contact:
                raise Unavailable(t("I may ask nobody outside: whoever runs me has set no contact (REFDESK_CONTACT)."))
            from importlib.metadata import version

            from bot.net import NetSettings, Web

            settings = NetSettings(
                contact=self._operator.contact, version=version("refdesk"), allow=_own(self._operator)
            )
            self._web = Web(settings, self._clock)
        return self._web


def services_of(operator: Operator) -> Services:
    """Return what the operator chose about services."""
    key = operator.openalex_key
    return Services(
        addresses=_addresses(operator),
        keys={"openalex": key.get_secret_value()} if key else {},
        email=operator.unpaywall_email,
    )


def _addresses(operator: Operator) -> dict[str, str]:
    return {name: address for name, _, address in (each.partition("=") for each in operator.services)}


def _own(operator: Operator) -> frozenset[str]:
    """Return the origins that the operator named: a mirror may stand in the private network."""
    parts = (urlsplit(address) for address in _addresses(operator).values())
    return frozenset(f"{part.scheme}://{part.netloc}" for part in parts)
