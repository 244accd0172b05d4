# SPDX-License-Identifier: MIT
"""Carries one request to the homeserver: each ends in an answer or in one error of `errors`, within a bounded time.

Nothing is repeated here, since whoever asks knows best how long to wait. Source: Matrix client-server API v1.13,
"API Standards".
"""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

import aiohttp
from yarl import URL

from bot.platforms.matrix.errors import Forbidden, Limited, Refusal, Revoked, Trouble, Unreachable

CLIENT = "/_matrix/client/v3"
PATIENCE = 25.0
"""Seconds for an ordinary request: less than the outbox waits before it gives an attempt up."""

CONNECT = 10.0
"""Seconds until a connection stands."""

_DEFAULT_WAIT = 5.0
_LARGEST = 64 * 1024 * 1024


def path(*parts: str, base: str = CLIENT) -> str:
    """Join parts of an address; whatever a room or event id holds cannot leave its part."""
    return "/".join([base, *(quote(part, safe="") for part in parts)])


def encode(body: Mapping[str, Any]) -> bytes:
    """Write JSON that every homeserver takes: no lone surrogates, no NaN. Raises ValueError for a NaN."""
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode("utf-8", "replace")


class Wire:
    """One homeserver, and the token by which it knows us. `haste` divides every limit of time, for a server nearby."""

    def __init__(self, homeserver: str, haste: float = 1.0) -> None:
        self.homeserver = homeserver.rstrip("/")
        self.haste = haste
        self.token = ""
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Close every connection; a second call does nothing."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def ask(
        self,
        method: str,
        where: str,
        body: Mapping[str, Any] | None = None,
        *,
        query: Mapping[str, str] | None = None,
        patience: float = PATIENCE,
    ) -> dict[str, Any]:
        """Send JSON and return the JSON that comes back. Raises MatrixError."""
        data = None if body is None else encode(body)
        raw = await self._send(method, where, data, "application/json", query, patience)
        return _object(raw)

    async def upload(self, content: bytes, media_type: str, name: str) -> str:
        """Upload a file and return its mxc: address. Raises MatrixError."""
        query = {"filename": name} if name else None
        raw = await self._send("POST", "/_matrix/media/v3/upload", content, media_type, query, 4 * PATIENCE)
        return str(_object(raw).get("content_uri", ""))

    async def download(self, where: str, limit: int) -> bytes:
        """Download a file of at most `limit` bytes. Raises MatrixError."""
        return await self._send("GET", where, None, "", None, 4 * PATIENCE, limit)

    async def _send(
        self,
        method: str,
        where: str,
        data: bytes | None,
        media_type: str,
        query: Mapping[str, str] | None,
        patience: float,
        limit: int = _LARGEST,
    ) -> bytes:
        address = URL(f"{self.homeserver}{where}{'?' + urlencode(query) if query else ''}", encoded=True)
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        if data is not None:
            headers["Content-Type"] = media_type
        timeout = aiohttp.ClientTimeout(total=patience / self.haste, sock_connect=CONNECT / self.haste)
        try:
            async with self._open().request(
                method, address, data=data, headers=headers, timeout=timeout, allow_redirects=False
            ) as answer:
                raw = await _read(answer, limit)
        except aiohttp.ClientConnectorError as error:
            raise Unreachable(f"{self.homeserver} cannot be reached: {error}", sent=False) from error
        except TimeoutError as error:
            raise Unreachable(f"{self.homeserver} did not answer within {patience:g} seconds", sent=True) from error
        except (aiohttp.ClientError, OSError) as error:
            raise Unreachable(f"The connection to {self.homeserver} broke: {error!r}", sent=True) from error
        if answer.status >= 300:
            raise _error(answer.status, raw, answer.headers.get("Retry-After", ""))
        return raw

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=50, keepalive_timeout=30)
            self._session = aiohttp.ClientSession(
                connector=connector, headers={"User-Agent": "Refdesk"}, cookie_jar=aiohttp.DummyCookieJar()
            )
        return self._session


async def _read(answer: aiohttp.ClientResponse, limit: int) -> bytes:
    parts, size = [], 0
    async for chunk in answer.content.iter_any():
        size += len(chunk)
        if size > limit:
            raise Refusal(413, "M_TOO_LARGE", f"The answer has more than {limit} bytes.")
        parts.append(chunk)
    return b"".join(parts)


def _object(raw: bytes) -> dict[str, Any]:
    try:
        found = json.loads(raw)
    except ValueError as error:
        raise Trouble("The homeserver sent something that is not JSON.") from error
    if not isinstance(found, dict):
        raise Trouble("The homeserver sent JSON of an unexpected form.")
    return found


def _error(status: int, raw: bytes, retry_after: str) -> Exception:
    try:
        body = json.loads(raw)
    except ValueError:
        body = None
    body = body if isinstance(body, dict) else {}
    errcode, message = str(body.get("errcode", "")), str(body.get("error", ""))[:300]
    if status == 429 or errcode == "M_LIMIT_EXCEEDED":
        return Limited(message, _wait(body.get("retry_after_ms"), retry_after))
    if errcode in {"M_UNKNOWN_TOKEN", "M_MISSING_TOKEN", "M_USER_DEACTIVATED"}:
        return Revoked(status, message, soft=body.get("soft_logout") is True)
    if status >= 500 or (not errcode and status not in {401, 403, 404, 413}):
        return Trouble(f"The homeserver answered {status}: {message or 'no reason given'}")
    kind = Forbidden if status == 403 else Refusal
    return kind(status, errcode or {404: "M_NOT_FOUND", 413: "M_TOO_LARGE"}.get(status, ""), message, body)


def _wait(milliseconds: object, seconds: str) -> float:
    """Return how long to wait, as the homeserver says in its older or its newer way."""
    if isinstance(milliseconds, int | float) and not isinstance(milliseconds, bool):
        return max(float(milliseconds), 0.0) / 1000
    return float(seconds) if seconds.isascii() and seconds.isdigit() else _DEFAULT_WAIT
