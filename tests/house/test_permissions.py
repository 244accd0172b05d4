# SPDX-License-Identifier: MIT
"""Every command, button and shortcut lets through whom it declares, by every road, and the table says so."""

import importlib.util
from pathlib import Path

import pytest

from bot.core.finding import find_sources
from bot.kit import Cog, Context, Level, Manifest, Reply, action, command
from bot.testing.permissions import expected, try_everything
from bot.testing.world import World

ROOT = Path(__file__).parents[2]


def script():
    spec = importlib.util.spec_from_file_location("permissions", ROOT / "scripts" / "permissions.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.slow
async def test_everything_lets_through_whom_it_declares_and_the_table_says_so():
    async with await World.open(*sorted(name for name, each in find_sources().items() if each.bundled)) as world:
        rows = await try_everything(world)
    assert len(rows) > 100
    assert {row.operation.key: row.allowed for row in rows if row.allowed != expected(row.operation)} == {}
    current = (ROOT / "docs" / "permissions.md").read_text("utf-8") == script().written(rows)
    assert current, "run python scripts/permissions.py"


class Doors(Cog):
    """A door for each level."""

    name = "doors"
    manifest = Manifest("Doors.", "Nothing.", {"door": "Doors"})

    @command("door low", "For everybody")
    async def low(self, ctx: Context) -> Reply:
        return Reply("in")

    @command("door middle", "For librarians", level=Level.LIBRARIAN)
    async def middle(self, ctx: Context) -> Reply:
        return Reply("in")

    @action(level=Level.MODERATOR)
    async def high(self, ctx: Context, thing_id: int) -> Reply:
        return Reply("in")

    @action(level=Level.MODERATOR, local=True)
    async def near(self, ctx: Context) -> Reply:
        return Reply("in")

    @command("door top", "For the owner", level=Level.OWNER)
    async def top(self, ctx: Context) -> Reply:
        return Reply("in")


async def test_the_trial_tells_the_levels_apart():
    async with await World.open(Doors, "settings") as world:
        rows = {row.operation.handler: row.allowed for row in await try_everything(world)}
    everybody = {"member", "organiser", "librarian", "moderator", "moderator of a joined home", "owner"}
    assert rows["low"] == everybody
    assert rows["middle"] == everybody - {"member", "organiser"}
    assert rows["high"] == {"moderator", "owner"}
    assert rows["near"] == {"moderator", "moderator of a joined home", "owner"}
    assert rows["top"] == {"owner"}
