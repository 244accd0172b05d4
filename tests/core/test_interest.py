# SPDX-License-Identifier: MIT
"""Who is interested is asked in every chat; a chat that could not be asked is no chat where nobody is."""

import pytest

from bot.core.courier import Retry
from bot.core.interest import Interest
from bot.kit import Identity
from bot.storage import places, posts
from bot.testing import World

KEY = "event:1:entry"
BEN = Identity("memory", "ben", "Ben")


class Calendar:
    """A chat's calendar that one person looks at, or that cannot be asked."""

    def __init__(self, *, broken: bool = False) -> None:
        self.broken = broken

    async def interested(self, place, entry_id):
        if self.broken:
            raise Retry("later")
        return [BEN]


@pytest.fixture
async def entered(world: World) -> World:
    """A world in which something was entered into a chat's calendar."""

    def enter(tx):
        place = places.of_channel(tx, "memory", ana.spot.channel_id)[0]
        posts.remember_all(tx, [(KEY, "memory", place.id, None, "entry-1", "digest")])

    ana = world.member("Ana")
    await world.welcome(ana.identity, ana.spot.home)
    await world.app.situations.of(ana.origin)
    await world.app.db.write(enter)
    return world


async def test_who_is_interested_is_known_as_people(entered):
    found = await Interest(entered.app.db, lambda platform: Calendar()).interested(KEY)
    ben = await entered.person(entered.member("Ben"))
    assert (found.person_ids, found.complete) == ((ben.id,), True)


@pytest.mark.parametrize("calendar", [None, Calendar(broken=True)])
async def test_a_chat_that_cannot_be_asked_leaves_it_incomplete(entered, calendar):
    found = await Interest(entered.app.db, lambda platform: calendar).interested(KEY)
    assert (found.person_ids, found.complete) == ((), False)


async def test_of_what_stands_nowhere_nobody_need_be_asked(entered):
    found = await Interest(entered.app.db, lambda platform: None).interested("event:2:entry")
    assert (found.person_ids, found.complete) == ((), True)
