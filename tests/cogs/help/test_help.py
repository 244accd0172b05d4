# SPDX-License-Identifier: MIT
"""Help shows what this person may do here, by task, and explains one command at a time."""

import pytest

from bot.kit import Level
from cogs.help import FIRST

pytestmark = pytest.mark.cogs("settings", "help", "status")


async def test_help_shows_only_what_one_may_do(world):
    ana, mia = world.member("Ana"), world.member("Mia", Level.MODERATOR)
    assert "help settings" not in (await ana.says("help")).plain
    assert "help settings" in (await mia.says("help")).plain


async def test_of_many_commands_of_a_noun_help_names_the_first_and_where_the_others_are(world):
    mia = world.member("Mia", Level.MODERATOR)
    [line] = [item for item in (await mia.says("help")).items if item.startswith("Look after the community")]
    assert line.endswith("settings channel · settings level · settings show. More: help settings")
    more = (await mia.says("help settings")).items
    assert len(more) > 4
    assert any(item.startswith("settings set ") for item in more)


@pytest.mark.cogs("events", "faq", "help", "requests", "settings", "status")
async def test_the_commands_that_stand_for_their_noun_exist(world):
    assert {command.name for command in world.app.registry.commands} >= FIRST


async def test_a_noun_alone_names_what_one_may_add_to_it(world):
    ana, mia = world.member("Ana"), world.member("Mia", Level.MODERATOR)
    assert "settings needs one more word: " in (await mia.says("settings")).text
    assert "set" in (await mia.says("settings")).text.split(": ")[1].split(", ")
    assert "unlink" not in (await ana.says("settings")).text


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
