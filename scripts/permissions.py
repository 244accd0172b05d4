# SPDX-License-Identifier: MIT
"""Writes docs/permissions.md by trying every operation at every level; with --check it only compares the file."""

import asyncio
import logging
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bot.core.finding import find_sources
from bot.testing.permissions import COLUMNS, Row, expected, try_everything
from bot.testing.world import World

TARGET = Path(__file__).parents[1] / "docs" / "permissions.md"
HEAD = """\
# Who may do what

Written by `python scripts/permissions.py`, which tries each command, button and shortcut as each of these people:
typed, as typed options and as a forged button, on a whole bot with a fake chat. `●` got through, `·` was told who may.
Who got through may still be refused for the thing itself: people change their own requests and events, moderators all.

A *moderator of a joined home* governs the channels and roles of their own server or room only. What a platform says of
people counts as follows; moderators add to it with `settings role` and `settings level`, and `why` explains a case.

| level | Discord | Matrix | terminal |
| --- | --- | --- | --- |
| moderator | *Manage Server* or *Administrator* | power level 50 or more | a seat of that level |
| organiser | a role that a moderator valued so | a power level that a moderator valued so | a seat of that level |
| librarian | a role that a moderator valued so | a power level that a moderator valued so | a seat of that level |
| owner of the bot | named in `REFDESK_OWNERS` | named in `REFDESK_OWNERS` | the one who started it |

Whoever is blocked may use `privacy` and `mydata` only. Those two cannot be switched off.
"""


def main(*arguments: str) -> int:
    """Write the file, or compare it; return the exit status."""
    logging.disable(logging.CRITICAL)
    rows = asyncio.run(tried())
    if wrong := [row for row in rows if row.allowed != expected(row.operation)]:
        print(f"These are not as declared: {', '.join(row.operation.key for row in wrong)}", file=sys.stderr)
        return 1
    text = written(rows)
    if "--check" not in arguments:
        TARGET.write_text(text, "utf-8")
        return 0
    if TARGET.is_file() and TARGET.read_text("utf-8") == text:
        return 0
    print(f"docs/{TARGET.name} is not what was tried: run python scripts/permissions.py", file=sys.stderr)
    return 1


async def tried() -> list[Row]:
    """Try everything that comes with the bot."""
    async with await World.open(*sorted(name for name, source in find_sources().items() if source.bundled)) as world:
        return await try_everything(world)


def written(rows: Sequence[Row]) -> str:
    """Return the text of the file."""
    return "\n".join([HEAD, *lines(rows)]).rstrip() + "\n"


def lines(rows: Sequence[Row]) -> Iterator[str]:
    """Write a table for each cog."""
    for cog in sorted({row.operation.cog for row in rows}):
        yield from (
            f"## {cog}",
            "",
            f"| what | kind | {' | '.join(COLUMNS)} |",
            "| --- | --- |" + " :-: |" * len(COLUMNS),
        )
        for row in (row for row in rows if row.operation.cog == cog):
            marks = " | ".join("●" if column in row.allowed else "·" for column in COLUMNS)
            name = f"`{row.title}`" if row.sort == "command" else row.title
            yield f"| {name} | {row.sort} | {marks} |"
        yield ""


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
