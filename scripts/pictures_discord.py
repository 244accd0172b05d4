# SPDX-License-Identifier: MIT
"""Draws docs/pictures/discord-*.png: the bot's own answers in a simulated Discord, so that they cannot drift from it.

Needs `pip install "simcord[screenshot]==3.2.1"` and a Chromium; `CHROMIUM` names its path.
"""

import asyncio
import logging
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "contract")]

from discordplay import Server  # noqa: E402

try:
    from playwright.async_api import BrowserType
except ImportError:
    sys.exit('No pictures of Discord were drawn: they need `pip install "simcord[screenshot]==3.2.1"` and a Chromium.')

TARGET = ROOT / "docs" / "pictures"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
_launch = BrowserType.launch


async def _system_browser(self: BrowserType, **options: Any) -> Any:
    """Use the browser that the system has; simcord starts the one that playwright would download."""
    return await _launch(self, **{**options, "executable_path": CHROMIUM, "args": ["--no-sandbox"]})


async def draw() -> None:
    """Act the scenes and draw each."""
    BrowserType.launch = _system_browser
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder), ("faq", "requests", "settings", "help", "status"))
        await server.open()
        server.env.backend.bot_user.name = "Refdesk"
        try:
            await _scenes(server)
        finally:
            await server.app.close()
            await server.env.shutdown()


async def _scenes(server: Server) -> None:
    ana, mira = server.member("Ana"), server.member("Mira", librarian=True)
    asked = await ana.slash(server.channel, "ask", question="Can our library have one shared account?")
    await _picture(server, ana, asked, "discord-ask", 520)
    form = await ana.slash(server.channel, "request open")
    await _picture(server, ana, form, "discord-form", 980)
    card = await ana.submit_modal(form, {"title": "Jutarnji list of 12 May 1921: the opening of the Zagreb fair"})
    await _picture(server, mira, card, "discord-request", 420)


async def _picture(server: Server, viewer: Any, shown: Any, name: str, height: int) -> None:
    await server.settle()
    async with server.env.preview(server.channel, viewers=[viewer], width=760, height=height) as preview:
        await preview.show(shown.response if getattr(shown, "modal", None) is None else shown)
        picture = await preview.screenshot()
        (TARGET / f"{name}.png").write_bytes(picture if isinstance(picture, bytes) else picture.png)


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    asyncio.run(draw())
