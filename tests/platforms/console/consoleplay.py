# SPDX-License-Identifier: MIT
"""Replies to look at, and a terminal to type into without one.

`python tests/platforms/console/consoleplay.py` writes the goldens anew; look at the difference before you keep it.
"""

import asyncio
import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from bot.core.i18n.catalogs import Catalogs
from bot.core.i18n.voice import Voice
from bot.kit import Attachment, Button, Code, Field, Link, Markdown, Reply, Tone, Visible, t
from bot.platforms.console.plain import lines
from bot.platforms.console.render import render

GOLDENS = Path(__file__).parent / "goldens"
WIDTH = 72
CATALOGS = Catalogs.load()
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
AGAIN = Button(t("Claim"), "request claim", number="1")

REPLIES = {
    "sentence": Reply(t("Lib is looking for {number}.", number="R-1")),
    "error": Reply(
        t("Only a librarian may claim a request. Ask a moderator for the role."),
        tone=Tone.BAD,
        visible=Visible.QUIET,
    ),
    "card": Reply(
        title=t("{number} · {title}", number="R-1", title="Zagreb fair, *1921*"),
        fields=(Field(t("Kind"), "article"), Field(t("Where it was cited"), "en\nhr")),
        buttons=(AGAIN, Button(t("Close"), "request close", number="1")),
        card=True,
    ),
    "answer": Reply(
        Markdown(
            "No. *Each person* needs [an account](https://en.wikipedia.org/wiki/WP:ROLE) of their own, since "
            "**shared accounts** are not allowed.\n\n1. Create one.\n2. Say on your page where you work.\n\n"
            "> A quotation.\n\nUse `Special:CreateAccount`."
        ),
        title=t("Can our library have one shared account?"),
        link=Link(t("Username policy"), "https://en.wikipedia.org/wiki/Wikipedia:Username_policy#Shared_accounts"),
        note=t("starter set, as of November 2026, not reviewed by your community"),
        tone=Tone.GOOD,
        buttons=(AGAIN,),
    ),
    "list": Reply(title=t("Waiting"), items=tuple(t("R-{number}: a paper", number=str(i)) for i in range(1, 6))),
    "files": Reply(
        t("Here it is."),
        files=(Attachment("faq.csv", b"x" * 12_345, "text/csv", t("The whole FAQ")),),
        image=Attachment("shelf.png", b"x", "image/png", t("A shelf")),
    ),
    "foreign": Reply(
        t("You said: {words}", words="שלום עולם \u202egnitrevni 👩‍👩‍👧‍👦 日本語"),
        title="\x1b]0;title\x07\x1b[31m日本語の図書館 🏳️‍🌈",
        fields=(Field("العربية", "مكتبة"), Field("日本", "図書館")),
    ),
    "long-title": Reply(
        t("Then it stands inside."), title=t("A title that is far longer than any panel is wide, and goes on and on")
    ),
    "code": Reply(t("Type {command} to go on.", command=Code("request open")), visible=Visible.SECRET),
    "warning": Reply(t("The catalogue does not answer.\nYour request is kept."), tone=Tone.WARNING),
}


def voice(locale: str = "en") -> Voice:
    """Return a voice."""
    return CATALOGS.voice(locale, "UTC", NOW)


def plain(name: str) -> str:
    """Render one of the replies for a script."""
    reply = REPLIES[name]
    return "\n".join(lines(reply, voice(), reply.visible or Visible.PUBLIC)) + "\n"


def rich(name: str, *, terminal: bool = False) -> str:
    """Render one of the replies for a person."""
    reply, out = REPLIES[name], io.StringIO()
    console = Console(
        file=out, width=WIDTH, force_terminal=terminal, legacy_windows=False, markup=False, highlight=False
    )
    console.print(render(reply, voice(), WIDTH, reply.visible or Visible.PUBLIC), crop=False)
    return out.getvalue() if terminal else "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


class Tty(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


async def until(condition, patience: float = 60.0) -> None:
    """Let the others run until something is so."""
    async with asyncio.timeout(patience):
        while not condition():  # noqa: ASYNC110 (there is no event for what a terminal shows)
            await asyncio.sleep(0)


if __name__ == "__main__":
    GOLDENS.mkdir(exist_ok=True)
    for each in REPLIES:
        (GOLDENS / f"{each}.plain.txt").write_text(plain(each), "utf-8")
        (GOLDENS / f"{each}.rich.txt").write_text(rich(each), "utf-8")
    sys.stdout.write(f"{len(REPLIES)} replies written\n")
