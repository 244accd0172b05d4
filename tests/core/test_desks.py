# SPDX-License-Identifier: MIT
"""What a desk refuses by itself, whatever the command in front of it lets through."""

import pytest

from bot.core import desks
from bot.kit import Context, Denied, Level
from bot.storage import levels
from bot.testing import Member, World

pytestmark = pytest.mark.cogs("settings")


async def as_librarian(world: World, member: Member) -> Context:
    """Return a context of somebody who is a librarian, as a command for librarians would hand it over."""
    await member.says("settings levels")
    here = await world.app.situations.of(member.origin)
    level = Level.LIBRARIAN
    return Context(here.person, here.place, here.community, level, world.clock.now(), level, home=here.home)


async def test_nobody_changes_the_level_of_who_has_a_higher_one(world):
    ana, mia = world.member("Ana"), world.member("Mia", Level.MODERATOR)
    ctx = await as_librarian(world, ana)
    await mia.says("settings level Ana moderator")
    desk = desks.Levels(world.app.db, world.app.refresh)
    with pytest.raises(Denied, match="higher level"):
        await desk.grant(ctx, await world.person(ana), None)
    with pytest.raises(Denied, match="do not have yourself"):
        await desk.grant(ctx, await world.person(ana), Level.MODERATOR)
    assert await level_of(world, ctx) is Level.MODERATOR


async def test_nobody_takes_back_a_change_of_a_level_that_they_do_not_have(world):
    ana, mia = world.member("Ana"), world.member("Mia", Level.MODERATOR)
    ctx = await as_librarian(world, ana)
    await mia.says("settings level Ana moderator")
    app = world.app
    desk = desks.Settings(app.db, app.registry, app.settings, app.catalogs, app.refresh)
    with pytest.raises(Denied, match="do not have yourself"):
        await desk.undo(ctx)
    assert await level_of(world, ctx) is Level.MODERATOR


async def level_of(world: World, ctx: Context) -> Level:
    return await world.app.db.read(levels.level_of, ctx.community.id, None, ctx.person.id)
