# SPDX-License-Identifier: MIT
"""Serves communities' calendars to calendar programs, and nothing else: one route, on a port of its own.

An address holds a secret that nobody can guess. A wrong one and a closed one are answered alike.
"""

import asyncio
import hashlib
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from bot.core.serving import Server
from bot.kit.meeting import CalendarFeeds

if TYPE_CHECKING:
    from aiohttp.web import Request, Response

log = logging.getLogger(__name__)

MEDIA_TYPE = "text/calendar"
FRESH = 900
"""Seconds for which a calendar program need not ask again."""
AT_ONCE = 2
"""How many calendars are written at the same time; others wait."""
SECRET_MAX = 100


class FeedServer:
    """The web server of calendars; `feeds` finds who has them, or None while nobody does."""

    def __init__(self, feeds: Callable[[], CalendarFeeds | None]) -> None:
        self._feeds = feeds
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._server = Server({"/calendar/{secret}.ics": self._tell}, "REFDESK_CALENDAR_PORT")

    async def start(self, host: str, port: int) -> int:
        """Listen, and return the port (0 takes any that is free); raises ServerError."""
        found = await self._server.start(host, port)
        log.info("Calendars are served on %s:%d.", host, found)
        return found

    async def stop(self) -> None:
        """Listen no more; a second call does nothing."""
        await self._server.stop()

    async def _tell(self, request: "Request") -> "Response":
        """Answer with a calendar, or 304 where the program has it already, or 404."""
        from aiohttp import web

        body = await self._calendar(request.match_info["secret"])
        if body is None:
            return web.Response(status=404, text="There is no such calendar.", headers=_HEADERS)
        tag = hashlib.sha256(body).hexdigest()[:32]
        headers = {**_HEADERS, "ETag": f'"{tag}"', "Cache-Control": f"private, max-age={FRESH}"}
        if any(each.value in {tag, "*"} for each in request.if_none_match or ()):
            return web.Response(status=304, headers=headers)
        return web.Response(body=body, content_type=MEDIA_TYPE, charset="utf-8", headers=headers)

    async def _calendar(self, secret: str) -> bytes | None:
        feeds = self._feeds()
        if feeds is None or len(secret) > SECRET_MAX:
            return None
        async with self._turns:
            return await feeds.calendar(secret)


_HEADERS = {"X-Robots-Tag": "noindex", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer"}
