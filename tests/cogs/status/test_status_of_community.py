# SPDX-License-Identifier: MIT
"""Status tells moderators what is wrong in their community, and leads to what to do."""

import pytest

from bot.core.courier import Refused
from bot.core.finding import Source
from bot.core.loader import LoadError
from bot.kit import Cog, Level, Manifest, Shortcoming, t

pytestmark = pytest.mark.cogs("settings", "setup", "help", "status", "requests")


async def parked(world):
    mia = world.member("Mia", Level.MODERATOR)
    await mia.at(world.place("desk")).says("settings channel requests")
    seen = await mia.says("setup step=test")
    world.fails(Refused("no such channel"))
    await mia.presses("Post the tests", on=seen)
    await world.settle()
    return mia


async def test_moderators_see_posts_that_wait_for_them_and_where_to_decide(world):
    mia = await parked(world)
    seen = await mia.says("status")
    assert "1 post waits for a decision." in seen.plain
    assert "no such channel" in (await mia.presses("What to do", on=seen)).plain


async def test_members_do_not(world):
    await parked(world)
    seen = await world.member("Ana").says("status")
    assert "waits" not in seen.plain
    assert seen.buttons == ()


async def test_moderators_see_what_was_never_chosen(world):
    mia = world.member("Mia", Level.MODERATOR)
    assert "No channel is chosen for requests" in (await mia.says("status")).plain


async def test_delivered_posts_are_counted(world):
    mia = world.member("Mia", Level.MODERATOR)
    await mia.at(world.place("desk")).says("settings channel requests")
    await mia.presses("Post the tests", on=await mia.says("setup step=test"))
    await world.settle()
    assert (await mia.says("status")).fields["Posts"] == "1 delivered"


async def test_nothing_of_another_community_is_shown(world):
    await parked(world)
    lea = world.member("Lea", Level.MODERATOR, home="Library of Babel")
    assert "waits" not in (await lea.says("status")).plain


class Worried(Cog):
    """A cog that knows what keeps it from its work."""

    name = "worried"
    manifest = Manifest("Worried.", "Nothing.", {})

    def shortcomings(self, tx, community_id):
        """Worry about the first community alone."""
        return (Shortcoming(t("The feed is dry."), t("Water it.")),) if community_id == 1 else ()


class Unfit(Cog):
    """A cog that cannot start."""

    name = "unfit"
    manifest = Manifest("Unfit.", "Nothing.", {})

    async def start(self):
        """Fail."""
        raise RuntimeError("no")


@pytest.mark.cogs("settings", "setup", "help", "status", "requests", Worried)
async def test_one_look_shows_moderators_all_that_is_wrong(world, monkeypatch):
    mia = await parked(world)
    monkeypatch.setattr(world.app.loader, "_sources", lambda: {"unfit": Source("unfit", "none", given=Unfit)})
    with pytest.raises(LoadError):
        await world.app.loader.load("unfit")
    seen = (await mia.says("status")).plain
    assert [said for said in ("The feed is dry.", "1 post waits", "unfit") if said not in seen] == []
    assert "Water it." in (await mia.says("settings check")).plain
    lea = world.member("Lea", Level.MODERATOR, home="Library of Babel")
    assert "dry" not in (await lea.says("status")).plain
