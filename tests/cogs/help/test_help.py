# SPDX-License-Identifier: MIT
"""Help shows what this person may do here, by task, and explains one command at a time."""

import pytest

from bot.kit import Level

pytestmark = pytest.mark.cogs("settings", "help", "status")


async def test_help_shows_only_what_one_may_do(world):
    ana, mia = world.member("Ana"), world.member("Mia", Level.MODERATOR)
    assert "settings set" not in (await ana.says("help")).plain
    assert "settings set" in (await mia.says("help")).plain


async def test_help_on_a_command_tells_how_to_type_it_and_why_one_may_not(world):
    ana = world.member("Ana")
    seen = await ana.says("help settings set")
    assert "settings set <name> <value>" in seen.fields["Type"]
    assert "moderator" in seen.note


async def test_help_on_nonsense_suggests(world):
    ana = world.member("Ana")
    assert "status" in (await ana.says("help statsu")).text


async def test_help_groups_commands_by_task(world):
    mia = world.member("Mia", Level.MODERATOR)
    items = (await mia.says("help")).items
    assert [item.partition(":")[0] for item in items] == ["Ask and find", "For yourself", "Look after the community"]


async def test_help_on_a_noun_lists_its_commands_and_none_that_only_mention_it(world):
    items = (await world.member("Ana").says("help account")).items
    assert items
    assert all(item.startswith("account ") for item in items)
