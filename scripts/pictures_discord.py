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

from bot.kit.database import Transaction  # noqa: E402
from bot.platforms.discord.limits import NAME  # noqa: E402
from bot.storage import homes, places, slots  # noqa: E402

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
    desk = server.guild.create_text_channel("reference-desk")
    await server.settle()
    await server.app.db.write(_serve, str(server.guild.id), str(desk.id), desk.name)
    server.app.refresh()
    asked = await ana.slash(server.channel, "ask", question="Can our library have one shared account?")
    await _picture(server, ana, server.channel, asked, "discord-ask", 520)
    form = await ana.slash(server.channel, "request open")
    await _picture(server, ana, server.channel, form, "discord-form", 980)
    title = "Jutarnji list, 12 May 1921: the opening of the Zagreb fair"
    await ana.slash(server.channel, "request open", title=title, kind="newspaper", details="Page 3, I believe")
    await server.settle()
    await _picture(server, mira, desk, desk.last_message, "discord-request", 420)


def _serve(tx: Transaction, guild_id: str, channel_id: str, name: str | None) -> None:
    """Choose the channel for requests, as a moderator does."""
    home = homes.find(tx, NAME, guild_id)
    if home is not None:
        place = places.ensure(tx, NAME, channel_id, name=name or "", home_id=home.id)
        slots.assign(tx, home.community_id, "requests", place.id)


async def _picture(server: Server, viewer: Any, channel: Any, shown: Any, name: str, height: int) -> None:
    await server.settle()
    async with server.env.preview(channel, viewers=[viewer], width=760, height=height) as preview:
        form = getattr(shown, "modal", None) is not None
        await preview.show(shown if form else getattr(shown, "response", shown))
        picture = await preview.screenshot()
        (TARGET / f"{name}.png").write_bytes(picture if isinstance(picture, bytes) else picture.png)


if __name__ == "__main__":
    logging.disable(logging.WARNING)
    asyncio.run(draw())
