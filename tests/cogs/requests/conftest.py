# SPDX-License-Identifier: MIT
"""A desk where librarians see requests, and the people around it."""

import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.kit import Level
from bot.testing import Member, Seen, Spot, World

sys.path.insert(0, str(Path(__file__).parents[2] / "contract"))


@dataclass
class Desk:
    """A world with a requests channel."""

    world: World
    ana: Member
    ben: Member
    lib: Member
    mod: Member
    channel: Spot

    async def settles(self) -> None:
        await self.world.settle()

    @property
    def cards(self) -> list[Seen]:
        """The posts in the librarians' channel."""
        return self.channel.posts

    def told(self, member: Member) -> list[str]:
        """What the outbox said where this person speaks."""
        return [post.plain for post in member.spot.posts]


async def furnish(world: World) -> Desk:
    """Choose the channel, and let everybody be known."""
    channel = world.place("desk")
    found = Desk(
        world,
        world.member("Ana"),
        world.member("Ben"),
        world.member("Lib", Level.LIBRARIAN),
        world.member("Mod", Level.MODERATOR),
        channel,
    )
    done = await found.mod.at(channel).says("settings channel requests")
    assert "desk" in done.text
    return found


@pytest.fixture
async def desk(world):
    return await furnish(world)


@pytest.fixture
async def desk_in_both_ways(world_in_both_ways):
    return await furnish(world_in_both_ways)
