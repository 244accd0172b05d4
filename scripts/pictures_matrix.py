# SPDX-License-Identifier: MIT
"""Writes docs/examples/matrix.md: what the bot really sends to a Matrix room for each kind of reply, as HTML and text.

The text is what screen readers, bridges and plain clients get. The homeserver is the one of the tests.
"""

import asyncio
import logging
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT)]

from bot.app import App  # noqa: E402
from bot.config import Config  # noqa: E402
from bot.testing.outside import FakeOutside  # noqa: E402
from bot.testing.world import sources_of  # noqa: E402
from tests.platforms.matrix.homeserver import Homeserver  # noqa: E402
from tests.platforms.matrix.matrixplay import Bot  # noqa: E402

TARGET = ROOT / "docs" / "examples" / "matrix.md"
COGS = frozenset({"events", "faq", "help", "privacy", "requests", "settings", "setup", "status"})
HEAD = """\
# What the bot sends to a Matrix room

Written by `python scripts/pictures_matrix.py`: each event as it went over the wire. The text is what screen readers,
bridges and plain clients get; `m.mentions` says who is notified.
"""

SCENES: tuple[tuple[str, str, str], ...] = (
    ("Help", "Ana", "!help"),
    ("Choosing a room for the requests", "Ana", "!settings channel requests"),
    ("Choosing a room for announcements", "Ana", "!settings channel announcements"),
    ("Choosing a room for the digest", "Ana", "!settings channel digest"),
    ("A question of the form, in the room", "Ben", "!request open"),
    ("A card, after the answer", "Ben", "Zagreb fair, 1921: the opening"),
    ("A card of a command with everything in it", "Ana", "!request open On *stars* & <b>bold</b> kind=book"),
    ("An error", "Ana", "!request claim 99"),
    ("A command that takes a higher level", "Ben", "!settings levels"),
    ("A list", "Ana", "!request list"),
    ("Taking a request on", "Ana", "!request claim 1"),
    (
        "Done: whoever asked is told",
        "Ana",
        "!request fulfil 1 Narodne novine, 3 May 1921, p. 2 link=https://example.org/1",
    ),
    ("An answer of the FAQ", "Ben", "Refdesk: Can our library have one shared account?"),
    ("Suggestions to choose from, by number", "Ben", "Refdesk: account"),
    ("A word that nobody knows, in a private chat", "Ben (in private)", "!reqest list"),
    ("A confirmation", "Ben (in private)", "mydata delete"),
    ("The pointer to a private answer", "Ben", "!mydata show"),
    ("A chart, with its figures in words", "Ana", "!request stats"),
    ("An announcement is looked at first", "Ana", "!event create Edit-a-thon 2026-12-05T18:00 where=Library"),
    ("An announcement", "Ana", "!event announce 1"),
    ("A list of events", "Ben", "!event list"),
    ("What a moderator sees", "Ana", "!status"),
    ("Setting the bot up", "Ana", "!setup"),
    ("The digest, a week later", "", ""),
)


class WholeBot(Bot):
    """The bot with every feature that comes with it."""

    async def open(self) -> None:
        """Start it."""
        self.server.acked[self.user_id] = -1
        config = Config(database=self.folder / "refdesk.db", models=False, _env_file=None)
        self.app = await App.open(
            config,
            clock=self.clock,
            platforms=[self._build],
            cogs=COGS,
            sources=sources_of(()),
            http=FakeOutside(),
        )


async def scenes() -> list[str]:
    """Act the scenes; return what they looked like."""
    with tempfile.TemporaryDirectory() as folder:
        async with Homeserver() as server:
            bot = WholeBot(Path(folder), server, (), greets=True)
            await bot.open()
            try:
                room = await bot.enter("Ana", "Ben", name="Reading room")
                await _settled(bot)
                private = await bot.enter("Ben", name="", is_direct=True)
                news = _News(server, bot.user_id)
                parts = [HEAD, *_section("On coming into a room", "", news.take())]
                for title, who, line in SCENES:
                    if line:
                        where = private if "private" in who else room
                        await server.say(where, server.user(who.partition(" ")[0]), line)
                    else:
                        await _a_week(bot)
                    await _settled(bot)
                    parts += _section(title, f"{who}: `{line}`" if line else "", news.take())
                return parts
            finally:
                await bot.close()


async def _settled(bot: WholeBot) -> None:
    """Wait until all is said, the posts included, for which the clock moves on by moments."""
    await bot.settle()
    await _until(bot, bot.clock.now() + timedelta(seconds=30))
    await bot.settle()


async def _a_week(bot: WholeBot) -> None:
    """Let a week pass, from one moment that the bot waits for to the next."""
    await _until(bot, bot.clock.now() + timedelta(days=7))


async def _until(bot: WholeBot, end: datetime) -> None:
    await bot.app.settled()
    while (moment := bot.clock.next_at) is not None and moment < end:
        bot.clock.set(moment)
        await bot.app.settled()


class _News:
    """What the bot has sent since it was last asked, in any room."""

    def __init__(self, server: Homeserver, user_id: str) -> None:
        self._server, self._user_id, self._seen = server, user_id, 0

    def take(self) -> list[dict[str, Any]]:
        """Return it, in its order."""
        events = sorted(
            ((at, event) for room in self._server.rooms.values() for at, event in room.events), key=lambda each: each[0]
        )
        new = [event for at, event in events if at > self._seen and event["sender"] == self._user_id]
        self._seen = self._server.position
        return [event for event in new if event["type"] in {"m.room.message", "m.reaction"}]


def _section(title: str, said: str, events: list[dict[str, Any]]) -> list[str]:
    lines = [f"## {title}", "", *([said, ""] if said else [])]
    signs = [e["content"]["m.relates_to"]["key"] for e in events if e["type"] == "m.reaction"]
    for event in events:
        if event["type"] == "m.room.message":
            lines += _message(event["content"])
    if signs:
        lines += [f"Reactions that the bot puts there itself: {' '.join(signs)}", ""]
    return [*lines, *(["(nothing)", ""] if not events else [])]


def _message(content: dict[str, Any]) -> list[str]:
    content = {**content, **content.get("m.new_content", {})} if "m.new_content" in content else content
    facts = [content["msgtype"], f"m.mentions {content['m.mentions']}", _place(content.get("m.relates_to", {}))]
    html = content.get("formatted_body")
    return [
        " · ".join(fact for fact in facts if fact),
        "",
        *(["```html", html, "```", ""] if html else []),
        "```text",
        content["body"],
        "```",
        "",
    ]


def _place(relation: dict[str, Any]) -> str:
    kinds = {"m.thread": "in a thread", "m.replace": "in the place of the former message"}
    return kinds.get(relation.get("rel_type", ""), "a reply" if relation.get("m.in_reply_to") else "")


def main() -> None:
    """Write the file."""
    logging.disable(logging.CRITICAL)
    TARGET.write_text("\n".join(asyncio.run(scenes())).rstrip() + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
