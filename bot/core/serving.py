# SPDX-License-Identifier: MIT
"""A small web server of a few routes, for what this machine and its web server ask of the bot."""

from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from bot.kit.errors import RefdeskError

if TYPE_CHECKING:
    from aiohttp.web import AppRunner, Request, Response

Handler: TypeAlias = "Callable[[Request], Awaitable[Response]]"


class ServerError(RefdeskError):
    """The port cannot be opened; the message says what to do."""


class Server:
    """Answers GET on some routes; `setting` is the operator's variable that names its port."""

    def __init__(self, routes: Mapping[str, Handler], setting: str) -> None:
        self._routes = routes
        self._setting = setting
        self._runner: AppRunner | None = None

    async def start(self, host: str, port: int) -> int:
        """Listen, and return the port (0 takes any that is free); raises ServerError."""
        from aiohttp import web

        app = web.Application(client_max_size=1024)
        for path, handler in self._routes.items():
            app.router.add_get(path, handler)
        runner = web.AppRunner(app, access_log=None, handle_signals=False)
        await runner.setup()
        self._runner = runner
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as error:
            await self.stop()
            raise ServerError(
                f"Port {port} on {host} cannot be opened ({error.strerror}). Set another {self._setting}, or 0."
            ) from error
        found: int = runner.addresses[0][1]
        return found

    async def stop(self) -> None:
        """Listen no more; a second call does nothing."""
        runner, self._runner = self._runner, None
        if runner is not None:
            await runner.cleanup()
