# SPDX-License-Identifier: MIT
"""Public tools for testing cogs: a world with people, rooms and a clock, and no network.

    async def test_a_librarian_claims_a_request(world):
        ana, lib = world.member("Ana"), world.member("Lib", Level.LIBRARIAN)
        card = await ana.says('request open "Zagreb fair, 1921" kind=newspaper')
        assert (await lib.presses("Claim", on=card)).text == "Lib is looking for R-1."

The fixture `world` comes from `bot.testing.plugin`, which pytest finds by itself once the project is installed.
"""

from bot.testing.member import Member, Spot
from bot.testing.outside import FakeOutside
from bot.testing.seen import Asked, Seen
from bot.testing.world import MONDAY, HomeHere, World

__all__ = ["MONDAY", "Asked", "FakeOutside", "HomeHere", "Member", "Seen", "Spot", "World"]
