# SPDX-License-Identifier: MIT
"""Whatever somebody writes into a button of their own, they are told kindly: it is no error of the bot."""

import itertools

import pytest

from bot.core.finding import find_sources
from bot.kit import Level
from bot.kit.operation import Action
from bot.testing.world import World

WORDS = ("x", "", "-1", "0", "999999999", "9" * 30, "1.5", "yes", "ⅷ", "a" * 200, "'; DROP TABLE people; --", "\x00")


def actions(world):
    bound = [operation for cog in world.app.registry.cogs.values() for operation in cog.operations]
    return [each for each in bound if isinstance(each, Action)]


def forgeries(operation):
    """Write every word into every argument, then leave each out, then add one that there is not."""
    names = [param.name for param in operation.bound]
    for name, word in itertools.product(names, WORDS):
        yield {**dict.fromkeys(names, "1"), name: word}
    for word in WORDS:
        yield dict.fromkeys(names, word)
    yield {}
    yield {**dict.fromkeys(names, "1"), "nobody": "1"}


@pytest.mark.slow
@pytest.mark.parametrize("level", [Level.MEMBER, Level.MODERATOR])
async def test_no_forged_button_is_an_error_of_the_bot(level, caplog):
    async with await World.open(*sorted(name for name, each in find_sources().items() if each.bundled)) as world:
        tried = failed = 0
        for operation in actions(world):
            for arguments in forgeries(operation):
                somebody = world.member(f"Ana {tried // 4}", level)  # nobody may press one button too often
                seen = await somebody.pushes(operation.key, arguments)
                tried += 1
                failed += "Something went wrong" in seen.text
    assert tried > 500
    assert [record.getMessage() for record in caplog.records if record.levelname == "ERROR"] == []
    assert failed == 0


@pytest.mark.cogs("requests")
@pytest.mark.parametrize(
    "forged", [{"before_id": "1", "kind": "x"}, {"before_id": "1", "state": "x"}, {"before_id": "x"}, {}]
)
async def test_a_button_that_carries_what_it_cannot_is_told_so_and_nobody_is_asked_for_an_id(world, forged):
    seen = await world.member("Ana").pushes("requests.press_more", forged)
    assert "no longer valid" in seen.text
    assert seen.asked is None
