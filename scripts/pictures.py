# SPDX-License-Identifier: MIT
"""Draws docs/pictures/*.svg: real sessions at the terminal, on demo data, exported by rich."""

import asyncio
import io
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from bot.app import App
from bot.config import Config
from bot.core.clock import MovableClock
from bot.demo import SETUP, fill
from bot.platforms.console.platform import ConsolePlatform
from bot.platforms.console.previews import RENDERERS
from bot.platforms.console.session import Session
from bot.platforms.console.terminal import RichScreen
from bot.platforms.console.voices import Voices

TARGET = Path(__file__).parents[1] / "docs" / "pictures"
WIDTH = 100
THEME = TerminalTheme(
    (250, 250, 247),
    (38, 40, 46),
    [
        (228, 231, 234),
        (178, 34, 52),
        (26, 122, 60),
        (150, 98, 0),
        (28, 82, 160),
        (124, 50, 140),
        (0, 112, 128),
        (90, 94, 100),
    ],
    [
        (90, 94, 100),
        (178, 34, 52),
        (26, 122, 60),
        (150, 98, 0),
        (28, 82, 160),
        (124, 50, 140),
        (0, 112, 128),
        (38, 40, 46),
    ],
)
# rich's own frame, without the fonts that it would load from elsewhere.
FRAME = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg" role="img">
<title>TITLE</title>
<style>.{unique_id}-matrix {{ font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace;
font-size: {char_height}px; line-height: {line_height}px; font-variant-east-asian: full-width; }}
.{unique_id}-title {{ font-size: 18px; font-weight: bold; font-family: sans-serif; }}
{styles}</style>
<defs><clipPath id="{unique_id}-clip-terminal"><rect x="0" y="0" width="{terminal_width}" height="{terminal_height}"/>
</clipPath>{lines}</defs>
{chrome}<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}<g class="{unique_id}-matrix">{matrix}</g></g></svg>
"""


@dataclass(frozen=True, slots=True)
class Picture:
    """One session: what is typed."""

    name: str
    title: str
    lines: Sequence[str]


PICTURES = (
    Picture("ask", "Refdesk: ask the FAQ", ("Can our library have one shared account?", "1")),
    Picture(
        "keep",
        "Refdesk: keep the FAQ",
        (":as Mira moderator", "/faq gaps", "/faq history meeting-place", "/faq show meeting-place"),
    ),
)


class StillScreen(RichScreen):
    """The screen without its spinner, which would be drawn where it happened to be."""

    def busy(self) -> None:
        """Show nothing."""


async def draw(picture: Picture) -> Path:
    """Type a picture's lines and export what is seen."""
    written = io.StringIO()
    console = Console(
        file=written, width=WIDTH, height=1000, force_terminal=True, color_system="standard", highlight=False
    )
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        clock = MovableClock()
        config = Config(database=Path(folder) / "picture.db", models=False, _env_file=None)
        voices = []

        def build(app: App) -> ConsolePlatform:
            voices.append(Voices(app.catalogs, clock))
            return ConsolePlatform(voices[0], SETUP, source=io.StringIO(), target=io.StringIO())

        async with await App.open(config, clock=clock, platforms=[build]) as app:
            await fill(app, clock)
            desk = app.platforms[0].desk
            session = Session(app.inbox, desk, StillScreen(console, lambda: ""), voices[0], RENDERERS)
            for line in picture.lines:
                console.print(Text.assemble(("> ", "bold"), line))
                await session.take(line)
                console.print()
    drawn = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="standard")
    drawn.print(Text.from_ansi(written.getvalue().rstrip()))
    path = TARGET / f"{picture.name}.svg"
    frame = FRAME.replace("TITLE", picture.title)
    svg = drawn.export_svg(title=picture.title, theme=THEME, code_format=frame, unique_id=f"refdesk-{picture.name}")
    path.write_text(svg, "utf-8")
    return path


def main() -> int:
    """Draw every picture."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for picture in PICTURES:
        path = asyncio.run(draw(picture))
        print(f"{path.relative_to(TARGET.parents[1])}: {path.stat().st_size / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
