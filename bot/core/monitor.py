# SPDX-License-Identifier: MIT
"""Answers /health and /metrics on this machine only, for service managers and Prometheus."""

import asyncio
import logging
from pathlib import Path
from typing import TYPE_CHECKING

from bot.core.health import HealthBoard
from bot.core.metrics import CONTENT_TYPE, render
from bot.core.serving import Server
from bot.kit.database import Database
from bot.kit.errors import RefdeskError
from bot.storage import delivery

if TYPE_CHECKING:
    from aiohttp.web import Request, Response

log = logging.getLogger(__name__)

HOST = "127.0.0.1"
PATIENCE = 3.0
"""Seconds that the database may take before the bot counts as ill."""


class Monitor:
    """The web server of health and metrics, on the loopback interface."""

    def __init__(self, health: HealthBoard, db: Database, database: Path) -> None:
        self._health = health
        self._db = db
        self._database = database
        self._server = Server({"/health": self._tell_health, "/metrics": self._tell_metrics}, "REFDESK_METRICS_PORT")

    async def start(self, port: int) -> int:
        """Listen, and return the port (0 takes any that is free); raises ServerError."""
        found = await self._server.start(HOST, port)
        log.info("Health and metrics are told on http://%s:%d.", HOST, found)
        return found

    async def stop(self) -> None:
        """Listen no more; a second call does nothing."""
        await self._server.stop()

    async def _tell_health(self, request: "Request") -> "Response":
        """Tell how every part is; the status is 503 only where the bot itself cannot work, so that it be restarted."""
        from aiohttp import web

        del request
        snapshot = self._health.snapshot()
        alive = await self._waiting() is not None
        told = {
            "state": snapshot.state.name.casefold() if alive else "down",
            "since": snapshot.started_at.isoformat(timespec="seconds"),
            "database": "ok" if alive else "down",
            "components": {part.name: part.state.name.casefold() for part in snapshot.components},
        }
        return web.json_response(told, status=200 if alive else 503)

    async def _tell_metrics(self, request: "Request") -> "Response":
        from aiohttp import web

        del request
        size = self._database.stat().st_size if self._database.exists() else 0
        text = render(self._health.snapshot(), await self._waiting() or {}, size)
        return web.Response(body=text.encode(), headers={"Content-Type": CONTENT_TYPE})

    async def _waiting(self) -> dict[str, int] | None:
        """Count what waits in the outbox; None where the database does not answer."""
        try:
            async with asyncio.timeout(PATIENCE):
                return await self._db.read(delivery.unfinished)
        except (RefdeskError, TimeoutError):
            log.warning("The database does not answer a look at its health.")
            return None
